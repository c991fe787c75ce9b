import { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import { may } from '../../agent/roles.ts';
import { type Address, addresses, contacts } from '../../contact/contact.ts';
import { type Conversation, conversation, conversations } from '../../conversation/conversation.ts';
import { addressIdOf } from '../../flow/identity.ts';
import { conversationIdOf } from '../../flow/thread.ts';
import { windowNow } from '../../flow/ways.ts';
import type { Store } from '../../store/port.ts';
import { tickets } from '../../ticket/ticket.ts';
import type { HttpDeps } from '../deps.ts';
import { maskPhone } from './contact.ts';
import { hiddenTickets } from './hidden-tickets.ts';
import { maskEmail } from './letter.ts';

const person = z.object({
  id: z.string(),
  name: z.string().nullable(),
  entity: z.string().nullable(),
  category: z.string().nullable(),
});

export const conversationReply = conversation
  .omit({ address: true, key: true, dialogue: true, decidedSeq: true, turnDueAt: true, topic: true, matter: true })
  .extend({
    contact: person.nullable(),
    /** What the person's own letters or account call them; null where they bear no name. */
    displayName: z.string().nullable(),
    /** Of letters: the address that an answer goes to; masked for those who work with nobody. */
    recipient: z.string().nullable(),
    /** Its open ticket is of high importance, as where somebody writes of danger. */
    urgent: z.boolean(),
    /** Of a public conversation: the private one of the same person in the same inbox, where there is one. */
    privateConversationId: z.string().nullable(),
    /** Whether free words are allowed now, and until when; null where the medium has no such limit. */
    window: z.object({ open: z.boolean(), until: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Conversation' });
export type ConversationReply = z.infer<typeof conversationReply>;

/** What a conversation tells of tickets that must not be known: nothing, and no last words that may be about them. */
function veil<T extends Pick<Conversation, 'ticketNumbers' | 'openTicket' | 'preview' | 'subject'>>(
  shown: T,
  hidden: ReadonlySet<string>,
): T {
  const ticketNumbers = shown.ticketNumbers.filter((number) => !hidden.has(number));
  if (ticketNumbers.length === shown.ticketNumbers.length) return shown;
  const openTicket = shown.openTicket && hidden.has(shown.openTicket) ? null : shown.openTicket;
  return { ...shown, ticketNumbers, openTicket, preview: '', subject: null };
}

/** The addresses that conversations are with, by their ids: one read for all. */
async function addressesOf(store: Store, found: readonly Conversation[]): Promise<Map<string, Address>> {
  const ids = new Set(found.map(({ inboxId, address }) => addressIdOf(inboxId, address)));
  return new Map((await store.getMany(addresses, [...ids])).map((one) => [one.id, one]));
}

/** Those of the open tickets that are of high importance; one read for all, none where no ticket is open. */
async function urgentTickets(store: Store, found: readonly Conversation[]): Promise<ReadonlySet<string>> {
  const open = [...new Set(found.flatMap(({ openTicket }) => openTicket ?? []))];
  const all = open.length > 0 ? await store.getMany(tickets, open) : [];
  return new Set(all.filter(({ importance }) => importance === 'high').map(({ number }) => number));
}

/** The private conversations beside public ones, by the ids of those; one read for all, none where all are private. */
async function privatesBeside(
  store: Store,
  found: readonly Conversation[],
  written: ReadonlyMap<string, Address>,
): Promise<Map<string, string>> {
  const beside = found
    .filter(({ visibility }) => visibility === 'public')
    .map(({ id, inboxId, address }) => {
      const key = written.get(addressIdOf(inboxId, address))?.key ?? address;
      return [id, conversationIdOf(inboxId, key)] as const;
    });
  const ids = [...new Set(beside.map(([, privateId]) => privateId))];
  const there = new Set(ids.length > 0 ? (await store.getMany(conversations, ids)).map(({ id }) => id) : []);
  return new Map(beside.filter(([, privateId]) => there.has(privateId)));
}

const masked = (words: string): string => maskPhone(maskEmail(words));

/** Whom a conversation is with, as far as their letters tell; `shown` hides what must not be read. */
function correspondent(
  { address, subject }: Conversation,
  known: Address | undefined,
  shown: (words: string) => string,
): Pick<ConversationReply, 'displayName' | 'recipient'> {
  const name = known?.displayName?.trim();
  return {
    displayName: name && name !== address ? shown(name) : null,
    recipient: subject === null ? null : shown(address),
  };
}

type Deps = Pick<HttpDeps, 'store' | 'inboxes' | 'clock'>;

/** Conversations as the API shows them to this principal, each with the person in it. */
export async function presentConversations(
  { store, inboxes, clock }: Deps,
  by: Principal,
  found: readonly Conversation[],
): Promise<ConversationReply[]> {
  const ids = [...new Set(found.map(({ contactId }) => contactId))];
  const people = new Map((await store.getMany(contacts, ids)).map((one) => [one.id, one]));
  const written = await addressesOf(store, found);
  const beside = await privatesBeside(store, found, written);
  const numbers = found.flatMap(({ ticketNumbers }) => ticketNumbers);
  const hidden = await hiddenTickets(store, by, numbers);
  const urgent = await urgentTickets(store, found);
  const asShown = may(by.role, 'contacts.full') ? (words: string) => words : masked;
  return found.map((one) => {
    const { address, key: _k, dialogue: _d, decidedSeq: _s, turnDueAt: _t, topic: _o, matter: _m, ...shown } = one;
    const contact = people.get(shown.contactId);
    const letters = correspondent(one, written.get(addressIdOf(shown.inboxId, address)), asShown);
    const veiled = veil(shown, hidden);
    return {
      ...veiled,
      ...letters,
      urgent: veiled.openTicket !== null && urgent.has(veiled.openTicket),
      privateConversationId: beside.get(one.id) ?? null,
      contact: contact ? person.parse(contact) : null,
      window: windowNow({ channels: inboxes.channels, clock }, one),
    };
  });
}

/** One conversation as the API shows it to this principal. */
export async function presentConversation(deps: Deps, by: Principal, found: Conversation): Promise<ConversationReply> {
  const [shown] = await presentConversations(deps, by, [found]);
  if (!shown) throw new Error('a conversation was lost while being shown');
  return shown;
}
