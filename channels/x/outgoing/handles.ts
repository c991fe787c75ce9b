import { z } from 'zod';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import type { XReader } from '../reading.ts';

/** Knows the user names of those whose posts are answered. */
export interface Handles {
  /** Sees what people write on its way to the core. */
  see(event: GivenEvent): void;
  /** The user name of a post's author, without the @; null where X does not tell it. */
  of(postId: string, signal: AbortSignal): Promise<string | null>;
}

/** Posts that are answered are seldom older than so many others. */
const mostKnown = 5_000;

const authored = z.object({
  data: z.array(z.object({ author_id: z.string() })).min(1),
  includes: z.object({ users: z.array(z.object({ id: z.string(), username: z.string() })) }),
});

async function askHandle(reader: Pick<XReader, 'posts'>, id: string, signal: AbortSignal): Promise<string | null> {
  const read = authored.safeParse(await reader.posts([id], signal));
  const author = read.data?.data[0]?.author_id;
  return read.data?.includes.users.find((user) => user.id === author)?.username ?? null;
}

/** The address of a post begins with its author's name. */
const inLink = /^https:\/\/x\.com\/(\w{1,50})\/status\/\d+$/;

export function createHandles(reader: Pick<XReader, 'posts'>): Handles {
  const known = new Map<string, string>();
  return {
    see(event) {
      const handle = event.event === 'message' ? inLink.exec(event.link ?? '')?.[1] : undefined;
      // `x.com/i/status/…` names nobody
      if (event.event !== 'message' || handle === undefined || handle === 'i') return;
      known.set(event.externalId, handle);
      const oldest = known.size > mostKnown ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
    },
    of: async (postId, signal) => known.get(postId) ?? askHandle(reader, postId, signal),
  };
}
