import { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import {
  type Conversation,
  conversations,
  type Decision,
  decision,
  decisions,
} from '../../conversation/conversation.ts';
import { latestRating } from '../../flow/person-facts.ts';
import { messages } from '../../message/message.ts';
import type { Page, Store } from '../../store/port.ts';
import { type Rating, rating } from '../../survey/rating.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageFields, pageOf, words } from '../fields.ts';
import { findNumbered, findPeople, findSubjects, withoutDoubles } from '../find-by-words.ts';
import { findPage, getOr404 } from '../find-page.ts';
import { given } from '../given.ts';
import { conversationReply, presentConversation, presentConversations } from '../present/conversation.ts';
import { hiddenTickets } from '../present/hidden-tickets.ts';
import { messageReply, presentMessages } from '../present/message.ts';
import { maySee } from '../present/ticket.ts';
import { type AnyRoute, route } from '../route.ts';

const filters = z.strictObject({
  ...pageFields,
  channel: z.string().max(100).optional(),
  status: z.enum(['open', 'snoozed', 'closed']).optional(),
  handledBy: z.enum(['assistant', 'agent', 'nobody']).optional(),
  assigneeId: opaqueId.optional().meta({ description: 'An agent, or `me`.' }),
  contactId: opaqueId.optional(),
  visibility: z.enum(['private', 'public']).optional(),
  waiting: z.literal('true').optional().meta({ description: 'Only those in which a person waits, the longest first.' }),
  q: words(200)
    .optional()
    .meta({ description: 'A ticket number, words of its subject, or of the person’s name or entity.' }),
});
type Filters = z.output<typeof filters>;

/** The index that fixes most of what is asked; the rest narrows it. */
function indexFor({ contactId, status, channel }: Filters): string {
  if (contactId !== undefined) return 'by-contact';
  if (channel !== undefined) return 'by-channel';
  return status === undefined ? 'by-last-message' : 'by-status';
}

function listInOrder(store: Store, { limit, cursor, q: _, waiting, ...asked }: Filters): Promise<Page<Conversation>> {
  const where = given(asked);
  if (waiting) return findPage(store, conversations, { index: 'by-waiting', where, order: 'asc', limit, cursor });
  return findPage(store, conversations, { index: indexFor({ limit, ...asked }), where, order: 'desc', limit, cursor });
}

const matches = (one: Conversation, { limit: _l, cursor: _c, q: _q, waiting, ...asked }: Filters): boolean =>
  (!waiting || one.waitingSince !== null) &&
  Object.entries(given(asked)).every(([field, value]) => one[field as keyof Conversation] === value);

async function conversationsOf(store: Store, contactIds: readonly string[], limit: number): Promise<Conversation[]> {
  if (contactIds.length === 0) return [];
  const where = { contactId: { in: contactIds } };
  return (await findPage(store, conversations, { index: 'by-contact', where, order: 'desc', limit })).items;
}

/** By a ticket's number, else by words of a ticket's subject or of the person. */
async function findConversations(store: Store, by: Principal, q: string, limit: number): Promise<Conversation[]> {
  const numbered = await findNumbered(store, q);
  const about = (numbered.length > 0 ? numbered : await findSubjects(store, q)).filter((one) => maySee(by, one));
  const ids = about.flatMap(({ conversationId }) => conversationId ?? []);
  const people = numbered.length > 0 ? [] : await findPeople(store, q);
  const [ofTickets, ofPeople] = await Promise.all([
    store.getMany(conversations, [...new Set(ids)]),
    conversationsOf(
      store,
      people.map(({ id }) => id),
      limit,
    ),
  ]);
  return withoutDoubles([...ofTickets, ...ofPeople]);
}

/** One page of the best matches, newest first. */
async function search(store: Store, by: Principal, asked: Filters & { q: string }): Promise<Page<Conversation>> {
  const found = await findConversations(store, by, asked.q, asked.limit);
  const items = found
    .filter((one) => matches(one, asked))
    .sort((one, other) => other.lastMessageAt.localeCompare(one.lastMessageAt))
    .slice(0, asked.limit);
  return { items, nextCursor: null };
}

const list = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/conversations',
    summary: 'Conversations, the newest message first',
    tag: 'Conversations',
    access: 'conversations.read',
    query: filters,
    reply: pageOf(conversationReply),
    async handle({ query, by }) {
      const asked = { ...query, assigneeId: query.assigneeId === 'me' ? by.id : query.assigneeId };
      const { q } = query;
      const { store } = deps;
      const page = q === undefined ? await listInOrder(store, asked) : await search(store, by, { ...asked, q });
      return { ...page, items: await presentConversations(deps, by, page.items) };
    },
  });

