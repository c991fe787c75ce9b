import { z } from 'zod';
import { type Channel, inboxStates } from '../../channel/channel.ts';
import { conversations } from '../../conversation/conversation.ts';
import type { Store } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { pageOf, time } from '../fields.ts';
import { type AnyRoute, route } from '../route.ts';

const inboxReply = z
  .object({
    id: z.string(),
    channel: z.string(),
    state: z.enum(inboxStates),
    reason: z.string().nullable(),
    lastEventAt: time.nullable(),
    /** What the channel can do; a console offers nothing else. */
    capabilities: z.object({
      canStart: z.boolean(),
      typing: z.boolean(),
      visibility: z.enum(['private', 'public']),
      maxLength: z.number(),
      attachments: z.object({ maxBytes: z.number(), maxCount: z.number(), types: z.array(z.string()) }).nullable(),
      replyWindowHours: z.number().nullable(),
    }),
  })
  .meta({ id: 'Inbox' });

/** The last message of an inbox, looked for among the newest conversations of its channel. */
async function lastEventAt(store: Store, { kind, inboxId }: Channel): Promise<string | null> {
  const query = { index: 'by-channel', where: { channel: kind }, order: 'desc', limit: 50 } as const;
  const { items } = await store.find(conversations, query);
  return items.find((one) => one.inboxId === inboxId)?.lastMessageAt ?? null;
}

const presentInbox = async (store: Store, channel: Channel): Promise<z.input<typeof inboxReply>> => {
  const { canStart, typing, visibility, text, attachments, replyWindowHours } = channel.capabilities;
  return {
    id: channel.inboxId,
    channel: channel.kind,
    ...channel.state(),
    lastEventAt: await lastEventAt(store, channel),
    capabilities: {
      canStart,
      typing,
      visibility,
      maxLength: text.maxLength,
      attachments: attachments && { ...attachments, types: [...attachments.types] },
      replyWindowHours,
    },
  };
};

/** The configured accounts of the channels and how they are. */
export const inboxRoutes = ({ store, channels }: HttpDeps): AnyRoute[] => [
  route({
    method: 'get',
    path: '/inboxes',
    summary: 'Inboxes and the state of their connections',
    tag: 'Inboxes',
    access: 'inboxes.read',
    reply: pageOf(inboxReply),
    async handle() {
      return { items: await Promise.all(channels.map((channel) => presentInbox(store, channel))), nextCursor: null };
    },
  }),
];
