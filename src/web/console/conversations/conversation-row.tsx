import { Bot, Hourglass, Lock, Ticket, TriangleAlert, UserRound } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Ltr } from '../../ui/ltr.tsx';
import { useInbox } from '../api/inboxes.ts';
import { useAgentName } from '../api/organisation.ts';
import { useSession } from '../api/session.ts';
import type { Conversation } from '../api/shapes.ts';
import { ChannelIcon, useChannelName } from '../channels.tsx';
import { personIn } from '../conversation/person-in.ts';
import { PublicSign } from '../conversation/public-sign.tsx';
import { holderOf, waitsSince } from '../conversation/situation.ts';
import { useTimes } from '../time/format.ts';
import classes from './conversation-row.module.css';

const holderIcons = { assistant: Bot, nobody: Hourglass, you: UserRound, other: UserRound, closed: Lock } as const;
const holderTexts = {
  assistant: 'conversations.byAssistant',
  nobody: 'conversations.byNobody',
  you: 'conversations.byYou',
  other: 'conversations.byOther',
  closed: 'conversations.closedState',
} as const;

function HeldBy({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const times = useTimes();
  const agentName = useAgentName();
  const holder = holderOf(conversation, useSession().agent.id);
  const since = waitsSince(conversation);
  const look = since ? 'nobody' : holder;
  const Icon = holderIcons[look];
  const name = holder === 'other' ? agentName(conversation.assigneeId) : null;
  const waits = since && t('conversations.waitingSince', { duration: times.length(times.now - Date.parse(since)) });
  return (
    <span className={classes.holder} data-holder={look}>
      <Icon size={13} aria-hidden />
      <span dir="auto">{waits ?? name ?? t(holderTexts[holder])}</span>
    </span>
  );
}

/** One conversation in the list. */
export const ConversationRow = memo(function ConversationRow(props: {
  conversation: Conversation;
  to: string;
  isCurrent: boolean;
}) {
  const { t } = useTranslation();
  const times = useTimes();
  const channelName = useChannelName();
  const { preview, lastMessageAt, channel, ticketNumbers, inboxId, subject, urgent, lastKind } = props.conversation;
  const inbox = useInbox(inboxId);
  return (
    <li className={classes.item}>
      <Link to={props.to} className={classes.row} aria-current={props.isCurrent ? 'page' : undefined} data-row>
        <span className={classes.line}>
          <span className={classes.who}>
            {urgent && <TriangleAlert className={classes.urgent} size={14} aria-label={t('conversations.urgent')} />}
            <span className={classes.name} dir="auto">
              {personIn(props.conversation) ?? t('conversations.visitor')}
            </span>
          </span>
          <time className={classes.time} dateTime={lastMessageAt} title={times.full(lastMessageAt)}>
            {times.short(lastMessageAt)}
          </time>
        </span>
        {subject && (
          <span className={classes.subject} dir="auto" title={subject}>
            {subject}
          </span>
        )}
        <span className={classes.preview} dir="auto">
          {preview || t(lastKind === 'text' ? 'conversations.noMessage' : `kinds.${lastKind}`)}
        </span>
        <span className={classes.foot}>
          <span className={classes.channel}>
            <ChannelIcon channel={channel} />
            <bdi>{inbox?.name ?? channelName(channel)}</bdi>
          </span>
          <PublicSign conversation={props.conversation} />
          <HeldBy conversation={props.conversation} />
          {ticketNumbers.slice(-2).map((number) => (
            <span key={number} className={classes.ticket}>
              <Ticket size={12} aria-hidden />
              <Ltr>{number}</Ltr>
            </span>
          ))}
          {ticketNumbers.length > 2 && <Ltr>+{ticketNumbers.length - 2}</Ltr>}
        </span>
      </Link>
    </li>
  );
});
