import { Check, CheckCheck, CircleAlert, Clock3, MousePointerClick, Ticket } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Ltr } from '../../ui/ltr.tsx';
import type { Message } from '../api/shapes.ts';
import { Attachments } from './attachments.tsx';
import { deliveryOf } from './delivery-of.ts';
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
          : <bdi>{reason}</bdi>
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

function Words({ message }: { message: Message }) {
  const { t } = useTranslation();
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

/** One message: its words, files, buttons, and how far it came. */
export const MessageBubble = memo(function MessageBubble({ message }: { message: Message }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.bubble} data-author={message.author} data-message>
        <Words message={message} />
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
        {message.direction === 'outbound' && <DeliveryState message={message} />}
        {message.ticketNumber && (
          <Link className={classes.ticket} to={`/tickets/${message.ticketNumber}`}>
            <Ticket size={12} aria-hidden />
            {t('conversation.onTicket')} <Ltr>{message.ticketNumber}</Ltr>
          </Link>
        )}
      </span>
    </>
  );
});
