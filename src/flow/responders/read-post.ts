import type { TicketType } from '../../ticket/types.ts';
import type { Context, InPublicNow } from '../context.ts';
import { toneOf } from './tone.ts';

/**
 * What a public post asks of us. `people`: somebody is to look at it, and nothing is said. Nothing is said to `spam`,
 * `hostile` and `off-topic` ones either, nor done.
 */
export type PostKind = 'danger' | 'complaint' | 'question' | 'people' | 'spam' | 'hostile' | 'off-topic';

export interface Post {
  kind: PostKind;
  why: string;
  /** Insults stand in it: whatever else it says, it is not answered where everybody reads it. */
  hostile: boolean;
}

const voices: readonly TicketType[] = ['complaint', 'objection', 'report'];
const sure = 0.7;
/** A statement of so many words may tell of something that is the matter. */
const unclear = 3;
/** So many hostile words may hold more than an insult. */
const moreThanInsult = 5;

const most = { tags: 5, tagsOfPromotion: 3, names: 4 };

const wordCount = (text: string): number => text.split(/\s+/).filter(Boolean).length;

/** The account writes at home: a number of another country is where somebody else wants people to write. */
const isForeign = (phone: string | null): boolean => phone !== null && !phone.startsWith('+966');

/** In want of something of ours, an answer among others. */
const inWant = ({ posts }: Context['understood']): boolean => posts.wanting + posts.chasing > 0;

/** It promotes something: by words of its own, or by several that stand beside a link, a number or many tags. */
function promotes({ understood, turn }: Context, { marks }: InPublicNow): boolean {
  const { posts, phone } = understood;
  if (posts.spam > 0) return true;
  if (posts.promotion === 0) return isForeign(phone) && wordCount(turn.words) <= 12;
  const beside = marks.links > 0 || isForeign(phone) || marks.tags >= most.tagsOfPromotion;
  const alone = !inWant(understood) && understood.service === null;
  return posts.promotion >= 2 ? beside || phone !== null : beside && alone;
}

/** Why a post is taken for spam; null where it is not. */
function spamIn(context: Context, now: InPublicNow): string | null {
  const { marks } = now;
  const words = wordCount(context.turn.words);
  if (marks.links > 0 && words < 2 && !context.turn.hasMedia) return 'nothing but a link';
  if (marks.tags >= most.tags) return 'many tags';
  if (marks.names >= most.names) return 'many accounts are named';
  return promotes(context, now) ? 'it promotes something' : null;
}

/** A voice is heard by its own words; what only resembles one is invited like any question. */
const isVoice = ({ understood: { type, sensitive, reasons } }: Context): boolean =>
  sensitive || (voices.includes(type.id) && reasons.some((one) => one.startsWith(`type:${type.id} by cue`)));

/** Something of ours is spoken of: a service, or what the bank knows; two words alone may sound like anything. */
const isOurs = ({ understood, turn, ask }: Context): boolean =>
  understood.service !== null || (wordCount(turn.words) >= 3 && ask(turn.words).outcome === 'answer');

/** It wants something: it asks, orders, or is in want of something. */
function wants({ understood, turn }: Context): boolean {
  const { type, command, ticketNumbers } = understood;
  if (command !== null || ticketNumbers.length > 0 || type.confidence >= sure || inWant(understood)) return true;
  return /[?؟]/.test(turn.words) && wordCount(turn.words) >= 2;
}

const hostileAlone = (words: number): Post =>
  words >= moreThanInsult
    ? { kind: 'people', why: 'hostile words that may hold a complaint', hostile: true }
    : { kind: 'hostile', why: 'hostile words and nothing else', hostile: true };

function readHostile(context: Context): Post {
  const words = wordCount(context.turn.words);
  if (isVoice(context) && words >= 4) return { kind: 'complaint', why: 'a complaint in hostile words', hostile: true };
  return wants(context) && words >= 4 && isOurs(context)
    ? { kind: 'people', why: 'a question in hostile words', hostile: true }
    : hostileAlone(words);
}

/** Sport, weather, news, or a wish or a thanks that wants nothing; and nothing in it that is ours. */
const isIdleTalk = (context: Context): boolean => {
  const { posts, thanks, type } = context.understood;
  if (isOurs(context)) return false;
  // "great support" reads like an order for a person
  const isCourtesy = posts.wishes > 0 || thanks;
  const asks = type.confidence >= sure || inWant(context.understood) || /[?؟]/.test(context.turn.words);
  return posts.idle > 0 || (isCourtesy && !asks);
};

const post = (kind: PostKind, why: string): Post => ({ kind, why, hostile: false });

/** Words that neither insult nor complain: they want something, nothing, or nobody knows. */
function readQuietly(context: Context): Post {
  const { posts, thanks } = context.understood;
  if (isIdleTalk(context)) return post('off-topic', 'idle talk');
  if (wants(context) || isOurs(context)) return post('question', 'a question or a request');
  // nobody is lost whose plain words are not known: a person looks, and nothing is said
  const isUnclear = posts.wishes === 0 && !thanks && wordCount(context.turn.words) >= unclear;
  return isUnclear ? post('people', 'it may want something of us') : post('off-topic', 'nothing is asked of us');
}

function readWords(context: Context): Post {
  const { understood } = context;
  const isIdle = isIdleTalk(context);
  if (toneOf(understood) === 'danger')
    return isIdle ? post('people', 'words of danger beside idle talk') : post('danger', 'words of danger');
  if (understood.pleasantryOnly || (understood.yesNo !== null && understood.command === null))
    return post('off-topic', 'a greeting, a thanks or a sign only');
  if (understood.abusive || understood.posts.hostile > 0) return readHostile(context);
  if (isVoice(context) && (!isIdle || understood.sensitive)) return post('complaint', `a ${understood.type.id}`);
  return readQuietly(context);
}

/** What a public post asks of us, by its words without names of accounts and links. */
export function readPost(context: Context, now: InPublicNow): Post {
  const spam = spamIn(context, now);
  if (spam !== null) return post('spam', spam);
  if (context.understood.meaningful) return readWords(context);
  if (context.turn.hasMedia) return post('people', 'a picture or a file without words');
  return post('off-topic', 'no words');
}

/** Somebody waits for an answer of ours, or wants a person: an article is no answer to that. */
export const isForPeople = ({ understood: { command, posts } }: Context): boolean =>
  command === 'agent' || command === 'escalate' || posts.chasing > 0;

/** Something stands in it that belongs to one person: a number, a mail address, digits of an identity. */
export const isPersonal = ({ understood, turn }: Context): boolean =>
  understood.phone !== null || understood.email !== null || /(?:\p{Nd}[\s-]?){8,}/u.test(turn.words);
