import type { Calendar } from '../calendar/calendar.ts';
import { CalendarError } from '../calendar/calendar-error.ts';
import { dueAfter } from '../calendar/due.ts';
import { isoOf } from '../calendar/zone.ts';
import type { Duration } from '../organisation/duration.ts';
import type { ClockName } from '../ticket/changes.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { promisedBy } from './promised-by.ts';
import { moveBy, type Stop, stopsOf } from './stops.ts';
import { type Promising, workingCalendar } from './working-calendar.ts';

/** What the clocks of a ticket are computed from: its ledger's fold, without what is computed. */
export type ClockFacts = Pick<
  Ticket,
  | 'openedAt'
  | 'respondedAt'
  | 'routedAt'
  | 'resolvedAt'
  | 'closedAt'
  | 'pauses'
  | 'channel'
  | 'type'
  | 'complexity'
  | 'importance'
>;

/** `met`: what was promised is done, late or not; `over`: the ticket ended without it, and it is not waited for any more. */
export type ClockState = 'running' | 'paused' | 'met' | 'over';

/** One clock of a ticket. */
export interface Clock {
  promised: Duration;
  startedAt: string;
  dueAt: string;
  /** When what was promised was done. */
  metAt: string | null;
  /** When the clock ended: met, or over. */
  endedAt: string | null;
  state: ClockState;
  /** Where it stood and stands. */
  stops: readonly Stop[];
}

/** The clocks of a ticket; null where the matrix promises nothing, or the calendar cannot tell a time. */
export type Clocks = Readonly<Record<ClockName, Clock | null>>;

export const clockNames = ['firstResponse', 'routing', 'resolution'] as const satisfies readonly ClockName[];

/** The calendar on which a length of time runs; null for one that runs around the clock. */
export const runsOn = ({ unit }: Duration, calendar: Calendar): Calendar | null =>
  unit.startsWith('business_') ? calendar : null;

/** What a calendar tells; null where it has no open time for it. */
export function orNull<T>(tell: () => T): T | null {
  try {
    return tell();
  } catch (error) {
    if (error instanceof CalendarError) return null;
    throw error;
  }
}

interface Run {
  metAt: string | null;
  endedAt: string | null;
  stops: readonly Stop[];
}

const stateOf = ({ metAt, endedAt, stops }: Run): ClockState => {
  if (metAt !== null) return 'met';
  if (endedAt !== null) return 'over';
  return stops.at(-1)?.to === Infinity ? 'paused' : 'running';
};

/** So long as a ticket counted as answered it waited for nobody here; its first response and its routing know no other pause. */
const onlyAnswered = (pauses: Ticket['pauses']): Ticket['pauses'] =>
  pauses.filter(({ reason }) => reason === 'resolved');

/** When each clock was met and ended, and what stops it. */
function runsOf(facts: ClockFacts): Record<ClockName, Pick<Run, 'metAt' | 'endedAt'> & { pauses: Ticket['pauses'] }> {
  const { respondedAt, routedAt, resolvedAt, closedAt, pauses } = facts;
  const ended = resolvedAt ?? closedAt;
  const answered = pauses.length === 0 ? pauses : onlyAnswered(pauses);
  return {
    firstResponse: { metAt: respondedAt, endedAt: respondedAt ?? ended, pauses: answered },
    routing: { metAt: routedAt, endedAt: routedAt ?? ended, pauses: answered },
    resolution: { metAt: resolvedAt, endedAt: ended, pauses },
  };
}

function reckon(organisation: Promising, facts: ClockFacts): Clocks {
  const calendar = workingCalendar(organisation);
  const promises = promisedBy(organisation.sla, facts);
  const runs = runsOf(facts);
  const startMs = Date.parse(facts.openedAt);
  const clock = (name: ClockName): Clock | null => {
    const promised = promises[name];
    if (!promised) return null;
    const { metAt, endedAt, pauses } = runs[name];
    const stops = stopsOf(pauses, startMs, endedAt === null ? Infinity : Date.parse(endedAt));
    const due = orNull(() => moveBy(stops, dueAfter(calendar, startMs, promised), runsOn(promised, calendar)));
    if (due === null) return null;
    const run = { metAt, endedAt, stops };
    return { promised, startedAt: facts.openedAt, dueAt: isoOf(due), ...run, state: stateOf(run) };
  };
  return { firstResponse: clock('firstResponse'), routing: clock('routing'), resolution: clock('resolution') };
}

interface Kept {
  facts: ClockFacts;
  sla: Promising['sla'];
  calendars: Promising['calendars'];
  clocks: Clocks;
}

/** Whoever asks of one ticket asks several times in a row. */
let last: Kept | null = null;

/** Keeps clocks for facts that are another object with the same answer, for who asks next. */
export const keepClocks = (facts: ClockFacts, { sla, calendars }: Promising, clocks: Clocks): void => {
  last = { facts, sla, calendars, clocks };
};

/**
 * The clocks of a ticket by the matrix and the calendars as they are now. Pure. All start when the ticket opened. First response
 * and routing are not paused; treatment stands during the pauses that stop it. A clock that has ended is not moved by what
 * came after. Facts are a value: what was computed last is kept by their identity. Throws `invalid` where the SLA's calendar is missing.
 */
export function clocksOf(organisation: Promising, facts: ClockFacts): Clocks {
  const { sla, calendars } = organisation;
  if (last?.facts === facts && last.sla === sla && last.calendars === calendars) return last.clocks;
  const clocks = reckon(organisation, facts);
  keepClocks(facts, organisation, clocks);
  return clocks;
}
