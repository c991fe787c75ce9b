import { buffer } from 'node:stream/consumers';
import type { Message } from '../message/message.ts';
import type { Store } from '../store/port.ts';

/** Pictures that a browser shows without running anything. */
const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'];
const mostPictureBytes = 3 * 1024 * 1024;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The message's own pictures that its HTML shows as `attachment:<id>`, as data, as far as there is room for them. */
async function picturesIn(store: Store, { html, attachments }: Message): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let room = mostPictureBytes;
  for (const { id, type, bytes } of attachments) {
    if (!html?.includes(`attachment:${id}`) || !pictures.includes(type) || bytes > room) continue;
    const stream = await store.blobs.get(id);
    if (!stream) continue;
    room -= bytes;
    found.set(id, `data:${type};base64,${(await buffer(stream)).toString('base64')}`);
  }
  return found;
}

const style = `
  body { margin: 0; padding: 12px; background: #fff; color: #1f2933; font: 15px/1.6 system-ui, sans-serif; }
  body { overflow-wrap: anywhere; }
  img, table { max-width: 100%; }
  img { height: auto; }
  blockquote { margin: 0; padding-inline-start: 12px; border-inline-start: 3px solid #d5dbe1; }
`;

/**
 * The HTML of a letter as a page of its own. It was made harmless when it came in; the policy that it is sent with lets
 * nothing in it run or be fetched even so.
 */
export async function letterPage(store: Store, found: Message): Promise<string> {
  const data = await picturesIn(store, found);
  const html = (found.html ?? '').replace(/attachment:([\w-]+)/g, (whole, id: string) => data.get(id) ?? whole);
  const language = found.language ?? 'ar';
  const title = escaped(found.letter?.subject ?? '');
  const direction = found.language === 'en' ? 'ltr' : found.language === 'ar' ? 'rtl' : 'auto';
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><base target="_blank"><title>${title}</title><style>${style}</style></head>
<body>${html}</body>
</html>
`;
}
