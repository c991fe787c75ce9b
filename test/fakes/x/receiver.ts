import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signatureOf } from './webhooks.ts';

/** A post as it arrived at a webhook. */
export interface ReceivedPost {
  raw: Buffer;
  body: Record<string, unknown>;
  signature: string | null;
}

/** A webhook that meets challenges and takes down what arrives: for tests of the simulator itself, and for measuring it. */
export interface Receiver {
  url: string;
  posts: ReceivedPost[];
  /** The statuses of the next answers to posts; afterwards 200. */
  answerNext(...statuses: number[]): void;
  /** With another secret it fails challenges. */
  setSecret(secret: string): void;
  stop(): Promise<void>;
}

export async function createReceiver(secret: string): Promise<Receiver> {
  const posts: ReceivedPost[] = [];
  const planned: number[] = [];
  let known = secret;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const token = new URL(request.url ?? '/', 'http://receiver').searchParams.get('crc_token');
      if (request.method === 'GET')
        return void response.end(JSON.stringify({ response_token: signatureOf(known, token ?? '') }));
      const raw = Buffer.concat(chunks);
      const signature = request.headers['x-twitter-webhooks-signature'];
      posts.push({
        raw,
        body: JSON.parse(raw.toString()),
        signature: typeof signature === 'string' ? signature : null,
      });
      response.statusCode = planned.shift() ?? 200;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/x`,
    posts,
    answerNext: (...statuses) => void planned.push(...statuses),
    setSecret(to) {
      known = to;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
