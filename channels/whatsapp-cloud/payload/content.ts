import type { Card, FilledField, InboundAttachment, MessageKind, Place } from '../../../src/channel/inbound.ts';
import { cardsOf } from './cards.ts';
import { answersOf, besideOf, field, told } from './filled.ts';
import { unseen } from './person.ts';
import { short } from './short.ts';
import { readable, type WireMedia, type WireMessage, wireError, wireItem, wireMessage } from './wire.ts';

/** What a message says, whoever said it. */
export interface Content {
  kind: MessageKind;
  text: string;
  attachments: Partial<InboundAttachment>[];
  refersTo?: string;
  quickReplyId?: string;
  location?: Place;
  cards?: Card[];
  fields?: FilledField[];
  detail?: string;
}

/** Where a file is fetched: as much as the webhook tells of it. */
export interface MediaReference {
  id?: string | undefined;
  url?: string | undefined;
  mime?: string | undefined;
  sha256?: string | undefined;
  name?: string | undefined;
}

const content = (kind: MessageKind, text = '', more: Partial<Content> = {}): Content => ({
  kind,
  text,
  attachments: [],
  ...more,
});

/** The type without its parameters: `audio/ogg; codecs=opus` is an `audio/ogg`. */
const typeOf = (mime: string | undefined): string => short((mime ?? '').split(';')[0]?.trim().toLowerCase() ?? '', 255);

/** Without a path and what cannot be seen; a long one keeps its ending. */
const fileName = (given: string): string => {
  const name = (given.split(/[/\\]/).at(-1) ?? '').replace(unseen, '').trim();
  const end = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return name.length <= 255 ? name.toWellFormed() : `${short(name, 240)}${end}`;
};

const file =
  (kind: MessageKind, pick: (message: WireMessage) => WireMedia | undefined) =>
  (message: WireMessage): Content | null => {
    const media = pick(message);
    if (!media || (media.id === undefined && media.url === undefined)) return null;
    const { id, url, mime_type: mime, sha256, caption = '' } = media;
    const name = fileName(media.filename ?? '');
    const reference: MediaReference = { id, url, mime, sha256, name: name || undefined };
    return content(kind, caption, {
      attachments: [{ reference: JSON.stringify(reference), name, type: typeOf(mime), bytes: 0 }],
    });
  };

const place = ({ location }: WireMessage): Content | null => {
  if (!location) return null;
  const { latitude, longitude, name, address, url } = location;
  const named = { ...(name ? { name: short(name, 1000) } : {}), ...(address ? { address: short(address, 1000) } : {}) };
  const fields = told([['url', url]]);
  return content('location', '', { location: { latitude, longitude, ...named }, fields });
};

const cards = ({ contacts }: WireMessage): Content | null =>
  contacts ? content('contact-card', '', cardsOf(contacts)) : null;

/** A title that was cut to its length stands whole in the description (`shape.ts`). */
const titleOf = ({ title = '', description }: { title?: string; description?: string }): string =>
  title.endsWith('…') && description ? description : title;

const interactive = ({ interactive: given }: WireMessage): Content | null => {
  const reply = given?.button_reply ?? given?.list_reply;
  if (reply) {
    const id = reply.id ? { quickReplyId: short(reply.id, 200) } : {};
    return content('text', titleOf(reply), id);
  }
  const form = given?.nfm_reply;
  if (!form) return null;
  // of a flow the body says no more than "Sent", which the person did not write
  const words = form.body === 'Sent' ? '' : (form.body ?? '');
  return content('form', words, { fields: answersOf(form.response_json) });
};

const button = ({ button: given }: WireMessage): Content | null => {
  if (!given || (given.text === undefined && given.payload === undefined)) return null;
  const id = given.payload ? { quickReplyId: short(given.payload, 200) } : {};
  return content('text', given.text ?? given.payload ?? '', id);
};

const edit = ({ edit: given }: WireMessage): Content | null => {
  if (!given) return null;
  const [inner] = readable(wireMessage, [given.message]);
  const words = inner ? (saidBy(inner) ?? unsupported(inner, [])).text : '';
  return content('edit', words, { refersTo: given.original_message_id });
};

