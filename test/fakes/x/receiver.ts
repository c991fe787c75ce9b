import { type Receiver as AnyReceiver, headerOf, openReceiver } from '../receiver.ts';
import { signatureOf } from './webhooks.ts';

/** A post as it arrived at a webhook. */
export interface ReceivedPost {
  raw: Buffer;
  body: Record<string, unknown>;
  signature: string | null;
}

/** A webhook that meets challenges besides. */
export interface Receiver extends AnyReceiver<ReceivedPost> {
  /** With another secret it fails challenges. */
  setSecret(secret: string): void;
}

export async function createReceiver(secret: string): Promise<Receiver> {
  let known = secret;
  const receiver = await openReceiver<ReceivedPost>({
    path: '/webhooks/x',
    meet: (query) => JSON.stringify({ response_token: signatureOf(known, query.get('crc_token') ?? '') }),
    noted: (request, raw) => ({
      raw,
      body: JSON.parse(raw.toString()),
      signature: headerOf(request, 'x-twitter-webhooks-signature'),
    }),
  });
  return {
    ...receiver,
    setSecret(to) {
      known = to;
    },
  };
}
