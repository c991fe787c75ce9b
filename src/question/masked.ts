const link = /(?:https?:\/\/|www\.)[^\s<>"'()،؛]+/giu;
/** Phones, ids, accounts: six digits or more in any script, also where signs stand between them. */
const number = /\+?\p{Nd}(?:[^\S\n]?[-–.,/()_٫٬]{0,2}[^\S\n]?\p{Nd}){5,}/gu;

const mostLetters = 500;
/** What stands behind so much is cut off anyhow. */
const mostRead = 10_000;

/** Mail addresses of any script, and names of accounts. */
const withoutAddresses = (text: string): string =>
  text
    .split(/(\s+)/)
    .map((part) => (/[@＠]/.test(part) ? '…' : part))
    .join('');

const withoutPersonal = (text: string): string =>
  withoutAddresses(
    text
      .toWellFormed()
      .replace(/\p{Cf}/gu, '')
      .replace(link, '…'),
  ).replace(number, '…');

/**
 * A text as it may be kept to learn from: without mail addresses, names of accounts, links (they may hold a token) and any
 * run of six digits or more, each of which becomes "…"; at most 500 letters. Idempotent.
 */
export const masked = (text: string): string =>
  withoutPersonal(text.slice(0, mostRead))
    .trim()
    .slice(0, mostLetters)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
