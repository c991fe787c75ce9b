import { createHash } from 'node:crypto';
import twitter from 'twitter-text';

export interface UrlEntity {
  start: number;
  end: number;
  url: string;
  expanded_url: string;
  display_url: string;
  media_key?: string;
}

/** What stands in a text, in code points: the object `entities` of a post. */
export interface Entities {
  mentions?: { start: number; end: number; username: string; id?: string }[];
  hashtags?: { start: number; end: number; tag: string }[];
  urls?: UrlEntity[];
}

/** A text as the API gives it. */
export interface Written {
  text: string;
  entities: Entities | null;
  /** Where what was typed begins and ends: the mentions that a reply carries by itself stand before. */
  range: [number, number];
}

const mostWeight = 280;
const codePoints = (text: string): number => [...text].length;

/** The weight of a text by X's own rules; 280 are allowed. */
export const weightOf = (text: string): number => twitter.parseTweet(text).weightedLength;

export const isTooLong = (text: string): boolean => weightOf(text) > mostWeight;

/** Whether X bills a post as one with a link. */
export const hasUrl = (text: string): boolean => twitter.extractUrls(text).length > 0;

/** The handles named in a text, in small letters. */
export const handlesIn = (text: string): string[] => twitter.extractMentions(text).map((name) => name.toLowerCase());

/** The same short address for the same target. */
export const shortened = (target: string): string =>
  `https://t.co/${createHash('sha1').update(target).digest('base64').replace(/[+/=]/g, '').slice(0, 10)}`;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const withScheme = (url: string): string => (/^https?:\/\//i.test(url) ? url : `http://${url}`);

/** The text with short addresses for long ones, and where each stands. X gives `&`, `<` and `>` as HTML has them. */
const shorten = (typed: string): { text: string; urls: UrlEntity[] } => {
  let text = '';
  let from = 0;
  const urls: UrlEntity[] = [];
  for (const { url, indices } of twitter.extractUrlsWithIndices(typed)) {
    text += escaped(typed.slice(from, indices[0]));
    const short = shortened(url);
    const start = codePoints(text);
    urls.push({
      start,
      end: start + short.length,
      url: short,
      expanded_url: withScheme(url),
      display_url: url.replace(/^https?:\/\/(www\.)?/i, '').slice(0, 30),
    });
    text += short;
    from = indices[1];
  }
  return { text: text + escaped(typed.slice(from)), urls };
};

const entitiesOf = (text: string, urls: UrlEntity[], idOf: (handle: string) => string | undefined): Entities | null => {
  const at = ([start, end]: readonly [number, number]) => ({
    start: codePoints(text.slice(0, start)),
    end: codePoints(text.slice(0, end)),
  });
  const mentions = twitter.extractMentionsWithIndices(text).map(({ screenName, indices }) => {
    const id = idOf(screenName);
    return { ...at(indices), username: screenName, ...(id === undefined ? {} : { id }) };
  });
  const hashtags = twitter
    .extractHashtagsWithIndices(text)
    .map(({ hashtag, indices }) => ({ ...at(indices), tag: hashtag }));
  if (mentions.length + hashtags.length + urls.length === 0) return null;
  return {
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(hashtags.length > 0 ? { hashtags } : {}),
    ...(urls.length > 0 ? { urls } : {}),
  };
};

export interface Typed {
  typed: string;
  /** Mentions that stand before what was typed: those of a reply. */
  before?: string;
  /** Links to media, which stand after it. */
  after?: readonly { target: string; mediaKey?: string }[];
  idOf(handle: string): string | undefined;
}

/** What is typed as the API gives it: short addresses, HTML entities, the links of media at its end. */
export function write({ typed, before = '', after = [], idOf }: Typed): Written {
  const { text: body, urls } = shorten(before + typed);
  let text = body;
  const last = codePoints(text);
  for (const { target, mediaKey } of after) {
    const short = shortened(target);
    const start = codePoints(text) + (text === '' ? 0 : 1);
    text += text === '' ? short : ` ${short}`;
    urls.push({
      start,
      end: start + short.length,
      url: short,
      expanded_url: target,
      display_url: target.replace('https://x.com', 'pic.x.com').slice(0, 24),
      ...(mediaKey === undefined ? {} : { media_key: mediaKey }),
    });
  }
  return { text, entities: entitiesOf(text, urls, idOf), range: [codePoints(before), last] };
}

/**
 * The beginning of a long post, as `text` has it; the whole stands in `note_tweet`. That it ends with an ellipsis and a link
 * is assumed from posts seen in public code: the document says only that `text` is cut.
 */
export function beginningOf(typed: string): string {
  let beginning = '';
  for (const character of typed) {
    if (weightOf(`${beginning}${character}`) > mostWeight - 2) break;
    beginning += character;
    if (codePoints(beginning) >= mostWeight - 2) break;
  }
  return `${beginning}…`;
}

const moved = <One extends { start: number; end: number }>(list: readonly One[] | undefined, by: number): One[] =>
  (list ?? []).map((one) => ({ ...one, start: one.start + by, end: one.end + by }));

/** What a repost says: the author's handle, and the words as they stand. */
export function repostOf(
  written: Pick<Written, 'text' | 'entities'>,
  author: { id: string; username: string },
): Written {
  const text = `RT @${author.username}: ${written.text}`;
  const by = codePoints(text) - codePoints(written.text);
  const { mentions, hashtags, urls } = written.entities ?? {};
  const handle = { start: 3, end: 4 + author.username.length, username: author.username, id: author.id };
  return {
    text,
    entities: {
      mentions: [handle, ...moved(mentions, by)],
      ...(hashtags ? { hashtags: moved(hashtags, by) } : {}),
      ...(urls ? { urls: moved(urls, by) } : {}),
    },
    range: [0, codePoints(text)],
  };
}
