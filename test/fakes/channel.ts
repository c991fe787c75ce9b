import { capabilities } from '../../channels/web-chat/capabilities.ts';
import type { Capabilities } from '../../src/channel/capabilities.ts';
import type { Channel, Sink } from '../../src/channel/channel.ts';
import type { OutboundMessage, SendResult } from '../../src/channel/outbound.ts';

/** A channel whose other side is the test: it records what is sent and fails as it is told. */
export interface FakeChannel extends Channel {
  sent: OutboundMessage[];
  /** Decides the fate of the next sendings; throws or gives a result. */
  answer: (message: OutboundMessage) => SendResult | Promise<SendResult>;
  sink: Sink | null;
}

export function createFakeChannel(inboxId = 'fake', can: Partial<Capabilities> = {}): FakeChannel {
  const channel: FakeChannel = {
    kind: 'web-chat',
    inboxId,
    capabilities: { ...capabilities, ...can },
    sent: [],
    sink: null,
    answer: (message) => ({ externalId: `ext-${message.id}`, status: 'accepted' }),
    state: () => ({ state: 'connected', reason: null }),
    async start(sink) {
      channel.sink = sink;
    },
    stop: async () => undefined,
    async send(message) {
      const result = await channel.answer(message);
      channel.sent.push(message);
      return result;
    },
  };
  return channel;
}
