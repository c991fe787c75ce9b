/** What a subject says without the marks that mail programs put before it. */
export interface Subject {
  /** Folded for comparing, never for showing; empty where nothing is left. */
  topic: string;
  isReply: boolean;
  isForward: boolean;
}

const unseen = /[\u00ad\u061c\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const folded = (subject: string): string =>
  subject
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\u0307/g, '')
    .replace(unseen, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/ک/g, 'ك')
    .replace(/[ةہۃ]/g, 'ه')
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/\s+/g, ' ')
    .trim();

/** Both as they stand after folding. */
const replyMarks =
  're|ré|aw|antw|antwort|sv|vs|ynt|yan|rif|odp|hl|bls|رد|الرد|ردا|رد علي|جواب|الجواب|پاسخ|باسخ|ответ|отв|השב|תגובה|回复|答复|回覆|답장|返信';
const forwardMarks =
  'fw|fwd|forward|tr|wg|wtr|rv|enc|vl|vb|pd|ilt|doorst|اعاده توجيه|اعاده ارسال|تحويل|توجيه|محول|هدايت|пересл|הועבר|转发|轉寄|전달|転送';

const count = '(?:\\s?(?:[\\[(]\\s?\\d{1,3}\\s?[\\])]|\\^\\d{1,3}|\\*\\d{1,3}))?';
const mark = (words: string): RegExp => new RegExp(`^(?:${words})${count}\\s?:\\s?`);
const replyMark = mark(replyMarks);
const forwardMark = mark(forwardMarks);
const tagFirst = /^\[[^[\]]{1,60}\]\s?/;
const tags = /\[[^[\]]{1,60}\]/g;

const longest = 1000;
const mostMarks = 50;

/**
 * Reads a subject: prefixes of replies and forwards in any order and number (Re:, RE[2]:, رد:, إعادة توجيه:, AW:, 回复:)
 * and tags in brackets are taken off. Words that merely begin like a prefix stay ("Research: …", "ردود الفعل: …").
 */
export const readSubject = (subject: string): Subject => {
  let rest = folded(subject.slice(0, longest));
  let isReply = false;
  let isForward = false;
  for (let taken = 0; taken < mostMarks; taken += 1) {
    const [reply, forward] = [replyMark.exec(rest), forwardMark.exec(rest)];
    isReply ||= reply !== null;
    isForward ||= forward !== null;
    const first = reply ?? forward ?? tagFirst.exec(rest);
    if (!first) break;
    rest = rest.slice(first[0].length);
  }
  return { topic: rest.replace(tags, ' ').replace(/\s+/g, ' ').trim(), isReply, isForward };
};
