import { createHash } from 'node:crypto';
import type { Head } from './head.ts';

/** What its writer wrote into the head; servers on the way add other fields, and change none of these. */
const written = [
  'from',
  'to',
  'cc',
  'sender',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
];

/** Line ends as one sign; those at the end of the mail, which servers add and take away, left out. */
function plainLines(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let [at, length] = [0, 0];
  while (at < body.length) {
    const found = body.indexOf('\r\n', at, 'latin1');
    const end = found === -1 ? body.length : found;
    length += body.copy(out, length, at, end);
    at = found === -1 ? end : found + 1;
  }
  while (length > 0 && out[length - 1] === 10) length -= 1;
  return out.subarray(0, length);
}

/**
 * SHA-256 (hex) over what the writer gave: the body byte by byte the fields above, folding aside, and what stands among
 * them. The same for one mail whatever way it came, another for any other mail.
 */
export function digestOf({ fields, stray }: Pick<Head, 'fields' | 'stray'>, body: Buffer): string {
  const hash = createHash('sha256');
  for (const name of written)
    for (const field of fields.filter((one) => one.name === name))
      hash.update(`${name}:${field.value.replace(/\s+/g, ' ').trim()}\n`, 'latin1');
  for (const line of stray) hash.update(`\n${line.trim()}`, 'latin1');
  return hash.update('\n').update(plainLines(body)).digest('hex');
}
