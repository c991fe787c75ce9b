/** Links, also without what they begin with where a path stands behind the name. */
const link = /(?:https?:\/\/|www\.)[^\s<>"'()،؛]+|\b(?:[a-z\d-]+\.)+[a-z]{2,}\/[^\s<>"'()،؛]*/giu;
/** Phones, ids, accounts: six digits or more of any kind, whatever signs (no letters) stand between them. */
const number = /\+?[\p{Nd}\p{No}](?:[^\p{L}\p{N}]{0,12}[\p{Nd}\p{No}]){5,}/gu;
/** What draws digits out, or makes keys of them. */
const drawn = /(?<=\p{Nd})(?:\u0640|\ufe0f|\u20e3)+/gu;
/** Addresses that are spelt out: "ali (at) example.com". */
const speltOut = /[^\s]+\s?[([{]\s?at\s?[)\]}]\s?[^\s]+/giu;

const mostLetters = 500;
/** What stands behind so much is cut off anyhow. */
const mostRead = 10_000;

/** Mail addresses of any script, and names of accounts. */
const withoutAddresses = (text: string): string =>
  text
    .split(/(\s+)/)
    .map((part) => (/[@＠]/.test(part) ? '…' : part))
    .join('');

/** A text without mail addresses, names of accounts, links and any run of six digits or more. Idempotent. */
export const withoutPersonal = (text: string): string =>
  withoutAddresses(
    text
      .toWellFormed()
      .replace(/\p{Cf}/gu, '')
      .replace(drawn, '')
      .replace(speltOut, '…')
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
