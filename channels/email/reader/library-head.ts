import { z } from 'zod';
import type { MailAddress } from '../mail.ts';
import { cleanLine } from './clean-text.ts';
import { fieldsOf, type HeadField } from './head.ts';
import type { LibraryMail } from './library.ts';
import { isProper } from './words.ts';

/** The head of a mail as it stands, and as the library reads it where it could. */
export interface HeadSource {
  fields: readonly HeadField[];
  library: LibraryMail['headers'] | null;
}

const one = z.object({ address: z.string().optional(), name: z.string() });
const addressList = z.object({ value: z.array(one) });

/** The one value of a field that stands once; null where the library's word is not to be taken. */
const only = (source: HeadSource, name: string): string | null => {
  const values = fieldsOf(source, name);
  return source.library !== null && values.length === 1 ? (values[0] ?? null) : null;
};

const mailbox =
  /\s*(?:(?:"(?:[^"\\\r\n]|\\["\\])*"|[^"<>@,;:()\\']*)\s?<[\w.!#$%&*+/=?^`{|}~-]+@[\w.-]*\w>|[\w.!#$%&*+/=?^`{|}~-]+@[\w.-]*\w)\s*(?:,|$)/y;

/** Whether a value is a plain list of addresses, name before address, as RFC 5322 writes it today. */
function isPlainList(value: string): boolean {
  mailbox.lastIndex = 0;
  let at = 0;
  while (at < value.length && mailbox.test(value)) at = mailbox.lastIndex;
  return value !== '' && at >= value.length && !value.endsWith(',') && !/@xn--|\.xn--/i.test(value);
}

/** The addresses that the library finds in a field; null where the field is not as it should be. */
export function libraryAddresses(source: HeadSource, name: string): MailAddress[] | null {
  const value = only(source, name);
  if (value === null || !isProper(value) || !isPlainList(value)) return null;
  const found = addressList.safeParse([source.library?.get(name)].flat()[0]);
  if (!found.success || found.data.value.some(({ address }) => !address)) return null;
  return found.data.value.map(({ address = '', name: words }) => ({
    address: address.toLowerCase(),
    name: cleanLine(words),
  }));
}

/** The words of a field as the library decodes them; null where it is not properly encoded. */
export function libraryWords(source: HeadSource, name: string): string | null {
  const value = only(source, name);
  const found = source.library?.get(name);
  return value !== null && typeof found === 'string' && isProper(value) ? cleanLine(found) : null;
}

const usualDate =
  /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? [+-]\d{4}(?: \([\w ]{1,40}\))?$/;

/** The moment of the Date field, where it is written as RFC 5322 wants it. */
export function libraryDate(source: HeadSource): number | null {
  const found = source.library?.get('date');
  return usualDate.test(only(source, 'date') ?? '') && found instanceof Date ? found.getTime() : null;
}

const idList = /^(?:<[^<>\s@]{1,400}@[^<>\s@]{1,400}>\s*)+$/;
const idText = z.union([z.string().transform((id) => [id]), z.array(z.string())]);

/** The ids of a field that holds nothing else, in order. */
export function libraryIds(source: HeadSource, name: string): string[] | null {
  const value = only(source, name);
  if (value === null || value.length > 32_768 || !idList.test(value) || !isProper(value)) return null;
  const found = idText.safeParse(source.library?.get(name));
  return found.success ? found.data.flatMap((ids) => ids.split(/\s+/)).filter((id) => id !== '') : null;
}
