import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A post as it arrived at a webhook. */
export interface ReceivedPost {
  /** With its query. */
  path: string;
  type: string;
  raw: string;
  signature: string | null;
}

/** A webhook that takes down what arrives: for tests of the simulator itself, and for measuring it. */
export interface Receiver {
  /** With a query, since addresses of webhooks have one. */
  url: string;
  posts: ReceivedPost[];
  /** The statuses of the next answers; afterwards 200. */
  answerNext(...statuses: number[]): void;
  stop(): Promise<void>;
}

export async function createReceiver(): Promise<Receiver> {
  const posts: ReceivedPost[] = [];
  const planned: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = request.headers['x-twilio-signature'];
      posts.push({
        path: request.url ?? '',
        type: request.headers['content-type'] ?? '',
        raw: Buffer.concat(chunks).toString(),
        signature: typeof signature === 'string' ? signature : null,
      });
      response.statusCode = planned.shift() ?? 200;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/sms?inbox=notices`,
    posts,
    answerNext: (...statuses) => void planned.push(...statuses),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
