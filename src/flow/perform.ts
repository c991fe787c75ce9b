import type { Capabilities } from '../channel/capabilities.ts';
import type { QuickReply } from '../channel/outbound.ts';
import { type Clock, iso } from '../clock.ts';
import { type Contact, contacts } from '../contact/contact.ts';
import { planJoining } from '../contact/join.ts';
import { joinCodes } from '../contact/joining.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import { inLanguage, type Language } from '../language/language.ts';
import { type Delivery, deliveries, type Message, messages, plain } from '../message/message.ts';
import { promise } from '../sla/promise.ts';
import type { Op, Store } from '../store/port.ts';
import type { Actor, TicketChange } from '../ticket/events.ts';
import { enter, opening } from '../ticket/ledger.ts';
import { ticketNumber } from '../ticket/number.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import type { Action, OpenTicket, Say } from './actions.ts';
import type { FlowDeps } from './deps.ts';
import { fitTo } from './fit-to.ts';
import { joinChat } from './join-chat.ts';
import { joinLetter, letterTo, type Piece } from './letter.ts';
import { type OnPerson, personOps } from './person-ops.ts';
import { sceneToTell } from './reach.ts';

/** How long a sending belongs to the process that wrote it before another may take it over, in ms. */
export const deliveryLeaseMs = 60_000;

/** What actions are performed on. `causeId` keys every effect. */
export interface Scene {
  causeId: string;
  conversation: Conversation;
  contact: Contact;
  /** The message that is answered, for media that tell which; null where none is. */
  answered: Message | null;
  capabilities: Capabilities;
  language: Language;
  author: 'assistant' | 'agent' | 'system';
  actor: Actor;
  /** The ticket that all words of this unit belong to, where they belong to one. */
  ticketNumber?: string;
}

/** The operations that a list of actions makes, in order, and the conversation after them. */
export interface Performed {
  ops: Op[];
  conversation: Conversation;
  /** What is to be done once the unit is kept: what is left of a joining, and other lanes to send in. */
  joined: { joiningId: string; told: Conversation[] } | null;
}

interface Draft extends Scene {
  at: string;
  ops: Op[];
  language: Language;
  contactSet: Partial<Contact>;
  /** Tickets as this unit leaves them, so that several actions on one add up. */
  tickets: Map<string, Ticket>;
  opened: Ticket | null;
  said: number;
  joined: Performed['joined'];
  /** What is said, until all of it is. */
  pieces: Piece[];
}

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'content' | 'clock' | 'owner'>;

const year = (clock: Clock): number => new Date(clock.now()).getUTCFullYear();

interface Entry {
  number: string;
  cause: string;
  changes: TicketChange[];
}

/** Puts changes into a ticket's ledger (null: a new one) as part of the unit. */
function record(draft: Draft, ticket: Ticket | null, { number, cause, changes }: Entry): Ticket {
  const entered = enter(ticket, changes, { number, at: draft.at, actor: draft.actor, cause });
  draft.ops.push(...entered.ops);
  const version = ticket ? ticket.version + 1 : 1;
  const after = { ...entered.ticket, version };
  draft.tickets.set(number, after);
  return after;
}

const ticketOf = async (store: Store, draft: Draft, number: string): Promise<Ticket | null> =>
  draft.tickets.get(number) ?? (await store.get(tickets, number));

async function link(store: Store, draft: Draft, messageIds: readonly string[], number: string): Promise<void> {
  const ticket = await ticketOf(store, draft, number);
  if (!ticket || messageIds.length === 0) return;
  const linked = await store.getMany(messages, [...messageIds]);
  for (const message of linked.filter((one) => one.ticketNumber && one.ticketNumber !== number)) {
    const former = await ticketOf(store, draft, message.ticketNumber ?? '');
    if (former)
      record(draft, former, {
        number: former.number,
        cause: `${draft.causeId}:moved:${message.id}`,
        changes: [{ kind: 'message-removed', messageId: message.id }],
      });
  }
  const fresh = linked.filter((one) => one.ticketNumber !== number);
  if (fresh.length === 0) return;
  for (const { id } of fresh) draft.ops.push({ op: 'update', in: messages, id, set: { ticketNumber: number } });
  const changes = fresh.map(({ id }) => ({ kind: 'message-added' as const, messageId: id }));
  record(draft, ticket, { number, cause: `${draft.causeId}:linked:${fresh[0]?.id}`, changes });
}

