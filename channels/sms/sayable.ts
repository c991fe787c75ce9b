import { segments } from '../../src/channel/segments.ts';

/** Typographic signs that alone would make a Latin text two and a half times as dear. */
const plainer: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
};
const typographic = new RegExp(`[${Object.keys(plainer).join('')}]`, 'g');

/** Marks of direction and joining, which a text without Arabic does not need. */
const marks = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * The text as it is sent: without characters that steer machines and without half characters; and where all that keeps it
 * out of the GSM alphabet is invisible or typographic, in that alphabet.
 */
export function sayable(text: string): string {
  const whole = text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .trim();
  const simple = whole.replace(marks, '').replace(typographic, (sign) => plainer[sign] ?? sign);
  return segments(simple).encoding === 'gsm-7' ? simple : whole;
}
