import type { WireMessage } from '../wire.ts';
import type { Ids, Key, Wid } from './ids.ts';
import type { Link } from './link.ts';
import { type ChatModel, type Fields, MediaData, MessageModel } from './models.ts';
import type { Store } from './store.ts';

const isPlain = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value) || value?.constructor === Object;

const own = new Set(['id', 't', 'type', 'ack', 'from', 'to', 'author', 'toJSON', 'set', 'mediaBlob']);

/** The message as it leaves: ids as text, and of the rest only what is data. */
function wireOf(message: MessageModel): WireMessage {
  const fields = Object.fromEntries(
    Object.entries(message.serialize()).filter(([name, value]) => !own.has(name) && isPlain(value)),
  );
  const mentionedJidList = ((message.mentionedJidList as Wid[] | undefined) ?? []).map(String);
  const base = { key: message.id.wire(), t: message.t, type: message.type, ack: message.ack };
  const ends = { from: String(message.from), to: String(message.to) };
  const media = message.mediaData ? { media: message.mediaData.state } : {};
  return JSON.parse(
    JSON.stringify({ ...base, ...ends, ...media, fields: { ...fields, mentionedJidList } }),
  ) as WireMessage;
}

/** `WAWebSendMsgChatAction`: the message stands in the chat at once, and the phone says what becomes of it. */
export function makeSender(store: Store, link: Link) {
  const send = async (message: MessageModel): Promise<Fields> => {
    const verdict = await link.emitWithAck('send', wireOf(message));
    if ('fails' in verdict) {
      store.change(message.id.id, { ack: -1 });
      throw new Error(verdict.fails);
    }
    if (verdict.ack !== 0) setTimeout(() => store.change(message.id.id, { ack: verdict.ack }), 0);
    return { messageSendResult: 'OK', t: message.t };
  };
  return {
    addAndSendMsgToChat: (_chat: ChatModel, attributes: Fields): [Promise<unknown>, Promise<unknown>] => {
      const message = new MessageModel(attributes);
      if (typeof message.directPath === 'string') {
        message.mediaData = new MediaData('there');
        message.mediaObject = {};
      }
      store.add(message);
      const sent = send(message);
      return [sent.then(() => message), sent];
    },
  };
}

/** What a person may do to messages that are there. */
export function makeActions(store: Store, link: Link, ids: Ids) {
  const each = async (list: MessageModel[], everyone: boolean): Promise<void> => {
    for (const message of list) {
      await link.emitWithAck('revoked', message.id.id, everyone);
      if (everyone) store.change(message.id.id, { type: 'revoked', subtype: 'sender', body: undefined });
      else store.remove(message.id.id);
    }
  };
  return {
    revoke: (_chat: ChatModel, { list }: { list: MessageModel[] }) => each(list, true),
    delete: (_chat: ChatModel, { list }: { list: MessageModel[] }) => each(list, false),
    edit: async (message: MessageModel, text: string): Promise<void> => {
      await link.emitWithAck('edited', message.id.id, text);
      const caption = message.mediaData ? 'caption' : 'body';
      store.change(message.id.id, { [caption]: text, latestEditSenderTimestampMs: Date.now() });
    },
    react: async (message: MessageModel, reaction: string): Promise<void> => {
      await link.emitWithAck('reacted', message.id.id, reaction);
    },
    reaction: (message: MessageModel, reactionText: string, from: Wid, t: number): Fields => {
      const id: Key = new ids.MsgKey({ fromMe: false, remote: message.id.remote, id: ids.MsgKey.newId() });
      return {
        id,
        reactionParentKey: message.id,
        reactionText,
        reactionTimestamp: t * 1000,
        from,
        orphan: 0,
        read: false,
        ack: 1,
      };
    },
  };
}
