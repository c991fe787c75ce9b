import type { AnyCollection, Document } from '../port.ts';

const hex = (letter: string): string => `_${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;

/**
 * A term as one token of the search index, whose tokenizer would fold capitals and split at signs: letter by letter,
 * so that what begins a word still begins its token.
 */
const toToken = (word: string): string => word.replace(/[^a-z0-9\u{80}-\u{10ffff}]/gu, hex);

/** The terms of a document as the search index takes them; empty where it has none. */
export const indexText = (from: AnyCollection, document: Document): string =>
  [...new Set(from.terms?.(document))].map(toToken).join(' ');

/** The search that finds documents with, for every word, a term that begins with it. */
export const matchText = (words: readonly string[]): string => words.map((word) => `"${toToken(word)}"*`).join(' AND ');
