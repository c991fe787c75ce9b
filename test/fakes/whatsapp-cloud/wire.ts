import { createHmac, randomBytes } from 'node:crypto';

const escaped = (character: string): string =>
  character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON as Meta writes it: whatever is not ASCII as `\uXXXX`, a slash as `\/`. The signature is over these bytes. */
export const toWire = (payload: unknown): Buffer =>
  // only strings hold slashes and letters beyond ASCII, so that the whole text can be gone through
  Buffer.from(JSON.stringify(payload).replace(/[\u0080-\uffff/]/g, escaped), 'latin1');

/** The value of `X-Hub-Signature-256`. */
export const signatureOf = (secret: string, raw: Buffer): string =>
  `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;

let pool = Buffer.alloc(0);

/** Random bytes in bulk: a request to the system for each id would be most of the cost of a webhook. */
const chance = (bytes: number): Buffer => {
  if (pool.length < bytes) pool = randomBytes(16_384);
  const taken = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return taken;
};

/** A message id of the provider's form: the other side's number, the direction and random digits, in base64. */
export function newWamid(number: string, direction: 'in' | 'out'): string {
  const random = chance(9).toString('hex').toUpperCase();
  const head = String.fromCharCode(0x1c, 0x18, number.length);
  const flag = String.fromCharCode(0x15, 0x02, 0x00, direction === 'in' ? 0x12 : 0x11, 0x18, random.length);
  return `wamid.${Buffer.from(`${head}${number}${flag}${random}\0`, 'latin1').toString('base64')}`;
}

/** A trace id of the Graph API's form. */
export const newTraceId = (): string => `A${chance(16).toString('base64url')}`;

/** An id of digits, as media and templates have it. */
export const newNumber = (): string =>
  `${1 + ((chance(1)[0] ?? 0) % 9)}${[...chance(15)].map((byte) => byte % 10).join('')}`;
