/** What words hold that must not be read by everybody. */
export type PersonalData = 'phone' | 'identity' | 'number' | 'email';

const latin = (text: string): string => text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

/** Digits as people write them down: with a plus, and blanks, dashes or dots between them. */
const digits = /(?<![\w.])\+?\d(?:[ \u00a0.()\-‐–]?\d){6,}(?!\w)/g;
const link = /\bhttps?:\/\/\S+/gi;
const date = /^(?:\d{4}[-.]\d{1,2}[-.]\d{1,2}|\d{1,2}[-.]\d{1,2}[-.]\d{4})$/;
const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;

/** Numbers of bodies, free to call or of one price all over the kingdom: nobody's own. */
const isPublicNumber = (number: string): boolean => /^(?:\+?966)?(?:920\d{6}|0?800\d{6,7})$/.test(number);

function kindOf(written: string): PersonalData | null {
  const number = written.replace(/[^\d+]/g, '');
  if (date.test(written) || isPublicNumber(number)) return null;
  if (/^(?:\+|00|05\d{8}$)/.test(number)) return 'phone';
  return /^[12]\d{9}$/.test(number) ? 'identity' : 'number';
}

/** What in a text looks like personal data: phones, identity numbers, other long numbers such as a ticket's, mail addresses. */
export function personalDataIn(text: string): PersonalData[] {
  const words = latin(text).replace(link, ' ');
  const kinds = Array.from(words.matchAll(digits), ([written]) => kindOf(written.trim())).filter((one) => one !== null);
  return [...new Set([...kinds, ...(email.test(words) ? (['email'] as const) : [])])];
}
