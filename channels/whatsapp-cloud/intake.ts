import type { Log, Sink } from '../../src/channel/channel.ts';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import { type Parsed, parse } from './parse.ts';
import type { Reading } from './payload/piece.ts';

/** What reading a post needs besides the post. */
export interface Intake {
  reading: Omit<Reading, 'at'>;
  now(): number;
  log: Log;
  count(event: string): void;
  /** A receipt says that the account is in trouble. */
  troubled(code: number): void;
}

/** An event that the core does not accept whatever happens: it may not hold up what stands beside it. */
const isInvalid = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'invalid';

async function hand(intake: Intake, sink: Sink, event: GivenEvent): Promise<boolean> {
  try {
    await sink.receive(event);
    return true;
  } catch (error) {
    if (!isInvalid(error)) throw error;
    intake.log.error({ inboxId: event.inboxId, event: event.event }, 'the core did not accept an event of a post');
    return false;
  }
}

function tellOthers({ log, count, troubled, reading: { inboxId } }: Intake, sink: Sink, parsed: Parsed): void {
  for (const { what, about } of parsed.told) {
    count(what);
    if (what === 'account') log.warn({ inboxId, about }, 'WhatsApp told something of the account');
  }
  if (parsed.told.some(({ what }) => what === 'templates')) sink.changed?.('templates');
  for (const code of parsed.troubles) troubled(code);
  for (const why of parsed.odd) count(`odd-${why}`);
  if (parsed.odd.length > 0) log.warn({ inboxId, why: [...new Set(parsed.odd)] }, 'a post could not be read (all)');
}

/**
 * Tells the core all that a post holds: all at once, so that nothing of a later post comes between; the core keeps the order
 * of what one person says. Rejects where it must be tried again; what was told stays told.
 */
export async function takePost(intake: Intake, sink: Sink, raw: string): Promise<'taken' | 'odd'> {
  const parsed = parse(raw, { ...intake.reading, at: new Date(intake.now()).toISOString() });
  const handed = await Promise.allSettled(parsed.events.map((event) => hand(intake, sink, event)));
  tellOthers(intake, sink, parsed);
  const failure = handed.find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
  const isRefused = handed.some((one) => one.status === 'fulfilled' && !one.value);
  return parsed.odd.length > 0 || isRefused ? 'odd' : 'taken';
}
