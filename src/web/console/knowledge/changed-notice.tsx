import { Button } from '@mantine/core';
import { UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../api/organisation.ts';
import classes from './article-form.module.css';
import type { Field, TypedArticle } from './typed-article.ts';
import type { ArticleForm, Told } from './use-article-form.ts';

/** What stands in a field, as the form words it. */
function useFieldWords(): (field: Field, typed: TypedArticle) => string {
  const { t } = useTranslation();
  const names = useNames();
  const chosen = ({ status, service, departmentId, outside }: TypedArticle): Partial<Record<Field, string | null>> => ({
    status: t(`knowledge.${status}`),
    service: names.service(service || null),
    departmentId: names.department(departmentId || null),
    outside: t(outside ? 'article.yes' : 'article.no'),
  });
  return (field, typed) => {
    const value = typed[field];
    if (Array.isArray(value)) return value.join('\n');
    return chosen(typed)[field] ?? String(value);
  };
}

function Changes({ told, onTake }: { told: Told; onTake: ArticleForm['takeTheirs'] }) {
  const { t } = useTranslation();
  const wordsOf = useFieldWords();
  return (
    <ul className={classes.changes}>
      {told.changed.map(({ field, isDisputed }) => (
        <li key={field}>
          <strong>{t(`article.fields.${field}`)}</strong> {isDisputed ? '' : `(${t('article.taken')})`}
          <span className={classes.theirs} dir="auto">
            {wordsOf(field, told.theirs) || t('article.empty')}
          </span>
          {isDisputed && (
            <Button size="compact-xs" variant="default" onClick={() => onTake(field)}>
              {t('article.takeTheirs')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What somebody else changed in the article while it was being edited. */
export function ChangedNotice({ form: { told, takeTheirs } }: { form: ArticleForm }) {
  const { t } = useTranslation();
  if (!told) return null;
  return (
    <div role="alert" className={classes.notice}>
      <strong className={classes.noticeTitle}>
        <UsersRound size={18} aria-hidden /> {t('article.changedTitle')}
      </strong>
      {t(told.changed.length > 0 ? 'article.changedHint' : 'article.changedNothing')}
      <Changes told={told} onTake={takeTheirs} />
    </div>
  );
}
