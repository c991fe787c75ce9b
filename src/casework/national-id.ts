/** A digit counted twice, its own digits added, as the Luhn sum asks. */
const doubled = (digit: number): number => (digit > 4 ? 2 * digit - 9 : 2 * digit);

/**
 * Whether ten ASCII digits are a Saudi national ID (beginning with 1) or residence permit (2): the last digit makes the
 * Luhn sum (ISO/IEC 7812-1) a multiple of ten.
 */
export const isNationalId = (digits: string): boolean =>
  /^[12]\d{9}$/.test(digits) &&
  [...digits].reduce((sum, digit, at) => sum + (at % 2 === 0 ? doubled(Number(digit)) : Number(digit)), 0) % 10 === 0;
