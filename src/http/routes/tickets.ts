import { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import { facts } from '../../casework/steps/classify.ts';
import { contacts } from '../../contact/contact.ts';
import { conversations } from '../../conversation/conversation.ts';
import { WaslError } from '../../errors.ts';
import { messages } from '../../message/message.ts';
import type { Store } from '../../store/port.ts';
import { type TicketChange, ticketEvents } from '../../ticket/events.ts';
import { complexity, importance, ticketType } from '../../ticket/types.ts';
import type { HttpDeps } from '../deps.ts';
import { opaqueId, pageFields, pageOf, version, words } from '../fields.ts';
import { findPage, getOr404, withCurrent } from '../find-page.ts';
import { messageReply, presentMessages } from '../present/message.ts';
import { presentTicket, presentTicketEvent, ticketEventReply, ticketReply } from '../present/ticket.ts';
import { type AnyRoute, route } from '../route.ts';
import { acting } from './conversation-actions.ts';
import { pageOfTicket, ticketFor } from './ticket-for.ts';

export const byNumber = z.strictObject({ number: opaqueId });

function requireKnown({ organisation }: HttpDeps, facts: { service?: string | null; departmentId?: string }): void {
  const { services, departments } = organisation();
  if (facts.service && !services.some(({ id }) => id === facts.service)) {
    throw new WaslError('invalid', 'body.service: there is no such service.');
  }
  if (facts.departmentId && !departments.some(({ id }) => id === facts.departmentId)) {
    throw new WaslError('invalid', 'body.departmentId: there is no such department.');
  }
}

const openBody = z.strictObject({
  contactId: opaqueId,
  conversationId: opaqueId.optional(),
  type: ticketType,
  service: z.string().max(100).nullable().optional(),
  subject: words(300),
  importance: importance.optional().meta({ description: 'Default: that of the service, else medium.' }),
  complexity: complexity.optional(),
  departmentId: z.string().max(100).optional(),
  channel: z.string().min(1).max(100).optional().meta({
    description:
      'From where it came: a kind of channel, or desk, phone, visit, fax, hall, portal, letter, platform or media. Default: that of the conversation, else desk.',
  }),
  urgent: z.boolean().optional().meta({ description: 'It cannot wait: of high importance, and first in every queue.' }),
  restricted: z.boolean().optional().meta({ description: 'Only those above, its assignee and confidants see it.' }),
  fields: z
    .record(z.string().max(100), z.string())
    .optional()
    .meta({ description: 'Values of the form of its type and service, by field.' }),
  behalf: z
    .strictObject({ name: words(200), relation: words(200) })
    .optional()
    .meta({ description: 'Who is spoken for, where somebody writes for another.' }),
  origin: z
    .strictObject({ platform: words(100), number: words(100) })
    .optional()
    .meta({ description: 'Another platform on which it was raised, and its number there.' }),
  about: z
    .array(opaqueId)
    .max(20)
    .optional()
    .meta({ description: 'Agents whom it is about; it is kept from them and those below them.' }),
});

/** Where staff may say that a matter came from, beside the kinds of the channels. */
const byHand = ['desk', 'phone', 'visit', 'fax', 'hall', 'portal', 'letter', 'platform', 'media'];

function requireChannel({ inboxes }: HttpDeps, channel: string | undefined): void {
  const known = [...byHand, ...inboxes.kinds];
  if (channel === undefined || known.includes(channel)) return;
  throw new WaslError('invalid', `body.channel: there is no such channel; known are ${known.join(', ')}.`);
}

async function channelOf(store: Store, body: z.output<typeof openBody>): Promise<string> {
  await getOr404(store, contacts, body.contactId, 'contact');
  if (body.conversationId === undefined) return body.channel ?? 'desk';
  const conversation = await getOr404(store, conversations, body.conversationId, 'conversation');
  if (conversation.contactId !== body.contactId) {
    throw new WaslError('invalid', 'body.conversationId: this conversation is with another contact.');
  }
  return body.channel ?? conversation.channel;
}

const open = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/tickets',
    summary: 'Open a ticket; its promise is computed from the calendar and the SLA matrix',
    tag: 'Tickets',
    access: 'tickets.work',
    body: openBody,
    status: 201,
    reply: ticketReply,
    async handle({ body, by, key }) {
      requireKnown(deps, body);
      requireChannel(deps, body.channel);
      const channel = await channelOf(deps.store, body);
      return presentTicket(await deps.flow.staff.openTicket(acting(by), { ...body, channel }, key));
    },
  });

