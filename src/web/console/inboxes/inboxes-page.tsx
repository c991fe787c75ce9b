import { Inbox as InboxIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { LateLoader } from '../../ui/late.tsx';
import { Ltr } from '../../ui/ltr.tsx';
import { useInboxes } from '../api/organisation.ts';
import type { Inbox } from '../api/shapes.ts';
import { ChannelIcon, useChannelName } from '../channels.tsx';
import { useFileSize } from '../conversation/attachments.tsx';
import { Failure } from '../shell/failure.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { useTimes } from '../time/format.ts';
import classes from './inboxes-page.module.css';

const looks: Record<Inbox['state'], 'good' | 'busy' | 'bad'> = {
  connected: 'good',
  starting: 'busy',
  reconnecting: 'busy',
  'needs-login': 'bad',
  'bad-credentials': 'bad',
  stopped: 'bad',
};

function Abilities({ inbox: { capabilities } }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const size = useFileSize();
  const { visibility, canStart, attachments, replyWindowHours } = capabilities;
  return (
    <ul className={classes.abilities}>
      <li>{t(visibility === 'public' ? 'inboxes.publicReplies' : 'inboxes.privateReplies')}</li>
      <li>{t(canStart ? 'inboxes.canStart' : 'inboxes.onlyReply')}</li>
      <li>{attachments ? t('inboxes.files', { size: size(attachments.maxBytes) }) : t('inboxes.noFiles')}</li>
      {replyWindowHours !== null && <li>{t('inboxes.window', { count: replyWindowHours })}</li>}
    </ul>
  );
}

function Card({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const times = useTimes();
  const channelName = useChannelName();
  return (
    <li className={classes.card}>
      <div className={classes.line}>
        <span className={classes.icon}>
          <ChannelIcon channel={inbox.channel} size={20} />
        </span>
        <div className={classes.name}>
          <h2>{channelName(inbox.channel)}</h2>
          <Ltr>{inbox.id}</Ltr>
        </div>
        <span className={classes.state} data-look={looks[inbox.state]}>
          <span className={classes.dot} aria-hidden />
          {t(`inboxes.states.${inbox.state}`)}
        </span>
      </div>
      {inbox.reason && (
        <p className={classes.reason} dir="auto">
          {inbox.reason}
        </p>
      )}
      <p className={classes.last}>
        {inbox.lastEventAt ? t('inboxes.lastEvent', { time: times.full(inbox.lastEventAt) }) : t('inboxes.noEvent')}
      </p>
      <Abilities inbox={inbox} />
    </li>
  );
}

/** The inboxes and how each is connected. */
export function InboxesPage() {
  const { t } = useTranslation();
  const query = useInboxes();
  usePageTitle(t('inboxes.title'));
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t('inboxes.title')}</h1>
      <p className={classes.lead}>{t('inboxes.lead')}</p>
      {query.isPending && <LateLoader label={t('app.loading')} />}
      {query.error && !query.data && (
        <Failure title={t('inboxes.failed')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.length === 0 && <Empty icon={InboxIcon} title={t('inboxes.empty')} hint={t('inboxes.emptyHint')} />}
      {query.data && query.data.length > 0 && (
        <ul className={classes.cards}>
          {query.data.map((inbox) => (
            <Card key={inbox.id} inbox={inbox} />
          ))}
        </ul>
      )}
    </div>
  );
}
