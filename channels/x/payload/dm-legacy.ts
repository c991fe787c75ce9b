import { z } from 'zod';
import type { Place } from '../../../src/channel/inbound.ts';
import type { Dm } from './dm.ts';
import { timeOf } from './ids.ts';
import { anything, id, list, part, readable, text } from './lenient.ts';
import { fromLegacy, type Media, wireLegacyMedia } from './media.ts';
import { isFileLink, type Person } from './post.ts';
import type { Link } from './words.ts';

const degrees = z.number().finite();
const coordinates = part({ coordinates: z.tuple([degrees, degrees]).optional().catch(undefined) });
const sharedPlace = part({ full_name: text, name: text, place: part({ full_name: text, name: text }) });

const attachment = part({
  type: text,
  media: anything,
  location: part({
    shared_coordinate: part({ coordinates }),
    shared_place: sharedPlace,
  }),
});

const wireMessage = z.object({
  type: text,
  id,
  created_timestamp: anything,
  message_create: part({
    target: part({ recipient_id: id }),
    sender_id: id,
    message_data: part({
      text,
      entities: part({ urls: list }),
      attachment,
      quick_reply_response: part({ metadata: text }),
    }),
  }),
});

const urlEntity = z.object({ url: z.string(), expanded_url: text });

type Data = NonNullable<NonNullable<z.output<typeof wireMessage>['message_create']>['message_data']>;

function mediaOf({ attachment: given }: Data): { media: Media[]; short: string[] } {
  const files = readable(wireLegacyMedia, given?.media === undefined ? [] : [given.media]);
  return { media: files.map(fromLegacy), short: files.flatMap(({ url }) => url ?? []) };
}

function linksOf(data: Data, fileLinks: readonly string[]): Link[] {
  const urls = readable(urlEntity, data.entities?.urls ?? []);
  const shown = urls.map(({ url, expanded_url }): Link => {
    const full = expanded_url ?? url;
    return { short: url, full, isHidden: isFileLink(full) || fileLinks.includes(url) };
  });
  return [...shown, ...fileLinks.map((url) => ({ short: url, full: url, isHidden: true }))];
}

function locationOf({ attachment: given }: Data): Place | null {
  const [longitude, latitude] = given?.location?.shared_coordinate?.coordinates?.coordinates ?? [];
  return longitude === undefined || latitude === undefined ? null : { latitude, longitude };
}

/** A shared place has a name and no point. */
function placeName({ attachment: given }: Data): string {
  const place = given?.location?.shared_place;
  return place?.place?.full_name ?? place?.place?.name ?? place?.full_name ?? place?.name ?? '';
}

export const typeOfLegacyDm = (given: unknown): string | null => wireMessage.safeParse(given).data?.type ?? null;

/** A private message of the older kind, which the X Activity API uses too; null where it lacks its id or sender. */
export function readLegacyDm(given: unknown, people: ReadonlyMap<string, Person>, at: string): Dm | null {
  const { data: event } = wireMessage.safeParse(given);
  const { sender_id: senderId, target, message_data: data } = event?.message_create ?? {};
  if (!event?.id || !senderId) return null;
  const said: Data = data ?? {};
  const { media, short } = mediaOf(said);
  return {
    id: event.id,
    senderId,
    between: [senderId, ...(target?.recipient_id ? [target.recipient_id] : [])],
    isGroup: false,
    sender: people.get(senderId) ?? null,
    sentAt: timeOf(event.created_timestamp, event.id, at),
    text: said.text || placeName(said),
    links: linksOf(said, short),
    media,
    location: locationOf(said),
    chosen: said.quick_reply_response?.metadata ?? null,
    post: null,
    raw: given,
  };
}
