import type { Capabilities } from '../../src/channel/capabilities.ts';
import { createFakeChannel, type FakeChannel } from './channel.ts';

/** A medium of numbers in which each message costs, and anybody can be written to. */
export function createPaidChannel(inboxId = 'paid', can: Partial<Capabilities> = {}): FakeChannel {
  const base = createFakeChannel(inboxId, {
    text: { maxLength: 700, format: 'plain' },
    quickReplies: { as: 'none' },
    typing: false,
    attachments: null,
    receipts: 'delivered',
    paid: true,
    phones: true,
    canStart: true,
    ...can,
  });
  return Object.assign(base, { kind: 'paid', addressOf: (phone: string) => phone });
}
