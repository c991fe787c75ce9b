import { Button } from '@mantine/core';
import { Clock3, Hourglass, LayoutTemplate, MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { isolate } from '../../ui/isolate.ts';
import { useInboxes } from '../api/inboxes.ts';
import { useConversationsOf } from '../api/people.ts';
import type { Conversation, Inbox } from '../api/shapes.ts';
import { ChannelIcon, useChannelName } from '../channels.tsx';
import { StartButton } from '../start/start-dialog.tsx';
import { TemplateDialog } from '../templates/template-dialog.tsx';
import { useTimes } from '../time/format.ts';
import type { ReplyWindow } from './reply-window.ts';
import { replyWindow } from './reply-window.ts';
import classes from './window-notice.module.css';

/** Until when free words may be sent; in the last hour how much of it is left. */
export function OpenWindow({ window }: { window: ReplyWindow & { isOpen: true } }) {
  const { t } = useTranslation();
  const times = useTimes();
  const { until, isSoon } = window;
  return (
    <p className={classes.open} data-soon={isSoon || undefined}>
      {isSoon ? <Hourglass size={13} aria-hidden /> : <Clock3 size={13} aria-hidden />}
      {isSoon
        ? t('window.soon', { duration: times.length(Date.parse(until) - times.now) })
        : t('window.until', { time: isolate(times.full(until)) })}
    </p>
  );
}

/** Other conversations of the person alone in which free words may be sent now. */
function Elsewhere({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const { now } = useTimes();
  const channelName = useChannelName();
  const { data: inboxes = [] } = useInboxes();
  const { data: all = [] } = useConversationsOf(conversation.contactId);
  const inboxOf = ({ inboxId }: Conversation) => inboxes.find(({ id }) => id === inboxId);
  const isWritable = (one: Conversation): boolean => {
    const capabilities = inboxOf(one)?.capabilities;
    return Boolean(capabilities) && replyWindow(one, capabilities?.replyWindowHours, now)?.isOpen !== false;
  };
  const others = all
    .filter((one) => one.id !== conversation.id && one.visibility === 'private' && isWritable(one))
    .slice(0, 3);
  return others.map((one) => (
    <Button
      key={one.id}
      component={Link}
      to={`/conversations/${one.id}${search}`}
      variant="default"
      leftSection={<ChannelIcon channel={one.channel} size={16} />}
    >
      {t('window.goTo', { name: isolate(one.subject || inboxOf(one)?.name || channelName(one.channel)) })}
    </Button>
  ));
}

/** In place of the box: why free words do not go out now, and what may be done instead. */
export function ClosedWindow(props: {
  conversation: Conversation;
  inbox: Inbox;
  window: ReplyWindow & { isOpen: false };
}) {
  const { t } = useTranslation();
  const times = useTimes();
  const { conversation, inbox, window } = props;
  const [isPicking, setPicking] = useState(false);
  const hours = inbox.capabilities?.replyWindowHours ?? 0;
  return (
    <section className={classes.closed} aria-label={t('window.title')}>
      <p className={classes.why}>
        <MessagesSquare size={16} aria-hidden />
        <span>
          <strong>
            {window.since === null
              ? t('window.notYet')
              : t('window.closed', { time: isolate(times.full(window.since)) })}
          </strong>{' '}
          {t('window.rule', { duration: times.length(hours * 3_600_000) })}
        </span>
      </p>
      <div className={classes.ways}>
        {inbox.capabilities?.templates !== false && (
          <Button leftSection={<LayoutTemplate size={16} aria-hidden />} onClick={() => setPicking(true)}>
            {t('templates.pick')}
          </Button>
        )}
        <Elsewhere conversation={conversation} />
        <StartButton contactId={conversation.contactId} without={inbox.id} variant="default" />
      </div>
      <TemplateDialog conversation={conversation} isOpen={isPicking} onClose={() => setPicking(false)} />
    </section>
  );
}
