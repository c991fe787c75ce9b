import { agents, foldEmail } from '../agent/agent.ts';
import { capabilitiesIn } from '../channel/capabilities.ts';
import type { Channel } from '../channel/channel.ts';
import { iso } from '../clock.ts';
import { type Contact, contacts } from '../contact/contact.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { asciiDigits } from '../language/digits.ts';
import { readEntity } from '../language/entities.ts';
import type { Language } from '../language/language.ts';
import { readName } from '../language/names.ts';
import { readDetails } from '../language/read-details.ts';
import { type Message, messages, quietKinds } from '../message/message.ts';
import type { Store } from '../store/port.ts';
import type { Understanding } from '../understanding/understanding.ts';
import type { Context, Turn } from './context.ts';
import type { FlowDeps } from './deps.ts';
import { typedChoice } from './fit-to.ts';
import { calendarHours } from './hours.ts';
import { personFacts } from './person-facts.ts';
import { bareTurn, inPublicNow, invitationOf, postsToDecide } from './public-facts.ts';
import { loopWindow, repetitionOf } from './repetition.ts';
import { reactionSays, saidNow } from './said-now.ts';
import { ticketFacts } from './ticket-facts.ts';

const wordsIn = ({ text, letter }: Message): string => letter?.newText?.trim() ?? text;

/** What a message says now: of a letter the new words, and before them the subject where it opens a matter. */
function saidIn(message: Message): string {
  const { letter } = message;
  const words = wordsIn(message);
  const subject = !letter || letter.isReply ? '' : letter.subject.trim();
  return subject === '' || words.startsWith(subject) ? words || subject : `${subject}\n${words}`.trim();
}

const withWords = (message: Message): boolean => saidIn(message).trim() !== '';

/** A robot's message in the midst of a person's does not silence the person. */
const ofPerson = (message: Message): boolean => message.automated === 'none' && !message.settled;

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

/** Our last words in the conversation, the newest first: the buttons of the newest may be answered by typing. */
const lastWords = async (store: Store, conversationId: string, limit: number): Promise<Message[]> => {
  const where = { conversationId, direction: 'outbound' };
  return (await store.find(messages, { index: 'by-conversation', where, order: 'desc', limit })).items;
};

/** A reaction to our question "did this help?". */
const reacted = (arrived: readonly Message[], offer: Message | null): string | null => {
  const last = arrived.at(-1);
  const says = last && offer?.template === 'did-this-help' ? reactionSays(last) : null;
  return says && `helped:${says}`;
};

/** Whoever is impatient says the same again: an order said twice is one order. */
const oneOfEach = (lines: readonly string[]): string => [...new Set(lines)].join('\n');

const turnOf = (arrived: Message[], offer: Message | null): Turn => {
  const people = saidNow(arrived.filter(ofPerson));
  const quiet = arrived.filter(({ kind }) => quietKinds.has(kind));
  const all = [people, quiet, arrived].find((some) => some.length > 0) ?? [];
  const text = oneOfEach(all.filter(withWords).map(saidIn));
  const words = oneOfEach(all.map(wordsIn).filter(Boolean)) || text;
  const tapped = all.findLast((message) => message.quickReplyId)?.quickReplyId ?? null;
  const typed = tapped || !offer ? null : typedChoice(offer.quickReplies, asciiDigits(words));
  return {
    messages: all,
    text,
    words,
    tapped: tapped ?? typed ?? reacted(arrived, offer),
    hasMedia: all.some(isMedia),
  };
};

/** A button that names a ticket says no number otherwise. */
const numbersOf = ({ tapped }: Turn, understood: Understanding): string[] => {
  const byButton = tapped?.match(/^(?:status|escalate|object|again|solved:yes|solved:no):(\d+)$/)?.[1];
  return byButton ? [byButton] : understood.ticketNumbers;
};

const ofTickets: readonly Understanding['command'][] = ['status', 'escalate', 'object'];

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

/** What a turn says: its matter with the subject, its orders and courtesies without. */
function understandTurn(understand: (text: string) => Understanding, { text, words }: Turn): Understanding {
  const whole = understand(text);
  if (words === text) return whole;
  const { command, yesNo, unhelped, unsure, announces, pleasantryOnly, thanks, farewell, greeting } = understand(words);
  return { ...whole, command, yesNo, unhelped, unsure, announces, pleasantryOnly, thanks, farewell, greeting };
}

