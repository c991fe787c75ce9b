import { foldedOf, type Line, skipBlank } from './lines.ts';

/** "wrote" as mail programs say it, in the folded form of `bare`. */
const verbs = new RegExp(
  [
    'تمت كتابه ما يلي|كتبت?(?:/كتبت|/ت|/ه|ه)?(?![\\u0621-\\u064a])|ارسلت?(?![\\u0621-\\u064a])|نے (?:تحریر کیا|لکھا)|نوشت',
    'wrote|writes|написал|пишет|schrieb|a écrit|ecrit|escribió|escribio|escreveu|ha scritto|schreef|geschreven|skrev',
    'napisał|napsal|kirjoitti|yazdı|yazdi|menulis|đã viết|写道|寫道|作成|작성|כתב|έγραψε|a scris|írta|wrotee?',
  ].join('|'),
);

/** With what an attribution begins: a preposition before the date, a week day, a number, or the verb. */
const starter =
  /^(?:[-–—]+\s*)?(?:on|le|am|el|em|il|op|den|dne|d\.|w dniu|dnia|pada|vào|på|på|on:|ב|בתאריך|في|بتاريخ|يوم|بروز|در|به|كتب|كتبت|(?:mon|tue|wed|thu|fri|sat|sun)\p{L}*|(?:пн|вт|ср|чт|пт|сб|вс|lun|mar|mer|jeu|ven|sam|dim|pzt|sal|çar|per|cum|cmt|paz)\p{L}*|ال(?:احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه|سبت)|于|在|\d)(?![\p{L}])/u;
const digitFirst = /^\d/;

/** Somebody tells what they or others wrote, in their own words: "في يوم الأحد كتبت لكم:", "On Monday I wrote to you:". */
const told =
  /(?:كتبت?|ارسلت?) (?:لكم|لك|اليكم|اليك|لي|لنا|الي|الينا|لحضرتكم|لسعادتكم|لمعاليكم|عن|علي|في|ان)(?![\u0621-\u064a])|\b(?:i|we) (?:wrote|have written|had written)|wrote (?:to|me|us|that|about|in|on|a|an|the|down)\b/;

const digits = /\d|[\u0660-\u0669\u06f0-\u06f9]/;
const groups = /[\d\u0660-\u0669\u06f0-\u06f9]+/g;
const time = /[\d\u0660-\u0669\u06f0-\u06f9]{1,2}[:.٫h][\d\u0660-\u0669\u06f0-\u06f9]{2}/;
const address = /[^\s<>@]@[^\s<>@]/;
const addressEnds = /<[^<>\s]+@[^<>]+>\s*[:：]$/;
const endsInColon = /[:：]\**$/;
const sentenceEnds = /[.!?؟۔]$/;
const dayHalf = /(?:\b[ap]\.m\.|\bг\.|\bу\.)$/i;

const mostLines = 4;
const longestAttribution = 500;

/** What else than its own words speaks for an attribution. */
export interface Signs {
  isReply: boolean;
  /** The HTML of the mail sets quoted matter apart. */
  setApart: boolean;
}

const dated = (text: string): boolean => (text.match(groups) ?? []).length >= 2;

const isProven = (text: string, next: Line | undefined, signs: Signs): boolean => {
  if (next?.quoted) return true;
  if (told.test(text)) return false;
  if (address.test(text)) return dated(text);
  return dated(text) && (signs.setApart || (signs.isReply && time.test(text)));
};

const isAttribution = (text: string, next: Line | undefined, signs: Signs): boolean => {
  if (text.length > longestAttribution) return false;
  const hasVerb = verbs.test(text);
  if (!hasVerb && !(addressEnds.test(text) && dated(text) && time.test(text))) return false;
  return isProven(text, next, signs);
};

/** Whether an attribution that begins in a line may go on in the next one: no sentence ends between them. */
const goesOn = (line: string, next: string): boolean => {
  if (sentenceEnds.test(line) && !dayHalf.test(line)) return false;
  return !starter.test(next) || digitFirst.test(next) || /[,،\d\u0660-\u0669]$/.test(line);
};

const mayBegin = (line: string): boolean => starter.test(line) && digits.test(line);

/** What may stand alone in the line after the writer: the address, or the verb. */
const mayFollow = (next: string): boolean =>
  /^(?:<?\S+@\S+>?\s*)?(?:wrote|كتبت?|schrieb|a écrit)?\s*[:：]?$/.test(next);

const isJoined = (first: string, text: string, next: string): boolean =>
  mayBegin(first) ? goesOn(text, next) : address.test(first) && mayFollow(next);

const endsHere = (line: Line, next: Line | undefined): boolean =>
  endsInColon.test(line.plain) || (next?.quoted === true && verbs.test(foldedOf(line)));

/** Most lines hold neither a date nor an address nor end in a colon: nothing begins there. */
const isWorthwhile = ({ plain }: Line): boolean => digits.test(plain) || plain.includes('@') || endsInColon.test(plain);

/**
 * The place after an attribution ("On … wrote:", "في … كتب …:") that begins in a line and may be wrapped over four;
 * null where none does. Words that merely look like one count only where an address with a date, quote marks behind it,
 * or the time of a message speak for them.
 */
export const attributionEnd = (lines: readonly Line[], at: number, signs: Signs): number | null => {
  const first = lines[at];
  if (!first || !isWorthwhile(first)) return null;
  let text = '';
  for (let end = at; end < Math.min(lines.length, at + mostLines); end += 1) {
    const line = lines[end];
    if (!line || line.blank || line.quoted) return null;
    const folded = foldedOf(line);
    if (end > at && !isJoined(foldedOf(first), text, folded)) return null;
    text = text === '' ? folded : `${text} ${folded}`;
    const next = lines[skipBlank(lines, end + 1)];
    if (endsHere(line, next) && isAttribution(text, next, signs)) return end + 1;
  }
  return null;
};