type Facts = Pick<Ticket, 'channel' | 'type' | 'complexity' | 'importance'>;

/** What the SLA matrix promises on the calendar for a matter that came at the given time. */
export function dueTimes(deps: Pick<Deps, 'content'>, facts: Facts, at: string): Ticket['dueAt'] {
  const { sla, calendars } = deps.content.organisation();
  const promised = promise(sla, calendars, facts, Date.parse(at));
  return { firstResponse: promised.firstResponse?.dueAt ?? null, resolution: promised.resolution?.dueAt ?? null };
}

/** Opens a ticket, or finds the one that the same cause opened before. */
async function openTicket(deps: Deps, draft: Draft, action: OpenTicket, place: number): Promise<void> {
  const cause = keyed('ticket', draft.causeId, place);
  const known = (await deps.store.find(tickets, { index: 'by-cause', where: { causeKey: cause }, limit: 1 })).items[0];
  const number = known?.number ?? ticketNumber(year(deps.clock), await deps.store.next(`tickets-${year(deps.clock)}`));
  const { type, service, subject, importance, restricted, departmentId } = action;
  const { channel } = draft.conversation;
  const dueAt = dueTimes(deps, { channel, type, complexity: 'routine', importance }, draft.at);
  const contactId = draft.contact.id;
  const conversationId = draft.conversation.id;
  const { language } = draft;
  const opened = { kind: 'opened', type, service, subject, importance, restricted, departmentId } as const;
  const whole = { ...opened, contactId, conversationId, channel, language, dueAt };
  draft.opened = known ?? record(draft, null, { number, cause, changes: opening(whole, draft.at) });
  const { ticketNumbers } = draft.conversation;
  draft.conversation.ticketNumbers = ticketNumbers.includes(number) ? ticketNumbers : [...ticketNumbers, number];
  draft.conversation.openTicket = number;
  // what people were called for is on their list now
  if (draft.conversation.handledBy === 'assistant') draft.conversation.waitingSince = null;
  await link(deps.store, draft, action.messageIds, number);
}

const spoken = (deps: Deps, draft: Draft, action: Say): { text: string; html: string | null } => {
  if (action.words) return { text: action.words.text, html: action.words.html ?? null };
  const ticket = action.withTicket && draft.opened ? { ticket: draft.opened } : {};
  const values = { ...action.values, ...ticket };
  const text = deps.content.render()(action.template, draft.language, values, draft.capabilities.form);
  return { text, html: null };
};

/** The subject of a letter that answers none, or one without a subject. */
const subjectFor = (deps: Deps, draft: Draft): string => {
  const { unit } = deps.content.organisation().organisation;
  return deps.content.render()('letter-subject', draft.language, { unit: inLanguage(unit, draft.language) }, 'letter');
};

