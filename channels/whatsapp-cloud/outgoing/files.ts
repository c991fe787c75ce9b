import type { OutboundAttachment } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';

export type MediaKind = 'image' | 'audio' | 'video' | 'document' | 'sticker';

/** How a file goes out: as what, and under which type the provider takes it. */
export interface MediaForm {
  kind: MediaKind;
  type: string;
}

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** Page "Media" of the provider: what it takes as what, and how large. */
const forms: { kind: MediaKind; types: RegExp; most: number }[] = [
  { kind: 'image', types: /^image\/(jpeg|png)$/, most: 5 * megabyte },
  { kind: 'sticker', types: /^image\/webp$/, most: 100 * kilobyte },
  { kind: 'audio', types: /^audio\/(aac|amr|mpeg|mp4|ogg)$/, most: 16 * megabyte },
  { kind: 'video', types: /^video\/(mp4|3gpp)$/, most: 16 * megabyte },
  {
    kind: 'document',
    types:
      /^(text\/plain|application\/(pdf|msword|vnd\.ms-(excel|powerpoint)|vnd\.openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)))$/,
    most: 100 * megabyte,
  },
];

/** Other names of types that the provider knows by one. */
const otherNames = new Map([
  ['image/jpg', 'image/jpeg'],
  ['audio/mp3', 'audio/mpeg'],
  ['audio/x-m4a', 'audio/mp4'],
  ['audio/m4a', 'audio/mp4'],
  ['audio/opus', 'audio/ogg'],
  ['application/ogg', 'audio/ogg'],
  ['text/csv', 'text/plain'],
]);

const typeOf = (given: string): string => {
  const type = given.split(';')[0]?.trim().toLowerCase() ?? '';
  return otherNames.get(type) ?? type;
};

/** Refuses what the provider would refuse, before a byte is sent. */
export function mediaFormOf({ type: given, bytes, name }: OutboundAttachment): MediaForm {
  const type = typeOf(given);
  const form = forms.find(({ types }) => types.test(type));
  if (!form) throw new SendError('unsupported', `WhatsApp takes no files of this type: "${name}".`);
  if (bytes > form.most) {
    const most = form.most >= megabyte ? `${form.most / megabyte} MB` : `${form.most / kilobyte} KB`;
    throw new SendError(
      'unsupported',
      `The file "${name}" is too large for WhatsApp, which takes ${most} of this type.`,
    );
  }
  return { kind: form.kind, type };
}

/** These show words below them. */
export const bearsCaption = ({ kind }: MediaForm): boolean => kind !== 'audio' && kind !== 'sticker';
