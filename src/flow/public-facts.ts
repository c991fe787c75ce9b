import { capabilitiesIn, formIn } from '../channel/capabilities.ts';
import type { Channel } from '../channel/channel.ts';
import { iso } from '../clock.ts';
import { addresses } from '../contact/contact.ts';
import { type Conversation, conversations, type PublicMatter } from '../conversation/conversation.ts';
import { meaningful } from '../language/clean.ts';
import type { Language } from '../language/language.ts';
import { marksOfPost, wordsOfPost } from '../language/post-words.ts';
import { type Message, quietKinds } from '../message/message.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { InPublicNow, Invitation, Turn } from './context.ts';
import type { FlowDeps } from './deps.ts';
import { measureOf } from './fit-to.ts';
import { addressIdOf } from './identity.ts';
import { likeness } from './same-matter.ts';

const dayMs = 86_400_000;
/** So long a person's other posts count as what they may be repeating. */
const mattersForMs = 30 * dayMs;
/** So long an invitation is what a private message answers. */
const invitedForMs = 7 * dayMs;
/** Left free in one post: a medium may put the name of whom it answers before the words. */
const roomForName = 20;
/** A person has few public conversations in a week; who floods has no further ones looked at. */
const most = 200;

type WithMatter = Conversation & { matter: PublicMatter };

const toldPublicly = (one: Conversation): one is WithMatter => one.visibility === 'public' && one.matter !== undefined;

/** The public conversations of the same person in which a matter was told and something happened since. */
async function toldSince(
  { store, clock }: FlowDeps,
  { id, inboxId, address }: Conversation,
  ms: number,
): Promise<WithMatter[]> {
  const where = { inboxId, address, lastMessageAt: { gte: iso(clock.now() - ms) } };
  const query = { index: 'by-address', where, order: 'desc', limit: most } as const;
  const { items } = await store.find(conversations, query);
  return items.filter(toldPublicly).filter((one) => one.id !== id);
}

const hasWords = ({ text }: Message): boolean => meaningful(wordsOfPost(text));

/** A public turn by its words alone: names of accounts, tags and links tell no matter. */
export function bareTurn(turn: Turn): Turn {
  const isMedia = (one: Message): boolean => (one.kind !== 'text' || one.attachments.length > 0) && !hasWords(one);
  const hasMedia = turn.messages.some((one) => isMedia(one) && !quietKinds.has(one.kind));
  return { ...turn, text: wordsOfPost(turn.text), words: wordsOfPost(turn.words), hasMedia };
}

/**
 * What came in public as it is to be decided on: while nothing was answered, the changed words of a post that was decided on
 * before are words like any others.
 */
export function postsToDecide(arrived: Message[], replied: boolean): Message[] {
  if (replied) return arrived;
  const here = new Set(arrived.map(({ externalId }) => externalId));
  const isLater = ({ kind, refersTo }: Message): boolean => kind === 'edit' && refersTo !== null && !here.has(refersTo);
  return arrived.map((one) => (isLater(one) ? { ...one, kind: 'text' } : one));
}

interface Now {
  channel: Channel;
  conversation: Conversation;
  turn: Turn;
  replied: boolean;
  openTickets: readonly Ticket[];
  language: Language;
}

const openOf = ({ ticketNumbers }: Conversation, openTickets: readonly Ticket[]): string[] =>
  ticketNumbers.filter((number) => openTickets.some((ticket) => ticket.number === number));

/** What deciding a public turn needs besides; null in a private conversation. `turn` with the words as they came. */
export async function inPublicNow(deps: FlowDeps, now: Now): Promise<InPublicNow | null> {
  const { channel, conversation, openTickets } = now;
  if (conversation.visibility === 'private') return null;
  // before the matters: whoever answers this person in between changes it
  const sender = await deps.store.get(addresses, addressIdOf(conversation.inboxId, conversation.address));
  const others = await toldSince(deps, conversation, mattersForMs);
  const capabilities = capabilitiesIn(channel.capabilities, conversation);
  const measure = measureOf(channel);
  return {
    replied: now.replied,
    matters: others.map((one) => ({ ...one.matter, openTickets: openOf(one, openTickets) })),
    sender: sender && { id: sender.id, version: sender.version },
    marks: marksOfPost(now.turn.words),
    fits: ({ template, values }) =>
      measure(deps.content.render()(template, now.language, values, formIn(capabilities))) <=
      capabilities.text.maxLength - roomForName,
  };
}

const lastReply = ({ matter }: WithMatter): string => matter.repliedAt ?? '';

/** So much of the private words must stand in a post for them to speak of it. */
const speaksOf = 0.3;

/** The public conversation that the private words speak of, else the newest. */
function meant(invited: readonly WithMatter[], words: string): WithMatter | undefined {
  const newestFirst = invited.toSorted((one, other) => lastReply(other).localeCompare(lastReply(one)));
  const alike = newestFirst.map((one) => ({ one, like: likeness(words, one.matter.words) }));
  const best = alike.reduce(
    (most, next) => (next.like > most.like ? next : most),
    alike[0] ?? { one: undefined, like: 0 },
  );
  return best.like >= speaksOf ? best.one : newestFirst[0];
}

/** The public conversation from which this person was invited, unless this private one goes on with it already. */
export async function invitationOf(
  deps: FlowDeps,
  { channel, words }: { channel: Channel; words: string },
  conversation: Conversation,
  openTickets: readonly Ticket[],
): Promise<Invitation | null> {
  if (conversation.visibility === 'public' || !channel.capabilities.inPublic) return null;
  const since = iso(deps.clock.now() - invitedForMs);
  const told = await toldSince(deps, conversation, invitedForMs);
  // an account that was given to somebody else tells them nothing
  const invited = told.filter((one) => lastReply(one) >= since && one.contactId === conversation.contactId);
  const newest = meant(invited, words);
  if (!newest || newest.id === conversation.cameFrom) return null;
  const open = openOf(newest, openTickets);
  return {
    conversationId: newest.id,
    matter: newest.matter,
    inquiry: newest.dialogue.inquiry,
    inquiryMessageIds: newest.dialogue.inquiryMessageIds,
    ticketNumbers: newest.ticketNumbers,
    openTicket: open.find((number) => number === newest.openTicket) ?? open.at(-1) ?? null,
  };
}
