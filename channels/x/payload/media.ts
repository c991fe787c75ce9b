import { z } from 'zod';
import type { InboundAttachment, MessageKind } from '../../../src/channel/inbound.ts';
import { id, list, readable, text } from './lenient.ts';

/** A file of a post or message, before it is fetched. */
export interface Media {
  key: string | null;
  kind: 'photo' | 'video' | 'gif' | 'other';
  /** Null where only the key is known. */
  url: string | null;
  type: string;
}

/** What stands as JSON in `reference` of an attachment: enough to fetch the file later. */
export const mediaReference = z.object({
  /** Key of the file at X (`3_…`). */
  key: z.string().optional(),
  /** Where it lies; files of private messages need the account's own signature. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** The private message that it came with. */
  dm: z.string().optional(),
});
export type MediaReference = z.infer<typeof mediaReference>;

/** What a reference says; null where it is none of ours. */
export function readMediaReference(reference: string): MediaReference | null {
  try {
    return mediaReference.safeParse(JSON.parse(reference)).data ?? null;
  } catch {
    return null;
  }
}

export const wireMedia = z.object({ media_key: text, type: text, url: text, preview_image_url: text, variants: list });
type WireMedia = z.output<typeof wireMedia>;

export const wireLegacyMedia = z.object({
  id_str: id,
  id,
  type: text,
  url: text,
  media_url_https: text,
  video_info: z.object({ variants: list }).optional().catch(undefined),
});

const variant = z.object({
  bit_rate: z.number().catch(0),
  bitrate: z.number().catch(0),
  content_type: text,
  url: text,
});

const isLink = (url: string | undefined): url is string => url !== undefined && /^https?:\/\/\S+$/i.test(url);

/** The film in its best quality. */
function bestFilm(variants: readonly unknown[]): string | null {
  const films = readable(variant, variants).filter(
    ({ content_type, url }) => content_type === 'video/mp4' && isLink(url),
  );
  const best = films.sort((a, b) => Math.max(b.bit_rate, b.bitrate) - Math.max(a.bit_rate, a.bitrate))[0];
  return best?.url ?? null;
}

const kinds = new Map<string | undefined, Media['kind']>([
  ['photo', 'photo'],
  ['video', 'video'],
  ['animated_gif', 'gif'],
]);

const pictureTypes = new Map([
  ['png', 'image/png'],
  ['webp', 'image/webp'],
  ['gif', 'image/gif'],
]);

/** By the end of the address, or the format that it asks for (`?format=png`). */
const pictureType = (url: string | null): string => {
  const ending = /(?:\.|[?&]format=)(png|webp|gif)(?:[:?&#]|$)/i.exec(url ?? '')?.[1]?.toLowerCase();
  return pictureTypes.get(ending ?? '') ?? 'image/jpeg';
};

function mediaOf(
  key: string | null,
  type: string | undefined,
  picture: string | undefined,
  film: string | null,
): Media {
  const kind = kinds.get(type) ?? 'other';
  const still = isLink(picture) ? picture : null;
  if (kind === 'photo') return { key, kind, url: still, type: pictureType(still) };
  if (kind === 'other') return { key, kind, url: still, type: '' };
  return { key, kind, url: film, type: 'video/mp4' };
}

/** A file as the v2 objects describe it. */
export const fromWire = ({ media_key, type, url, variants }: WireMedia): Media =>
  mediaOf(media_key ?? null, type, url, bestFilm(variants));

/** A file as the older bodies describe it. */
export const fromLegacy = (given: z.output<typeof wireLegacyMedia>): Media =>
  mediaOf(
    given.id_str ?? given.id ?? null,
    given.type,
    given.media_url_https,
    bestFilm(given.video_info?.variants ?? []),
  );

/** The attachment that is fetched by `reference`. */
export function attachmentOf({ key, url, type }: Media, dm: string | null): Partial<InboundAttachment> {
  const reference: MediaReference = { ...(key ? { key } : {}), ...(url ? { url } : {}), ...(dm ? { dm } : {}) };
  return { reference: JSON.stringify(reference), type };
}

/** What a message with these files is. */
export function kindOf(media: readonly Media[]): MessageKind {
  const kind = media[0]?.kind;
  if (kind === undefined) return 'text';
  return kind === 'photo' ? 'image' : kind === 'other' ? 'file' : 'video';
}
