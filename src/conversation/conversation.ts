import { z } from 'zod';
import { messageKind } from '../channel/inbound.ts';
import type { Collection } from '../store/port.ts';
import { ticketType } from '../ticket/types.ts';

/** What the assistant waits for: the next short message is first read as an answer to this. */
export const awaiting = z.discriminatedUnion('for', [
  z.object({
    for: z.literal('question'),
    field: z.enum(['name', 'entity', 'category', 'inquiry']),
    asked: z.number().int(),
  }),
  z.object({ for: z.literal('helped'), articleId: z.string() }),
  z.object({ for: z.literal('choice'), articleIds: z.array(z.string()) }),
  z.object({ for: z.literal('ticket-type'), number: z.string() }),
  /** `to`: what is wanted with the ticket; absent: to know how it stands. */
  z.object({ for: z.literal('ticket-number'), asked: z.number().int(), to: z.enum(['escalate', 'object']).optional() }),
  z.object({ for: z.literal('rating'), ratingId: z.string() }),
  z.object({ for: z.literal('rating-employee'), ratingId: z.string() }),
  z.object({ for: z.literal('rating-comment'), ratingId: z.string() }),
  /** Whether a ticket that was answered is solved (WF-06). */
  z.object({ for: z.literal('solved'), number: z.string() }),
  /** What is still missing; without a word of it by `until`, the ticket goes back with what was said. */
  z.object({ for: z.literal('unsolved'), number: z.string(), said: z.string(), until: z.string() }),
  /** Why the person objects to the answer (ES-03). */
  z.object({ for: z.literal('objection'), number: z.string(), said: z.string() }),
  /** What staff asked for (IN-14). */
  z.object({ for: z.literal('data'), number: z.string() }),
  /** Whether a new request is wanted that goes on with one that cannot be opened again. */
  z.object({ for: z.literal('again'), number: z.string() }),
  /** A field of the form of the matter in hand (IN-07). */
  z.object({ for: z.literal('field'), field: z.string(), asked: z.number().int() }),
]);
export type Awaiting = z.infer<typeof awaiting>;

/** The form of the matter in hand, as far as it is filled. */
const form = z.object({
  /** By field; a national ID stands here as the id of the message that tells it. */
  values: z.record(z.string(), z.string()),
  /** Fields that were let go. */
  left: z.array(z.string()),
  /** How the ticket is told of, once it is opened. */
  unsure: z.boolean(),
  part: z.string(),
});

export const dialogue = z.object({
  greetedAt: z.string().nullable(),
  /** The matter in hand, until it is answered or has become a ticket. */
  inquiry: z.string().nullable(),
  /** Messages that belong to the matter in hand. */
  inquiryMessageIds: z.array(z.string()),
  /** Intake questions that were given up on after one gentle re-ask. */
  skipped: z.array(z.string()),
  /** What a letter asked for in one list and was not told yet. */
  details: z.array(z.enum(['name', 'entity', 'category'])),
  awaiting: awaiting.nullable(),
  /** When the person was last told that their matter waits for people; so that nobody is told twice in a row. */
  waitingToldAt: z.string().nullable(),
  /** The question that was last asked of the bank; conversations from before questions were kept have none. */
  questionId: z.string().nullable().optional(),
  /** The person thanked, took leave or was helped since a ticket was opened: what they ask next is a matter of its own. */
  parted: z.boolean().optional(),
  form: form.nullable().optional(),
  /** The fields of its ticket's form that a letter was asked for. */
  asks: z.array(z.string()).optional(),
  /** The ticket that the next one goes on with. */
  follows: z.string().nullable().optional(),
  /** When the person was asked to keep to calm words, and how often they did not since (EX-07). */
  warned: z.object({ at: z.string(), times: z.number().int() }).nullable().optional(),
});
export type Dialogue = z.infer<typeof dialogue>;

export const freshDialogue: Dialogue = {
  greetedAt: null,
  inquiry: null,
  inquiryMessageIds: [],
  skipped: [],
  details: [],
  awaiting: null,
  waitingToldAt: null,
  questionId: null,
};

/** What a person wants who wrote in public, and whether they were answered there: one matter is answered once. */
export const publicMatter = z.object({
  words: z.string(),
  type: ticketType,
  service: z.string().nullable(),
  /** When they were last answered in public and so invited to go on in private; null where nothing was said. */
  repliedAt: z.string().nullable(),
});
export type PublicMatter = z.infer<typeof publicMatter>;

