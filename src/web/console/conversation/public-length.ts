/** How many posts an answer to everybody may be, one under the other. */
export const mostPosts = 4;
const linkLength = 23;
/** What the number of a post of several takes: ` (1/4)`. */
const numberLength = 6;

/** Endings of names that are links also without `https://`; of the others every one of two letters is a country's. */
const ending = '(?:com|net|org|edu|gov|info|app|dev|how|online|site|[a-z]{2})';
const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const path = String.raw`(?:\/[\w\-.~!*';:=+,$\/%#[\]@|&()]*(?:[\w+\-=#\/]|\([\w\-]*\))|\/)?`;
const query = String.raw`(?:\?[\w\-.~!?*'@();:&=+$\/%#[\],|]*[\w\-&=#\/])?`;
const named = `(?:https?:\\/\\/(?:${label}\\.)+[a-z]{2,}|(?:${label}\\.)+${ending})(?![\\w@-])`;
const link = new RegExp(`(?<![\\p{L}\\p{N}@#$_.-])${named}(?::\\d+)?${path}${query}`, 'giu');

const emoji = /\p{Emoji_Presentation}|\ufe0f|\u20e3/u;
const graphemes = new Intl.Segmenter('ar', { granularity: 'grapheme' });

/** Arabic, Latin and the like weigh one, presentation forms, `…`, marks of direction and Chinese two. */
const isLight = (code: number): boolean =>
  code <= 0x10ff ||
  (code >= 0x2000 && code <= 0x200d) ||
  (code >= 0x2010 && code <= 0x201f) ||
  (code >= 0x2032 && code <= 0x2037);

const weigh = (grapheme: string): number =>
  emoji.test(grapheme) ? 2 : [...grapheme].reduce((sum, sign) => sum + (isLight(sign.codePointAt(0) ?? 0) ? 1 : 2), 0);

const weighWords = (words: string): number =>
  Array.from(graphemes.segment(words), ({ segment }) => weigh(segment)).reduce((sum, one) => sum + one, 0);

/**
 * How long X counts a text: every link 23, an emoji 2, wide signs 2, all else 1. What is unlikely to be meant as a link
 * without `https://` may be counted as one; the server has the last word.
 */
export function publicLength(text: string): number {
  const composed = text.normalize('NFC');
  const links = [...composed.matchAll(link)].length;
  return links * linkLength + weighWords(composed.replace(link, ''));
}

/** How many posts of at most `max` a text makes, each with its number; 1 where it fits whole. */
export function postsIn(text: string, max: number): number {
  const whole = text.trim();
  if (publicLength(whole) <= max) return 1;
  const room = max - numberLength;
  let [posts, used] = [1, 0];
  for (const word of whole.split(/\s+/)) {
    const length = publicLength(word);
    if (used > 0 && used + 1 + length > room) [posts, used] = [posts + 1, 0];
    // a word longer than a post goes over several
    posts += Math.ceil(Math.max(length, 1) / room) - 1;
    used += (used > 0 ? 1 : 0) + (((length - 1) % room) + 1);
  }
  return posts;
}
