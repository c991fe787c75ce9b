import { headerOf, openReceiver, type Receiver } from '../receiver.ts';

/** A post as it arrived at a webhook. */
export interface ReceivedPost {
  /** With its query. */
  path: string;
  type: string;
  raw: string;
  signature: string | null;
}

/** Below an address with a query, since addresses of webhooks have one. */
export const createReceiver = (): Promise<Receiver<ReceivedPost>> =>
  openReceiver({
    path: '/webhooks/sms?inbox=notices',
    noted: (request, raw) => ({
      path: request.url ?? '',
      type: headerOf(request, 'content-type') ?? '',
      raw: raw.toString(),
      signature: headerOf(request, 'x-twilio-signature'),
    }),
  });
