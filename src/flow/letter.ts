import type { QuickReply } from '../channel/outbound.ts';
import type { Message, MessageLetter } from '../message/message.ts';
import type { Words } from './say.ts';

/** Choices that a letter shows, to be answered by number; the others are buttons that its words make needless. */
const listed = /^(article|status|type):|^none-of-these$/;

/** A single one is no choice. */
export const choicesOf = (quickReplies: readonly QuickReply[]): QuickReply[] => {
  const choices = quickReplies.filter(({ id }) => listed.test(id));
  return choices.length > 1 ? choices : [];
};

const escaped: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const paragraph = (text: string): string =>
  `<p>${text.replace(/[&<>"]/g, (sign) => escaped[sign] ?? sign).replaceAll('\n', '<br>')}</p>`;

/** Plain text as paragraphs. */
export const asHtml = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map(paragraph)
    .join('');

const numbered = (choices: readonly QuickReply[]): string =>
  choices.map(({ title }, at) => `${at + 1}. ${title}`).join('\n');

/** One piece of a letter; `last` ones stand at its end, whenever they were said. */
export interface Piece extends Words {
  last: boolean;
  /** It opens the letter, and is none by itself. */
  lead: boolean;
}

/** Everything that one decision says, as one letter: in order, choices as a numbered list under the words that offer them. */
export function joinLetter(pieces: readonly Piece[]): Words {
  const ordered = [...pieces.filter((one) => !one.last), ...pieces.filter((one) => one.last)];
  const whole = ordered.map((piece) => {
    const choices = numbered(choicesOf(piece.quickReplies));
    const text = choices ? `${piece.text}\n\n${choices}` : piece.text;
    return { text, html: piece.html && !choices ? piece.html : asHtml(text) };
  });
  const [first] = ordered;
  return {
    text: whole.map(({ text }) => text).join('\n\n'),
    html: ordered.some(({ html }) => html) ? whole.map(({ html }) => html).join('') : null,
    quickReplies: ordered.flatMap(({ quickReplies }) => choicesOf(quickReplies)),
    template:
      ordered.length === 1 ? (first?.template ?? null) : (ordered.findLast((one) => !one.last)?.template ?? null),
    attachments: ordered.flatMap(({ attachments }) => attachments ?? []),
  };
}

const replySubject = (subject: string, otherwise: string): string => {
  const own = subject.trim();
  if (own === '') return otherwise;
  return /^\s*(re|رد)\s*:/iu.test(own.replace(/\p{Cf}/gu, '')) ? own : `Re: ${own}`;
};

/** An external id as others know it: what was added to tell two of one id apart is ours alone. */
const knownId = (externalId: string): string => externalId.replace(/#[0-9a-f]{12}$/, '');

/** What our letter has besides its words: an answer to a message under its subject, or a letter of its own. */
export function letterTo(answered: Message | null, otherwise: string): MessageLetter {
  const own = { from: null, to: [], cc: [], newText: null, problem: null, isReply: answered !== null };
  if (!answered) return { ...own, subject: otherwise, inReplyTo: null, references: [] };
  const id = knownId(answered.externalId);
  const before = answered.letter?.references ?? [];
  return {
    ...own,
    subject: replySubject(answered.letter?.subject ?? '', otherwise),
    inReplyTo: id,
    references: [...before.filter((one) => one !== id), id],
  };
}
