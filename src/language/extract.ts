import { findPhoneNumbersInText } from 'libphonenumber-js';
import { asciiDigits } from './digits.ts';

/** Something recognised in a text and where it stands: `end` is exclusive. */
export interface Found {
  value: string;
  start: number;
  end: number;
}

const invisible = /[\u200e\u200f\u061c\u2066-\u2069]/g;
const blank = (text: string): string => text.replace(invisible, ' ');

/** Phone numbers as E.164 ("+9665…"), Saudi Arabia where no country is written; Arabic-Indic digits are read. */
export const findPhones = (text: string): Found[] =>
  findPhoneNumbersInText(blank(asciiDigits(text)), 'SA')
    .filter((phone) => phone.number.isValid())
    .map((phone) => ({ value: phone.number.number, start: phone.startsAt, end: phone.endsAt }));

const matches = (text: string, pattern: RegExp): Found[] =>
  [...text.matchAll(pattern)].map((match) => ({
    value: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));

const emailPattern = /[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}/gi;

/** Mail addresses, in small letters. */
export const findEmails = (text: string): Found[] =>
  matches(blank(text), emailPattern).map((found) => ({ ...found, value: found.value.toLowerCase() }));

const urlPattern = /(?:https?:\/\/|www\.)[^\s<>"'()،؛]{3,2000}/gi;

/** Web addresses as written, without the punctuation that ends the sentence. */
export const findUrls = (text: string): Found[] =>
  matches(blank(text), urlPattern).map((found) => {
    const value = found.value.replace(/[.,;:!?؟،؛]+$/, '');
    return { value, start: found.start, end: found.start + value.length };
  });
