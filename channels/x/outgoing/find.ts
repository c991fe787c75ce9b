import { z } from 'zod';
import { SendError } from '../../../src/channel/send-error.ts';
import type { OwnReader } from '../reader.ts';
import type { Self } from '../reading.ts';
import { Refusal } from '../refusal.ts';
import { digestOf } from './said.ts';
import type { Sending } from './sendings.ts';

const long = z.object({ text: z.string() }).optional().catch(undefined);
const references = z
  .array(z.object({ type: z.string(), id: z.string() }))
  .optional()
  .catch(undefined);

const post = z.object({
  id: z.string(),
  text: z.string(),
  note_post: long,
  note_tweet: long,
  referenced_posts: references,
  referenced_tweets: references,
});
const posts = z.object({
  data: z.array(post).default([]),
  meta: z.object({ next_token: z.string().optional() }).optional().catch(undefined),
});

const dm = z.object({
  id: z.string(),
  sender_id: z.string().optional(),
  text: z.string().default(''),
  created_at: z.string().optional(),
});
const dms = z.object({ data: z.array(dm).default([]) });

/** The clock of X is not ours. */
const slackMs = 60_000;

export interface FindOptions {
  reader: OwnReader;
  self(signal?: AbortSignal): Promise<Self>;
  /** What another sending of ours became is not what is looked for. */
  isTaken(externalId: string): boolean;
}

const unreadable = (): SendError =>
  new SendError('unexpected-response', 'X does not tell whether it took the message.', { retryAfterMs: 60_000 });

const answers = ({ referenced_posts, referenced_tweets }: z.infer<typeof post>, id: string): boolean => {
  const all = referenced_posts ?? referenced_tweets;
  return all === undefined || all.some((one) => one.type === 'replied_to' && one.id === id);
};

/** So many posts are written since at most: X lets 100 be written in 15 minutes. */
const mostPages = 20;

async function findPost({ reader, isTaken }: FindOptions, sending: Sending, repliesTo: string, signal: AbortSignal) {
  const isIt = (one: z.infer<typeof post>): boolean => {
    const text = one.note_post?.text ?? one.note_tweet?.text ?? one.text;
    return !isTaken(one.id) && answers(one, repliesTo) && digestOf(text) === sending.digest;
  };
  let next: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const read = posts.safeParse(await reader.ownPosts({ sinceId: repliesTo, next }, signal));
    if (!read.success) throw unreadable();
    const found = read.data.data.find(isIt);
    next = read.data.meta?.next_token;
    if (found || !next) return found;
  }
  // nobody can say that it is not there
  throw unreadable();
}

async function findDm({ reader, self, isTaken }: FindOptions, sending: Sending, signal: AbortSignal) {
  const own = await self(signal);
  const read = dms.safeParse(await reader.dmEventsWith(sending.to, signal));
  if (!read.success) throw unreadable();
  return read.data.data.find(
    ({ id, sender_id, text, created_at }) =>
      sender_id === own.id &&
      !isTaken(id) &&
      (created_at === undefined || Date.parse(created_at) >= sending.at - slackMs) &&
      digestOf(text) === sending.digest,
  );
}

/** People buy credits or raise a budget; until then nobody can know. */
const unknownMs = 900_000;

/** What is refused of the whole account, but for its credits, holds up the inbox already until people put it right. */
const isHeld = (error: SendError): boolean =>
  error instanceof Refusal && error.alarm !== undefined && error.alarm !== 'capped';

/** An earlier try may stand at X: where X refuses to be asked, that is no answer either, and the message waits. */
function notKnown(error: unknown): unknown {
  if (!(error instanceof SendError) || error.retryable || isHeld(error)) return error;
  return new SendError('unreachable', `It is not known whether X took the message. ${error.message}`, {
    retryAfterMs: unknownMs,
    cause: error,
    ...(error.providerCode === undefined ? {} : { providerCode: error.providerCode }),
  });
}

/**
 * Looks at X whether it took a sending of which nobody knows: among the account's own posts after the one that it answers,
 * or in the exchange with the person. Gives its id, or null where it is not there. Rejects, to be tried again, where X cannot be
 * asked: it is not known then, and must neither be sent again nor given up.
 */
export async function findSent(options: FindOptions, sending: Sending, signal: AbortSignal): Promise<string | null> {
  const { repliesTo } = sending;
  try {
    const found = repliesTo
      ? await findPost(options, sending, repliesTo, signal)
      : await findDm(options, sending, signal);
    return found?.id ?? null;
  } catch (error) {
    throw notKnown(error);
  }
}
