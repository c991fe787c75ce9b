import { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import { WaslError } from '../../errors.ts';
import type { OrganisationSnapshot } from '../../organisation/settings.ts';
import type { Condition, Page, Store } from '../../store/port.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import { type TicketStatus, ticketStatus, ticketType } from '../../ticket/types.ts';
import type { HttpDeps } from '../deps.ts';
import { opaqueId, pageFields, pageOf, words } from '../fields.ts';
import { findNumbered, findPeople, findSubjects, withoutDoubles } from '../find-by-words.ts';
import { findPage } from '../find-page.ts';
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
  urgent: z.enum(['true', 'false']).optional(),
  queue: z.enum(['mine', 'department']).optional().meta({
    description:
      'Work that is not done: `mine` what you have; `department` what is with your departments, or, for the care unit, what is with it.',
  }),
  order: z.enum(['newest', 'burning']).default('newest').meta({
    description:
      'Of `burning` those whose clock runs: the urgent first, then whichever deadline passes soonest. Tickets that wait or are over are not among them.',
  }),
  q: words(200)
    .optional()
    .meta({ description: 'A ticket number, words of the subject, or of the person’s name or entity.' }),
});
type Filters = z.output<typeof filters>;
type Where = Record<string, Condition>;

interface Wanted {
  where: Where;
  limit: number;
  cursor?: string | undefined;
}

const atCare: readonly TicketStatus[] = ['new', 'open', 'returned'];
const waiting: readonly TicketStatus[] = ['pending_customer', 'pending_third_party', 'on_hold'];
const atDepartment: readonly TicketStatus[] = ['transferred', 'in_progress', ...waiting];
const careRoles: readonly Principal['role'][] = ['agent', 'coordinator', 'supervisor', 'administrator'];

/** Of the care unit is what nobody has to answer but it; of others what is with their departments. */
function queueOf(queue: 'mine' | 'department', by: Principal, { departments }: OrganisationSnapshot): Where {
  if (queue === 'mine') return { assigneeId: by.id, status: { in: [...atCare, ...atDepartment] } };
  const care = departments.find(({ careUnit }) => careUnit)?.id ?? '';
  const isCare = by.departments.includes(care) || (careRoles.includes(by.role) && by.departments.length === 0);
  if (isCare) return { status: { in: [...atCare] } };
  return { departmentId: { in: [...by.departments] }, status: { in: [...atDepartment] } };
}

/** What is asked as conditions; what is said by itself goes before what a queue implies. */
function wantedOf(
  { limit, cursor, q: _q, order: _o, queue, urgent, ...asked }: Filters,
  by: Principal,
  all: OrganisationSnapshot,
): Wanted {
  const given = Object.entries({
    ...asked,
    assigneeId: asked.assigneeId === 'me' ? by.id : asked.assigneeId,
    urgent: urgent && urgent === 'true',
  }).filter((entry): entry is [string, string | boolean] => entry[1] !== undefined);
  const where = { ...(queue ? queueOf(queue, by, all) : {}), ...Object.fromEntries(given) };
  return { where, limit, cursor };
}

/** The index that fixes most of what is asked; the rest narrows it. */
function indexFor({ conversationId, contactId, assigneeId, departmentId, status }: Where): string {
  if (conversationId !== undefined) return 'by-conversation';
  if (contactId !== undefined) return 'by-contact';
  if (assigneeId !== undefined) return 'by-assignee';
  // a queue: what is done outnumbers by far what is not
  if (typeof status === 'object') return 'by-status';
  if (departmentId !== undefined) return 'by-department';
  return status === undefined ? 'by-opened' : 'by-status';
}

const listNewest = (store: Store, wanted: Wanted): Promise<Page<Ticket>> =>
  findPage(store, tickets, { index: indexFor(wanted.where), ...wanted, order: 'desc' });

function burningIndexFor({ assigneeId, departmentId }: Where): string {
  if (assigneeId !== undefined) return 'by-assignee-burning';
  return departmentId === undefined ? 'by-burning' : 'by-department-burning';
}

const lanes = ['urgent', 'usual'] as const;
const cursorForm = /^(urgent|usual)\.(.*)$/s;

/** In which lane a page begins, and where in it; a cursor names both. */
function placeOf(cursor: string | undefined): { lane: (typeof lanes)[number]; cursor: string | undefined } {
  const [, lane, rest] = cursor === undefined ? ['', 'urgent', ''] : (cursorForm.exec(cursor) ?? []);
  if (lane !== 'urgent' && lane !== 'usual') throw new WaslError('invalid', 'query.cursor: not a cursor of this list.');
  return { lane, cursor: rest || undefined };
}

/** The urgent lane to its end, then the others (EX-05). */
async function listBurning(store: Store, { where, limit, cursor }: Wanted): Promise<Page<Ticket>> {
  const index = burningIndexFor(where);
  const begin = placeOf(cursor);
  const items: Ticket[] = [];
  for (const lane of lanes.slice(lanes.indexOf(begin.lane))) {
    const isUrgent = lane === 'urgent';
    if (where.urgent !== undefined && where.urgent !== isUrgent) continue;
    if (items.length === limit) return { items, nextCursor: `${lane}.` };
    const page = await findPage(store, tickets, {
      index,
      where: { ...where, urgent: isUrgent },
      limit: limit - items.length,
      cursor: lane === begin.lane ? begin.cursor : undefined,
    });
    items.push(...page.items);
    if (page.nextCursor !== null) return { items, nextCursor: `${lane}.${page.nextCursor}` };
  }
  return { items, nextCursor: null };
}

async function ticketsOfPeople(store: Store, q: string, limit: number): Promise<Ticket[]> {
  const people = (await findPeople(store, q)).map(({ id }) => id);
  if (people.length === 0) return [];
  const where = { contactId: { in: people } };
  return (await findPage(store, tickets, { index: 'by-contact', where, order: 'desc', limit })).items;
}

const meets = (value: unknown, condition: Condition): boolean =>
  typeof condition === 'object' && 'in' in condition
    ? (condition.in as readonly unknown[]).includes(value)
    : value === condition;

/** One page of the best matches: by number, else by words of the subject or of the person. */
async function search(store: Store, q: string, { where, limit }: Wanted): Promise<Page<Ticket>> {
  const numbered = await findNumbered(store, q);
  const byWords = async () => [...(await findSubjects(store, q)), ...(await ticketsOfPeople(store, q, limit))];
  const items = withoutDoubles(numbered.length > 0 ? numbered : await byWords())
    .filter((one) => Object.entries(where).every(([field, wanted]) => meets(one[field as keyof Ticket], wanted)))
    .sort((one, other) => other.openedAt.localeCompare(one.openedAt))
    .slice(0, limit);
  return { items, nextCursor: null };
}

function find(store: Store, { q, order }: Filters, wanted: Wanted): Promise<Page<Ticket>> {
  if (q !== undefined) return search(store, q, wanted);
  return order === 'burning' ? listBurning(store, wanted) : listNewest(store, wanted);
}

/** The list of tickets. A page may be shorter than asked for where it left out what the caller may not see. */
export const ticketListRoutes = ({ store, organisation }: HttpDeps): AnyRoute[] => [
  route({
    method: 'get',
    path: '/tickets',
    summary: 'Tickets, the newest first, or what burns first',
    tag: 'Tickets',
    access: 'tickets.read',
    query: filters,
    reply: pageOf(ticketReply),
    async handle({ query, by }) {
      const page = await find(store, query, wantedOf(query, by, organisation()));
      return { ...page, items: page.items.filter((one) => maySee(by, one)).map(presentTicket) };
    },
  }),
];
