import { NativeSelect, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDepartments, useNames, useServices } from '../api/organisation.ts';
import classes from './article-form.module.css';
import { useFaultText } from './fault-text.ts';
import type { ArticleForm } from './use-article-form.ts';

/** Status, service, department and competence of an article. */
export function ArticleFacts({ form }: { form: ArticleForm }) {
  const { t } = useTranslation();
  const names = useNames();
  const say = useFaultText();
  const [services, departments] = [useServices() ?? [], useDepartments() ?? []];
  const { typed, change, faults } = form;
  const orKept = (all: readonly { id: string }[], kept: string): string[] =>
    [...new Set([...all.map(({ id }) => id), kept])].filter(Boolean);
  return (
    <section className={classes.facts} aria-label={t('article.facts')}>
      <NativeSelect
        label={t('article.status')}
        description={t('article.statusHint')}
        value={typed.status}
        onChange={({ currentTarget: { value } }) => change({ status: value === 'published' ? 'published' : 'draft' })}
        data={(['draft', 'published'] as const).map((value) => ({ value, label: t(`knowledge.${value}`) }))}
      />
      <NativeSelect
        label={t('article.service')}
        value={typed.service}
        onChange={(event) => change({ service: event.currentTarget.value })}
        error={say(faults.service)}
        data={[
          { value: '', label: t('article.noService') },
          ...orKept(services, typed.service).map((value) => ({ value, label: names.service(value) ?? value })),
        ]}
      />
      <NativeSelect
        label={t('article.department')}
        value={typed.departmentId}
        onChange={(event) => change({ departmentId: event.currentTarget.value })}
        error={say(faults.departmentId)}
        data={[
          { value: '', label: t('article.noDepartment') },
          ...orKept(departments, typed.departmentId).map((value) => ({
            value,
            label: names.department(value) ?? value,
          })),
        ]}
      />
      <Switch
        label={t('article.outside')}
        description={t('article.outsideHint')}
        checked={typed.outside}
        onChange={(event) => change({ outside: event.currentTarget.checked })}
      />
    </section>
  );
}