export const conversation = z.object({
  id: z.string(),
  version: z.number().int(),
  channel: z.string(),
  inboxId: z.string(),
  visibility: z.enum(['private', 'public']),
  contactId: z.string(),
  address: z.string(),
  key: z.string(),
  status: z.enum(['open', 'snoozed', 'closed']),
  handledBy: z.enum(['assistant', 'agent', 'nobody']),
  assigneeId: z.string().nullable(),
  language: z.enum(['ar', 'en']).nullable(),
  lastMessageAt: z.string(),
  lastInboundAt: z.string().nullable(),
  /** Until when free text is allowed, in a medium that has a reply window; null before the person wrote, or without one. */
  replyUntil: z.string().nullable(),
  /** What it is about, where the medium has subjects, and that folded for comparing. */
  subject: z.string().nullable(),
  topic: z.string().nullable(),
  /** The last words, for lists; at most 140 characters. */
  preview: z.string(),
  /** What the last message was, for lists: a picture has no words. */
  lastKind: messageKind,
  lastSeq: z.number().int(),
  /** The seq up to which messages have been decided. */
  decidedSeq: z.number().int(),
  /** When the waiting turn is to be decided; null where nothing waits. */
  turnDueAt: z.string().nullable(),
  /** Since when a person waits for an agent (handoff); null otherwise. */
  waitingSince: z.string().nullable(),
  ticketNumbers: z.array(z.string()),
  /** The ticket on which further messages land. */
  openTicket: z.string().nullable(),
  dialogue,
  /** Of a public conversation, once it told one. */
  matter: publicMatter.optional(),
  /** The public conversation that led to this private one. */
  cameFrom: z.string().optional(),
  createdAt: z.string(),
});
/** The exchange with one contact in one inbox: endless in a chat, a thread where people write letters. */
export type Conversation = z.infer<typeof conversation>;

/** A conversation in which nothing was said yet, with the assistant. */
export const emptyConversation = (
  at: string,
  facts: Pick<Conversation, 'id' | 'channel' | 'inboxId' | 'contactId' | 'address' | 'key'> & Partial<Conversation>,
): Conversation => ({
  version: 1,
  visibility: 'private',
  status: 'open',
  handledBy: 'assistant',
  assigneeId: null,
  language: null,
  lastMessageAt: at,
  lastInboundAt: null,
  replyUntil: null,
  subject: null,
  topic: null,
  preview: '',
  lastKind: 'text',
  lastSeq: 0,
  decidedSeq: 0,
  turnDueAt: null,
  waitingSince: null,
  ticketNumbers: [],
  openTicket: null,
  dialogue: freshDialogue,
  createdAt: at,
  ...facts,
});

export const conversations: Collection<Conversation> = {
  name: 'conversations',
  schema: conversation,
  indexes: [
    { name: 'by-key', on: ['inboxId', 'key'], unique: true },
    { name: 'by-last-message', on: ['lastMessageAt'] },
    { name: 'by-status', on: ['status', 'lastMessageAt'] },
    { name: 'by-contact', on: ['contactId', 'lastMessageAt'] },
    { name: 'by-address', on: ['inboxId', 'address', 'lastMessageAt'] },
    { name: 'by-turn-due', on: ['turnDueAt'] },
    { name: 'by-waiting', on: ['waitingSince'] },
    { name: 'by-channel', on: ['channel', 'lastMessageAt'] },
  ],
  filters: ['channel', 'status', 'handledBy', 'assigneeId', 'contactId', 'visibility'],
  feed: true,
};

export const decision = z.object({
  id: z.string(),
  version: z.number().int(),
  conversationId: z.string(),
  messageIds: z.array(z.string()),
  at: z.string(),
  language: z.enum(['ar', 'en']),
  /** Why the assistant did what it did, a line per step, for the agent to read. */
  reasons: z.array(z.string()),
  actions: z.array(z.record(z.string(), z.unknown())),
});
/** What the assistant decided on one turn; inserted once per cause. */
export type Decision = z.infer<typeof decision>;

export const decisions: Collection<Decision> = {
  name: 'decisions',
  schema: decision,
  indexes: [{ name: 'by-conversation', on: ['conversationId', 'at'] }],
};
