import { cleanLine } from './clean-text.ts';

const extensions: Record<string, string> = {
  'application/pdf': 'pdf',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/rtf': 'rtf',
  'application/zip': 'zip',
  'application/json': 'json',
  'application/xml': 'xml',
  'application/ms-tnef': 'dat',
  'application/vnd.ms-tnef': 'dat',
  'application/pkcs7-mime': 'p7m',
  'application/x-pkcs7-mime': 'p7m',
  'application/pkcs7-signature': 'p7s',
  'application/x-pkcs7-signature': 'p7s',
  'application/pgp-signature': 'asc',
  'application/pgp-keys': 'asc',
  'application/pgp-encrypted': 'asc',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/tiff': 'tiff',
  'image/bmp': 'bmp',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/amr': 'amr',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/wav': 'wav',
  'audio/aac': 'aac',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/3gpp': '3gp',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/csv': 'csv',
  'text/xml': 'xml',
  'text/calendar': 'ics',
  'text/vcard': 'vcf',
  'text/x-vcard': 'vcf',
  'message/rfc822': 'eml',
  'message/global': 'eml',
};

const direction = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\u2060]/g;
const longest = 200;

function shorten(name: string, extension: string): string {
  const chars = [...name];
  if (chars.length <= longest) return name;
  const tail = [...extension].length <= 20 ? [...extension] : [];
  return [...chars.slice(0, longest - tail.length), ...tail].join('');
}

/**
 * A file name that is safe to show and to offer for saving: no path, no direction marks, no control characters, at
 * most 200 characters, with an extension that fits `type` where it had none. `order` names the nameless.
 */
export function cleanName(given: string, type: string, order: number): string {
  const base = cleanLine(given.slice(-4096)).replace(direction, '').split(/[\\/]/).at(-1) ?? '';
  const name = base.replace(/[<>:"|?*]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '');
  const known = extensions[type.split(';', 1)[0]?.trim() ?? ''];
  const extension = known ? `.${known}` : '';
  if (name === '') return `attachment-${order}${extension}`;
  const own = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0];
  return own ? shorten(name, own) : shorten(`${name}${extension}`, extension);
}
