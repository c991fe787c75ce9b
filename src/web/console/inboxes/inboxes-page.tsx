import { Button } from '@mantine/core';
import { Inbox as InboxIcon, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { LateLoader } from '../../ui/late.tsx';
import { useInboxes, useInboxKinds } from '../api/inboxes.ts';
import { Failure } from '../shell/failure.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { InboxCard } from './inbox-card.tsx';
import { InboxDialog } from './inbox-dialog.tsx';
import classes from './inboxes-page.module.css';

/** The inboxes and how each is connected; administrators set them up here. */
export function InboxesPage() {
  const { t } = useTranslation();
  const query = useInboxes({ live: true });
  const { data: kinds = [] } = useInboxKinds();
  const [dialog, setDialog] = useState<'add' | { id: string } | null>(null);
  usePageTitle(t('inboxes.title'));
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <div>
          <h1 className={classes.title}>{t('inboxes.title')}</h1>
          <p className={classes.lead}>{t('inboxes.lead')}</p>
        </div>
        {kinds.length > 0 && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setDialog('add')}>
            {t('inboxes.add')}
          </Button>
        )}
      </div>
      {query.isPending && <LateLoader label={t('app.loading')} />}
      {query.error && !query.data && (
        <Failure title={t('inboxes.failed')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.length === 0 && <Empty icon={InboxIcon} title={t('inboxes.empty')} hint={t('inboxes.emptyHint')} />}
      {query.data && query.data.length > 0 && (
        <ul className={classes.cards}>
          {query.data.map((inbox) => (
            <InboxCard key={inbox.id} inbox={inbox} onEdit={() => setDialog({ id: inbox.id })} />
          ))}
        </ul>
      )}
      <InboxDialog what={dialog} onClose={() => setDialog(null)} />
    </div>
  );
}
