import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { removeArticle } from '../api/knowledge.ts';
import { RemoveAsked } from '../remove-asked.tsx';
import classes from './article-form.module.css';

/** Deletes an article, after saying what that means. */
export function RemoveArticle({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const says = {
    remove: t('article.remove'),
    sure: t('article.removeSure'),
    now: t('article.removeNow'),
    cancel: t('knowledge.cancel'),
  };
  return <RemoveAsked says={says} classes={classes} remove={() => removeArticle(client, id)} onDone={onDone} />;
}
