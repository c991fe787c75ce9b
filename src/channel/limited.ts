import { SendError } from './send-error.ts';

/** How far a file is read, and what is thrown instead of more of it. */
export interface Limit {
  mostBytes: number;
  tooLarge(): SendError;
  /** What it means that the file broke off. */
  lost(cause: unknown): SendError;
}

/** The bytes of a file as they come, never more of them than the limit. */
export async function* limited(
  body: ReadableStream<Uint8Array>,
  { mostBytes, tooLarge, lost }: Limit,
): AsyncIterable<Uint8Array> {
  let seen = 0;
  try {
    for await (const chunk of body) {
      seen += chunk.length;
      if (seen > mostBytes) throw tooLarge();
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof SendError ? cause : lost(cause);
  }
}
