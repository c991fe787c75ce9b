import type { Clock } from '../../../src/clock.ts';
import type { MediaStore, StoredMedia } from './media-store.ts';
import { newWamid } from './wire.ts';

/** Who a person is to the provider. The phone is known to it always; webhooks may hide it. */
export interface Identity {
  /** Digits with the country code. */
  phone: string;
  userId: string;
  parentUserId?: string;
  name: string;
  username?: string;
  /** Webhooks carry the business-scoped user id alone: no `wa_id`, no `from`. */
  phoneHidden: boolean;
  /** As before 2026: no user id in webhooks. */
  userIdHidden: boolean;
}

/** One thing that a webhook says: a message, a receipt or errors, with who it is about. */
export interface Utterance {
  contact?: Record<string, unknown>;
  message?: Record<string, unknown>;
  status?: Record<string, unknown>;
  errors?: unknown[];
  /** A change of another field than `messages`, as it is. */
  change?: { field: string; value: Record<string, unknown> };
  /** The person whose window it opens. */
  opensWindowOf?: string;
  fromAdvertisement?: boolean;
}

/** What may stand on any message beside its kind. */
export interface Extras {
  id?: string;
  /** Milliseconds; the clock's without it. */
  at?: number;
  /** The message replied to. */
  replyTo?: string;
  forwarded?: boolean;
  frequentlyForwarded?: boolean;
  referral?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface FileToSend {
  bytes: Buffer;
  mime?: string;
  caption?: string;
  filename?: string;
  /** A webhook of 2026 may carry an address of the file. */
  withUrl?: boolean;
  astray?: StoredMedia['astray'];
  lies?: StoredMedia['lies'];
}

/** Somebody with a telephone: each function gives what a webhook says of it, to be delivered by the simulator. */
export interface Person extends Identity {
  text(body: string, extras?: Extras): Utterance;
  image(file: FileToSend, extras?: Extras): Utterance;
  voice(file: FileToSend, extras?: Extras): Utterance;
  audio(file: FileToSend, extras?: Extras): Utterance;
  video(file: FileToSend, extras?: Extras): Utterance;
  document(file: FileToSend, extras?: Extras): Utterance;
  sticker(file: FileToSend, extras?: Extras): Utterance;
  location(
    place: { latitude: number; longitude: number; name?: string; address?: string; url?: string },
    extras?: Extras,
  ): Utterance;
  contacts(cards: readonly Record<string, unknown>[], extras?: Extras): Utterance;
  buttonReply(reply: { id: string; title: string }, extras?: Extras): Utterance;
  listReply(reply: { id: string; title: string; description?: string }, extras?: Extras): Utterance;
  formReply(response: unknown, extras?: Extras): Utterance;
  /** A quick reply of a template. */
  templateButton(button: { payload: string; text: string }, extras?: Extras): Utterance;
  /** Without an emoji the reaction is taken back: as '' or by leaving the field out. */
  reaction(messageId: string, emoji?: string, extras?: Extras): Utterance;
  edit(messageId: string, newBody: string, extras?: Extras): Utterance;
  revoke(messageId: string, extras?: Extras): Utterance;
  order(items: readonly Record<string, unknown>[], extras?: Extras): Utterance;
  changedNumber(newPhone: string, extras?: Extras): Utterance;
  changedUserId(newUserId: string, extras?: Extras): Utterance;
  changedIdentity(extras?: Extras): Utterance;
  unsupported(extras?: Extras): Utterance;
  requestWelcome(extras?: Extras): Utterance;
  /** A message of any type, as it is. */
  any(type: string, fields: Record<string, unknown>, extras?: Extras): Utterance;
}

interface World {
  clock: Clock;
  media: MediaStore;
  displayNumber: string;
  mediaUrl(id: string): string;
}

const defined = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The element of `contacts` in a webhook. */
export const contactOf = (person: Identity): Record<string, unknown> => ({
  profile: defined({ name: person.name, username: person.username }),
  ...(person.phoneHidden ? {} : { wa_id: person.phone }),
  ...(person.userIdHidden ? {} : defined({ user_id: person.userId, parent_user_id: person.parentUserId })),
});

const contextOf = (world: World, extras: Extras): Record<string, unknown> | undefined => {
  const context = defined({
    from: extras.replyTo === undefined ? undefined : world.displayNumber,
    id: extras.replyTo,
    forwarded: extras.forwarded,
    frequently_forwarded: extras.frequentlyForwarded,
  });
  return Object.keys(context).length > 0 ? context : undefined;
};

const envelope = (world: World, person: Identity, extras: Extras): Record<string, unknown> => {
  const { id, at, replyTo: _, forwarded: __, frequentlyForwarded: ___, ...more } = extras;
  return defined({
    context: contextOf(world, extras),
    from: person.phoneHidden ? undefined : person.phone,
    from_user_id: person.userIdHidden ? undefined : person.userId,
    from_parent_user_id: person.userIdHidden ? undefined : person.parentUserId,
    id: id ?? newWamid(person.phone, 'in'),
    timestamp: String(Math.floor((at ?? world.clock.now()) / 1000)),
    ...more,
  });
};

const saying =
  (world: World, person: Identity) =>
  (type: string, fields: Record<string, unknown>, extras: Extras = {}): Utterance => ({
    contact: contactOf(person),
    message: { ...envelope(world, person, extras), type, ...fields },
    opensWindowOf: person.userId,
    fromAdvertisement: extras.referral !== undefined,
  });

const fileFields = (world: World, file: FileToSend, mime: string): Record<string, unknown> => {
  const stored = world.media.add(file.mime ?? mime, file.bytes, { astray: file.astray, lies: file.lies });
  return defined({
    caption: file.caption,
    filename: file.filename,
    mime_type: stored.mime,
    // base64 here, hexadecimal in the answer of GET /{media id}: the document shows both
    sha256: Buffer.from(stored.sha256, 'hex').toString('base64'),
    id: stored.id,
    url: file.withUrl ? world.mediaUrl(stored.id) : undefined,
  });
};

/** A system message has no contacts: it speaks of the person, who did not write it. */
const notice = (world: World, person: Identity, system: Record<string, unknown>, extras: Extras = {}): Utterance => ({
  message: { ...envelope(world, person, extras), type: 'system', system },
});

const unknownType = {
  code: 131051,
  title: 'Message type unknown',
  message: 'Message type unknown',
  error_data: { details: 'Message type is currently not supported.' },
};

/** The kinds of message that carry a file. */
const files = (world: World, person: Identity) => {
  const say = saying(world, person);
  return {
    image: (file, extras) => say('image', { image: fileFields(world, file, 'image/jpeg') }, extras),
    voice: (file, extras) =>
      say('audio', { audio: { ...fileFields(world, file, 'audio/ogg; codecs=opus'), voice: true } }, extras),
    audio: (file, extras) =>
      say('audio', { audio: { ...fileFields(world, file, 'audio/mpeg'), voice: false } }, extras),
    video: (file, extras) => say('video', { video: fileFields(world, file, 'video/mp4') }, extras),
    document: (file, extras) => say('document', { document: fileFields(world, file, 'application/pdf') }, extras),
    sticker: (file, extras) =>
      say('sticker', { sticker: { ...fileFields(world, file, 'image/webp'), animated: false } }, extras),
  } satisfies Partial<Person>;
};

/** The kinds that answer something: a tap, a reaction, a correction. */
const answers = (world: World, person: Identity) => {
  const say = saying(world, person);
  return {
    buttonReply: (reply, extras) =>
      say('interactive', { interactive: { type: 'button_reply', button_reply: reply } }, extras),
    listReply: (reply, extras) =>
      say('interactive', { interactive: { type: 'list_reply', list_reply: reply } }, extras),
    formReply: (response, extras) =>
      say(
        'interactive',
        {
          interactive: {
            type: 'nfm_reply',
            nfm_reply: { name: 'flow', body: 'Sent', response_json: JSON.stringify(response) },
          },
        },
        extras,
      ),
    templateButton: (button, extras) => say('button', { button }, extras),
    reaction: (messageId, emoji, extras) =>
      say('reaction', { reaction: defined({ message_id: messageId, emoji }) }, extras),
    edit: (messageId, body, extras) =>
      say('edit', { edit: { original_message_id: messageId, message: { type: 'text', text: { body } } } }, extras),
    revoke: (messageId, extras) => say('revoke', { revoke: { original_message_id: messageId } }, extras),
  } satisfies Partial<Person>;
};

const notices = (world: World, person: Identity) =>
  ({
    changedNumber: (newPhone, extras) =>
      notice(
        world,
        person,
        {
          body: `User ${person.name} changed from ${person.phone} to ${newPhone}`,
          wa_id: newPhone,
          new_wa_id: newPhone,
          type: 'user_changed_number',
        },
        extras,
      ),
    changedUserId: (newUserId, extras) =>
      notice(
        world,
        person,
        { body: `User ${person.name} changed user ID`, user_id: newUserId, type: 'user_changed_user_id' },
        extras,
      ),
    changedIdentity: (extras) =>
      notice(
        world,
        person,
        {
          body: `User ${person.name} changed their security code`,
          wa_id: person.phone,
          identity: 'new',
          type: 'customer_identity_changed',
        },
        extras,
      ),
  }) satisfies Partial<Person>;

/** Makes a person of an identity. The identity may change afterwards: what is said next follows it. */
export function createPerson(world: World, identity: Identity): Person {
  const person = { ...identity } as Person;
  const say = saying(world, person);
  return Object.assign(person, {
    ...files(world, person),
    ...answers(world, person),
    ...notices(world, person),
    text: (body, extras) => say('text', { text: { body } }, extras),
    location: (place, extras) => say('location', { location: place }, extras),
    contacts: (cards, extras) => say('contacts', { contacts: cards }, extras),
    order: (items, extras) =>
      say('order', { order: { catalog_id: '194836987003835', text: '', product_items: items } }, extras),
    unsupported: (extras) => say('unsupported', { errors: [unknownType] }, extras),
    requestWelcome: (extras) => say('request_welcome', {}, extras),
    any: say,
  } satisfies Partial<Person>);
}
