import { caseworkPlain, caseworkShaped } from './explain-casework.ts';
import { publicPlain, publicShaped } from './explain-public.ts';

/** One reason of a decision, as a text of the console with its values. */
export interface Explanation {
  /** A key under `reasons`; null where the reason is not known and stands as it was written. */
  key: ReasonKey | null;
  values: Record<string, string>;
  /** Articles that it speaks of, by id. */
  articleIds: string[];
  written: string;
}

const plain = {
  'agent here: an agent has the conversation': 'agentHas',
  'agent here: the person asked for the assistant again': 'agentAskedBack',
  'agent here: waits for an agent, was told so within the hour': 'agentWaitingTold',
  'agent here: waits for an agent, told when people are back': 'agentWaitingHours',
  'screen: an automatic message': 'automatic',
  'screen: the medium lets no program answer it': 'mediumBars',
  'screen: too many answers or too much of the same in a short time, left to a person': 'tooMuch',
  'screen: it was answered elsewhere before': 'settled',
  'screen: the sender is blocked': 'blocked',
  'screen: a reaction, a change or a notice only': 'reaction',
  'screen: a thanks only': 'thanks',
  'command: asked for a person': 'askedPerson',
  'command: a new request': 'newRequest',
  'command: stop': 'stop',
  'command: several open tickets': 'statusSeveral',
  'command: asked for a status, no open ticket of this person is known': 'statusNone',
  'command: asked about a ticket, no open one of this person is known': 'statusNone',
  'command: a number that is not of this person, or none of ours': 'statusUnknown',
  'command: speak ar': 'speakAr',
  'command: speak en': 'speakEn',
  'intake: complete': 'intakeComplete',
  'intake: a thanks only': 'intakeThanks',
  'intake: known nothing new': 'knownNothing',
  'knowledge: not sure enough to answer': 'notSure',
  'knowledge: outside our competence, guides to the competent body': 'outsideOurs',
  'knowledge: meaning: nothing near enough': 'meaningNone',
  'knowledge: choose: near in meaning, so it is offered': 'meaningOffered',
  'knowledge: chosen: none of them': 'chosenNone',
  'follow-up: the answer helped': 'helped',
  'follow-up: the answer did not help': 'notHelped',
  'follow-up: more on the same matter': 'moreOfSame',
  'follow-up: none of the offered articles': 'noneOffered',
  'follow-up: another matter than the open ticket': 'anotherMatter',
  'follow-up: the person does not know, is offered a person': 'doesNotKnow',
  'follow-up: announces a matter, which is asked for': 'announced',
  'follow-up: took leave': 'tookLeave',
  'follow-up: the type stays': 'typeStays',
  'intake: nothing is wanted': 'nothingWanted',
  'screen: a thanks or a goodbye only': 'thanksOrLeave',
  'follow-up: chose an article': 'choseArticle',
  'follow-up: another type for a ticket that is not an open one of this person': 'wrongTicket',
  'knowledge: a voice to be heard by a person': 'voice',
  'knowledge: confidential, for people only': 'confidential',
  'knowledge: urgent, for people at once': 'urgent',
  'emergency: words of danger': 'danger',
  'join code: the right one was told, the two contacts are one person': 'codeRight',
  'join code: it is over': 'codeOver',
  'rating: it was given before': 'ratedBefore',
  'rating: no comment': 'noComment',
  'rating: no comment, another matter': 'noComment',
  'rating: no comment, a new beginning': 'noComment',
  'rating: what was not as it should be': 'ratingWhy',
  'rating: not wanted': 'ratingNo',
  'rating: not given, another matter': 'ratingOther',
  'rating: not given, the person speaks with an agent': 'ratingOther',
  'rating: a courtesy, it is still open': 'ratingOpen',
  'open ticket: nothing more': 'nothingMore',
  'open ticket: a bare yes': 'bareYes',
  ...publicPlain,
  ...caseworkPlain,
} as const;

const shaped = [
  ['statusOf', /^command: status of (?<number>\d+)$/],
  ['escalation', /^command: escalation asked for (?<number>\d+)$/],
  ['known', /^intake: known (?<fields>[a-z, ]+)$/],
  ['asks', /^intake: asks for (?<field>[a-z]+)$/],
  ['says', /^knowledge: says "(?<articles>[^"]+)"$/],
  ['readIn', /^knowledge: language: (?<language>ar|en)$/],
  ['readAs', /^knowledge: read as: (?<words>.*?)(?:; says: .*)?$/],
  ['meaningNear', /^knowledge: meaning: near .+$/],
  ['meaningAgrees', /^knowledge: answer: words and meaning agree on "(?<articles>[^"]+)"$/],
  ['chosenAmong', /^knowledge: answer: "(?<articles>[^"]+)" was chosen among the offered$/],
  ['chosenOffered', /^knowledge: choose: "(?<articles>[^"]+)" was chosen, so it is offered$/],
  ['modelHelped', /^knowledge: (?:near|choose|rephrase): helped/],
  ['modelNothing', /^knowledge: (?:near|choose|rephrase): (?:nothing|refused)/],
  ['modelFailed', /^knowledge: (?:near|choose|rephrase): (?:failed|timed-out|resting)/],
  [
    'candidate',
    /^knowledge: (?<articles>[\w.-]+): like "(?<phrasing>.*)", likeness .*, knows (?<known>\d+) %.*, confidence (?<confidence>[\d.]+)$/,
  ],
  ['sure', /^knowledge: answer: (?<confidence>[\d.]+) is at least (?<needed>[\d.]+)$/],
  ['tooLow', /^knowledge: (?:none|choose): (?<confidence>[\d.]+) is below (?<needed>[\d.]+)$/],
  ['tooClose', /^knowledge: choose: two articles are closer than [\d.]+$/],
  ['strangeWords', /^knowledge: (?:none|choose): more than half of the words that matter are strange to the article$/],
  ['nothingAlike', /^knowledge: none: the bank has nothing in common with the question$/],
  ['unsure', /^knowledge: unsure between (?<articles>.+)$/],
  ['ticketOf', /^ticket: an? (?<type>[a-z]+) \((?<confidence>[\d.]+)\), service .+$/],
  ['wantsType', /^follow-up: wants another type for (?<number>\d+)$/],
  ['retyped', /^follow-up: (?<number>\d+) is a (?<type>[a-z]+)$/],
  ['addedToSaid', /^open ticket: added to (?<number>\d+), was told so just before$/],
  ['addedTo', /^open ticket: added to (?<number>\d+)$/],
  ['codeWrong', /^join code: a wrong one was told, (?<left>\d+) attempts left$/],
  ['rated', /^rating: (?<score>\d) of 5$/],
  ...publicShaped,
  ...caseworkShaped,
  ['failed', /^the assistant failed on this turn: /],
] as const;

export type ReasonKey = (typeof plain)[keyof typeof plain] | (typeof shaped)[number][0];

const isPlain = (written: string): written is keyof typeof plain => Object.hasOwn(plain, written);

/** What a reason of the assistant means. The assistant writes reasons in English, for the ledger; agents read their own language. */
export function explain(written: string): Explanation {
  if (isPlain(written)) return { key: plain[written], values: {}, articleIds: [], written };
  for (const [key, shape] of shaped) {
    const found = shape.exec(written);
    if (!found) continue;
    const { articles, ...values } = found.groups ?? {};
    return { key, values, articleIds: articles?.split(', ') ?? [], written };
  }
  return { key: null, values: {}, articleIds: [], written };
}
