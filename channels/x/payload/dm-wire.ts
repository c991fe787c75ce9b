import { z } from 'zod';
import type { Dm } from './dm.ts';
import { timeOf } from './ids.ts';
import { id, list, part, readable, text } from './lenient.ts';
import { type Beside, linksOf, mediaOf, otherPost } from './post-wire.ts';

const wireDmEvent = z.object({
  id,
  event_type: text,
  text,
  sender_id: id,
  dm_conversation_id: text,
  created_at: text,
  participant_ids: list,
  attachments: part({ media_keys: list }),
  entities: part({ urls: list }),
  referenced_tweets: list,
  referenced_posts: list,
});
type WireDmEvent = z.output<typeof wireDmEvent>;

const anId = z.string().regex(/^\d{1,25}$/);
const reference = z.object({ id: anId });

/** A conversation of two is named by both; one of several has a number of its own. */
const pairOf = (conversation: string | undefined): string[] | null => {
  const pair = /^(\d{1,25})[-:](\d{1,25})$/.exec(conversation ?? '');
  return pair?.[1] && pair[2] ? [pair[1], pair[2]] : null;
};

function isGroupOf({ dm_conversation_id: conversation, participant_ids }: WireDmEvent): boolean {
  const isNumber = conversation !== undefined && pairOf(conversation) === null;
  return isNumber || readable(anId, participant_ids).length > 2;
}

/** What a dm event tells: `MessageCreate`, or something else of a conversation. */
export const kindOfDmEvent = (given: unknown): string | null => wireDmEvent.safeParse(given).data?.event_type ?? null;

/** A dm event of v2 with what stands beside it; null where it lacks its id or sender. */
export function readDm(given: unknown, beside: Beside, at: string): Dm | null {
  const { data: event } = wireDmEvent.safeParse(given);
  if (!event?.id || !event.sender_id) return null;
  const [shared] = readable(reference, [...event.referenced_tweets, ...event.referenced_posts]);
  const sender = beside.people.get(event.sender_id);
  return {
    id: event.id,
    senderId: event.sender_id,
    between: [event.sender_id, ...(pairOf(event.dm_conversation_id) ?? []), ...readable(anId, event.participant_ids)],
    isGroup: isGroupOf(event),
    sender: sender ?? null,
    sentAt: timeOf(event.created_at, event.id, at),
    text: event.text ?? '',
    links: linksOf([event.entities], shared?.id ?? null),
    media: mediaOf(event.attachments?.media_keys ?? [], beside),
    location: null,
    chosen: null,
    post: shared ? otherPost(shared.id, beside) : null,
    raw: given,
  };
}
