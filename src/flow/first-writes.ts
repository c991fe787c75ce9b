import type { Capabilities } from '../channel/capabilities.ts';
import { iso } from '../clock.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import { starts } from '../message/starts.ts';
import type { FlowDeps } from './deps.ts';
import { calendarHours } from './hours.ts';

const dayMs = 86_400_000;

type Place = Pick<Conversation, 'inboxId' | 'address' | 'lastInboundAt'>;

/** Whether the person has not written within the last day. */
export const isFirstWrite = ({ lastInboundAt }: Pick<Conversation, 'lastInboundAt'>, now: number): boolean =>
  lastInboundAt === null || now - Date.parse(lastInboundAt) > dayMs;

/** The beginning of the next day (UTC), or of the working time after it: nobody is written to in the night. */
function nextDay(deps: Pick<FlowDeps, 'content'>, now: number): number {
  const midnight = (Math.floor(now / dayMs) + 1) * dayMs;
  const { nextOpenAt } = calendarHours(deps.content.organisation(), 'en', midnight);
  return nextOpenAt === null ? midnight : Date.parse(nextOpenAt);
}

/**
 * Takes one of the day's first writes for this person, once a day. Gives null where it may go, or the time (ms) until which
 * it must wait because the inbox has used all of today's.
 */
export async function takeFirstWrite(
  deps: Pick<FlowDeps, 'store' | 'clock' | 'content'>,
  { pace }: Pick<Capabilities, 'pace'>,
  place: Place,
): Promise<number | null> {
  const now = deps.clock.now();
  if (!pace || pace.startsPerDay === null || !isFirstWrite(place, now)) return null;
  const { inboxId, address } = place;
  const day = iso(now).slice(0, 10);
  const id = keyed('start', inboxId, day, address);
  if (await deps.store.get(starts, id)) return null;
  // a counter is exact also where several lanes and processes ask at once
  if ((await deps.store.next(`starts-${inboxId}-${day}`)) > pace.startsPerDay) return nextDay(deps, now);
  const document = { id, version: 1, inboxId, day, expiresAt: iso(now + 2 * dayMs) };
  await deps.store.write([{ op: 'insert', in: starts, document, onDuplicate: 'keep' }]);
  return null;
}
