import { findUrls } from './extract.ts';

/** An account's name as people write it in a public post; the @ of a mail address is none. */
const handle = /(?<![\p{L}\p{N}_.%+-])[@＠][A-Za-z0-9_]{1,50}/gu;
const tag = /(?<![\p{L}\p{N}_&])[#＃]([\p{L}\p{N}_]+)/gu;
/** Addresses that are written without a scheme: programs make links of them all the same. */
const bareAddress =
  /(?<![\p{L}\p{N}@._-])(?:[a-z0-9-]+\.)+(?:(?:com|net|org|edu|gov|sa|io|co|me|app|dev|info|ly|gl|shop|store|xyz)(?![\p{L}\p{N}])(?:\/[^\s]*)?|[a-z]{2,24}\/[^\s]*)/giu;

const withoutUrls = (text: string): string =>
  findUrls(text).reduceRight((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text);

const withoutLinks = (text: string): string => withoutUrls(text).replace(bareAddress, ' ');

/** Whether a program would make a link of anything in the text. */
export const hasLink = (text: string): boolean => withoutLinks(text) !== text;

const tidy = (text: string): string =>
  text
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();

/** What a public post says: without names of accounts and links, tags beside words as the words that they are made of. */
export function wordsOfPost(text: string): string {
  const said = withoutLinks(text.replace(handle, ' '));
  if (!/[\p{L}\p{N}]/u.test(said.replace(tag, ' '))) return tidy(said.replace(tag, ' '));
  return tidy(said.replace(tag, (_, word: string) => word.replaceAll('_', ' ')));
}

/** What stands in a post besides its words. */
export interface PostMarks {
  tags: number;
  /** Names of accounts in the midst of it: those at its beginning only tell whom it answers. */
  names: number;
  links: number;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Counts what stands in a post besides its words. */
export function marksOfPost(text: string): PostMarks {
  const body = text.replace(/^(?:\s*[@＠][A-Za-z0-9_]{1,50})+/u, '');
  const links = findUrls(text).length + count(withoutUrls(text), bareAddress);
  return { tags: count(text, tag), names: count(body, handle), links };
}
