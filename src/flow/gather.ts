import type { Channel } from '../channel/channel.ts';
import { iso } from '../clock.ts';
import { type Contact, contacts } from '../contact/contact.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { asciiDigits } from '../language/digits.ts';
import { readEntity } from '../language/entities.ts';
import type { Language } from '../language/language.ts';
import { readName } from '../language/names.ts';
import { type Message, messages } from '../message/message.ts';
import type { Store } from '../store/port.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import type { Understanding } from '../understanding/understanding.ts';
import type { Context, Turn } from './context.ts';
import type { FlowDeps } from './deps.ts';
import { typedChoice } from './fit-to.ts';
import { calendarHours } from './hours.ts';

const withWords = (message: Message): boolean => message.text.trim() !== '';

/** Something came that is not words: a picture, a voice note, a file. */
const isMedia = (message: Message): boolean =>
  !withWords(message) && (message.kind !== 'text' || message.attachments.length > 0);

const mostInTurn = 200;

/** The messages of a conversation that nobody has decided on, oldest first; `more` where they are too many for one turn. */
export async function undecided(
  store: Store,
  { id, decidedSeq }: Conversation,
): Promise<{ all: Message[]; more: boolean }> {
  const where = { conversationId: id, seq: { gt: decidedSeq }, direction: 'inbound' };
  const query = { index: 'by-conversation', where, order: 'asc', limit: mostInTurn } as const;
  const { items, nextCursor } = await store.find(messages, query);
  return { all: items, more: nextCursor !== null };
}

/** Our last words in the conversation, whose buttons may be answered by typing. */
const lastOffer = async (store: Store, conversationId: string): Promise<Message | null> => {
  const where = { conversationId, direction: 'outbound' };
  const page = await store.find(messages, { index: 'by-conversation', where, order: 'desc', limit: 1 });
  return page.items[0] ?? null;
};

const turnOf = (all: Message[], offer: Message | null): Turn => {
  const text = all
    .filter(withWords)
    .map((message) => message.text)
    .join('\n');
  const tapped = all.findLast((message) => message.quickReplyId)?.quickReplyId ?? null;
  const typed = tapped || !offer ? null : typedChoice(offer.quickReplies, asciiDigits(text));
  return {
    messages: all,
    text,
    tapped: tapped ?? typed,
    hasMedia: all.some(isMedia),
  };
};

/** The person's own tickets: the open ones newest first, and those that were named. Others' are as if they were not (lessons 39). */
const ticketsOf = async (store: Store, contactId: string, named: readonly string[]) => {
  const index = { index: 'by-contact', where: { contactId }, order: 'desc', limit: 50 } as const;
  const own = (await store.find(tickets, index)).items;
  const found = named.length > 0 ? await store.getMany(tickets, named) : [];
  const finished: readonly Ticket['status'][] = ['closed', 'rejected'];
  return {
    openTickets: own.filter((ticket) => !finished.includes(ticket.status)),
    named: found.filter((ticket) => ticket.contactId === contactId),
  };
};

/** Language follows the person, but a name or a place in another script does not change it. */
function languageOf(deps: FlowDeps, conversation: Conversation, turn: Turn, understood: Understanding): Language {
  const settled = conversation.language ?? deps.content.organisation().organisation.defaultLanguage;
  const { awaiting } = conversation.dialogue;
  const answers = awaiting?.for === 'question' && awaiting.field !== 'inquiry';
  if (turn.tapped || answers || !understood.languageSure)
    return conversation.language ?? understood.language ?? settled;
  return understood.language ?? settled;
}

const nobody = (id: string): Contact => {
  throw new Error(`contact ${id} of a conversation does not exist`);
};

/** Several responders ask about the same words: each answer is worked out once in a turn. */
function remember<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const answer = known.get(text) ?? work(text);
    known.set(text, answer);
    return answer;
  };
}

/** Everything that deciding a turn needs, read once; afterwards nothing asks the store. */
export async function gather(
  deps: FlowDeps,
  channel: Channel,
  conversation: Conversation,
  all: Message[],
): Promise<Context> {
  const { store, content, clock } = deps;
  const offer = await lastOffer(store, conversation.id);
  const turn = turnOf(all, offer);
  const understand = remember(content.understand);
  const understood = understand(turn.text);
  const contact = (await store.get(contacts, conversation.contactId)) ?? nobody(conversation.contactId);
  const byButton = turn.tapped?.match(/^status:(\d+)$/)?.[1];
  const named = byButton ? [byButton] : understood.ticketNumbers;
  const separate = turn.tapped?.match(/^separate:(.+)$/)?.[1];
  const separated = separate ? await store.get(messages, separate) : null;
  const language = languageOf(deps, conversation, turn, understood);
  const now = clock.now();
  const speak = (to: Language) => ({
    language: to,
    hours: calendarHours(content.organisation(), to, now),
    title: (key: string) => content.render()(`button-${key}`, to),
  });
  return {
    now: iso(now),
    turn,
    understood,
    conversation,
    contact,
    capabilities: channel.capabilities,
    organisation: content.organisation(),
    ...(await ticketsOf(store, contact.id, named)),
    lastTemplate: offer?.template ?? null,
    separated: separated?.conversationId === conversation.id ? separated : null,
    understand,
    ask: remember((text) => content.knowledge().answer(text, language)),
    article: content.article,
    readName,
    readEntity,
    speak,
    ...speak(language),
  };
}
