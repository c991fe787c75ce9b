import { z } from 'zod';
import type { Capabilities } from '../../channel/capabilities.ts';
import { inboxStates } from '../../channel/channel.ts';
import { conversations } from '../../conversation/conversation.ts';
import type { InboxView } from '../../inbox/held.ts';
import type { Store } from '../../store/port.ts';
import { time } from '../fields.ts';

const files = z.object({ maxBytes: z.number(), maxCount: z.number(), types: z.array(z.string()) });

export const inboxReply = z
  .object({
    id: z.string(),
    channel: z.string(),
    /** What staff call it; null for one of the environment. */
    name: z.string().nullable(),
    origin: z.enum(['environment', 'console']),
    /** Null for one of the environment, which cannot be changed here. */
    version: z.number().nullable(),
    departmentId: z.string().nullable(),
    enabled: z.boolean(),
    /** Where people write to, of channels that have addresses. */
    address: z.string().nullable(),
    state: z.enum(inboxStates),
    reason: z.string().nullable(),
    /** The number that people write to, once it is known. */
    phone: z.string().nullable(),
    lastEventAt: time.nullable(),
    /** What it used this month and what its provider still allows, of accounts where that is counted. */
    usage: z
      .object({
        budget: z.object({ currency: z.string(), spent: z.number(), limit: z.number(), resetsAt: time }).nullable(),
        lines: z.array(z.object({ what: z.string(), count: z.number(), amount: z.number() })),
        limits: z.array(z.object({ what: z.string(), left: z.number(), limit: z.number(), resetsAt: time })),
      })
      .nullable(),
    /** What the channel can do; a console offers nothing else. Null where it is not open. */
    capabilities: z
      .object({
        form: z.enum(['chat', 'letter']),
        canStart: z.boolean(),
        typing: z.boolean(),
        visibility: z.enum(['private', 'public']),
        /** Where there are public conversations beside private ones: what can be said there. */
        inPublic: z
          .object({
            maxLength: z.number(),
            attachments: files.nullable(),
            assistant: z.enum(['once', 'never']),
            links: z.boolean(),
          })
          .nullable(),
        /** Each message costs money. */
        paid: z.boolean(),
        maxLength: z.number(),
        attachments: files.nullable(),
        replyWindowHours: z.number().nullable(),
        /** Approved templates can be sent, also outside the reply window. */
        templates: z.boolean(),
        /** Whoever has a phone number can be reached. */
        phones: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'Inbox' });
export type InboxReply = z.infer<typeof inboxReply>;

/** One inbox with its settings; of a secret it is shown only that there is one, of a server's address who signs in where. */
export const inboxSettingsReply = inboxReply
  .extend({
    /** Where the account must be signed in: a QR code to scan, or a code to type on the phone. */
    login: z.object({ qr: z.string().nullable(), code: z.string().nullable(), at: time }).nullable(),
    values: z.record(z.string(), z.union([z.string(), z.literal(true)])).nullable(),
  })
  .meta({ id: 'InboxSettings' });
export type InboxSettingsReply = z.infer<typeof inboxSettingsReply>;

/** The last message of an inbox, looked for among the newest conversations of its channel. */
async function lastEventAt(store: Store, { kind, id }: InboxView): Promise<string | null> {
  const query = { index: 'by-channel', where: { channel: kind }, order: 'desc', limit: 50 } as const;
  const { items } = await store.find(conversations, query);
  return items.find((one) => one.inboxId === id)?.lastMessageAt ?? null;
}

const presentFiles = (allowed: Capabilities['attachments']) => allowed && { ...allowed, types: [...allowed.types] };

function presentCapabilities({ capabilities }: InboxView): InboxReply['capabilities'] {
  if (!capabilities) return null;
  const { form, canStart, typing, visibility, text, replyWindowHours, templates, phones, inPublic, paid } =
    capabilities;
  return {
    form,
    canStart,
    typing,
    visibility,
    inPublic: inPublic && { ...inPublic, attachments: presentFiles(inPublic.attachments) },
    paid,
    maxLength: text.maxLength,
    attachments: presentFiles(capabilities.attachments),
    replyWindowHours,
    templates,
    phones,
  };
}

/** An inbox as the API shows it. */
export async function presentInbox(store: Store, inbox: InboxView): Promise<InboxReply> {
  const { kind, login: _, ...facts } = inbox;
  return {
    ...facts,
    channel: kind,
    lastEventAt: await lastEventAt(store, inbox),
    capabilities: presentCapabilities(inbox),
  };
}