const wholeConversation = conversationReply
  .extend({ rating: rating.pick({ score: true, comment: true }).nullable() })
  .meta({ id: 'WholeConversation' });

/** What the person thought of it, where they were asked and it may be known; the score is null until they answer. */
async function ratingOf(store: Store, by: Principal, id: string): Promise<Pick<Rating, 'score' | 'comment'> | null> {
  const found = await latestRating(store, id);
  const hidden = await hiddenTickets(store, by, [found?.ticketNumber ?? null]);
  return found && hidden.size === 0 ? { score: found.score, comment: found.comment } : null;
}

const show = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/conversations/:id',
    summary: 'One conversation',
    tag: 'Conversations',
    access: 'conversations.read',
    params: byId,
    reply: wholeConversation,
    async handle({ params: { id }, by }) {
      const shown = await presentConversation(deps, by, await getOr404(deps.store, conversations, id, 'conversation'));
      return { ...shown, rating: await ratingOf(deps.store, by, id) };
    },
  });

const order = z.enum(['asc', 'desc']).default('asc').meta({ description: '`asc`: the oldest first.' });

const listMessages = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/conversations/:id/messages',
    summary: 'The messages of a conversation in their order',
    tag: 'Conversations',
    access: 'conversations.read',
    params: byId,
    query: z.strictObject({ ...pageFields, order }),
    reply: pageOf(messageReply),
    async handle({ params: { id }, query, by }) {
      await getOr404(store, conversations, id, 'conversation');
      const page = await findPage(store, messages, {
        index: 'by-conversation',
        where: { conversationId: id },
        ...query,
      });
      return { ...page, items: await presentMessages(store, by, page.items) };
    },
  });

const decisionReply = decision.omit({ version: true }).meta({ id: 'Decision' });

/** Decisions without those on messages of tickets that this principal may not know of. */
async function withoutHidden(store: Store, by: Principal, found: readonly Decision[]): Promise<Decision[]> {
  const decided = await store.getMany(
    messages,
    [...new Set(found.flatMap(({ messageIds }) => messageIds))].slice(0, 1000),
  );
  const hidden = await hiddenTickets(
    store,
    by,
    decided.map(({ ticketNumber }) => ticketNumber),
  );
  const veiled = new Set(decided.filter((one) => one.ticketNumber && hidden.has(one.ticketNumber)).map(({ id }) => id));
  return found.filter(({ messageIds }) => !messageIds.some((id) => veiled.has(id)));
}

const listDecisions = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/conversations/:id/decisions',
    summary: 'What the assistant decided and why, the newest first',
    tag: 'Conversations',
    access: 'conversations.read',
    params: byId,
    query: z.strictObject(pageFields),
    reply: pageOf(decisionReply),
    async handle({ params: { id }, query, by }) {
      await getOr404(store, conversations, id, 'conversation');
      const where = { conversationId: id };
      const page = await findPage(store, decisions, { index: 'by-conversation', where, order: 'desc', ...query });
      const items = await withoutHidden(store, by, page.items);
      return { ...page, items: items.map(({ version: _, ...shown }) => shown) };
    },
  });

/** Conversations, read. */
export const conversationRoutes = (deps: HttpDeps): AnyRoute[] => [
  list(deps),
  show(deps),
  listMessages(deps),
  listDecisions(deps),
];
