import { Alert, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';
import { removeArticle } from '../api/knowledge.ts';
import classes from './article-form.module.css';

/** Deletes an article, after saying what that means. */
export function RemoveArticle({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const remove = async (): Promise<void> => {
    setBusy(true);
    await removeArticle(client, id).then(onDone, setError);
    setBusy(false);
  };
  if (!isAsked) {
    return (
      <Button
        className={classes.remove}
        variant="subtle"
        color="red"
        leftSection={<Trash2 size={16} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t('article.remove')}
      </Button>
    );
  }
  return (
    <Alert role="alert" color="red" variant="light" className={classes.sure} p="sm">
      {t('article.removeSure')}
      <span className={classes.actions}>
        <Button color="red" loading={isBusy} onClick={() => void remove()}>
          {t('article.removeNow')}
        </Button>
        <Button variant="default" onClick={() => setAsked(false)}>
          {t('knowledge.cancel')}
        </Button>
      </span>
      {error !== null && errorText(t, error)}
    </Alert>
  );
}
