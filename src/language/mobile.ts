import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';

/** Whether a number (E.164 with its plus) is a mobile one, or may be one where a country does not tell them apart. */
export const isMobile = (number: string): boolean => parsePhoneNumberFromString(number)?.isValid() ?? false;
