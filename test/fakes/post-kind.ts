import { z } from 'zod';
import type { Channel, InboxState, Sink } from '../../src/channel/channel.ts';
import type { ChannelKind } from '../../src/channel/kind.ts';
import { plainChat } from './capabilities.ts';

type Values = Readonly<Record<string, unknown>>;

/** One inbox that was opened: what it was given, and how it fared. */
export interface Post {
  inboxId: string;
  values: Values;
  sink: Sink | null;
  state: InboxState;
}

const shape = {
  SERVER_URL: z
    .string()
    .refine((url) => url.startsWith('post://'), 'must begin with post://')
    .describe('The server that is asked, as post://user:password@host.'),
  TOKEN: z.string().optional().describe('The secret word of the server.'),
  FOLDER: z
    .string()
    .max(20)
    .default('INBOX')
    .transform((name) => [name])
    .describe('The folder that is read.'),
  LIMIT: z.coerce.number().default(5).describe('How many are read at a time.'),
  ADDRESS: z.string().optional().describe('Where people write to.'),
  MODE: z.enum(['quick', 'slow']).default('quick').describe('How eagerly it is read.'),
};

const capabilities: Channel['capabilities'] = {
  ...plainChat,
  text: { maxLength: 9000, format: 'plain' },
  form: 'letter',
  receipts: 'accepted',
  canStart: true,
};

const channelOf = (post: Post): Channel => ({
  kind: 'post',
  inboxId: post.inboxId,
  capabilities,
  state: () => ({ state: post.state, reason: post.state === 'connected' ? null : 'It is not open.' }),
  async start(sink) {
    if (String(post.values.SERVER_URL).includes('broken')) throw new Error('the wire is cut');
    post.sink = sink;
    post.state = 'connected';
  },
  async stop() {
    post.state = 'stopped';
  },
  send: async () => ({ externalId: 'x', status: 'accepted' }),
  routes: [
    {
      method: 'post',
      path: `/posts/${post.inboxId}`,
      auth: 'signature',
      handle: async (_request, response) => void response.end(post.inboxId),
    },
  ],
});

/** A kind of channel with settings, and all that was opened of it, the newest last. */
export function createPostKind() {
  const opened: Post[] = [];
  const kind: ChannelKind = {
    kind: 'post',
    settings: {
      prefix: 'POST',
      shape,
      secrets: ['SERVER_URL', 'TOKEN'],
      check: ({ FOLDER }) =>
        String(FOLDER) === 'NOWHERE' ? [{ name: 'FOLDER', message: 'must be a folder that there is' }] : [],
    },
    create({ inboxId, values }) {
      const post: Post = { inboxId, values, sink: null, state: 'starting' };
      opened.push(post);
      return channelOf(post);
    },
  };
  return { kind, opened };
}
