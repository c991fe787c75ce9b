import type { IncomingMessage } from 'node:http';
import { createPort } from './port.ts';

/** A webhook that takes down what arrives: for tests of a simulator itself, and for measuring it. */
export interface Receiver<Post> {
  url: string;
  posts: Post[];
  /** The statuses of the next answers to posts; afterwards 200. */
  answerNext(...statuses: number[]): void;
  stop(): Promise<void>;
}

export interface ReceiverOptions<Post> {
  /** Where it is, with its query. */
  path: string;
  noted(request: IncomingMessage, raw: Buffer): Post;
  /** What a `GET` is answered with. */
  meet?(query: URLSearchParams): string;
}

/** A header that stands once. */
export const headerOf = ({ headers }: IncomingMessage, name: string): string | null => {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
};

export async function openReceiver<Post>({ path, noted, meet }: ReceiverOptions<Post>): Promise<Receiver<Post>> {
  const posts: Post[] = [];
  const planned: number[] = [];
  const port = createPort((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { searchParams } = new URL(request.url ?? '/', 'http://receiver');
      if (meet && request.method === 'GET') return void response.end(meet(searchParams));
      posts.push(noted(request, Buffer.concat(chunks)));
      response.statusCode = planned.shift() ?? 200;
      response.end();
    });
  });
  const origin = await port.open();
  return {
    url: `${origin}${path}`,
    posts,
    answerNext: (...statuses) => void planned.push(...statuses),
    stop: port.close,
  };
}
