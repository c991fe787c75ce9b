import { z } from 'zod';
import type { Channel } from '../channel/channel.ts';
import type { OutboundMessage, SendResult } from '../channel/outbound.ts';
import { SendError, sendErrorCodes } from '../channel/send-error.ts';
import type { Clock } from '../clock.ts';
import type { Bus } from '../cluster/bus.ts';
import type { Ids } from '../ids.ts';
import { seal, unseal } from './seal.ts';

const typing = z.object({ address: z.string(), on: z.boolean(), externalId: z.string().nullable() });
const handled = z.object({ address: z.string(), by: z.enum(['assistant', 'agent', 'nobody']) });
const markRead = z.object({ address: z.string(), externalId: z.string() });
const inboxId = z.string();

const hint = z.discriminatedUnion('kind', [
  z.object({ inboxId, kind: z.literal('typing'), to: typing }),
  z.object({ inboxId, kind: z.literal('handled'), to: handled }),
  z.object({ inboxId, kind: z.literal('markRead'), to: markRead }),
]);
export type Hint = z.infer<typeof hint>;

/** `sealed` holds an `OutboundMessage`; in the answer an `Outcome`. */
const asked = z.object({ id: z.string(), inboxId, sealed: z.string() });
const answered = z.object({ id: z.string(), sealed: z.string() });

const result = z.custom<SendResult>((given) => typeof (given as { externalId?: unknown })?.externalId === 'string');
const outcome = z.union([
  z.object({ result }),
  z.object({
    code: z.enum(sendErrorCodes),
    message: z.string(),
    options: z.object({
      retryAfterMs: z.number().optional(),
      providerCode: z.string().optional(),
      scope: z.enum(['person', 'inbox']),
    }),
  }),
]);
type Outcome = z.infer<typeof outcome>;

/** Passes on what is to be done over an inbox to the process that runs it. */
export interface Relay {
  /** May get lost. */
  hint(hint: Hint): void;
  /** Has it sent there: once at most. Rejects with a `SendError`, `timed-out` where no answer comes. */
  send(message: OutboundMessage, signal: AbortSignal): Promise<SendResult>;
  /** Does what others ask over the inboxes for which `channelOf` gives a channel. Gives a function that ends it. */
  serve(channelOf: (inboxId: string) => Channel | null): () => void;
}

interface Deps {
  bus: Bus;
  clock: Clock;
  ids: Pick<Ids, 'next'>;
  /** What is sent is sealed under it on its way: 32 bytes. */
  key: Buffer;
}

const topics = { hint: 'inbox-hint', ask: 'inbox-send', answer: 'inbox-sent' } as const;
const answerWithinMs = 60_000;

const late = (): SendError => new SendError('timed-out', 'The process that runs this inbox gave no answer.');

function follow(channel: Channel, { kind, to }: Hint): void {
  if (kind === 'typing') channel.typing?.(to);
  else if (kind === 'handled') channel.handled?.(to);
  // a courtesy, as it is where it is done at once
  else channel.markRead?.(to).catch(() => undefined);
}

async function sendFor(channel: Channel, message: OutboundMessage): Promise<Outcome> {
  try {
    return { result: await channel.send(message, AbortSignal.timeout(answerWithinMs)) };
  } catch (error) {
    const known = error instanceof SendError ? error : new SendError('unexpected-response', 'It could not be sent.');
    const { code, message: says, retryAfterMs, providerCode, scope } = known;
    return { code, message: says, options: { retryAfterMs, providerCode, scope } };
  }
}

/** Sendings that other processes were asked for, until they answer. */
function createWaiting({ clock }: Pick<Deps, 'clock'>) {
  const waiting = new Map<string, (said: Outcome) => void>();
  return {
    settle(id: string, said: Outcome): void {
      waiting.get(id)?.(said);
    },
    wait: (id: string, signal: AbortSignal): Promise<SendResult> =>
      new Promise((resolve, reject) => {
        const end = (): void => {
          waiting.delete(id);
          cancel();
          signal.removeEventListener('abort', giveUp);
        };
        const giveUp = (): void => {
          end();
          reject(late());
        };
        const cancel = clock.after(answerWithinMs, giveUp);
        signal.addEventListener('abort', giveUp);
        waiting.set(id, (said) => {
          end();
          if ('result' in said) resolve(said.result);
          else reject(new SendError(said.code, said.message, optionsOf(said.options)));
        });
      }),
  };
}

const optionsOf = ({ retryAfterMs, providerCode, scope }: Exclude<Outcome, { result: unknown }>['options']) => ({
  scope,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  ...(providerCode === undefined ? {} : { providerCode }),
});

export function createRelay({ bus, clock, ids, key }: Deps): Relay {
  const { settle, wait } = createWaiting({ clock });
  const answer = async (channel: Channel, { id, sealed }: z.infer<typeof asked>): Promise<void> => {
    // only who has the key can have sealed it
    const message = JSON.parse(unseal(key, id, sealed)) as OutboundMessage;
    const said = await sendFor(channel, message);
    bus.publish(topics.answer, { id, sealed: seal(key, id, JSON.stringify(said)) });
  };
  return {
    hint: (given) => bus.publish(topics.hint, given),
    send(message, signal) {
      if (signal.aborted) return Promise.reject(late());
      const id = ids.next();
      const sent = wait(id, signal);
      bus.publish(topics.ask, { id, inboxId: message.inboxId, sealed: seal(key, id, JSON.stringify(message)) });
      return sent;
    },
    serve(channelOf) {
      const ends = [
        bus.subscribe(topics.hint, (payload) => {
          const { data } = hint.safeParse(payload);
          const channel = data && channelOf(data.inboxId);
          if (channel) follow(channel, data);
        }),
        bus.subscribe(topics.ask, (payload) => {
          const { data } = asked.safeParse(payload);
          const channel = data && channelOf(data.inboxId);
          // what nobody answers is late for whoever asked
          if (channel) answer(channel, data).catch(() => undefined);
        }),
        bus.subscribe(topics.answer, (payload) => {
          const { data } = answered.safeParse(payload);
          if (data) settle(data.id, outcome.parse(JSON.parse(unseal(key, data.id, data.sealed))));
        }),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

interface Reach {
  /** Whether this process runs it now. */
  isHere(): boolean;
  /** Whether another process does. */
  isElsewhere(): boolean;
  /** How it is where it does not run here. */
  elsewhere(): ReturnType<Channel['state']>;
  relay: Relay;
}

/**
 * An inbox that runs in one process, as every process has it: what is asked of it is done there. Everything else about it,
 * such as whether it signed a post, is the same everywhere.
 */
export function fromAfar(channel: Channel, { isHere, isElsewhere, elsewhere, relay }: Reach): Channel {
  const { inboxId } = channel;
  const send: Channel['send'] = async (message, signal) => {
    if (isHere()) return channel.send(message, signal);
    if (isElsewhere()) return relay.send(message, signal);
    throw new SendError('unreachable', 'The inbox is stopped.');
  };
  const here: Partial<Channel> = {
    state: () => (isHere() ? channel.state() : elsewhere()),
    send,
  };
  if (channel.typing)
    here.typing = (to) => (isHere() ? channel.typing?.(to) : relay.hint({ inboxId, kind: 'typing', to }));
  if (channel.handled)
    here.handled = (to) => (isHere() ? channel.handled?.(to) : relay.hint({ inboxId, kind: 'handled', to }));
  if (channel.markRead)
    here.markRead = async (to) => (isHere() ? channel.markRead?.(to) : relay.hint({ inboxId, kind: 'markRead', to }));
  return Object.assign(Object.create(channel) as Channel, here);
}
