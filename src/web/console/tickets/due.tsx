import { CalendarClock, Clock, Flame } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../api/shapes.ts';
import { nextPromise, urgencyOf } from '../time/due.ts';
import { useTimes } from '../time/format.ts';
import classes from './due.module.css';

const icons = { late: Flame, soon: Clock, calm: CalendarClock } as const;

/** A due time in words, with its colour: "in 2 days", "late by 3 hours". */
export function DueWords({ at, what }: { at: string; what?: string }) {
  const { t } = useTranslation();
  const times = useTimes();
  const left = Date.parse(at) - times.now;
  const urgency = urgencyOf(at, times.now);
  const Icon = icons[urgency];
  const isNow = Math.abs(left) < 60_000;
  const duration = times.length(left);
  const words =
    left < 0 ? t(isNow ? 'due.lateNow' : 'due.late', { duration }) : t(isNow ? 'due.now' : 'due.in', { duration });
  return (
    <span className={classes.due} data-urgency={urgency} title={times.full(at)}>
      <Icon size={13} aria-hidden />
      <span>
        {what && <span className={classes.what}>{what}: </span>}
        {words}
      </span>
    </span>
  );
}

/** The promise of a ticket that runs out first. */
export function Due({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const promise = nextPromise(ticket);
  if (!promise) return <span className={classes.none}>{t('due.none')}</span>;
  return <DueWords at={promise.at} what={t(`ticket.${promise.kind}`)} />;
}
