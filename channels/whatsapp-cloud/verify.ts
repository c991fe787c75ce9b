import { createHmac } from 'node:crypto';
import { isSame } from '../../src/channel/same.ts';

/** Whether `X-Hub-Signature-256` was made over these bytes with the secret of the app. */
export function isSigned(raw: Buffer, header: string | string[] | undefined, appSecret: string): boolean {
  if (typeof header !== 'string' || !/^sha256=[0-9a-f]{64}$/i.test(header)) return false;
  return isSame(header.toLowerCase(), `sha256=${createHmac('sha256', appSecret).update(raw).digest('hex')}`);
}

/** What is answered when Meta asks whether the webhook is ours: its own word back, or null where the token is another. */
export function answerChallenge(query: URLSearchParams, verifyToken: string): string | null {
  const challenge = query.get('hub.challenge');
  const isAsked = query.get('hub.mode') === 'subscribe' && isSame(query.get('hub.verify_token') ?? '', verifyToken);
  return isAsked && challenge !== null && challenge.length <= 1000 ? challenge : null;
}
