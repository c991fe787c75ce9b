import { type Conversation, conversations } from '../conversation/conversation.ts';
import type { Collection, Document, Op, Store } from '../store/port.ts';
import type { Actor } from '../ticket/events.ts';
import { enter } from '../ticket/ledger.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import { type Address, addresses } from './contact.ts';

/** What belongs to a person and goes over with them; messages keep the contact that they came from. */
export interface Belongings {
  addresses: Address[];
  conversations: Conversation[];
  tickets: Ticket[];
}

/** How many of each go over in one unit of writes. */
const atOnce = 200;

export const countOf = (found: Belongings): number =>
  found.addresses.length + found.conversations.length + found.tickets.length;

/** What belongs to a contact, as much as fits into one unit. */
export async function belongingsOf(store: Store, contactId: string): Promise<Belongings> {
  const read = async <T extends Document>(from: Collection<T>): Promise<T[]> =>
    (await store.find(from, { index: 'by-contact', where: { contactId }, limit: atOnce })).items;
  return { addresses: await read(addresses), conversations: await read(conversations), tickets: await read(tickets) };
}

/** The first of all that fit into one unit. */
export const fitting = (all: Belongings): Belongings => ({
  addresses: all.addresses.slice(0, atOnce),
  conversations: all.conversations.slice(0, atOnce),
  tickets: all.tickets.slice(0, atOnce),
});

/** Who moves them, when, and under which cause the ledgers of tickets note it. */
export interface Move {
  to: string;
  at: string;
  actor: Actor;
  cause: string;
}

const over = <T extends Address | Conversation>(from: Collection<T>, found: readonly T[], to: string): Op[] =>
  found.map(({ id, contactId }) => ({ op: 'update', in: from, id, when: { contactId }, set: { contactId: to } }));

/** The operations by which belongings become those of another contact. */
export function moveOps(found: Belongings, { to, ...entry }: Move): Op[] {
  const change = { kind: 'contact-changed', contactId: to } as const;
  return [
    ...over(addresses, found.addresses, to),
    ...over(conversations, found.conversations, to),
    ...found.tickets.flatMap((one) => enter(one, [change], { ...entry, number: one.number }).ops),
  ];
}
