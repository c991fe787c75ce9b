import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js/max';
import type { Refusal } from './model.ts';

const landlines = new Set(['FIXED_LINE', 'TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST', 'UAN']);

/** What is wrong with a number of digits with its country code; null where a text message may reach it. */
export function numberFault(digits: string): Refusal | null {
  const length = validatePhoneNumberLength(`+${digits}`);
  if (length === 'TOO_LONG') return 'too-long';
  if (length === 'TOO_SHORT') return 'too-short';
  const number = length === undefined ? parsePhoneNumberFromString(`+${digits}`) : undefined;
  if (!number?.isValid()) return 'number';
  return landlines.has(number.getType() ?? '') ? 'route' : null;
}

/** Where a number is at home, in two letters; empty where nobody knows. */
export const countryOf = (digits: string): string => parsePhoneNumberFromString(`+${digits}`)?.country ?? '';
