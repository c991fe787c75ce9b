import { z } from 'zod';
import { isSame } from '../../../src/channel/same.ts';
import type { WebhookPost } from '../../../src/channel/webhook.ts';
import { jsonOf } from './ask.ts';

/** What stands in a record, by names in small letters without lines between them: `Message_ID` is `messageid`. */
export type Fields = ReadonlyMap<string, string>;

const nameOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const object = z.record(z.string(), z.unknown());

const fieldsOf = (entries: Iterable<[string, unknown]>): Fields =>
  new Map(
    [...entries].flatMap(([name, value]): [string, string][] => {
      const read = scalar.safeParse(value);
      return read.success && read.data.trim() !== '' ? [[nameOf(name), read.data.trim()]] : [];
    }),
  );

/** The lists of records in a body; what stands beside them speaks of the post, not of a message. */
function recordsOf(body: unknown): Fields[] {
  if (Array.isArray(body)) return body.flatMap(recordsOf);
  const read = object.safeParse(body);
  if (!read.success) return [];
  const inner = Object.values(read.data).filter(
    (one) => Array.isArray(one) && one.some((item) => object.safeParse(item).success),
  );
  return inner.length > 0 ? inner.flatMap(recordsOf) : [fieldsOf(Object.entries(read.data))];
}

/** The records of a post, JSON or a form, one or several; none where it is neither. */
export function recordsIn(raw: string): Fields[] {
  const text = raw.trim();
  if (/^[[{]/.test(text)) return recordsOf(jsonOf(text));
  return text.includes('=') ? [fieldsOf(new URLSearchParams(text))] : [];
}

/** The first of these names that is given. */
export const firstOf = (fields: Fields, names: readonly string[]): string | undefined =>
  names.map((name) => fields.get(name)).find((value) => value !== undefined);

/** A number as digits with its country code; undefined where it is written in another way. */
export function digitsOf(number: string | undefined): string | undefined {
  const digits = number?.replace(/[\s()-]/g, '').replace(/^(\+|00)/, '');
  return digits && /^[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
}

/** Whether the address that was posted to has the word in it. */
export function hasToken({ url }: Pick<WebhookPost, 'url'>, token: string): boolean {
  const asked = URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost') : null;
  return isSame(asked?.searchParams.get('token') ?? '', token);
}
