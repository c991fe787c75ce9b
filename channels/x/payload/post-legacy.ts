import { z } from 'zod';
import { smaller, timeOf } from './ids.ts';
import { anything, flag, id, list, part, range, readable, text } from './lenient.ts';
import { fromLegacy, wireLegacyMedia } from './media.ts';
import {
  beginsAlike,
  isFileLink,
  isOldRepost,
  type Mention,
  type OtherPost,
  type Person,
  type Post,
  postOfLink,
} from './post.ts';
import { type Link, wordsOf } from './words.ts';

const entities = part({ urls: list, user_mentions: list, media: list });
const extendedEntities = part({ media: list });
const url = z.object({ url: z.string(), expanded_url: text });
const mention = z.object({ id_str: id, id, screen_name: text, indices: range });

const words = {
  text,
  full_text: text,
  entities,
  extended_entities: extendedEntities,
  display_text_range: range,
  extended_tweet: part({ full_text: text, display_text_range: range, entities, extended_entities: extendedEntities }),
  note_tweet: part({ text, entities }),
};

const author = part({ id_str: id, id, name: text, screen_name: text, protected: flag });

/** A post as the Account Activity API carries it (v1.1). */
const wireStatus = z.object({
  id_str: id,
  id,
  created_at: text,
  timestamp_ms: anything,
  ...words,
  user: author,
  lang: text,
  conversation_id_str: id,
  conversation_id: id,
  in_reply_to_status_id_str: id,
  in_reply_to_status_id: id,
  in_reply_to_user_id_str: id,
  in_reply_to_user_id: id,
  quoted_status_id_str: id,
  quoted_status_id: id,
  quoted_status: anything,
  retweeted_status: anything,
  edit_history: part({ initial_tweet_id: id, edit_tweet_ids: list }),
  withheld_in_countries: list,
  withheld_copyright: flag,
});
type WireStatus = z.output<typeof wireStatus>;

const whole = (status: WireStatus): string =>
  status.note_tweet?.text ?? status.extended_tweet?.full_text ?? status.full_text ?? status.text ?? '';

const allEntities = ({ entities: own, extended_tweet, note_tweet }: WireStatus) =>
  [note_tweet?.entities, extended_tweet?.entities, own].filter((one) => one !== undefined);

/** Files stand in up to three places, the fullest in `extended_entities`; each counts once. */
function mediaOf(status: WireStatus) {
  const fullest = [status.extended_tweet?.extended_entities, status.extended_entities, ...allEntities(status)];
  const given = readable(
    wireLegacyMedia,
    fullest.flatMap((one) => one?.media ?? []),
  );
  const keyOf = (one: (typeof given)[number]) => one.id_str ?? one.id ?? one.media_url_https;
  return given.filter((one, index) => given.findIndex((other) => keyOf(other) === keyOf(one)) === index);
}

function linksOf(status: WireStatus, quoted: string | null): Link[] {
  const urls = readable(
    url,
    allEntities(status).flatMap((one) => one.urls),
  );
  const shown = urls.map(({ url: brief, expanded_url }): Link => {
    const full = expanded_url ?? brief;
    return { short: brief, full, isHidden: isFileLink(full) || (quoted !== null && postOfLink(full) === quoted) };
  });
  const files = mediaOf(status).flatMap(({ url: brief }) =>
    brief ? [{ short: brief, full: brief, isHidden: true }] : [],
  );
  return [...shown, ...files];
}

const ownIdOf = (status: WireStatus): string | null => status.id_str ?? status.id ?? null;

const firstIdOf = ({ edit_history }: WireStatus, own: string): string =>
  readable(id, [edit_history?.initial_tweet_id, ...(edit_history?.edit_tweet_ids ?? [])])
    .flatMap((one) => one ?? [])
    .reduce(smaller, own);

const authorOf = ({ user }: WireStatus): Person | null => {
  const known = user?.id_str ?? user?.id;
  if (!known) return null;
  return {
    id: known,
    name: user?.name ?? null,
    username: user?.screen_name ?? null,
    isProtected: user?.protected === true,
  };
};

function textOf(status: WireStatus): string {
  const hasFiles = mediaOf(status).length > 0;
  return wordsOf({ text: whole(status), links: linksOf(status, null), isReply: false, ownHandle: null, hasFiles });
}

function quotedOf(status: WireStatus): OtherPost | null {
  const { data: quoted } = wireStatus.safeParse(status.quoted_status);
  const known = (quoted && ownIdOf(quoted)) ?? status.quoted_status_id_str ?? status.quoted_status_id ?? null;
  if (known === null) return null;
  if (!quoted) return { id: known, firstId: known, authorId: null, text: null };
  return { id: known, firstId: firstIdOf(quoted, known), authorId: authorOf(quoted)?.id ?? null, text: textOf(quoted) };
}

const repliedOf = (status: WireStatus): OtherPost | null => {
  const known = status.in_reply_to_status_id_str ?? status.in_reply_to_status_id;
  return known ? { id: known, firstId: known, authorId: null, text: null } : null;
};

function mentionsOf(status: WireStatus, isReply: boolean): Mention[] {
  const { extended_tweet: extended, display_text_range: shown } = status;
  const from = (shown ?? extended?.display_text_range)?.[0] ?? 0;
  const isAlike = beginsAlike(whole(status), status.full_text ?? status.text ?? '', from);
  return allEntities(status).flatMap((one) =>
    readable(mention, one.user_mentions).map(({ id_str, id: known, screen_name, indices }) => ({
      id: id_str ?? known ?? null,
      username: screen_name ?? null,
      isCarried: isReply && (one === status.entities || isAlike) && indices !== undefined && indices[0] < from,
    })),
  );
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** A post of the older kind; null where it lacks its id or author. `at` (ISO) where nothing tells a time. */
export function readLegacyPost(given: unknown, at: string, isBlocked = false): Post | null {
  const { data: status } = wireStatus.safeParse(given);
  const known = status ? ownIdOf(status) : null;
  const by = status ? authorOf(status) : null;
  if (!status || !known || !by) return null;
  const quotes = quotedOf(status);
  const repliesTo = repliedOf(status);
  const repliesToPerson = status.in_reply_to_user_id_str ?? status.in_reply_to_user_id ?? null;
  const isRepost = isObject(status.retweeted_status);
  const read = {
    id: known,
    firstId: firstIdOf(status, known),
    author: by,
    conversationId: status.conversation_id_str ?? status.conversation_id ?? null,
    createdAt: timeOf(status.created_at ?? status.timestamp_ms, known, at),
    text: whole(status),
    links: linksOf(status, quotes?.id ?? null),
    mentions: mentionsOf(status, repliesTo !== null || repliesToPerson !== null),
    media: mediaOf(status).map(fromLegacy),
    lang: status.lang ?? null,
    repliesTo,
    repliesToPerson,
    quotes,
    isRepost,
    isWithheld: isBlocked || status.withheld_copyright === true || status.withheld_in_countries.length > 0,
    raw: given,
  };
  return { ...read, isRepost: isRepost || isOldRepost(read) };
}
