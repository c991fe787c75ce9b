import type { Capabilities } from '../../src/channel/capabilities.ts';
import type { ProviderTemplate } from '../../src/channel/channel.ts';
import { createFakeChannel, type FakeChannel } from './channel.ts';

/** A template of the provider's with one text and variables that are counted. */
export const aTemplate = (name: string, text: string, facts: Partial<ProviderTemplate> = {}): ProviderTemplate => ({
  name,
  language: 'ar',
  category: 'UTILITY',
  status: 'approved',
  parts: [{ part: 'body', text }],
  variables: [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => ({ part: 'body', name, example: '' })),
  ...facts,
});

export interface WindowedChannel extends FakeChannel {
  /** What the provider has; a test changes it. */
  provided: ProviderTemplate[];
  /** External ids that were marked as read. */
  read: string[];
}

/** A medium of phone numbers in which free words are allowed for a day after the person wrote, and templates always. */
export function createWindowedChannel(inboxId = 'numbers', can: Partial<Capabilities> = {}): WindowedChannel {
  const limits: Partial<Capabilities> = { replyWindowHours: 24, canStart: true, templates: true, phones: true };
  const base = createFakeChannel(inboxId, { ...limits, markRead: true, receipts: 'read', ...can });
  const channel: WindowedChannel = Object.assign(base, {
    kind: 'numbers',
    provided: [] as ProviderTemplate[],
    read: [] as string[],
    addressOf: (phone: string) => phone.slice(1),
    templates: async () => channel.provided,
    markRead: async ({ externalId }: { externalId: string }) => {
      channel.read.push(externalId);
    },
  });
  return channel;
}
