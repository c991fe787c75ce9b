import type { Ticket } from '../api/shapes.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time in the one unit that people would say it in. */
export interface Length {
  unit: 'moment' | 'minutes' | 'hours' | 'days';
  count: number;
}

/** Minutes below an hour, hours below two days, then days; rounded down, as promises must not look longer than they are. */
export function lengthOf(ms: number): Length {
  const length = Math.abs(ms);
  if (length < minuteMs) return { unit: 'moment', count: 0 };
  if (length < hourMs) return { unit: 'minutes', count: Math.floor(length / minuteMs) };
  if (length < 2 * dayMs) return { unit: 'hours', count: Math.floor(length / hourMs) };
  return { unit: 'days', count: Math.floor(length / dayMs) };
}

export interface RunningPromise {
  kind: 'firstResponse' | 'resolution';
  at: string;
}

type Clocks = Pick<Ticket, 'status' | 'respondedAt'> & { dueAt: Pick<Ticket['dueAt'], 'firstResponse' | 'resolution'> };

const isOver = ({ status }: Clocks): boolean => ['resolved', 'closed', 'rejected'].includes(status);

/** The promise that runs out first of those not yet kept; null where none is running. */
export function nextPromise(ticket: Clocks): RunningPromise | null {
  if (isOver(ticket)) return null;
  const { firstResponse, resolution } = ticket.dueAt;
  const running: RunningPromise[] = [];
  if (firstResponse && !ticket.respondedAt) running.push({ kind: 'firstResponse', at: firstResponse });
  if (resolution) running.push({ kind: 'resolution', at: resolution });
  return running.sort((one, other) => one.at.localeCompare(other.at))[0] ?? null;
}

const soonMs = 4 * hourMs;

/** How a due time stands: past, within four hours, or further off. */
export function urgencyOf(dueAt: string, now: number): 'late' | 'soon' | 'calm' {
  const left = Date.parse(dueAt) - now;
  if (left < 0) return 'late';
  return left < soonMs ? 'soon' : 'calm';
}
