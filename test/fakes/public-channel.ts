import type { Capabilities } from '../../src/channel/capabilities.ts';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import { createFakeChannel, type FakeChannel } from './channel.ts';

const inPublic = { maxLength: 280, attachments: null, assistant: 'once', links: false } as const;

/** A medium of public posts beside private chats; it counts what stands outside of the usual letters twice. */
export function createPublicChannel(inboxId = 'square', can: Partial<Capabilities> = {}): FakeChannel {
  const base = createFakeChannel(inboxId, { inPublic, canStart: true, quickReplies: { as: 'numbered-list' }, ...can });
  const measure = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > '\u10ff' ? 2 : 1), 0);
  return Object.assign(base, { kind: 'square', measure });
}

/** A public post as such a channel gives it: a conversation for each person and thread. */
export const aPost = (thread: string, author = 'visitor', facts: Partial<GivenEvent> = {}): Partial<GivenEvent> =>
  ({
    visibility: 'public',
    address: author,
    conversationKey: `post:${thread}:${author}`,
    link: `https://square.example/${thread}`,
    ...facts,
  }) as Partial<GivenEvent>;

/** A private message of the same person. */
export const aPrivate = (author = 'visitor'): Partial<GivenEvent> =>
  ({ address: author, conversationKey: author }) as Partial<GivenEvent>;
