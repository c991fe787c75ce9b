import { useTranslation } from 'react-i18next';
import type { Ticket } from '../api/shapes.ts';
import classes from './ticket-status.module.css';

const looks: Record<Ticket['status'], 'new' | 'going' | 'waiting' | 'done'> = {
  new: 'new',
  open: 'going',
  transferred: 'going',
  in_progress: 'going',
  pending_customer: 'waiting',
  pending_third_party: 'waiting',
  on_hold: 'waiting',
  returned: 'new',
  resolved: 'done',
  closed: 'done',
  rejected: 'done',
};

/** The status of a ticket as a small label. */
export function TicketStatus({ status }: { status: Ticket['status'] }) {
  const { t } = useTranslation();
  return (
    <span className={classes.status} data-look={looks[status]}>
      {t(`ticketStatuses.${status}`)}
    </span>
  );
}
