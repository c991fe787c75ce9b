import type { Calendar } from './calendar.ts';

/** A calendar with holidays that were computed and wait for a person's word. */
interface WithProposals {
  calendar: Calendar;
  proposed?: readonly { date: string; confirmed: boolean }[] | undefined;
}

const kept = new WeakMap<WithProposals, Calendar>();

function addConfirmed({ calendar, proposed }: WithProposals): Calendar {
  const dates = (proposed ?? []).filter(({ confirmed }) => confirmed).map(({ date }) => date);
  if (dates.length === 0) return calendar;
  return { ...calendar, holidays: [...new Set([...(calendar.holidays ?? []), ...dates])].sort() };
}

/** The calendar that counts: confirmed proposals are holidays of it, unconfirmed ones are not (lessons 69). */
export function confirmedCalendar(named: WithProposals): Calendar {
  const known = kept.get(named);
  if (known !== undefined) return known;
  const counting = addConfirmed(named);
  kept.set(named, counting);
  return counting;
}
