import type { Channel, Log } from '../channel/channel.ts';
import type { OutboundMessage } from '../channel/outbound.ts';
import { SendError } from '../channel/send-error.ts';
import { type Clock, iso } from '../clock.ts';
import { WaslError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import { asciiDigits } from '../language/digits.ts';
import { findPhones } from '../language/extract.ts';
import type { Language } from '../language/language.ts';
import { type Counted, countOne } from '../limit/attempts.ts';
import type { Store } from '../store/port.ts';
import type { Render } from '../template/template.ts';
import { newDigits } from './digits.ts';
import {
  codeAttempts,
  countsMs,
  keptMs,
  type OneTimeCode,
  oneTimeCodes,
  readTold,
  type Told,
  veiled,
} from './one-time-code.ts';

/** For what a code is asked, to whom it goes, and from where it is asked for. */
export interface Asked {
  /** A word of the program's own, such as `portal`: a code for one purpose is none for another. */
  purpose: string;
  /** As people write it; Arabic-Indic digits are read, Saudi Arabia where no country is written. */
  phone: string;
  /** The network of whoever asks (`networkOf`). */
  network: string;
}

/** Codes of six digits that prove that somebody has a phone in their hand. */
export interface OneTimeCodes {
  /**
   * Sends a new code; gives until when it counts (ISO, five minutes). Rejects with `invalid` where the number is none,
   * `rate-limited` (with `details.until`) where codes were asked for too often, `unavailable` where it could not be sent:
   * then the one before counts on, and the limits are as they were unless the new one may have arrived all the same.
   */
  send(asked: Asked & { language: Language }): Promise<{ countsUntil: string }>;
  /** What the digits are, whatever is written around the six; right ones count once. Rejects with `invalid` and `rate-limited` as above. */
  tell(told: Asked & { digits: string }): Promise<Told>;
}

export interface OneTimeCodesDeps {
  store: Store;
  channels: ReadonlyMap<string, Channel>;
  render(): Render;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** A secret of this installation for one purpose. */
  secret(purpose: string): Uint8Array;
}

const secretName = 'one-time-codes';
const minute = 60_000;
const day = 24 * 60 * minute;
/** How often codes may be sent: to one number, and for one network. */
const sendLimits = {
  number: [
    { limit: 3, windowMs: 15 * minute },
    { limit: 10, windowMs: day },
  ],
  network: [
    { limit: 10, windowMs: 15 * minute },
    { limit: 50, windowMs: day },
  ],
};
/** How often a network may tell codes, of whatever number: nobody tries their way through. */
const tellLimits = { network: [{ limit: 30, windowMs: 15 * minute }] };

const sendWithinMs = 15_000;

/** The number as E.164; rejects what is none. */
function numberOf(phone: string): string {
  const given = asciiDigits(phone).trim();
  const [found, ...more] = findPhones(/^\d{12,15}$/.test(given) ? `+${given}` : given);
  if (found && more.length === 0) return found.value;
  throw new WaslError('invalid', 'phone: this is no telephone number; write it like 05xxxxxxxx or +9665xxxxxxxx.');
}

type Limits = Partial<Record<'number' | 'network', readonly { limit: number; windowMs: number }[]>>;

/** Counts one more, or rejects. Gives what was counted. */
async function requireRest(
  deps: OneTimeCodesDeps,
  what: string,
  by: { number: string; network: string },
  limits: Limits,
): Promise<Counted[]> {
  const secret = deps.secret(secretName);
  const all: Counted[] = [];
  for (const whose of ['network', 'number'] as const) {
    for (const { limit, windowMs } of limits[whose] ?? []) {
      const id = veiled(secret, what, whose, by[whose], String(windowMs));
      const counted = { in: codeAttempts, id, limit, windowMs };
      all.push(counted);
      const now = await countOne(deps, counted);
      if ('count' in now) continue;
      const { until } = now;
      const retryAfterMs = Math.max(1000, Date.parse(until) - deps.clock.now());
      throw new WaslError('rate-limited', `Too many codes were asked for. Try again after ${until}.`, {
        details: { until, retryAfterMs },
      });
    }
  }
  return all;
}

/** Counts one less of what was counted before `since` (ms), unless a new window has begun. */
async function takeBack({ store }: OneTimeCodesDeps, { in: collection, id, windowMs }: Counted, since: number) {
  const known = await store.get(collection, id);
  if (!known || known.count === 0 || Date.parse(known.expiresAt) > since + windowMs) return;
  const { expiresAt } = known;
  await store.write([{ op: 'update', in: collection, id, when: { expiresAt }, add: { count: -1 } }]);
}

/** The way that reaches whoever holds a number, whether or not they have written before. */
function wayTo(channels: OneTimeCodesDeps['channels']): Channel {
  const able = [...channels.values()].filter(({ capabilities: can }) => can.phones && can.paid && can.canStart);
  const found = able.find((channel) => channel.state().state === 'connected') ?? able[0];
  if (found) return found;
  throw new WaslError('unavailable', 'No inbox is set up that could send a code to a phone.');
}

/** It goes straight to the channel: in a conversation its digits would stand for staff to read. */
async function sendDigits(
  deps: OneTimeCodesDeps,
  { number, language, digits }: { number: string; language: Language; digits: string },
): Promise<void> {
  const { clock, ids, log, render } = deps;
  const channel = wayTo(deps.channels);
  const id = ids.next();
  const address = channel.addressOf?.(number) ?? number;
  const message: OutboundMessage = {
    id,
    messageId: id,
    inboxId: channel.inboxId,
    address,
    conversationKey: address,
    visibility: 'private',
    seq: 0,
    text: render()('one-time-code', language, { code: digits, minutes: countsMs / minute }, 'brief'),
    language,
    quickReplies: [],
    attachments: [],
    author: 'system',
    automated: true,
    at: iso(clock.now()),
  };
  const stop = new AbortController();
  const cancel = clock.after(sendWithinMs, () => stop.abort());
  try {
    await channel.send(message, stop.signal);
  } catch (error) {
    const code = error instanceof SendError ? error.code : 'unknown';
    log.warn({ inboxId: channel.inboxId, code }, 'a one-time code could not be sent');
    throw new WaslError('unavailable', 'The code could not be sent now. Try again in a little while.', {
      cause: error,
    });
  } finally {
    cancel();
  }
}

const codeId = (deps: OneTimeCodesDeps, purpose: string, number: string): string =>
  veiled(deps.secret(secretName), 'code', purpose, number).slice(0, 27);

const hashOf = (deps: OneTimeCodesDeps, purpose: string, number: string, digits: string): string =>
  veiled(deps.secret(secretName), 'digits', purpose, number, digits);

async function keep({ store }: OneTimeCodesDeps, code: OneTimeCode): Promise<void> {
  const { id, version: _, ...set } = code;
  for (;;) {
    const known = await store.get(oneTimeCodes, id);
    const { ok } = await store.write([
      known ? { op: 'update', in: oneTimeCodes, id, set } : { op: 'insert', in: oneTimeCodes, document: code },
    ]);
    if (ok) return;
  }
}

/** Nothing tells whether it arrived: it counts like one that did, or a number could be written to without end. */
const mayHaveArrived = ({ cause }: WaslError): boolean => cause instanceof SendError && cause.code === 'timed-out';

async function send(deps: OneTimeCodesDeps, asked: Asked & { language: Language }): Promise<{ countsUntil: string }> {
  const { purpose, network, language } = asked;
  const number = numberOf(asked.phone);
  const counted = await requireRest(deps, 'send', { number, network }, sendLimits);
  const since = deps.clock.now();
  const digits = newDigits();
  try {
    await sendDigits(deps, { number, language, digits });
  } catch (error) {
    if (!(error instanceof WaslError) || !mayHaveArrived(error))
      for (const one of counted) await takeBack(deps, one, since);
    throw error;
  }
  const now = deps.clock.now();
  const countsUntil = iso(now + countsMs);
  // only once it was taken: until then the one before counts
  await keep(deps, {
    id: codeId(deps, purpose, number),
    version: 1,
    hash: hashOf(deps, purpose, number, digits),
    attempts: 0,
    countsUntil,
    usedAt: null,
    expiresAt: iso(now + keptMs),
  });
  return { countsUntil };
}

/** Whether what was told of this code is noted: only the first of several at once is. */
async function note({ store, clock }: OneTimeCodesDeps, code: OneTimeCode, told: Told): Promise<boolean> {
  const set = told === 'right' ? { usedAt: iso(clock.now()) } : { attempts: code.attempts + 1 };
  const { ok } = await store.write([{ op: 'update', in: oneTimeCodes, id: code.id, expect: code.version, set }]);
  return ok;
}

async function tell(deps: OneTimeCodesDeps, asked: Asked & { digits: string }): Promise<Told> {
  const { purpose, network } = asked;
  const number = numberOf(asked.phone);
  await requireRest(deps, 'tell', { number, network }, tellLimits);
  const digits = asciiDigits(asked.digits).replace(/\D/g, '');
  if (!/^\d{6}$/.test(digits)) throw new WaslError('invalid', 'digits: the code has six digits.');
  const hash = hashOf(deps, purpose, number, digits);
  for (;;) {
    const code = await deps.store.get(oneTimeCodes, codeId(deps, purpose, number));
    const told = readTold(code, hash, iso(deps.clock.now()));
    if (!code || told === 'over' || (await note(deps, code, told))) return told;
  }
}

/** Codes are sent over whatever paid inbox reaches phone numbers. */
export const createOneTimeCodes = (deps: OneTimeCodesDeps): OneTimeCodes => ({
  send: (asked) => send(deps, asked),
  tell: (told) => tell(deps, told),
});
