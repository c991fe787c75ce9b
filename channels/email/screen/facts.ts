import type { MailFacts, MailPart } from '../mail.ts';
import { forwardOpeners, replyOpeners } from './phrases.ts';
import { isOneOf, wordsOf } from './words.ts';

/** How much of the words of a mail is looked at: a notice says what it is at its beginning. */
const lookedAt = 16_384;

export const headerValues = (facts: MailFacts, name: string): readonly string[] => facts.headers.get(name) ?? [];

/** The first value of a header, trimmed and in lower case; empty where there is none. */
export const headerValue = (facts: MailFacts, name: string): string =>
  (headerValues(facts, name)[0] ?? '').trim().slice(0, 2000).toLowerCase();

/** The value of a header without its parameters and comments: `auto-replied (vacation)` gives `auto-replied`. */
export const headerWord = (facts: MailFacts, name: string): string =>
  (
    headerValue(facts, name)
      .replace(/^\([^)]*\)/, '')
      .split(/[;,(\s]/)
      .find(Boolean) ?? ''
  ).replaceAll('"', '');

const refusals = new Set(['', 'no', 'false', '0', 'none', 'off']);

/** Whether a header that says yes by being there is there, and does not say no. */
export const says = (facts: MailFacts, name: string): boolean => !refusals.has(headerWord(facts, name));

/** The parts of the mail itself: not those of a mail that it carries. */
export function ownParts(parts: readonly MailPart[]): MailPart[] {
  const own: MailPart[] = [];
  let carried = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    if (part.depth > carried) continue;
    carried = isMail(part) ? part.depth : Number.POSITIVE_INFINITY;
    own.push(part);
  }
  return own;
}

const isMail = (part: MailPart): boolean => part.type === 'message/rfc822' || part.type === 'message/global';

/** Whether a part holds the head of another mail, or all of it. */
export const isReturnedHead = (part: MailPart): boolean =>
  isMail(part) ||
  part.type === 'text/rfc822-headers' ||
  part.type === 'message/global-headers' ||
  part.type === 'text/rfc822';

/** Whether a part is a machine-readable delivery report (RFC 3464, RFC 6533). */
export const isDeliveryStatus = (part: MailPart): boolean =>
  part.type === 'message/delivery-status' || part.type === 'message/global-delivery-status';

/** The media type of the mail as a whole. */
export const topType = (facts: MailFacts): string => headerWord(facts, 'content-type') || (facts.parts[0]?.type ?? '');

/** What sort of report a `multipart/report` says it is; empty where the mail is none or does not say. */
export function reportType(facts: MailFacts): string {
  if (topType(facts) !== 'multipart/report') return '';
  return /report-type\s?=\s?"?([a-z0-9-]{1,60})/.exec(headerValue(facts, 'content-type'))?.[1] ?? '';
}

/** Whether the subject says that somebody passes on, or answers, another mail. */
export const isPassedOn = (facts: MailFacts): boolean => {
  const [prefix, behind] = facts.subject.slice(0, 60).split(/[:：]/);
  const words = wordsOf((prefix ?? '').replace(/[[(]?\d{1,4}[\])]?\s{0,3}$/, ''));
  return behind !== undefined && (isOneOf(words, replyOpeners) || isOneOf(words, forwardOpeners));
};

const attribution =
  /^(?:on|le|am|el|il|op|em|في|بتاريخ)\s.{3,200}(?:wrote|a ecrit|a écrit|schrieb|escribio|escribió|ha scritto|schreef|escreveu|كتب|كتبت).{0,80}[:：]\s{0,5}$/i;

const linesOf = (text: string): string[] => text.split(/\r\n?|\n/);

/** Keeps what was found for a mail: the rules ask for the same of it again and again. */
function once(findOut: (facts: MailFacts) => string): (facts: MailFacts) => string {
  const known = new WeakMap<MailFacts, string>();
  return (facts) => {
    const before = known.get(facts);
    if (before !== undefined) return before;
    const found = findOut(facts);
    known.set(facts, found);
    return found;
  };
}

function unquoted(text: string): string {
  const lines: string[] = [];
  for (const line of linesOf(text.slice(0, lookedAt))) {
    const short = line.slice(0, 400).trim();
    if (short.startsWith('>') || short.startsWith('|')) continue;
    if (lines.length > 0 && (attribution.test(short) || /^-{2,40}\s?(?:original|forwarded)/i.test(short))) break;
    lines.push(line);
  }
  return lines.join('\n');
}

/** The beginning of the words, without quoted lines and what stands below an attribution. */
export const unquotedWords = once((facts) => unquoted(facts.text));

/** What the sender says now, as far as that was looked for: our own letters, quoted below, speak of themselves. */
export const ownWords = once((facts) => unquoted(facts.written ?? facts.text));

const below =
  /below this line|unsent message below|(?:original|undelivered|returned|your) (?:message|mail) (?:headers? )?(?:follows?|below|as received|is (?:included|attached|enclosed|below))|^[-=_*\s]{2,60}(?:original|returned|undelivered|unsent) (?:message|mail)|(?:this is|here is) a copy of (?:the|your)|^[-=_*\s]{4,60}(?:الرسالة الأصلية|نص الرسالة)/i;

const headLine =
  /^[>\s]{0,8}(?:return-path|received|from|to|cc|subject|date|message-id|mime-version|content-[a-z-]{1,30}|x-[\w-]{1,40}|reply-to|sender|dkim-signature|delivered-to|in-reply-to|references)\s{0,2}:/i;

const sureHeadLine = /^[>\s]{0,8}(?:return-path|received|message-id|mime-version|dkim-signature)\s{0,2}:/i;

/** Whether the head of another mail begins at a line: several such lines on end, one of them as only heads have. */
function beginsHead(lines: readonly string[], at: number): boolean {
  if (!headLine.test((lines[at] ?? '').slice(0, 100))) return false;
  const near = lines.slice(at, at + 14).map((line) => line.slice(0, 100));
  const count = near.filter((line) => headLine.test(line)).length;
  return count >= 3 && near.some((line) => sureHeadLine.test(line));
}

/** The words above the mail that a notice returns, as far as a line or a head tells where it begins. */
export const prose = once((facts) => {
  const lines = linesOf(facts.text.slice(0, lookedAt));
  const end = lines.findIndex((line, at) => at > 0 && (below.test(line.slice(0, 160)) || beginsHead(lines, at)));
  return (end < 0 ? lines : lines.slice(0, end)).join('\n');
});

/** Whether a head of another mail stands in the words. */
export function quotesHead(facts: MailFacts): boolean {
  const found = facts.text
    .slice(0, 65_536)
    .match(/^[>\s]{0,8}(?:received|message-id|return-path|subject|from|to|date|mime-version):/gim);
  return new Set((found ?? []).map((line) => line.replace(/[>\s:]/g, '').toLowerCase())).size >= 4;
}
