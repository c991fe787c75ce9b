import type { Signs } from './attribution.ts';
import { signatureStart } from './cut-signature.ts';
import { type Line, linesOf, textOf } from './lines.ts';
import { type Parted, partQuotes } from './part-quotes.ts';

/** A mail as far as its new words are looked for. */
export interface WrittenMail {
  text: string;
  /** Harmless HTML of the same mail, where there is one: whether it sets quotes apart is a sign. */
  html: string | null;
  isReply: boolean;
}

interface Read {
  words: Line[][];
  signature: Line[];
}

const hasWords = (lines: readonly Line[]): boolean => lines.some((line) => /[\p{L}\p{N}\p{S}\p{P}]/u.test(line.plain));

/** Takes the signature from the end; where the last stretch is nothing else (a footer below the quote), from the one before it too. */
const withoutSignature = (stretches: readonly Line[][]): Read => {
  const words = [...stretches];
  const signature: Line[][] = [];
  while (words.length > 0) {
    const last = words.pop() ?? [];
    const start = signatureStart(last);
    signature.unshift(last.slice(start));
    if (start > 0 && hasWords(last.slice(0, start))) {
      words.push(last.slice(0, start));
      break;
    }
  }
  return { words, signature: signature.flat() };
};

/** The writer says that their answers stand inside what is quoted. */
const pointsInside =
  /(?:see|find|check|read|answers?|comments?|repl(?:y|ies)|respon\w+|notes?)\b.{0,40}\b(?:below|inline|in[- ]line|in (?:red|blue|green|bold|colou?r))|(?:إ|ا)جابات.{0,30}(?:أدناه|ادناه|بالأسفل|بالاسفل)|(?:ردود|ردي|ردنا|الرد|ملاحظات|تعليق|جواب|انظر|فضلا).{0,30}(?:أدناه|ادناه|بالأسفل|بالاسفل|في الأسفل)|باللون|بين الأسطر|بين السطور/i;
const mostPointing = 300;
const mostHandingOn = 6;

const wordCount = (text: string): number => (text.match(/[\p{L}\p{N}]+/gu) ?? []).length;

const signsOf = ({ html, isReply }: WrittenMail): Signs => ({
  isReply,
  setApart: html !== null && /<(?:blockquote|hr)\b/i.test(html),
});

const joined = (stretches: readonly Line[][]): string => stretches.map(textOf).filter(Boolean).join('\n\n');

const newWords = (text: string, { below, handedOn }: Parted, words: string): string => {
  if (words === '') return text;
  if (handedOn && wordCount(words) <= mostHandingOn) return text;
  if (below.length > 0 && words.length <= mostPointing && pointsInside.test(words))
    return `${words}\n\n${textOf(below)}`;
  return words;
};

const read = (mail: WrittenMail): { parted: Parted; read: Read } => {
  const parted = partQuotes(linesOf(mail.text), signsOf(mail));
  return { parted, read: withoutSignature(parted.stretches) };
};

/**
 * The words that the person wrote now: without quotes, the lines that announce them, and the signature. Answers between
 * or below marked quotes stay, in order. In doubt words stay; a mail that is nothing else, or only hands another one on,
 * is given whole. Linear in the length of the text.
 */
export const newText = (mail: WrittenMail): string => {
  const { parted, read: found } = read(mail);
  return newWords(mail.text.trim() === '' ? '' : mail.text, parted, joined(found.words));
};

/** What was taken for the signature: closing, name, office, phone and notices; empty where there is none. */
export const signatureOf = (mail: WrittenMail): string => textOf(read(mail).read.signature);
