import { z } from 'zod';
import { isSame } from '../../../src/channel/same.ts';
import type { WebhookPost } from '../../../src/channel/webhook.ts';
import { jsonOf } from './ask.ts';

/** What stands in a record, by names in small letters without lines between them: `Message_ID` is `messageid`. */
export type Fields = ReadonlyMap<string, string>;

const nameOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** So deep in lists a record may stand; a post comes from anybody. */
const mostDeep = 8;

type Left = 'too-deep' | 'too-many';

/** The records of a post, and why some of it was not looked at (null where all was). */
export interface Records {
  records: Fields[];
  left: Left | null;
}

const fieldsOf = (entries: Iterable<[string, unknown]>): Fields =>
  new Map(
    [...entries].flatMap(([name, value]): [string, string][] => {
      const read = scalar.safeParse(value);
      return read.success && read.data.trim() !== '' ? [[nameOf(name), read.data.trim()]] : [];
    }),
  );

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The records in a body one after another; what stands beside a list of them speaks of the post, not of a message. */
function* recordsOf(body: unknown, depth = 0): Generator<Fields | 'too-deep'> {
  const inner = isRecord(body)
    ? Object.values(body).filter((one) => Array.isArray(one) && one.some(isRecord))
    : Array.isArray(body)
      ? body
      : [];
  if (isRecord(body) && inner.length === 0) yield fieldsOf(Object.entries(body));
  else if (inner.length > 0 && depth >= mostDeep) yield 'too-deep';
  else for (const one of inner) yield* recordsOf(one, depth + 1);
}

function firstRecords(body: unknown, most: number): Records {
  const records: Fields[] = [];
  for (const one of recordsOf(body)) {
    if (one === 'too-deep') return { records, left: one };
    if (records.length === most) return { records, left: 'too-many' };
    records.push(one);
  }
  return { records, left: null };
}

/** The records of a post, JSON or a form, one or several, at most so many; none where it is neither. */
export function recordsIn(raw: string, most: number): Records {
  const text = raw.trim();
  if (/^[[{]/.test(text)) return firstRecords(jsonOf(text), most);
  return { records: text.includes('=') ? [fieldsOf(new URLSearchParams(text))] : [], left: null };
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
