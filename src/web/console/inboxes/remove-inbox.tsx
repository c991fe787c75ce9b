import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { removeInbox } from '../api/inboxes.ts';
import { RemoveAsked } from '../remove-asked.tsx';
import classes from './inbox-form.module.css';

/** Removes an inbox, after saying what that means. */
export function RemoveInbox({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const says = {
    remove: t('inboxForm.remove'),
    sure: t('inboxForm.removeSure'),
    now: t('inboxForm.removeNow'),
    cancel: t('inboxForm.cancel'),
  };
  return <RemoveAsked says={says} classes={classes} remove={() => removeInbox(client, id)} onDone={onDone} />;
}
