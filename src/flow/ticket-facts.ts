import type { Incident } from '../incident/incident.ts';
import { openIncidents } from '../incident/incident-for.ts';
import type { Store } from '../store/port.ts';
import { ticketEvents } from '../ticket/events.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import { overStatuses } from '../ticket/types.ts';

/** What of a ticket's ledger its person may be told beside how it stands. */
export interface Story {
  /** Why it takes longer, as the person was told last, and when an answer may be expected (WF-17); `stands` until its clock was moved. */
  delay: { reason: string; expectedAt: string; stands: boolean } | null;
  /** Why it was not accepted, and where the person was told to turn. */
  rejection: { reason: string; guidance: string } | null;
  /** The outside body to which it was referred last. */
  bodyId: string | null;
}

/** What is known of a person's tickets. Others' are as if they were not (lessons 39). */
export interface TicketFacts {
  /** All of them, the newest first. */
  ownTickets: Ticket[];
  /** Those of them that are not over. */
  openTickets: Ticket[];
  /** Those that were named by number. */
  named: Ticket[];
  /** By the number of one that was merged: the ticket that goes on with it, whoever's it is. */
  survivors: ReadonlyMap<string, Ticket>;
  /** By number, of those whose standing may be told now. */
  stories: ReadonlyMap<string, Story>;
  incidents: Incident[];
}

/** What a turn asks about its person's tickets. */
export interface Asked {
  contactId: string;
  named: readonly string[];
  /** The ticket in hand. */
  openTicket: string | null;
  /** It may be told how a ticket stands. */
  standing: boolean;
}

export const isOver = ({ status }: Pick<Ticket, 'status'>): boolean => overStatuses.includes(status);

/** A merged ticket goes on in another, which may have been merged as well. */
const mostMerges = 5;

async function survivorOf(store: Store, ticket: Ticket): Promise<Ticket | null> {
  let at: Ticket | null = ticket;
  for (let count = 0; at?.mergedInto && count < mostMerges; count += 1) at = await store.get(tickets, at.mergedInto);
  return at === ticket ? null : at;
}

async function survivorsOf(store: Store, some: readonly Ticket[]): Promise<Map<string, Ticket>> {
  const found = new Map<string, Ticket>();
  for (const ticket of some.filter(({ mergedInto }) => mergedInto !== null)) {
    const survivor = await survivorOf(store, ticket);
    if (survivor) found.set(ticket.number, survivor);
  }
  return found;
}

const mostEvents = 100;

/** After these the promised time is another. */
const movesClock: readonly string[] = ['resumed', 'data-given', 'reopened', 'unsatisfied'];

async function storyOf(store: Store, { number }: Ticket): Promise<Story> {
  const query = { index: 'by-ticket', where: { ticketNumber: number }, order: 'desc', limit: mostEvents } as const;
  const changes = (await store.find(ticketEvents, query)).items.map(({ change }) => change);
  const at = changes.findIndex(({ kind }) => kind === 'delay-told');
  const delay = changes.find((change) => change.kind === 'delay-told');
  const stands = !changes.slice(0, Math.max(at, 0)).some(({ kind }) => movesClock.includes(kind));
  const rejected = changes.find((change) => change.kind === 'rejected');
  const referred = changes.find((change) => change.kind === 'referred');
  return {
    delay: delay ? { reason: delay.reason, expectedAt: delay.expectedAt, stands } : null,
    rejection: rejected ? { reason: rejected.reason, guidance: rejected.guidance ?? '' } : null,
    bodyId: referred?.bodyId ?? null,
  };
}

/** Everything about a person's tickets that deciding a turn may need. */
export async function ticketFacts(store: Store, asked: Asked): Promise<TicketFacts> {
  const index = { index: 'by-contact', where: { contactId: asked.contactId }, order: 'desc', limit: 50 } as const;
  const ownTickets = (await store.find(tickets, index)).items;
  const all = asked.named.length > 0 ? await store.getMany(tickets, asked.named) : [];
  const named = all.filter(({ contactId }) => contactId === asked.contactId);
  const openTickets = ownTickets.filter((ticket) => !isOver(ticket));
  const inHand = ownTickets.filter(({ number }) => number === asked.openTicket);
  const survivors = await survivorsOf(store, [...named, ...inHand]);
  const told = asked.standing ? [...named, ...survivors.values(), ...openTickets.slice(0, 1)] : [];
  const stories = new Map<string, Story>();
  for (const one of told) stories.set(one.number, await storyOf(store, one));
  return { ownTickets, openTickets, named, survivors, stories, incidents: await openIncidents({ store }) };
}
