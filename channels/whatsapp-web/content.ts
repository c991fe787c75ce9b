import type { Card, FilledField, MessageKind, Place } from '../../src/channel/inbound.ts';
import type { PageMessage } from './parse.ts';

/** What a message holds, in the words of the contract. */
export interface Content {
  kind: MessageKind;
  text: string;
  detail?: string;
  quickReplyId?: string;
  location?: Place;
  cards?: Card[];
  fields?: FilledField[];
}

const place = ({ lat, lng, loc }: PageMessage): Place => {
  const [name, address] = loc.split('\n').map((line) => line.trim().slice(0, 1000));
  return { latitude: lat ?? 0, longitude: lng ?? 0, ...(name ? { name } : {}), ...(address ? { address } : {}) };
};

/** Lines that vCard folds (RFC 6350 3.2) made whole again. */
const linesOf = (vcard: string): string[] => vcard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);

const valuesOf = (lines: readonly string[], name: string): string[] =>
  lines.flatMap((line) => {
    const found = new RegExp(`^(?:[\\w-]+\\.)?${name}(?:;[^:]*)?:(.*)$`, 'i').exec(line);
    return found?.[1] ? [found[1].trim()] : [];
  });

/** Name, numbers and mail addresses are all that is taken of a card; the rest stays in the raw message. */
function cardOf(vcard: string): Card {
  const lines = linesOf(vcard);
  const unescaped = (value: string): string => value.replace(/\\([,;\\])/g, '$1');
  return {
    name: unescaped(valuesOf(lines, 'FN')[0] ?? '').slice(0, 500),
    phones: valuesOf(lines, 'TEL')
      .slice(0, 50)
      .map((value) => value.slice(0, 100)),
    emails: valuesOf(lines, 'EMAIL')
      .slice(0, 50)
      .map((value) => value.slice(0, 320)),
  };
}

const filled = (pairs: readonly (readonly [string, string | number | null])[]): FilledField[] =>
  pairs.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [{ name, value: String(value).slice(0, 4000) }],
  );

const plain = (message: PageMessage): Content => ({ kind: 'text', text: message.body || message.caption });

const file =
  (kind: MessageKind) =>
  (message: PageMessage): Content => ({
    kind,
    text: message.caption,
    ...(message.isViewOnce ? { detail: 'view-once' } : {}),
  });

const unsupported =
  (detail: string) =>
  (message: PageMessage): Content => ({ kind: 'unsupported', text: message.caption, detail });

const choice = (message: PageMessage): Content => {
  const id = message.listResponse?.singleSelectReply.selectedRowId || message.selectedButtonId || message.selectedId;
  return { ...plain(message), ...(id ? { quickReplyId: id.slice(0, 200) } : {}) };
};

const poll = ({ pollName, pollOptions }: PageMessage): Content => ({
  kind: 'unsupported',
  text: pollName,
  detail: 'poll',
  fields: pollOptions.slice(0, 200).map(({ name }, at) => ({ name: String(at + 1), value: name.slice(0, 4000) })),
});

const card = ({ body, vcardList }: PageMessage): Content => ({
  kind: 'contact-card',
  text: '',
  cards: (vcardList.length > 0 ? vcardList.map(({ vcard }) => vcard) : [body]).slice(0, 50).map(cardOf),
});

const order = ({ orderId, orderTitle, itemCount, productId, title, caption }: PageMessage): Content => ({
  kind: 'order',
  text: caption || orderTitle || title,
  fields: filled([
    ['order', orderId],
    ['items', itemCount],
    ['product', productId],
  ]),
});

/** The library's types of messages. What is not here is kept as unsupported under its own name. */
const readers: Readonly<Record<string, (message: PageMessage) => Content>> = {
  chat: plain,
  hsm: plain,
  template: plain,
  image: file('image'),
  video: file('video'),
  ptv: file('video'),
  audio: file('audio'),
  ptt: file('audio'),
  document: file('file'),
  sticker: file('sticker'),
  // its body is a picture of the map in base64
  location: (message) => ({ kind: 'location', text: '', location: place(message) }),
  vcard: card,
  multi_vcard: card,
  order,
  product: order,
  list_response: choice,
  buttons_response: choice,
  template_button_reply: choice,
  interactive_response: choice,
  interactive: (message) => (message.body || message.caption ? plain(message) : unsupported('interactive')(message)),
  poll_creation: poll,
  scheduled_event_creation: ({ eventName }) => ({ kind: 'unsupported', text: eventName, detail: 'event' }),
  groups_v4_invite: unsupported('group-invite'),
  ciphertext: unsupported('undecryptable'),
};

/** What the medium writes into a chat by itself, and frames of other messages: nobody said it. */
const silent: ReadonlySet<string> = new Set([
  'album',
  'broadcast_notification',
  'call_log',
  'debug',
  'e2e_notification',
  'gp2',
  'group_notification',
  'notification',
  'notification_template',
  'protocol',
  'reaction',
]);

/** True for what stands in a chat though nobody said it. */
export const isSilent = ({ type }: PageMessage): boolean => silent.has(type);

/** What a message of any type holds; never throws, never empty-handed. */
export function contentOf(message: PageMessage): Content {
  const read = Object.hasOwn(readers, message.type) ? readers[message.type] : undefined;
  return read ? read(message) : unsupported((message.type || 'unknown').slice(0, 100))(message);
}
