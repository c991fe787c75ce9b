import { capabilitiesIn } from '../channel/capabilities.ts';
import type { Channel } from '../channel/channel.ts';
import { iso } from '../clock.ts';
import { type Address, addresses, type Contact, contacts } from '../contact/contact.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { type ApprovedTemplate, approvedTemplates } from '../inbox/approved-templates.ts';
import type { FlowDeps } from './deps.ts';
import { type ReplyWindow, windowOf } from './window.ts';

/** How a person can be written to although a conversation is closed to free words; told to whoever is refused. */
export type AllowedWay =
  | { way: 'template'; inboxId: string; templates: number }
  | { way: 'conversation'; channel: string; inboxId: string; conversationId: string | null };

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'clock'>;

/** All addresses of a person; a person has few. */
export const addressesOf = async ({ store }: Pick<Deps, 'store'>, contactId: string): Promise<Address[]> =>
  (await store.find(addresses, { index: 'by-contact', where: { contactId }, limit: 100 })).items;

/** The person's conversations, the newest first. */
export const conversationsOf = async ({ store }: Pick<Deps, 'store'>, contactId: string): Promise<Conversation[]> =>
  (await store.find(conversations, { index: 'by-contact', where: { contactId }, order: 'desc', limit: 50 })).items;

/** The templates of an inbox that may be sent; none where its medium has none. */
export async function usableTemplates({ store }: Pick<Deps, 'store'>, inboxId: string): Promise<ApprovedTemplate[]> {
  const { items } = await store.find(approvedTemplates, { index: 'by-inbox', where: { inboxId }, limit: 1000 });
  return items.filter(({ status }) => status === 'approved');
}

/**
 * Whether the person asked, over this inbox, not to be written to first. Who has written since, by whatever of their
 * addresses, took it back.
 */
export const isOptedOut = (all: readonly Address[], inboxId: string, lastInboundAt: string | null = null): boolean =>
  all.some((one) => one.inboxId === inboxId && one.optedOutAt !== null && (lastInboundAt ?? '') <= one.optedOutAt);

/** The reply window of a conversation now; null where its medium has none, or is not there any more. */
export function windowNow({ channels, clock }: Omit<Deps, 'store'>, conversation: Conversation): ReplyWindow | null {
  const channel = channels.get(conversation.inboxId);
  return channel ? windowOf(conversation, capabilitiesIn(channel.capabilities, conversation), iso(clock.now())) : null;
}

const byTemplate = async (deps: Deps, inboxId: string): Promise<AllowedWay[]> => {
  const templates = (await usableTemplates(deps, inboxId)).length;
  return templates > 0 ? [{ way: 'template', inboxId, templates }] : [];
};

/** Where the medium lets us begin and the person is known there. */
const canBegin = ({ capabilities, inboxId }: Channel, contact: Contact | null, all: readonly Address[]): boolean => {
  if (!capabilities.canStart || capabilities.replyWindowHours !== null || isOptedOut(all, inboxId)) return false;
  if (all.some((one) => one.inboxId === inboxId)) return true;
  return capabilities.form === 'letter' ? Boolean(contact?.email) : capabilities.phones && Boolean(contact?.phone);
};

/** What is allowed in place of free words in this conversation, the nearest first. */
export async function waysBeside(deps: Deps, conversation: Conversation): Promise<AllowedWay[]> {
  const { store, channels } = deps;
  const { contactId, inboxId, id, lastInboundAt } = conversation;
  const all = await addressesOf(deps, contactId);
  const contact = await store.get(contacts, contactId);
  const mayTemplate = channels.get(inboxId)?.capabilities.templates && !isOptedOut(all, inboxId, lastInboundAt);
  const templates = mayTemplate ? await byTemplate(deps, inboxId) : [];
  const others = (await conversationsOf(deps, contactId)).filter((one) => one.id !== id && one.inboxId !== inboxId);
  const elsewhere = [...channels.values()].flatMap((channel): AllowedWay[] => {
    if (channel.inboxId === inboxId) return [];
    const open = others.find((one) => one.inboxId === channel.inboxId && (windowNow(deps, one)?.open ?? true));
    if (!open && !canBegin(channel, contact, all)) return [];
    const where = { channel: channel.kind, inboxId: channel.inboxId };
    return [{ way: 'conversation', ...where, conversationId: open?.id ?? null }];
  });
  return [...templates, ...elsewhere];
}
