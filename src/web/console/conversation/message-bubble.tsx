import { Check, CheckCheck, CircleAlert, Clock3, Lock, MousePointerClick, Ticket } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Ltr } from '../../ui/ltr.tsx';
import type { Decision, Message } from '../api/shapes.ts';
import { useSaid } from '../said.ts';
import { useTimes } from '../time/format.ts';
import { Attachments } from './attachments.tsx';
import { useDecisionNote } from './decision-note.tsx';
import { deliveryOf } from './delivery-of.ts';
import { Letter } from './letter.tsx';
import classes from './message.module.css';

const icons = {
  queued: Clock3,
  sending: Clock3,
  accepted: Check,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
} as const;

function DeliveryState({ message }: { message: Message }) {
  const { t } = useTranslation();
  const said = useSaid();
  const delivery = deliveryOf(message.deliveries);
  if (!delivery) return null;
  const Icon = icons[delivery.status];
  const isAway = delivery.status === 'queued' && delivery.error?.code === 'recipient-away';
  const reason = delivery.status === 'failed' ? delivery.error?.message : null;
  return (
    <span className={classes.delivery} data-status={delivery.status}>
      <Icon size={13} aria-hidden />
      {t(isAway ? 'delivery.away' : `delivery.${delivery.status}`)}
      {reason && (
        <>
          : <bdi>{said(reason)}</bdi>
        </>
      )}
    </span>
  );
}

function Offered({ message }: { message: Message }) {
  const { t } = useTranslation();
  if (message.quickReplies.length === 0) return null;
  return (
    <ul className={classes.offered} aria-label={t('conversation.offered')}>
      {message.quickReplies.map(({ id, title }) => (
        <li key={id} dir="auto">
          {title}
        </li>
      ))}
    </ul>
  );
}

function Words({ message, showsSubject }: { message: Message; showsSubject: boolean }) {
  const { t } = useTranslation();
  if (message.hidden) {
    return (
      <p className={classes.kind}>
        <Lock size={13} aria-hidden /> {t('conversation.hidden')}
      </p>
    );
  }
  if (message.subject !== null) return <Letter message={message} showsSubject={showsSubject} />;
  if (message.text) {
    return (
      <p className={classes.words} dir="auto">
        {message.text}
      </p>
    );
  }
  if (message.attachments.length > 0 || message.kind === 'text') return null;
  return <p className={classes.kind}>{t(`kinds.${message.kind}`)}</p>;
}

const isWorthSaying = (message: Message): boolean =>
  ['queued', 'sending', 'failed'].includes(deliveryOf(message.deliveries)?.status ?? '');

function Facts({ message, isLast, isOnTicket }: { message: Message; isLast: boolean; isOnTicket: boolean }) {
  const { t } = useTranslation();
  const times = useTimes();
  const { direction, ticketNumber, receivedAt } = message;
  return (
    <>
      {isLast && (
        <time dateTime={receivedAt} title={times.full(receivedAt)}>
          {times.clock(receivedAt)}
        </time>
      )}
      {direction === 'outbound' && (isLast || isWorthSaying(message)) && <DeliveryState message={message} />}
      {ticketNumber && !isOnTicket && (
        <Link className={classes.ticket} to={`/tickets/${ticketNumber}`}>
          <Ticket size={12} aria-hidden />
          {t('conversation.onTicket')} <Ltr>{ticketNumber}</Ltr>
        </Link>
      )}
    </>
  );
}

/** One message: its words, files, buttons, how far it came, and why the assistant said it. `isLast`: of its group. */
export const MessageBubble = memo(function MessageBubble(props: {
  message: Message;
  isLast: boolean;
  isOnTicket: boolean;
  /** Of a letter: its subject is another than that before it. */
  showsSubject: boolean;
  decision: Decision | null;
}) {
  const { t } = useTranslation();
  const { message, isLast, isOnTicket, showsSubject, decision } = props;
  const note = useDecisionNote(decision, message.author === 'contact');
  return (
    <div className={classes.one}>
      <div
        className={classes.bubble}
        data-author={message.author}
        data-letter={message.subject !== null || undefined}
        data-message
      >
        <Words message={message} showsSubject={showsSubject} />
        <Attachments attachments={message.attachments} />
        {message.quickReplyId && (
          <span className={classes.tapped}>
            <MousePointerClick size={12} aria-hidden />
            {t('conversation.tapped')}
          </span>
        )}
      </div>
      <Offered message={message} />
      <span className={classes.facts}>
        <Facts message={message} isLast={isLast} isOnTicket={isOnTicket} />
        {note.toggle}
      </span>
      {note.body}
    </div>
  );
});