/** Adds a message of ours and its sendings, which belong to this process from birth. */
function say(deps: Deps, draft: Draft, words: Words): Message {
  const { conversation } = draft;
  conversation.lastSeq += 1;
  const id = keyed('message', draft.causeId, draft.said++);
  const approved = words.approved ?? null;
  const fitted = fitTo(words.text, words.quickReplies, draft.capabilities);
  // a template is one sending, however long it shows
  const { parts, quickReplies } = approved ? { parts: [words.text], quickReplies: [] } : fitted;
  const message: Message = {
    ...plain,
    approved,
    refersTo: words.quotes ?? null,
    letter:
      draft.capabilities.form === 'letter'
        ? letterTo(draft.answered, draft.conversation.subject || subjectFor(deps, draft))
        : null,
    id,
    version: 1,
    conversationId: conversation.id,
    contactId: conversation.contactId,
    inboxId: conversation.inboxId,
    seq: conversation.lastSeq,
    ticketNumber: draft.ticketNumber ?? null,
    direction: 'outbound',
    author: draft.author,
    agentId: draft.author === 'agent' ? draft.actor.id : null,
    kind: 'text',
    text: words.text,
    html: words.html,
    language: draft.language,
    attachments: words.attachments ?? [],
    quickReplies: quickReplies.length > 0 ? quickReplies : [...words.quickReplies],
    quickReplyId: null,
    externalId: `out:${id}`,
    automated: 'none',
    decisionId: draft.causeId,
    template: words.template,
    sentAt: draft.at,
    receivedAt: draft.at,
  };
  draft.ops.push({ op: 'insert', in: messages, document: message, onDuplicate: 'keep' });
  parts.forEach((text, part) => {
    draft.ops.push({ op: 'insert', in: deliveries, document: sending(deps, message, text, part), onDuplicate: 'keep' });
  });
  const shown = words.text || message.attachments.map(({ name }) => name).join(', ');
  const lastKind = words.text === '' && message.attachments.length > 0 ? 'file' : 'text';
  Object.assign(conversation, { lastMessageAt: draft.at, preview: shown.slice(0, 140), lastKind });
  return message;
}

export interface Words {
  text: string;
  html: string | null;
  quickReplies: readonly QuickReply[];
  template: string | null;
  attachments?: Message['attachments'];
  /** The approved template that is sent in place of the text. */
  approved?: Message['approved'];
  /** External id of the message that it answers by quoting it. */
  quotes?: string | null;
}

const sending = (deps: Deps, message: Message, text: string, part: number): Delivery => ({
  id: keyed('delivery', message.id, part),
  version: 1,
  messageId: message.id,
  conversationId: message.conversationId,
  inboxId: message.inboxId,
  seq: message.seq,
  part,
  text,
  status: 'queued',
  externalId: null,
  open: true,
  attempts: 0,
  dueAt: iso(deps.clock.now() + deliveryLeaseMs),
  claimedBy: deps.owner,
  error: null,
  at: message.sentAt,
});

const mute = (draft: Draft, handledBy: Conversation['handledBy'], waitingSince: string | null): void => {
  Object.assign(draft.conversation, { handledBy, waitingSince, assigneeId: null });
};

async function one(deps: Deps, draft: Draft, action: Action, place: number): Promise<void> {
  switch (action.do) {
    case 'say': {
      const { quickReplies = [], template, last = false, lead = false } = action;
      const words = { ...spoken(deps, draft, action), quickReplies, template };
      draft.pieces.push({ ...words, last, lead });
      return;
    }
    case 'open-ticket':
      return openTicket(deps, draft, action, place);
    case 'link':
      return link(deps.store, draft, action.messageIds, action.ticketNumber);
    case 'retype':
    case 'escalate':
    case 'rate-ticket':
      return changeTicket(deps, draft, action, place);
    case 'join':
      return joinOther(deps, draft, action);
    case 'ask-rating':
    case 'rate':
    case 'rating-comment':
    case 'count-attempt':
    case 'opt-out':
      draft.ops.push(...(await personOps(deps.store, draft, action, place)));
      return;
    default:
      change(draft, action);
  }
}

type OnTicket = Extract<Action, { do: 'retype' | 'escalate' | 'rate-ticket' }>;

const onTicket = (deps: Deps, ticket: Ticket, action: OnTicket): TicketChange => {
  if (action.do === 'escalate') return { kind: 'escalation-asked', text: action.text };
  if (action.do === 'rate-ticket') return { kind: 'rated', score: action.score };
  const dueAt = dueTimes(deps, { ...ticket, type: action.type }, ticket.openedAt);
  return { kind: 'classified', type: action.type, dueAt };
};

async function changeTicket(deps: Deps, draft: Draft, action: OnTicket, place: number): Promise<void> {
  const ticket = await ticketOf(deps.store, draft, action.ticketNumber);
  if (!ticket || ticket.contactId !== draft.contact.id) return;
  const changes = [onTicket(deps, ticket, action)];
  record(draft, ticket, { number: ticket.number, cause: keyed(draft.causeId, place), changes });
}

