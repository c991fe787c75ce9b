import { MousePointerClick, Ticket } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Ltr } from '../../ui/ltr.tsx';
import type { Decision, Message } from '../api/shapes.ts';
import { useTimes } from '../time/format.ts';
import { Attachments } from './attachments.tsx';
import { useDecisionNote } from './decision-note.tsx';
import { deliveryOf } from './delivery-of.ts';
import { DeliveryState } from './delivery-state.tsx';
import { explain } from './explain.ts';
import { isScreened } from './explain-public.ts';
import { anchor } from './jump.ts';
import classes from './message.module.css';
import kinds from './message-kinds.module.css';
import { MessageWords } from './message-words.tsx';
import { ScreenedMark } from './public-marks.tsx';
import type { About } from './relations.ts';

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

/** The signs that either side put at the message. */
function Reactions({ about }: { about: About | undefined }) {
  const { t } = useTranslation();
  if (!about || about.reactions.length === 0) return null;
  return (
    <span className={kinds.reactions}>
      {about.reactions.map(({ emoji, isOurs }) => (
        <span
          key={String(isOurs)}
          className={kinds.reaction}
          role="img"
          aria-label={t(isOurs ? 'lines.ourReaction' : 'lines.reaction', { emoji })}
        >
          {emoji}
        </span>
      ))}
    </span>
  );
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
  /** What it has to do with other messages. */
  about: About | undefined;
}) {
  const { t } = useTranslation();
  const { message, isLast, isOnTicket, showsSubject, decision, about } = props;
  const screened = decision?.reasons.map((reason) => explain(reason).key).find(isScreened) ?? null;
  const note = useDecisionNote(decision, message.author === 'contact');
  return (
    <div className={classes.one} {...anchor(message.id)}>
      <div
        className={classes.bubble}
        data-author={message.author}
        data-letter={message.subject !== null || undefined}
        data-quiet={message.automated !== 'none' || screened !== null || undefined}
        data-message
      >
        <MessageWords message={message} about={about} showsSubject={showsSubject} />
        <Attachments message={message} />
        {screened && <ScreenedMark reason={screened} />}
        {message.quickReplyId && (
          <span className={classes.tapped}>
            <MousePointerClick size={12} aria-hidden />
            {t('conversation.tapped')}
          </span>
        )}
      </div>
      <Reactions about={about} />
      <Offered message={message} />
      <span className={classes.facts}>
        <Facts message={message} isLast={isLast} isOnTicket={isOnTicket} />
        {note.toggle}
      </span>
      {note.body}
    </div>
  );
});
