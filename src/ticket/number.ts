import { asciiDigits } from '../language/digits.ts';

/** Damm's quasigroup of order 10 (H. M. Damm, 2004): weakly totally anti-symmetric, with zeros on the diagonal. */
const quasigroup = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/** The check digit of a row of digits; 0 for a row that ends with its own check digit. */
const checkDigit = (digits: string): number =>
  [...digits].reduce((interim, digit) => quasigroup[interim]?.[Number(digit)] ?? 0, 0);

/** Two digits of the year, a counter of five digits or more without further zeros in front, and the check digit. */
const shape = /^(\d\d)(\d{5}|[1-9]\d{5,})(\d)$/;

/**
 * The number of the `counter`-th ticket (from 1) of a year: digits only, so that it is easily said, typed and read in
 * both directions. A wrong digit or two neighbours swapped never give another ticket's number.
 */
export function ticketNumber(year: number, counter: number): string {
  const digits = String(year % 100).padStart(2, '0') + String(counter).padStart(5, '0');
  return digits + checkDigit(digits);
}

/** Whether the text is a ticket number as `ticketNumber` writes it: ASCII digits, nothing around them. */
export const isTicketNumber = (text: string): boolean => {
  const counter = shape.exec(text)?.[2];
  return counter !== undefined && Number(counter) > 0 && checkDigit(text) === 0;
};

/** Year, counter and check digit apart, for reading aloud: "26000427" → ["26", "00042", "7"]; else the text as one group. */
export const spokenGroups = (number: string): string[] => shape.exec(number)?.slice(1) ?? [number];

const invisible = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A row of digit groups with the signs that people write between groups: spaces, hyphens, dots, slashes. */
const chain = /(#\s?|\+)?(\d+(?:[ \t\u00a0\u202f\u2010-\u2014./-]{1,3}\d+)*)/g;

interface Group {
  digits: string;
  /** What stands between this group and the one before it. */
  between: string;
}

const groupsOf = (text: string): Group[] =>
  [...text.matchAll(/(\D*)(\d+)/g)].map(([, between = '', digits = '']) => ({ digits, between }));

/** A number of ten digits and more may be a phone or a national ID, so it counts only when marked or set in its groups. */
const plainLengths = [8, 9];

/** Groups that part a number where it is read apart: 26 00042 7, 26 000427, 2600042 7. */
function isPartedWell(sizes: readonly number[], length: number): boolean {
  if (sizes.length === 3) return sizes[0] === 2 && sizes[2] === 1;
  return sizes.length === 2 && plainLengths.includes(length) && (sizes[0] === 2 || sizes[1] === 1);
}

/** Groups of one size with one sign between them, as digits are dictated: 2600-0427, 2 6 0 0 0 4 2 7. */
const isPartedEvenly = (groups: readonly Group[]): boolean =>
  groups.every(({ digits, between }, index) => {
    return digits.length === groups[0]?.digits.length && (index === 0 || between === groups[1]?.between);
  });

/** How the groups stand in their chain: marked with "#", or filling the chain from end to end. */
interface Standing {
  marked: boolean;
  alone: boolean;
}

function numberIn(groups: readonly Group[], { marked, alone }: Standing): string | null {
  const digits = groups.map((group) => group.digits).join('');
  if (!isTicketNumber(digits)) return null;
  const sizes = groups.map((group) => group.digits.length);
  const plain = plainLengths.includes(digits.length);
  if (sizes.length === 1) return plain || marked ? digits : null;
  if (isPartedWell(sizes, digits.length)) return digits;
  return alone && plain && isPartedEvenly(groups) ? digits : null;
}

/** Numbers of groups to try, the clearest first: a number that ends in 0 is also one without its last digit. */
const partings = [3, 2, 1];
const mostGroups = 9;

/** The number that begins with group `at`, and after how many groups it ends. */
function readNumber(groups: readonly Group[], at: number, marked: boolean): { number: string; size: number } | null {
  const whole = at === 0 && groups.length > 3 && groups.length <= mostGroups ? [groups.length] : [];
  for (const size of [...partings, ...whole]) {
    const standing = { marked: marked && at === 0, alone: size === groups.length };
    const number = at + size <= groups.length ? numberIn(groups.slice(at, at + size), standing) : null;
    if (number !== null) return { number, size };
  }
  return null;
}

/** Groups at the front that are a country code with what follows it: +966 50…, 00966 50…. */
function phoneGroups(groups: readonly Group[], sign: string): number {
  const first = groups[0]?.digits ?? '';
  if (sign === '+') return first.length <= 4 ? 2 : 1;
  return first.startsWith('00') && first.length <= 6 ? 2 : 0;
}

function numbersInChain(sign: string, text: string): string[] {
  const groups = groupsOf(text);
  const found: string[] = [];
  for (let at = phoneGroups(groups, sign); at < groups.length; at += 1) {
    const read = readNumber(groups, at, sign.startsWith('#'));
    if (read === null) continue;
    found.push(read.number);
    at += read.size - 1;
  }
  return found;
}

/**
 * Ticket numbers in what a person wrote, in order, each once, as `ticketNumber` writes them. Understands Arabic-Indic
 * and Persian digits, "#", and spaces, hyphens, dots or slashes between groups; looks past invisible direction marks.
 * Finds nothing inside a longer run of digits (phone, national ID), in a date, or where the check digit is wrong.
 */
export function findTicketNumbers(text: string): string[] {
  const plain = asciiDigits(text.replace(invisible, ''));
  const found = [...plain.matchAll(chain)].flatMap(([, sign = '', digits = '']) => numbersInChain(sign, digits));
  return [...new Set(found)];
}
