import type { Capabilities } from '../channel/capabilities.ts';
import type { Channel } from '../channel/channel.ts';
import type { QuickReply } from '../channel/outbound.ts';
import { tokens } from '../language/fold.ts';

const breaks = ['\n\n', '\n', '. ', '؟ ', '! ', '، ', ', ', ' '];

/** The best place to cut at or before `max`: after a paragraph, a line, a sentence, a word; never inside a character. */
const cutAt = (text: string, max: number): number => {
  for (const mark of breaks) {
    const at = text.lastIndexOf(mark, max - mark.length);
    if (at > max / 3) return at + mark.length;
  }
  const code = text.charCodeAt(max - 1);
  return code >= 0xd800 && code <= 0xdbff && max > 1 ? max - 1 : max;
};

/** How long a text is, as a medium counts it. */
export type Measure = (text: string) => number;

const utf16: Measure = ({ length }) => length;

/** How the medium of a channel counts; without a count of its own in UTF-16 units. */
export const measureOf = ({ measure }: Pick<Channel, 'measure'>): Measure => measure ?? utf16;

/** How many UTF-16 units from the beginning come to at most `max`; at least one character. */
function roomFor(text: string, max: number, measure: Measure): number {
  let [fits, over] = [1, text.length + 1];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (measure(text.slice(0, middle)) <= max) fits = middle;
    else over = middle;
  }
  return fits;
}

/**
 * Splits a text into parts of at most `max` by the given measure (UTF-16 units without one), at natural places. Joined again
 * it is the same text but for blanks at the cuts.
 */
export function split(text: string, max: number, measure: Measure = utf16): string[] {
  const parts: string[] = [];
  let rest = text;
  while (measure(rest) > max) {
    const at = cutAt(rest, measure === utf16 ? max : roomFor(rest, max, measure));
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  const full = [...parts, rest].filter((part) => part !== '');
  return full.length > 0 ? full : [''];
}

/** Choices as numbered lines, for a medium without buttons; what is typed back is understood by number or title. */
const numbered = (quickReplies: readonly QuickReply[]): string =>
  quickReplies.map((one, at) => `${at + 1}. ${one.title}`).join('\n');

export interface Fitted {
  parts: string[];
  quickReplies: QuickReply[];
}

/**
 * Whether the medium has buttons of its own for all these choices: not too many, each whole, no two alike (a provider
 * refuses the message otherwise).
 */
export function hasButtonsFor(
  quickReplies: readonly QuickReply[],
  { quickReplies: support }: Pick<Capabilities, 'quickReplies'>,
): boolean {
  if (support.as !== 'native' || quickReplies.length > support.max) return false;
  const titles = quickReplies.map(({ title }) => title.trim());
  const fits = titles.every((title) => title !== '' && title.length <= support.titleLength);
  return fits && new Set(titles).size === titles.length;
}

/** A message as the medium can carry it: split by length, choices as its own buttons or as numbered lines. */
export function fitTo(
  text: string,
  quickReplies: readonly QuickReply[],
  capabilities: Capabilities,
  measure?: Measure,
): Fitted {
  const native = hasButtonsFor(quickReplies, capabilities);
  const listed = !native && capabilities.quickReplies.as !== 'none' && quickReplies.length > 0;
  const whole = listed ? `${text}\n\n${numbered(quickReplies)}` : text;
  return { parts: split(whole, capabilities.text.maxLength, measure), quickReplies: native ? [...quickReplies] : [] };
}

const plain = (text: string): string => text.trim().toLowerCase();

/** What may stand beside a choice; any other word tells something else: "12 seats". */
const beside = new Set(
  'رقم الرقم خيار الخيار موضوع الموضوع لو سمحت سمحتم من فضلك فضلكم شكرا number option the please thanks'.split(' '),
);
const ordinals = [
  ['الاول', 'الاولي', 'اول', 'واحد', 'first', 'one'],
  ['الثاني', 'الثانيه', 'ثاني', 'اثنين', 'second', 'two'],
  ['الثالث', 'الثالثه', 'ثالث', 'ثلاثه', 'third', 'three'],
  ['الرابع', 'الرابعه', 'رابع', 'اربعه', 'fourth', 'four'],
];

const placeOf = (word: string): number =>
  /^\d{1,2}$/.test(word) ? Number(word) : ordinals.findIndex((names) => names.includes(word)) + 1;

/** The offered choice that typed words mean: its title, its number, or "the first one, please". */
export function typedChoice(offered: readonly QuickReply[], text: string): string | null {
  const typed = plain(text);
  const byTitle = offered.find((one) => plain(one.title) === typed);
  if (byTitle) return byTitle.id;
  const words = tokens(text);
  const chosen = words.filter((word) => !beside.has(word));
  const number = chosen.length === 1 && !/^[-−]/.test(typed) ? placeOf(chosen[0] ?? '') : 0;
  return offered[number - 1]?.id ?? null;
}
