import { capabilities as sms } from '../../channels/sms/capabilities.ts';
import { smsKind } from '../../channels/sms/settings.ts';
import { capabilities } from '../../channels/x/capabilities.ts';
import { xKind } from '../../channels/x/settings.ts';
import type { Channel, ChannelState } from '../../src/channel/channel.ts';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import type { ChannelKind } from '../../src/channel/kind.ts';
import type { OutboundMessage } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';

/** Most of the budget of a month, and a window that is used up. */
const usage = {
  budget: { currency: 'USD', spent: 42.125, limit: 50, resetsAt: '2026-12-01T00:00:00.000Z' },
  lines: [
    { what: 'owned-read', count: 12_340, amount: 12.34 },
    { what: 'reply-summoned', count: 812, amount: 8.12 },
    { what: 'post-create-link', count: 3, amount: 0.6 },
    { what: 'dm-send', count: 1_404, amount: 21.065 },
  ],
  limits: [
    { what: 'mentions, 15 minutes', left: 288, limit: 300, resetsAt: '2026-11-22T07:15:00.000Z' },
    { what: 'direct messages (writing), 24 hours', left: 0, limit: 1_440, resetsAt: '2026-11-22T21:00:00.000Z' },
  ],
};

/** Of text messages whose provider tells no price. */
const countedOnly = {
  budget: null,
  lines: [
    { what: 'messages', count: 12, amount: 0 },
    { what: 'segments', count: 31, amount: 0 },
  ],
  limits: [],
};

export interface X {
  kind: ChannelKind;
  sent: OutboundMessage[];
}

const quiet = {
  start: async () => undefined,
  stop: async () => undefined,
};

/** X as the core sees it, with its own capabilities and settings, and a medium that refuses on demand. */
export function createX(): X {
  const sent: OutboundMessage[] = [];
  const state: ChannelState = { state: 'connected', reason: null, usage };
  const create: ChannelKind['create'] = ({ inboxId }): Channel => ({
    ...quiet,
    kind: 'x',
    inboxId,
    capabilities,
    state: () => state,
    async send(message) {
      if (message.text.includes('refuse this'))
        throw new SendError(
          'rejected',
          'X lets programs answer only who mentioned or quoted us: a person must answer on X itself.',
        );
      sent.push(message);
      return { externalId: `sent-${message.id}`, status: 'sent' };
    },
    fetchAttachment: async () => {
      throw new SendError('rejected', 'The file is not there any more.');
    },
  });
  return { kind: { kind: 'x', settings: xKind, create }, sent };
}

/** Text messages as the core sees them; each costs. */
export function createTexts(): X {
  const sent: OutboundMessage[] = [];
  const create: ChannelKind['create'] = ({ inboxId }): Channel => ({
    ...quiet,
    kind: 'sms',
    inboxId,
    capabilities: { ...sms, pace: null },
    state: () => ({ state: 'connected', reason: null, usage: countedOnly }),
    async send(message) {
      sent.push(message);
      return { externalId: `sms-${message.id}`, status: 'sent', cost: { units: 1, amount: 0.05, currency: 'SAR' } };
    },
    addressOf: (phone) => phone.slice(1),
  });
  return { kind: { kind: 'sms', settings: smsKind, create }, sent };
}

type GivenMessage = Extract<GivenEvent, { event: 'message' }>;

export const person = '1790000000000000001';

/** A public post of one person that mentions the account, `minutes` before now. */
export const post = (externalId: string, minutes: number, more: Partial<GivenMessage>): GivenMessage => ({
  event: 'message',
  inboxId: 'x',
  externalId,
  address: person,
  displayName: 'سارة القحطاني (@sara_q)',
  conversationKey: `post:1800000000000000001:${person}`,
  visibility: 'public',
  sentAt: new Date(Date.now() - minutes * 60_000).toISOString(),
  kind: 'text',
  text: '',
  attachments: [],
  automated: 'none',
  link: `https://x.com/sara_q/status/${externalId}`,
  ...more,
});

/** What the same person writes in private. */
export const privately = (externalId: string, minutes: number, text: string): GivenMessage => {
  const { link: _, ...rest } = post(externalId, minutes, { text });
  return { ...rest, conversationKey: person, visibility: 'private' };
};
