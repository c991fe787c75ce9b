import { invalid, Refusal } from './problems.ts';
import type { Post, World } from './world.ts';

type Match = (post: Post, world: World) => boolean;

const hasReference =
  (type: string): Match =>
  ({ references }) =>
    references.some((one) => one.type === type);

const isBy =
  (name: string): Match =>
  ({ authorId }, world) =>
    authorId === name || world.user(authorId)?.username.toLowerCase() === name.toLowerCase().replace(/^@/, '');

const mentions =
  (name: string): Match =>
  ({ entities, note }) =>
    [entities, note?.entities].some((one) =>
      one?.mentions?.some(({ username }) => username.toLowerCase() === name.toLowerCase()),
    );

const says =
  (words: string): Match =>
  ({ text, note }) =>
    (note?.text ?? text).toLowerCase().includes(words.toLowerCase());

/** Operators with a value. Page "Search operators" of X; those that the simulator does not know are refused. */
const operators: Record<string, (value: string) => Match | null> = {
  conversation_id: (value) => (post) => post.conversationId === value,
  from: isBy,
  to: (name) => (post, world) =>
    post.inReplyToUserId !== null && isBy(name)({ ...post, authorId: post.inReplyToUserId }, world),
  in_reply_to_tweet_id: (value) => (post) =>
    post.references.some(({ type, id }) => type === 'replied_to' && id === value),
  is: (value) =>
    ({ retweet: hasReference('retweeted'), reply: hasReference('replied_to'), quote: hasReference('quoted') })[value] ??
    null,
  has: (value) =>
    (
      ({
        media: ({ mediaKeys }) => mediaKeys.length > 0,
        links: ({ entities }) => (entities?.urls ?? []).length > 0,
        mentions: ({ entities }) => (entities?.mentions ?? []).length > 0,
      }) as Record<string, Match>
    )[value] ?? null,
};

/** Those that X takes only beside one that stands alone. */
const needCompany = new Set(['is', 'has']);

const refuse = (query: string, why: string): never => {
  throw new Refusal(invalid(`There were errors processing your request: ${why}`, { query: [query] }));
};

const termOf = (query: string, term: string): Match => {
  const handle = /^@(\w{1,15})$/.exec(term)?.[1];
  if (handle !== undefined) return mentions(handle);
  const [, name, value = ''] = /^(\w+):(.+)$/.exec(term) ?? [];
  if (name === undefined) return says(term.replace(/^"|"$/g, ''));
  return operators[name]?.(value) ?? refuse(query, `Reference to invalid operator '${name}'`);
};

/**
 * What a query of recent search finds: terms side by side, each of them with or without `-`. `OR` and brackets, which X has,
 * are not built and are refused.
 */
export function matcherOf(query: string): Match {
  const terms = query.match(/-?(?:"[^"]*"|\S)+/g) ?? [];
  if (terms.some((term) => term === 'OR' || /^-?[^"]*[()]/.test(term)))
    refuse(query, 'OR and brackets are not simulated');
  const parts = terms.map((term) => ({ isNot: term.startsWith('-'), term: term.replace(/^-/, '') }));
  const stands = parts.some(({ isNot, term }) => !isNot && !needCompany.has(term.split(':')[0] ?? ''));
  if (!stands) refuse(query, 'Rule must contain at least one positive, non-stopword clause');
  const matches = parts.map(({ isNot, term }) => ({ isNot, match: termOf(query, term) }));
  return (post, world) => matches.every(({ isNot, match }) => match(post, world) !== isNot);
}