const show = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/tickets/:number',
    summary: 'One ticket',
    tag: 'Tickets',
    access: 'tickets.read',
    params: byNumber,
    reply: ticketReply,
    async handle({ params, by }) {
      return presentTicket(await ticketFor(store, by, params.number));
    },
  });

const listEvents = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/tickets/:number/events',
    summary: 'The ledger of a ticket, the oldest first',
    tag: 'Tickets',
    access: 'tickets.read',
    params: byNumber,
    query: z.strictObject(pageFields),
    reply: pageOf(ticketEventReply),
    async handle({ params: { number }, query, by }) {
      const page = await pageOfTicket(store, by, { number, in: ticketEvents, query });
      return { ...page, items: page.items.map(presentTicketEvent) };
    },
  });

const listMessages = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/tickets/:number/messages',
    summary: 'The messages of a ticket and of those that are part of it, from every conversation, the oldest first',
    tag: 'Tickets',
    access: 'conversations.read',
    params: byNumber,
    query: z.strictObject(pageFields),
    reply: pageOf(messageReply),
    async handle({ params: { number }, query, by }) {
      const { absorbed } = await ticketFor(store, by, number);
      const where = { ticketNumber: { in: [number, ...absorbed] } };
      const page = await findPage(store, messages, { index: 'by-ticket', where, ...query });
      return { ...page, items: await presentMessages(store, by, page.items) };
    },
  });

/** Adds to a ticket that the principal may see; a stale version is told with the ticket as it is now. */
async function changeTicket(
  { store, flow }: HttpDeps,
  by: Principal,
  number: string,
  change: { changes: TicketChange[]; version: number | undefined },
) {
  await ticketFor(store, by, number);
  const actor = { kind: 'agent', id: by.id } as const;
  return withCurrent(flow.staff.changeTicket(number, actor, change.changes, change.version), presentTicket);
}

/** The same as the step `classify`. */
const correct = (deps: HttpDeps) =>
  route({
    method: 'patch',
    path: '/tickets/:number',
    summary: 'Correct what a ticket is about',
    tag: 'Tickets',
    access: 'tickets.step',
    params: byNumber,
    body: z.strictObject({ ...facts.shape, version }),
    reply: ticketReply,
    async handle({ params: { number }, body: { version: at, ...given }, by }) {
      await ticketFor(deps.store, by, number);
      const step = { name: 'classify' as const, given, version: at };
      return withCurrent(deps.flow.staff.takeStep(number, by, step), presentTicket);
    },
  });

const addNote = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/tickets/:number/notes',
    summary: 'Note something that only agents see',
    tag: 'Tickets',
    access: 'tickets.note',
    params: byNumber,
    body: z.strictObject({
      version: version.optional(),
      note: words(10_000),
      to: z.enum(['head', 'everybody']).optional().meta({ description: 'For whom it is meant (default: everybody).' }),
    }),
    reply: ticketReply,
    async handle({ params, body, by }) {
      const { note, to, version: at } = body;
      const changes: TicketChange[] = [{ kind: 'noted', text: note, ...(to === undefined ? {} : { to }) }];
      return changeTicket(deps, by, params.number, { changes, version: at });
    },
  });

/** Tickets by themselves; the list is in `ticket-list.ts`. */
export const ticketRoutes = (deps: HttpDeps): AnyRoute[] => [
  open(deps),
  show(deps),
  listEvents(deps),
  listMessages(deps),
  correct(deps),
  addNote(deps),
];
