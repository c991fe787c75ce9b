import { invalid, type Problem, problems, Refusal } from './problems.ts';
import type { DmBody, PostBody } from './schema.ts';
import type { Spending } from './spending.ts';
import { handlesIn, hasUrl, isTooLong } from './text.ts';
import type { Dm, Post, World } from './world.ts';

/** Which of X's rules hold for the account. */
export interface Rules {
  /** Replies only to whoever mentions or quotes the account in the post that is answered. False on Enterprise. */
  onlySummoned: boolean;
  /** Whether the handle that a reply carries by itself counts as a summons; public code has seen that it does not. */
  carriedHandleSummons: boolean;
  /** Quotes by the API: Enterprise only since 2026-04-20. */
  quotes: boolean;
  /** Up to 25,000 characters. */
  premium: boolean;
  /** The same text twice: in the whole account, below the same post, or as often as wished. */
  duplicates: 'account' | 'thread' | 'allowed';
}

export const documentedRules: Rules = {
  onlySummoned: true,
  carriedHandleSummons: false,
  quotes: false,
  premium: false,
  duplicates: 'account',
};

export interface Publishing {
  world: World;
  rules: Rules;
  spending: Spending;
}

const longest = 25_000;

/** Whether the author of a post asked for an answer of the account. */
export const isSummons = ({ world, rules }: Pick<Publishing, 'world' | 'rules'>, post: Post): boolean => {
  const own = world.account;
  if (post.authorId === own.id || handlesIn(post.typed).includes(own.username.toLowerCase())) return true;
  if (rules.carriedHandleSummons && world.mentionsAccount(post)) return true;
  return post.references.some(({ type, id }) => type === 'quoted' && world.post(id)?.authorId === own.id);
};

const lengthProblem = ({ rules }: Publishing, text: string): Problem | null => {
  const isLonger = rules.premium ? [...text].length > longest : isTooLong(text);
  return isLonger ? problems.tooLong : null;
};

const replyProblem = (publishing: Publishing, replyTo: string | undefined): Problem | null => {
  if (replyTo === undefined) return null;
  const answered = publishing.world.post(replyTo);
  if (!answered || !publishing.world.isShown(answered)) return problems.repliedToAbsent;
  return publishing.rules.onlySummoned && !isSummons(publishing, answered) ? problems.notSummoned : null;
};

const isDuplicate = ({ world, rules }: Publishing, text: string, replyTo: string | undefined): boolean => {
  if (rules.duplicates === 'allowed' || text === '') return false;
  return world.posts().some((post) => {
    if (post.authorId !== world.account.id || post.deleted || post.typed !== text) return false;
    return rules.duplicates === 'account' || post.references[0]?.id === replyTo;
  });
};

const mediaKeysOf = (
  { world }: Publishing,
  ids: readonly string[],
  prefix: 'tweet_' | 'dm_',
  where: string,
): string[] =>
  ids.map((id) => {
    const file = world.media.byId(id);
    // that a file of a message must be one of its own kind is stated on page "Media best practices" of X
    if (file?.state === 'ready' && file.category.startsWith(prefix) && world.clock.now() < file.expiresAt)
      return file.mediaKey;
    throw new Refusal(invalid('Your media IDs are invalid.', { [where]: [id] }));
  });

/** Publishes a post of the account, or refuses as X does. */
export function publishPost(publishing: Publishing, body: PostBody): Post {
  const { world, rules, spending } = publishing;
  const replyTo = body.reply?.in_reply_to_tweet_id;
  const quote = body.quote_tweet_id;
  const mediaKeys = mediaKeysOf(publishing, body.media?.media_ids ?? [], 'tweet_', 'media.media_ids');
  const refused =
    lengthProblem(publishing, body.text) ??
    replyProblem(publishing, replyTo) ??
    (quote !== undefined && !rules.quotes ? problems.quoteNotAllowed : null) ??
    (isDuplicate(publishing, body.text, replyTo) ? problems.duplicate : null);
  if (refused) throw new Refusal(refused);
  const answered = replyTo === undefined ? undefined : world.post(replyTo);
  const isSummoned =
    answered !== undefined && answered.authorId !== world.account.id && isSummons(publishing, answered);
  // a link makes it dear whoever asked: the page "Pricing" of X has no exception
  spending.wrote(hasUrl(body.text) ? 'post create with url' : isSummoned ? 'reply to a summons' : 'post create');
  return world.writePost({
    authorId: world.account.id,
    typed: body.text,
    viaApi: true,
    mediaKeys,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(quote === undefined ? {} : { quote }),
  });
}

/** Deletes a post of the account. */
export function deletePost({ world, spending }: Publishing, id: string): Post {
  const post = world.post(id);
  if (!post || post.authorId !== world.account.id) throw new Refusal(problems.notYours);
  post.deleted = true;
  spending.wrote('post delete');
  return post;
}

/** Sends a message of the account, or refuses as X does. */
export function sendDm(publishing: Publishing, to: string, body: DmBody): Dm {
  const { world, spending } = publishing;
  const person = world.user(to);
  if (!person) throw new Refusal(invalid(`Could not find user with id: [${to}].`, { participant_id: [to] }));
  const wrote = world.dms().some(({ senderId, recipientId }) => senderId === to && recipientId === world.account.id);
  if (person.id === world.account.id || (person.closedDms && !wrote)) throw new Refusal(problems.closedMessages);
  const ids = (body.attachments ?? []).map(({ media_id }) => media_id);
  const mediaKeys = mediaKeysOf(publishing, ids, 'dm_', 'attachments.media_id');
  spending.wrote('dm create');
  return world.writeDm({ from: world.account.id, to, typed: body.text ?? '', mediaKeys, viaApi: true });
}
