import { fileTypeFromBuffer } from 'file-type';

/** What first bytes only tell roughly, and a label may tell better: containers of office files. */
const rough = new Set(['application/zip', 'application/x-cfb', 'application/xml', 'application/x-7z-compressed']);
const office = /^application\/(?:vnd\.|msword|hwp|x-hwp|epub)/;
/** Kinds of which the first bytes always tell; a label alone is not believed. */
const telling = /^(?:image\/(?!svg)|audio\/|video\/|application\/(?:pdf|zip)$)/;

/** The media type of a file by its first bytes, else by its label where that is believable. */
export async function sortFile(bytes: Uint8Array, label: string): Promise<string> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!found) return telling.test(label) ? 'application/octet-stream' : label;
  return rough.has(found.mime) && (office.test(label) || /\+xml$|\/xml$/.test(label)) ? label : found.mime;
}
