import { NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { LayoutTemplate, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { LateLoader } from '../../ui/late.tsx';
import { Ltr } from '../../ui/ltr.tsx';
import type { Template } from '../api/shapes.ts';
import { useTemplates } from '../api/templates.ts';
import { Failure } from '../shell/failure.tsx';
import { directionOf, matches } from './fill.ts';
import { useLanguageName } from './language-name.ts';
import classes from './templates.module.css';

const bodyOf = ({ parts }: Template): string => parts.find(({ part }) => part === 'body')?.text ?? '';

function Found({ templates, onPick }: { templates: readonly Template[]; onPick: (template: Template) => void }) {
  const languageName = useLanguageName();
  return (
    <ul className={classes.list}>
      {templates.map((template) => (
        <li key={template.id}>
          <UnstyledButton className={classes.one} onClick={() => onPick(template)}>
            <span className={classes.name}>
              <Ltr>{template.name}</Ltr>
              <span className={classes.small}>{languageName(template.language)}</span>
            </span>
            <span className={classes.words} dir={directionOf(template.language)}>
              {bodyOf(template)}
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

/** The approved templates of an inbox, to pick one: by words and by language. */
export function TemplateList({ inboxId, onPick }: { inboxId: string; onPick: (template: Template) => void }) {
  const { t } = useTranslation();
  const query = useTemplates(inboxId);
  const languageName = useLanguageName();
  const [words, setWords] = useState('');
  const [language, setLanguage] = useState('');
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (!query.data) {
    return <Failure title={t('templates.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  const approved = query.data.filter(({ status }) => status === 'approved');
  const languages = [...new Set(approved.map((one) => one.language))];
  const found = approved.filter((one) => (!language || one.language === language) && matches(one, words));
  if (approved.length === 0)
    return <Empty icon={LayoutTemplate} title={t('templates.none')} hint={t('templates.noneHint')} />;
  return (
    <div className={classes.column}>
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          aria-label={t('templates.search')}
          placeholder={t('templates.search')}
          leftSection={<Search size={15} aria-hidden />}
          data-autofocus
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {languages.length > 1 && (
          <NativeSelect
            aria-label={t('templates.language')}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
            data={[
              { value: '', label: t('templates.allLanguages') },
              ...languages.map((one) => ({ value: one, label: languageName(one) })),
            ]}
          />
        )}
      </div>
      {found.length === 0 && <p className={classes.small}>{t('templates.noMatch')}</p>}
      <Found templates={found} onPick={onPick} />
    </div>
  );
}
