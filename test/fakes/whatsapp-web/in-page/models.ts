import type { MediaState, WireChat, WireMessage, WirePerson } from '../wire.ts';
import { Emitter } from './emitter.ts';
import type { Ids, Key, Wid } from './ids.ts';

export type Fields = Record<string, unknown>;

/** What the message is a picture, a sound or a file of, on its way. */
export class MediaData {
  mediaStage: string;
  readonly state: MediaState;

  constructor(state: MediaState) {
    this.state = state;
    this.mediaStage = state === 'reuploading' ? 'REUPLOADING' : 'NEED_POKE';
  }
}

const never = (): Promise<never> => new Promise(() => {});

/** A message, as the page's own collection holds it. */
export class MessageModel extends Emitter {
  [attribute: string]: unknown;
  declare id: Key;
  declare t: number;
  declare type: string;
  declare ack: number;
  declare from: Wid;
  declare to: Wid;
  declare isNewMsg?: boolean;
  declare mediaData?: MediaData;

  constructor(attributes: Fields) {
    super();
    Object.assign(this, attributes);
  }

  serialize(): Fields {
    const { mediaData, mediaObject, mediaBlob, ...attributes } = this;
    return attributes;
  }
  toJSON(): Fields {
    return this.serialize();
  }
  unsafe(): this {
    return this;
  }
  msgContextInfo(): Fields {
    const { type, body, caption, author, from } = this;
    return {
      quotedMsg: { type, body, caption },
      quotedStanzaID: this.id.id,
      quotedParticipant: author ?? from,
      quotedRemoteJid: this.id.remote,
    };
  }
  async downloadMedia(): Promise<void> {
    const media = this.mediaData;
    if (!media) return;
    if (media.state === 'stuck') await never();
    // an expired one resolves all the same, and the download itself is answered 404
    media.mediaStage = 'RESOLVED';
  }
}

/** The model of a message that came over the wire. */
export function messageFrom(wire: WireMessage, ids: Ids, find: (id: string) => MessageModel | undefined): MessageModel {
  const quoted = wire.quoted === undefined ? undefined : find(wire.quoted);
  const author = wire.author ? { author: ids.createWid(wire.author) } : {};
  const media = wire.media ? { mediaData: new MediaData(wire.media), mediaObject: {} } : {};
  return new MessageModel({
    ...wire.fields,
    ...quoted?.msgContextInfo(),
    id: ids.createKey(wire.key),
    t: wire.t,
    type: wire.type,
    ack: wire.ack,
    from: ids.createWid(wire.from),
    to: ids.createWid(wire.to),
    ...author,
    ...media,
  });
}

/** A chat, with the messages of it that the page has in hand. */
export class ChatModel extends Emitter {
  readonly id: Wid;
  t: number;
  unreadCount: number;
  archive: boolean;
  formattedTitle: string;
  readonly mute = { expiration: 0 };
  declare readonly groupMetadata?: { participants: Fields[]; announce: boolean; serialize(): Fields };
  declare readonly newsletterMetadata?: { membershipType: string; creationTime: number; serialize(): Fields };
  loaded: MessageModel[] = [];
  readonly msgs = { getModelsArray: (): MessageModel[] => [...this.loaded] };

  constructor(wire: WireChat, ids: Ids) {
    super();
    this.id = ids.createWid(wire.id);
    this.t = wire.t;
    this.unreadCount = wire.unreadCount;
    this.archive = wire.archive;
    this.formattedTitle = wire.name;
    const participants = (wire.participants ?? []).map((one) => ({ id: ids.createWid(one), isAdmin: false }));
    const announce = false;
    if (this.id.isGroup())
      this.groupMetadata = { participants, announce, serialize: () => ({ participants, announce, creation: wire.t }) };
    if (this.id.isNewsletter())
      this.newsletterMetadata = {
        membershipType: 'subscriber',
        creationTime: wire.t,
        serialize: () => ({ membershipType: 'subscriber' }),
      };
  }

  get lastReceivedKey(): Key | undefined {
    return this.loaded
      .filter((one) => !one.id.fromMe)
      .sort((a, b) => a.t - b.t)
      .at(-1)?.id;
  }

  serialize(): Fields {
    const { id, t, unreadCount, archive, formattedTitle, lastReceivedKey } = this;
    const msgs = this.loaded.map((one) => one.serialize());
    return {
      id,
      t,
      unreadCount,
      archive,
      name: formattedTitle,
      lastReceivedKey,
      msgs,
      muteExpiration: 0,
      isLocked: false,
    };
  }
  toJSON(): Fields {
    return this.serialize();
  }
}

/** Somebody under one of the ids that stand for them. */
export class ContactModel {
  readonly id: Wid;
  readonly person: WirePerson | undefined;
  readonly phoneNumber: Wid | undefined;
  readonly isBusiness = false;
  readonly isEnterprise = false;
  readonly isContactBlocked = false;

  constructor(id: Wid, person: WirePerson | undefined, ids: Ids) {
    this.id = id;
    this.person = person;
    if (id.isLid() && person?.phoneKnown && person.phone) this.phoneNumber = ids.createWid(`${person.phone}@c.us`);
  }

  serialize(): Fields {
    const { id, phoneNumber, isBusiness } = this;
    return { id, phoneNumber, isBusiness, type: 'in' };
  }
}
