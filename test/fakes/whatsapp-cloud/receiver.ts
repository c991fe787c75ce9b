import { headerOf, openReceiver, type Receiver } from '../receiver.ts';

/** A post as it arrived at a webhook. */
export interface ReceivedPost {
  raw: Buffer;
  signature: string | null;
}

/** Gives every challenge back, whatever the token. */
export const createReceiver = (): Promise<Receiver<ReceivedPost>> =>
  openReceiver({
    path: '/webhooks/whatsapp',
    meet: (query) => query.get('hub.challenge') ?? '',
    noted: (request, raw) => ({ raw, signature: headerOf(request, 'x-hub-signature-256') }),
  });
