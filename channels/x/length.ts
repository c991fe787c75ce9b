import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let loaded: typeof import('twitter-text') | null = null;

/** X's own rules of counting. They take 25 MB, so they are loaded where the first post is counted, which nobody can await. */
function rules(): typeof import('twitter-text') {
  loaded ??= require('twitter-text') as typeof import('twitter-text');
  return loaded;
}

/**
 * How long a text is as X counts it: Arabic and Latin letters 1, emoji, presentation forms and CJK 2, any link 23, in NFC
 * (page "Counting characters" of X). The mentions with which X begins a reply count nothing and are not part of the text:
 * X puts them there itself.
 */
export const measure = (text: string): number => rules().parseTweet(text).weightedLength;

/** Whether X takes something in the text for a link, also without https:// before it; each such post costs far more. */
export const hasLink = (text: string): boolean => rules().extractUrls(text).length > 0;

/** The text without what X takes for links. */
export const withoutLinks = (text: string): string =>
  rules()
    .extractUrlsWithIndices(text)
    .toReversed()
    .reduce((rest, { indices: [from, to] }) => rest.slice(0, from) + rest.slice(to), text);
