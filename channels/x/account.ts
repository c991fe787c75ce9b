import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ChannelDeps, ChannelState, Sink } from '../../src/channel/channel.ts';
import { readNote } from '../../src/channel/note.ts';
import { SendError } from '../../src/channel/send-error.ts';
import type { Endpoint } from './limits.ts';
import type { Self } from './reading.ts';
import { type Alarm, Refusal } from './refusal.ts';

/** How the account is by what X answered last. */
export interface Account {
  /** Hears how a call as the account ended: null where X answered well. */
  heard(endpoint: Endpoint, error: SendError | null): void;
  /** Throws while X takes nothing because of its own cap; once in an hour it is tried again. */
  check(): void;
  /** The account took back what it had allowed the app. */
  revoked(): void;
  /** What is wrong with the account; null where nothing is. */
  trouble(): Pick<ChannelState, 'state' | 'reason'> | null;
}

/** X's cap is lifted by people, so it is looked again now and then. */
const cappedMs = 3_600_000;

const counted = { capped: 'usage-capped', 'bad-credentials': 'credentials-refused', 'not-permitted': 'not-permitted' };

export function createAccount(
  inboxId: string,
  { log, clock, count }: Pick<ChannelDeps, 'log' | 'clock' | 'count'>,
): Account {
  /** Of all of the account: any good answer ends it. */
  let alarm: Refusal | null = null;
  /** Of rights that the app lacks: they are there or not for each thing by itself. */
  const lacking = new Map<Endpoint, Refusal>();
  let cappedUntil = 0;

  const sound = (error: Refusal & { alarm: Alarm }): void => {
    count(counted[error.alarm]);
    log.error({ inboxId, code: error.providerCode, details: error.details }, error.message);
  };

  const isAlarm = (error: SendError | null): error is Refusal & { alarm: Alarm } =>
    error instanceof Refusal && error.alarm !== undefined;

  const heard: Account['heard'] = (endpoint, error) => {
    if (error === null) {
      alarm = null;
      lacking.delete(endpoint);
    }
    if (!isAlarm(error)) return;
    if (error.alarm === 'not-permitted') {
      if (!lacking.has(endpoint)) sound(error);
      lacking.set(endpoint, error);
      return;
    }
    if (alarm?.alarm !== error.alarm) sound(error);
    alarm = error;
    cappedUntil = error.alarm === 'capped' ? clock.now() + cappedMs : 0;
  };

  return {
    heard,
    revoked: () =>
      heard(
        'me',
        new Refusal({
          code: 'config-invalid',
          alarm: 'bad-credentials',
          says: 'The account has taken back what it allowed the app at X. Make a new access token and enter it.',
        }),
      ),
    check() {
      if (alarm?.alarm === 'capped' && clock.now() < cappedUntil) throw alarm;
    },
    trouble() {
      const worst = alarm ?? [...lacking.values()][0];
      if (!worst) return null;
      return { state: worst.alarm === 'capped' ? 'stopped' : 'bad-credentials', reason: worst.message };
    },
  };
}

const keptSelf = z.object({ id: z.string(), username: z.string(), of: z.string(), at: z.number() });
const answer = z.object({ data: z.object({ id: z.string().regex(/^\d{1,19}$/), username: z.string().min(1) }) });

/** A user name may change: it is asked again after so long. */
const oldMs = 7 * 86_400_000;
const note = 'x-self';

/** Says whose account it is: asked of X once for an access token, and known from then on. */
export interface SelfKnowledge {
  self(signal?: AbortSignal): Promise<Self>;
  /** What is known without asking. */
  known(): Self | null;
}

export interface SelfOptions {
  accessToken: string;
  sink: Pick<Sink, 'recall' | 'remember'>;
  now(): number;
  ask(signal?: AbortSignal): Promise<unknown>;
}

export function createSelfKnowledge({ accessToken, sink, now, ask }: SelfOptions): SelfKnowledge {
  const of = createHash('sha256').update(accessToken).digest('hex').slice(0, 16);
  let known: Self | null = null;
  let asking: Promise<Self> | null = null;

  const askAnew = async (signal?: AbortSignal): Promise<Self> => {
    const read = answer.safeParse(await ask(signal));
    if (!read.success) throw new SendError('unexpected-response', 'X did not tell whose account it is.');
    const { id, username } = read.data.data;
    await sink.remember(note, JSON.stringify({ id, username, of, at: now() }));
    return { id, username };
  };

  const find = async (signal?: AbortSignal): Promise<Self> => {
    const kept = readNote(keptSelf, await sink.recall(note));
    const isGood = kept?.of === of && now() - kept.at < oldMs;
    return isGood ? { id: kept.id, username: kept.username } : askAnew(signal);
  };

  return {
    async self(signal) {
      if (known) return known;
      // who asks at the same time waits for the same answer
      asking ??= find(signal).finally(() => {
        asking = null;
      });
      known = await asking;
      return known;
    },
    known: () => known,
  };
}
