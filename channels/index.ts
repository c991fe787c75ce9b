import type { Channel } from '../src/channel/channel.ts';
import type { WebChatDeps } from './web-chat/channel.ts';
import { createWebChat } from './web-chat/channel.ts';

/** What `main.ts` hands to every channel. */
export type HostDeps = WebChatDeps;

/** One kind of channel: its settings by name, and the inboxes that they make (none where its block is absent). */
export interface ChannelKind {
  kind: string;
  create(env: Readonly<Record<string, unknown>>, deps: HostDeps): Channel[];
}

/** The one list of channels. */
export const channelKinds: readonly ChannelKind[] = [
  { kind: 'web-chat', create: (_settings, deps) => [createWebChat({}, deps)] },
];
