import type { OutboundAttachment } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';

/** What X calls a file that goes with a post or a direct message. */
export type MediaCategory = 'tweet_image' | 'dm_image' | 'dm_gif' | 'dm_video';

/** How a file goes up. */
export interface MediaForm {
  type: string;
  category: MediaCategory;
}

const megabyte = 1024 * 1024;

/** Page "Media best practices" of X: what it takes as what, and how large. */
const forms: { types: RegExp; most: number; inPublic: MediaCategory | null; inPrivate: MediaCategory }[] = [
  { types: /^image\/(jpeg|png|webp)$/, most: 5 * megabyte, inPublic: 'tweet_image', inPrivate: 'dm_image' },
  { types: /^image\/gif$/, most: 15 * megabyte, inPublic: null, inPrivate: 'dm_gif' },
  { types: /^video\/mp4$/, most: 512 * megabyte, inPublic: null, inPrivate: 'dm_video' },
];

const typeOf = (given: string): string => {
  const type = given.split(';')[0]?.trim().toLowerCase() ?? '';
  return type === 'image/jpg' ? 'image/jpeg' : type;
};

/** Refuses what X would refuse, before a byte is sent. */
export function mediaFormOf(
  { type: given, bytes, name }: OutboundAttachment,
  visibility: 'private' | 'public',
): MediaForm {
  const type = typeOf(given);
  const form = forms.find(({ types }) => types.test(type));
  const category = visibility === 'public' ? form?.inPublic : form?.inPrivate;
  if (!form || !category) throw new SendError('unsupported', `X takes no files of this type here: "${name}".`);
  if (bytes > form.most)
    throw new SendError(
      'unsupported',
      `The file "${name}" is too large for X, which takes ${form.most / megabyte} MB of this type.`,
    );
  if (bytes <= 0) throw new SendError('message-invalid', `The file "${name}" is empty.`);
  return { type, category };
}