/** Several responders ask about the same words: each answer is worked out once in a turn. */
function remember<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const answer = known.get(text) ?? work(text);
    known.set(text, answer);
    return answer;
  };
}

/** The bank alone; help is sought where the turn is decided (`seekHelp`). */
function askBank({ content }: FlowDeps, language: Language): Pick<Context, 'ask' | 'consult'> {
  const ask = remember((text) => content.knowledge().answer(text, language));
  return { ask, consult: ask };
}

/** Whether a letter comes from the address of somebody who works here. */
async function isOfStaff({ store }: FlowDeps, { address }: Conversation): Promise<boolean> {
  const where = { email: foldEmail(address) };
  const [found] = (await store.find(agents, { index: 'by-email', where, limit: 1 })).items;
  return found?.disabledAt === null;
}

/** How words are read, by lists that are in memory. */
const readers = (understand: Context['understand']): Pick<Context, 'readName' | 'readEntity' | 'readDetails'> => ({
  readName,
  readEntity,
  readDetails: (text, asked) =>
    readDetails(text, asked, { name: readName, entity: readEntity, category: (one) => understand(one).category }),
});

/** The message that was added to a ticket and is a matter of its own, says the person. */
async function separatedBy({ store }: FlowDeps, { tapped }: Turn, conversation: Conversation): Promise<Message | null> {
  const separate = tapped?.match(/^separate:(.+)$/)?.[1];
  const found = separate ? await store.get(messages, separate) : null;
  return found?.conversationId === conversation.id ? found : null;
}

/** Everything that deciding a turn needs, read once; afterwards nothing asks the store. */
export async function gather(
  deps: FlowDeps,
  channel: Channel,
  conversation: Conversation,
  all: Message[],
): Promise<Context> {
  const { store, content, clock } = deps;
  const isLetter = channel.capabilities.form === 'letter';
  const said = await lastWords(store, conversation.id, isLetter ? loopWindow : 1);
  const offer = said[0] ?? null;
  const isPublic = conversation.visibility === 'public';
  const raw = turnOf(isPublic ? postsToDecide(all, offer !== null) : all, offer);
  const turn = isPublic ? bareTurn(raw) : raw;
  const understand = remember(content.understand);
  const understood = understandTurn(understand, turn);
  const contact = (await store.get(contacts, conversation.contactId)) ?? nobody(conversation.contactId);
  const named = numbersOf(turn, understood);
  const language = languageOf(deps, conversation, turn, understood);
  const now = clock.now();
  const speak = (to: Language) => ({
    language: to,
    hours: calendarHours(content.organisation(), to, now),
    title: (key: string) => content.render()(`button-${key}`, to),
  });
  const theirTickets = await ticketFacts(store, {
    contactId: contact.id,
    named,
    openTicket: conversation.openTicket,
    standing: named.length > 0 || turn.tapped === 'status' || ofTickets.includes(understood.command),
  });
  const { openTickets } = theirTickets;
  return {
    now: iso(now),
    turn,
    understood,
    conversation,
    contact,
    capabilities: capabilitiesIn(channel.capabilities, conversation),
    organisation: content.organisation(),
    ...theirTickets,
    lastTemplate: offer?.template ?? null,
    displayName: turn.messages.at(-1)?.letter?.from?.name ?? '',
    fromStaff: isLetter && (await isOfStaff(deps, conversation)),
    inboxDepartment: deps.inboxDepartment?.(conversation.inboxId) ?? null,
    repetition: isLetter ? await repetitionOf(deps, { conversation, said, all }) : null,
    separated: await separatedBy(deps, turn, conversation),
    ...(await personFacts(deps, conversation, { turn, lastTemplate: offer?.template ?? null })),
    publicly: await inPublicNow(deps, {
      channel,
      conversation,
      turn: raw,
      replied: offer !== null,
      openTickets,
      language,
    }),
    invitation: await invitationOf(deps, { channel, words: turn.words }, conversation, openTickets),
    understand,
    ...askBank(deps, language),
    article: content.article,
    ...readers(understand),
    speak,
    ...speak(language),
  };
}