const order = ({ order: given }: WireMessage): Content | null => {
  if (!given) return null;
  const fields = readable(wireItem, given.product_items).map((one) =>
    field(
      one.product_retailer_id ?? '',
      `${one.quantity ?? '1'} × ${one.item_price ?? '?'} ${one.currency ?? ''}`.trim(),
    ),
  );
  return content('order', given.text ?? '', { fields: fields.slice(0, 200) });
};

const notices: Record<string, string> = {
  user_changed_number: 'number-changed',
  user_changed_user_id: 'user-id-changed',
  customer_identity_changed: 'identity-changed',
  user_identity_changed: 'identity-changed',
};

const system = ({ system: given }: WireMessage): Content | null => {
  if (!given) return null;
  const { type = '', body = '' } = given;
  return content('notice', body, {
    detail: short((Object.hasOwn(notices, type) && notices[type]) || type || 'system', 100),
  });
};

const reaction = ({ reaction: given }: WireMessage): Content | null =>
  given ? content('reaction', given.emoji ?? '', { refersTo: given.message_id }) : null;

const revoke = ({ revoke: given }: WireMessage): Content | null =>
  given ? content('deletion', '', { refersTo: given.original_message_id }) : null;

/** By the provider's type: what the message says, or null where its content is missing. */
const readers = new Map<string, (message: WireMessage) => Content | null>([
  ['text', ({ text }) => (text ? content('text', text.body) : null)],
  ['image', file('image', ({ image }) => image)],
  ['audio', file('audio', ({ audio }) => audio)],
  ['video', file('video', ({ video }) => video)],
  ['document', file('file', ({ document }) => document)],
  ['sticker', file('sticker', ({ sticker }) => sticker)],
  ['location', place],
  ['contacts', cards],
  ['interactive', interactive],
  ['button', button],
  ['order', order],
  ['system', system],
  ['reaction', reaction],
  ['edit', edit],
  ['revoke', revoke],
  ['request_welcome', () => content('notice', '', { detail: 'request-welcome' })],
]);

/** By its type; what comes without one, by the first part that it has. */
function saidBy(message: WireMessage): Content | null {
  const { type } = message;
  if (type !== undefined) return readers.get(type)?.(message) ?? null;
  for (const [part, reader] of readers) {
    const said = Object.hasOwn(message, part) ? reader(message) : null;
    if (said) return said;
  }
  return null;
}

const wordsIn = ({ text, image, video, document, audio, sticker }: WireMessage): string =>
  [text?.body, ...[image, video, document, audio, sticker].map((one) => one?.caption)].find(Boolean) ?? '';

/** What cannot be shown: its words, and why, in the provider's or by its type. The raw message is kept beside it. */
function unsupported(message: WireMessage, beside: readonly unknown[]): Content {
  const { type, errors, unsupported: given, interactive: tapped } = message;
  const [error] = readable(wireError, [...errors, ...beside]);
  const isKnown = type !== undefined && readers.has(type);
  const why =
    given?.type ?? error?.title ?? error?.message ?? tapped?.type ?? (isKnown ? `${type} without content` : type);
  return content('unsupported', wordsIn(message), { detail: short(why || 'unknown', 100) });
}

const ownReference = ({ refersTo }: Content, { context }: WireMessage): { refersTo?: string } => {
  const id = refersTo ?? context?.id;
  return id && id.length <= 512 ? { refersTo: id } : { refersTo: undefined };
};

const allFields = ({ fields = [] }: Content, message: WireMessage): { fields?: FilledField[] } => {
  const all = [...besideOf(message), ...fields].slice(0, 200);
  return all.length > 0 ? { fields: all } : {};
};

/**
 * What a message says. A type that is not known, and one that comes without its content, is `unsupported`; `beside` are
 * the errors that stand beside the messages of the change and may say why.
 */
export function contentOf(message: WireMessage, beside: readonly unknown[]): Content {
  const said = saidBy(message) ?? unsupported(message, beside);
  return { ...said, ...ownReference(said, message), ...allFields(said, message) };
}
