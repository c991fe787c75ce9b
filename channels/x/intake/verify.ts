import { createHmac } from 'node:crypto';
import { isSame } from '../../../src/channel/same.ts';

const signatureOf = (said: string | Buffer, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(said).digest('base64')}`;

/** Whether `x-twitter-webhooks-signature` was made over these bytes with the secret of the app. */
export const isSigned = (raw: Buffer, header: string | string[] | undefined, appSecret: string): boolean =>
  typeof header === 'string' && isSame(header, signatureOf(raw, appSecret));

/**
 * What X is answered when it asks whether the webhook is ours (CRC: when it is set up, then about every hour): its own word,
 * signed. Null where it does not ask that.
 */
export function answerCrc(query: URLSearchParams, appSecret: string): { json: { response_token: string } } | null {
  const token = query.get('crc_token');
  if (!token || token.length > 1000) return null;
  return { json: { response_token: signatureOf(token, appSecret) } };
}
