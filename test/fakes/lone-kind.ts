import { z } from 'zod';
import type { Channel, ChannelState, Sink } from '../../src/channel/channel.ts';
import type { ChannelKind } from '../../src/channel/kind.ts';
import type { OutboundMessage, SendResult } from '../../src/channel/outbound.ts';
import { plainChat } from './capabilities.ts';

/** An inbox that one process at a time may run, as one process has it: the test is its other side. */
export interface LoneChannel extends Channel {
  sink: Sink | null;
  isRunning: boolean;
  now: ChannelState;
  sent: OutboundMessage[];
  heard: unknown[];
  answer: (message: OutboundMessage) => Promise<SendResult>;
}

function createLoneChannel(inboxId: string): LoneChannel {
  const channel: LoneChannel = {
    kind: 'lone',
    inboxId,
    runsAlone: true,
    capabilities: { ...plainChat, typing: true, markRead: true, canStart: true },
    sink: null,
    isRunning: false,
    now: { state: 'connected', reason: null },
    sent: [],
    heard: [],
    answer: async ({ id }) => ({ externalId: `ext-${id}`, status: 'accepted' }),
    state: () => (channel.isRunning ? channel.now : { state: 'stopped', reason: null }),
    async start(sink) {
      channel.sink = sink;
      channel.isRunning = true;
    },
    async stop() {
      channel.isRunning = false;
    },
    async send(message) {
      channel.sent.push(message);
      return channel.answer(message);
    },
    typing: (to) => void channel.heard.push({ typing: to }),
    handled: (to) => void channel.heard.push({ handled: to }),
    markRead: async (to) => void channel.heard.push({ markRead: to }),
    webhook: {
      path: '/webhooks/lone',
      maxBytes: 1000,
      challenge: () => 'here',
      recognise: () => ({ mine: true, strangers: [] }),
      take: async () => 'taken',
    },
  };
  return channel;
}

/** A kind of which one process at a time may run an inbox, and what was opened of it, the newest last. */
export function createLoneKind() {
  const opened: LoneChannel[] = [];
  const kind: ChannelKind = {
    kind: 'lone',
    settings: { prefix: 'LONE', shape: { TOKEN: z.string().describe('Its secret word.') }, secrets: ['TOKEN'] },
    create({ inboxId }) {
      const channel = createLoneChannel(inboxId);
      opened.push(channel);
      return channel;
    },
  };
  return { kind, opened };
}