/** The other contact becomes this one, and is told so where the code came to, as part of the unit. */
async function joinOther(deps: Deps, draft: Draft, { otherId, agentId }: Action & { do: 'join' }): Promise<void> {
  const told = await sceneToTell(deps, draft, otherId);
  const pair = { contactId: draft.contact.id, otherId };
  const plan = await planJoining(deps, pair, { proof: 'code', agentId });
  // the words first: what is joined goes over as it is after them
  if (told) draft.ops.push(...(await perform(deps, told, [{ do: 'say', template: 'join-code-told' }])).ops);
  draft.ops.push(...plan.ops, { op: 'remove', in: joinCodes, id: draft.contact.id });
  draft.joined = { joiningId: plan.joining.id, told: told ? [told.conversation] : [] };
}

type Inner = Exclude<Action, Say | OpenTicket | OnTicket | OnPerson | { do: 'link' | 'join' }>;

function change(draft: Draft, action: Inner): void {
  const { conversation } = draft;
  switch (action.do) {
    case 'know':
      Object.assign(draft.contactSet, action.fields);
      return;
    case 'language':
      draft.language = action.language;
      conversation.language = action.language;
      draft.contactSet.language = action.language;
      return;
    case 'dialogue':
      conversation.dialogue = { ...conversation.dialogue, ...action.set };
      return;
    case 'unlink-ticket':
      conversation.openTicket = null;
      return;
    case 'call-people':
      conversation.waitingSince ??= draft.at;
      return;
    case 'handoff':
      mute(draft, 'nobody', draft.at);
      return;
    case 'resume':
      mute(draft, 'assistant', null);
      return;
    case 'close':
      conversation.status = 'closed';
  }
}

const contactOps = ({ contact, contactSet }: Draft): Op[] => {
  const changed = Object.entries(contactSet).filter(([field, value]) => contact[field as keyof Contact] !== value);
  if (changed.length === 0) return [];
  return [{ op: 'update', in: contacts, id: contact.id, set: Object.fromEntries(changed) }];
};

const conversationOp = (before: Conversation, after: Conversation): Op => {
  const { id, version: _version, ...set } = after;
  return { op: 'update', in: conversations, id, expect: before.version, set };
};

const begin = (scene: Scene, at: string): Draft => ({
  ...scene,
  at,
  ops: [],
  conversation: structuredClone(scene.conversation),
  contactSet: {},
  tickets: new Map(),
  opened: null,
  said: 0,
  joined: null,
  pieces: [],
});

const finish = (scene: Scene, draft: Draft): Performed => ({
  ops: [...draft.ops, ...contactOps(draft), conversationOp(scene.conversation, draft.conversation)],
  conversation: draft.conversation,
  joined: draft.joined,
});

/** What was said, as the medium's form wants it: one letter, or messages of a chat. */
function wordsOf({ pieces, capabilities }: Draft): Words[] {
  if (capabilities.form === 'chat') return joinChat(pieces, capabilities);
  return pieces.some(({ lead }) => !lead) ? [joinLetter(pieces)] : [];
}

/**
 * Turns a decision's actions into one unit of writes: effects first, each keyed by the cause and its place, the
 * conversation last and under its version, so that a repeated or a competing performance changes nothing twice.
 */
export async function perform(
  deps: Deps,
  scene: Scene,
  actions: readonly Action[],
  finally_: (conversation: Conversation) => void = () => undefined,
): Promise<Performed> {
  const draft = begin(scene, iso(deps.clock.now()));
  for (const [place, action] of actions.entries()) await one(deps, draft, action, place);
  for (const words of wordsOf(draft)) say(deps, draft, words);
  finally_(draft.conversation);
  return finish(scene, draft);
}

/** The unit that makes a person's own words (an agent's) a message of the conversation. */
export function performWords(
  deps: Deps,
  scene: Scene,
  words: Words,
  set: (conversation: Conversation) => void,
): Performed & { message: Message } {
  const draft = begin(scene, iso(deps.clock.now()));
  const message = say(deps, draft, words);
  set(draft.conversation);
  return { ...finish(scene, draft), message };
}
