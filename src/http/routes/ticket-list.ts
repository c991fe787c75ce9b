import { z } from 'zod';
import type { Page, Store } from '../../store/port.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import { ticketStatus, ticketType } from '../../ticket/types.ts';
import type { HttpDeps } from '../deps.ts';
import { opaqueId, pageFields, pageOf, words } from '../fields.ts';
import { findNumbered, findPeople, findSubjects, withoutDoubles } from '../find-by-words.ts';
import { findPage } from '../find-page.ts';
import { given } from '../given.ts';
import { maySee, presentTicket, ticketReply } from '../present/ticket.ts';
import { type AnyRoute, route } from '../route.ts';

const filters = z.strictObject({
  ...pageFields,
  status: ticketStatus.optional(),
  type: ticketType.optional(),
  departmentId: opaqueId.optional(),
  assigneeId: opaqueId.optional().meta({ description: 'An agent, or `me`.' }),
  contactId: opaqueId.optional(),
  conversationId: opaqueId.optional(),
  q: words(200)
    .optional()
    .meta({ description: 'A ticket number, words of the subject, or of the person’s name or entity.' }),
});
type Filters = z.output<typeof filters>;

/** The index that fixes most of what is asked; the rest narrows it. */
function indexFor({ conversationId, contactId, departmentId, status }: Filters): string {
  if (conversationId !== undefined) return 'by-conversation';
  if (contactId !== undefined) return 'by-contact';
  if (departmentId !== undefined) return 'by-department';
  return status === undefined ? 'by-opened' : 'by-status';
}

function listNewest(store: Store, { limit, cursor, q: _, ...asked }: Filters): Promise<Page<Ticket>> {
  const query = { index: indexFor({ limit, ...asked }), where: given(asked), limit, cursor };
  return findPage(store, tickets, { ...query, order: 'desc' });
}

async function ticketsOfPeople(store: Store, q: string, limit: number): Promise<Ticket[]> {
  const people = (await findPeople(store, q)).map(({ id }) => id);
  if (people.length === 0) return [];
  const where = { contactId: { in: people } };
  return (await findPage(store, tickets, { index: 'by-contact', where, order: 'desc', limit })).items;
}

/** One page of the best matches: by number, else by words of the subject or of the person. */
async function search(store: Store, q: string, { limit, cursor: _c, q: _q, ...asked }: Filters): Promise<Page<Ticket>> {
  const numbered = await findNumbered(store, q);
  const byWords = async () => [...(await findSubjects(store, q)), ...(await ticketsOfPeople(store, q, limit))];
  const items = withoutDoubles(numbered.length > 0 ? numbered : await byWords())
    .filter((one) => Object.entries(given(asked)).every(([field, value]) => one[field as keyof Ticket] === value))
    .sort((one, other) => other.openedAt.localeCompare(one.openedAt))
    .slice(0, limit);
  return { items, nextCursor: null };
}

/** The list of tickets. A page may be shorter than asked for where it left out what the caller may not see. */
export const ticketListRoutes = ({ store }: HttpDeps): AnyRoute[] => [
  route({
    method: 'get',
    path: '/tickets',
    summary: 'Tickets, the newest first',
    tag: 'Tickets',
    access: 'tickets.read',
    query: filters,
    reply: pageOf(ticketReply),
    async handle({ query, by }) {
      const asked = { ...query, assigneeId: query.assigneeId === 'me' ? by.id : query.assigneeId };
      const page = query.q === undefined ? await listNewest(store, asked) : await search(store, query.q, asked);
      return { ...page, items: page.items.filter((one) => maySee(by, one)).map(presentTicket) };
    },
  }),
];
