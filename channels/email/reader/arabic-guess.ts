import iconv from 'iconv-lite';

const arabicLetter = /[\u0621-\u063a\u0641-\u064a]/g;
const arabicWord = /[\u0621-\u063a\u0641-\u064a]{2,}/g;
const article = /(?:^|[^\u0621-\u064a])[وفبلك]?ال[\u0621-\u064a]{2}/g;
/** What a wrong guess leaves: unknown bytes, C1 controls, European letters glued to Arabic ones, marks in odd places. */
const strange =
  /[\ufffd\u0080-\u009f]|[\u0621-\u064a][\u00c0-\u00ff\u0152\u0153\u0192\u2018-\u203a]|[\u00c0-\u00ff\u0152\u0153\u0192][\u0621-\u064a]|\u00d7|[A-Za-z][\u0621-\u064a]|[\u0621-\u064a][A-Za-z]|[\u064b-\u0652]{2}|[\u064c\u064d][\u0621-\u064a]|[ةى][\u0621-\u063a\u0641-\u064a]/g;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** How much a text looks like Arabic that a person wrote; at or below zero it does not. */
export function arabicScore(text: string): number {
  const sample = text.length > 20_000 ? text.slice(0, 20_000) : text;
  const words = count(sample, arabicWord);
  if (words === 0) return 0;
  return count(sample, arabicLetter) + 3 * count(sample, article) - 5 * count(sample, strange);
}

const candidates = ['windows-1256', 'iso-8859-6'] as const;

/** True where most of the bytes above ASCII stand in runs, as letters of a script that has no ASCII letters do. */
function inRuns(bytes: Uint8Array): boolean {
  let [high, beside, before] = [0, 0, 0];
  const end = Math.min(bytes.length, 20_000);
  for (let i = 0; i < end; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte >= 0x80) {
      high += 1;
      if (before >= 0x80) beside += 1;
    }
    before = byte;
  }
  return high > 1 && beside / high >= 0.5;
}

/** A single-byte charset under which the bytes make sense as Arabic, and the words that they make; null for none. */
interface Guess {
  charset: string;
  text: string;
}

function guess(bytes: Uint8Array, labelled: string | null): Guess | null {
  if (!inRuns(bytes)) return null;
  const order = labelled === 'iso-8859-6' ? [...candidates].reverse() : candidates;
  let best: (Guess & { score: number }) | null = null;
  for (const charset of order) {
    const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), charset);
    const score = arabicScore(text);
    if (score > 0 && (!best || score > best.score)) best = { charset, text, score };
  }
  return best;
}

/**
 * Reads bytes as Arabic in a single-byte charset, where that makes sense; null where it does not. `labelled` wins
 * where both charsets make the same sense of the bytes.
 */
export const readAsArabic = (bytes: Uint8Array, labelled: string | null): string | null =>
  guess(bytes, labelled)?.text ?? null;

/** The single-byte charset of Arabic bytes; a name of four letters alone does not always tell, a whole head does. */
export const arabicCharset = (bytes: Uint8Array, labelled: string | null = null): string | null =>
  guess(bytes, labelled)?.charset ?? null;
