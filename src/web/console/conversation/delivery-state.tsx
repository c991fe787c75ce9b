import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../api/shapes.ts';
import { readSaid, useSaid } from '../said.ts';
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

type Trouble = NonNullable<Message['deliveries'][number]['error']>;

/** Why a sending failed or waits: the sentence of the server where it is known, else what its code means. */
export function useTrouble(): (trouble: Trouble) => string {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  return ({ code, message }) => {
    if (readSaid(message)) return said(message);
    return i18n.exists(`failures.${code}`) ? t(`failures.${code as 'rejected'}`) : message;
  };
}

/** How far one of our messages came, and why no further. */
export function DeliveryState({ message }: { message: Message }) {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const delivery = deliveryOf(message.deliveries);
  if (!delivery) return null;
  const { status, error } = delivery;
  const Icon = icons[status];
  const isAway = status === 'queued' && error?.code === 'recipient-away';
  const shown = error && !isAway && (status === 'failed' || status === 'queued') ? error : null;
  return (
    <span className={classes.delivery} data-status={status} title={shown?.message}>
      <Icon size={13} aria-hidden />
      <span>
        {t(isAway ? 'delivery.away' : `delivery.${status}`)}
        {shown && (
          <>
            : <bdi>{trouble(shown)}</bdi>
          </>
        )}
      </span>
    </span>
  );
}
