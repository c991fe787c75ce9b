import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, ChannelRoute, History, Sink } from '../../src/channel/channel.ts';
import { type GivenEvent, type InboundMessage, inboundEvent } from '../../src/channel/inbound.ts';
import type { OutboundMessage } from '../../src/channel/outbound.ts';
import { SendError, type SendErrorCode } from '../../src/channel/send-error.ts';

/** A core that records what a channel tells it, and can be slow, broken or hold back. */
export interface RecordingSink extends Sink {
  events: GivenEvent[];
  /** Makes `receive` reject from now on. */
  fail(error: Error | null): void;
  /** Makes `receive` wait until `release` is called. */
  hold(): void;
  release(): void;
  past: History;
}

export function createRecordingSink(): RecordingSink {
  const seen = new Map<string, string>();
  let failure: Error | null = null;
  let gate: Promise<void> | null = null;
  let open = (): void => undefined;
  const sink: RecordingSink = {
    events: [],
    past: { conversationId: null, handledBy: null, messages: [] },
    fail: (error) => {
      failure = error;
    },
    hold: () => {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release: () => {
      gate = null;
      open();
    },
    async receive(event) {
      await gate;
      if (failure) throw failure;
      const checked = inboundEvent.parse(event);
      sink.events.push(event);
      if (checked.event !== 'message') return { messageId: '', conversationId: '', duplicate: false };
      const duplicate = seen.has(checked.externalId);
      const messageId = seen.get(checked.externalId) ?? `m${seen.size + 1}`;
      seen.set(checked.externalId, messageId);
      return { messageId, conversationId: 'c1', duplicate };
    },
    history: async () => sink.past,
    saveAttachment: async ({ from }) => {
      let bytes = 0;
      for await (const chunk of from) bytes += chunk.length;
      return { id: `file-${bytes}`, bytes };
    },
    openAttachment: async () => null,
    typing: () => undefined,
    recall: async () => null,
    remember: async () => undefined,
  };
  return sink;
}

/** What a channel's own contract test gives: the channel, the other side of it, and its tables. */
export interface ChannelRig {
  channel: Channel;
  sink: RecordingSink;
  /** Every line that was logged, as text. */
  log: string[];
  /** Words that must never be readable in a log line or an error. */
  secrets: string[];
  /** Sends a real payload through the real door; resolves with what the provider was told. None: nobody can write over it. */
  inbound: { name: string; send(): Promise<'taken' | 'refused'>; expect: Partial<InboundMessage> }[];
  garbled: { name: string; send(): Promise<'taken' | 'refused'> }[];
  /** A caller without the right: nothing is taken of it. Absent where anybody may write. */
  unauthorised?: { name: string; send(): Promise<'taken' | 'refused'> }[];
  /** Messages to send, and what must have arrived on the other side. */
  outbound: { name: string; prepare(): Promise<void>; message: OutboundMessage; arrived(): unknown; expect: unknown }[];
  failures: {
    name: string;
    prepare(): Promise<void>;
    message: OutboundMessage;
    code: SendErrorCode;
    retryable: boolean;
  }[];
  /** Beyond what the channel can do: refused before anything is sent. */
  beyond: { name: string; message: OutboundMessage }[];
  stop(): Promise<void>;
}

const optional = (channel: Channel) => ({
  typing: channel.typing !== undefined,
  markRead: channel.markRead !== undefined,
  fetchAttachment: channel.fetchAttachment !== undefined,
});

const sendError = async (channel: Channel, message: OutboundMessage): Promise<SendError> => {
  try {
    await channel.send(message, AbortSignal.timeout(5_000));
  } catch (error) {
    if (error instanceof SendError) return error;
    throw error;
  }
  throw new Error('the message was sent, though it must be refused');
};

/** They listen at one mailbox, hold one session, or keep the pace and the budget of an account. */
const oneAtATime: ReadonlySet<string> = new Set(['email', 'whatsapp-web', 'sms', 'x']);

const messagesOf = (sink: RecordingSink): InboundMessage[] =>
  sink.events.flatMap((event) => (event.event === 'message' ? [inboundEvent.parse(event) as InboundMessage] : []));

const known: readonly ChannelRoute['auth'][] = ['public', 'signature', 'session-token'];

/** How a channel is asked: `isOneWay` where nobody can write over it, so that nothing comes in to be asked about. */
interface Way {
  isOneWay?: boolean;
}

/** The same questions to every channel (style.md section 5). */
export function channelContract(kind: string, open: () => Promise<ChannelRig>, { isOneWay = false }: Way = {}): void {
  const whatComes = isOneWay ? () => undefined : it;
  describe(`channel contract: ${kind}`, () => {
    let rig: ChannelRig;
    beforeEach(async () => {
      rig = await open();
      await rig.channel.start(rig.sink);
    });
    afterEach(async () => {
      await rig.stop();
    });

    it('says what it is and what it can', () => {
      expect(rig.inbound.length === 0).toBe(isOneWay);
      expect(rig.channel.kind).toBe(kind);
      expect(rig.channel.inboxId).not.toBe('');
      expect(rig.channel.capabilities.text.maxLength).toBeGreaterThan(0);
      expect(rig.channel.state().state).toBe('connected');
    });

    it('has exactly the optional members that its capabilities name', () => {
      const { typing, markRead, fetchAttachment } = rig.channel.capabilities;
      expect(optional(rig.channel)).toEqual({ typing, markRead, fetchAttachment });
    });

    it('says once and for all whether one process at a time runs it', async () => {
      const said = rig.channel.runsAlone;
      expect(said ?? false).toBe(oneAtATime.has(kind));
      await rig.channel.stop();
      expect(rig.channel.runsAlone).toBe(said);
    });

    it('gives routes that say how they know their caller', () => {
      for (const route of rig.channel.routes ?? []) expect(known).toContain(route.auth);
    });

    whatComes('turns every valid payload into one valid event', async () => {
      for (const one of rig.inbound) {
        const before = messagesOf(rig.sink).length;
        expect([one.name, await one.send()]).toEqual([one.name, 'taken']);
        const events = messagesOf(rig.sink).slice(before);
        expect(events).toHaveLength(1);
        expect(events[0]).toMatchObject({ inboxId: rig.channel.inboxId, ...one.expect });
      }
    });

    whatComes('gives the same external id to the same payload, and no other to another', async () => {
      const [first, second] = rig.inbound;
      await first?.send();
      await first?.send();
      await second?.send();
      const [a, b, c] = messagesOf(rig.sink).map((event) => event.externalId);
      expect(a).toBe(b);
      if (second) expect(c).not.toBe(a);
    });

    it('makes no event of a garbled payload and does not fall over', async () => {
      for (const one of rig.garbled) {
        expect([one.name, await one.send()]).toEqual([one.name, 'refused']);
        expect(messagesOf(rig.sink)).toHaveLength(0);
      }
      for (const one of rig.inbound.slice(0, 1)) expect(await one.send()).toBe('taken');
    });

    it('takes nothing from a caller without the right', async () => {
      for (const one of rig.unauthorised ?? []) expect([one.name, await one.send()]).toEqual([one.name, 'refused']);
      expect(messagesOf(rig.sink)).toHaveLength(0);
    });

    whatComes('acknowledges only once the core has stored', async () => {
      rig.sink.hold();
      let answered = false;
      const sent = rig.inbound[0]?.send().then((answer) => {
        answered = true;
        return answer;
      });
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      expect(answered).toBe(false);
      rig.sink.release();
      expect(await sent).toBe('taken');
    });

    whatComes('tells the provider to send again where storing fails', async () => {
      rig.sink.fail(new Error('the disk is full'));
      expect(await rig.inbound[0]?.send()).toBe('refused');
      rig.sink.fail(null);
      expect(await rig.inbound[0]?.send()).toBe('taken');
    });

    it('sends each kind of message and gives an external id', async () => {
      for (const one of rig.outbound) {
        await one.prepare();
        const result = await rig.channel.send(one.message, AbortSignal.timeout(5_000));
        expect(result.externalId).not.toBe('');
        await expect.poll(() => one.arrived()).toEqual(one.expect);
      }
    });

    it('says of each failure what it is and whether to try again', async () => {
      for (const one of rig.failures) {
        await one.prepare();
        const error = await sendError(rig.channel, one.message);
        expect([one.name, error.code, error.retryable]).toEqual([one.name, one.code, one.retryable]);
      }
    });

    it('refuses what is beyond it before anything is sent', async () => {
      for (const one of rig.beyond) {
        const error = await sendError(rig.channel, one.message);
        expect([one.name, ['unsupported', 'message-invalid']]).toEqual([
          one.name,
          expect.arrayContaining([error.code]),
        ]);
      }
    });

    it('writes no secret into a log line', async () => {
      for (const one of [...rig.inbound, ...rig.garbled]) await one.send();
      rig.sink.fail(new Error('the disk is full'));
      await rig.inbound[0]?.send();
      for (const secret of rig.secrets) expect(rig.log.join('\n')).not.toContain(secret);
    });

    it('starts and stops twice without harm', async () => {
      await rig.channel.start(rig.sink);
      await rig.channel.stop();
      await rig.channel.stop();
      expect(rig.channel.state().state).toBe('stopped');
      await rig.channel.start(rig.sink);
      expect(rig.channel.state().state).toBe('connected');
    });
  });
}
