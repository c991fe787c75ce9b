import type { IdLike, Ids, Wid } from './ids.ts';
import type { Link } from './link.ts';
import { mediaModules } from './media.ts';
import type { ChatModel, ContactModel, Fields, MessageModel } from './models.ts';
import { makeActions, makeSender } from './sending.ts';
import type { Login } from './session.ts';
import type { Store } from './store.ts';

interface Parts {
  link: Link;
  ids: Ids;
  store: Store;
  login: Login;
  me: { phone: Wid; lid: Wid };
  /** Calls for older messages never come back while it is set. */
  stall: { on: boolean };
}

function idModules({ ids, store, me, link }: Parts): Record<string, unknown> {
  const { createWid, MsgKey } = ids;
  const widOf = (digits: string | undefined, server: string): Wid | undefined =>
    digits ? createWid(`${digits}@${server}`) : undefined;
  const lidOf = (id: IdLike): Wid | undefined => {
    const person = store.person(id);
    return person?.lidKnown ? widOf(person.lid, 'lid') : undefined;
  };
  const phoneOf = (id: IdLike): Wid | undefined => {
    const person = store.person(id);
    return person?.phoneKnown ? widOf(person.phone, 'c.us') : undefined;
  };
  const queryWidExists = async (wid: Wid): Promise<{ wid: Wid } | null> => {
    const person = await link.emitWithAck('exists', String(wid));
    if (!person) return null;
    store.learn(person);
    return { wid };
  };
  return {
    WAWebWidFactory: { createWid, createWidFromWidLike: createWid, asUserWidOrThrow: createWid },
    WAWebMsgKey: MsgKey,
    WAWebUserPrefsMeUser: { getMaybeMePnUser: () => me.phone, getMaybeMeLidUser: () => me.lid },
    WAWebApiContact: {
      getCurrentLid: lidOf,
      getPhoneNumber: phoneOf,
      getAlternateUserWid: (wid: Wid) => (wid.isLid() ? phoneOf(wid) : lidOf(wid)),
    },
    WAWebLidMigrationUtils: { toPn: phoneOf, toLid: lidOf },
    WAWebQueryExistsJob: { queryWidExists },
  };
}

function loginModules({ login, link, me }: Parts): Record<string, unknown> {
  const { socket, conn, commands } = login;
  const bytes = new Uint8Array([1, 2, 3]);
  return {
    WAWebSocketModel: { Socket: socket },
    WAWebConnModel: { Conn: conn },
    WAWebCmd: { Cmd: commands },
    WAWebLaunchSocketUtils: { refreshQR: () => link.emit('refresh') },
    WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => login.progress } },
    WAWebAltDeviceLinkingApi: {
      setPairingType: () => {},
      initializeAltDeviceLinking: async () => {},
      initializeQRLinking: async () => {},
      startAltLinkingFlow: (phone: string) => link.emitWithAck('pairing', phone),
    },
    WABase64: { encodeB64: (data: Uint8Array) => btoa(String.fromCharCode(...data)) },
    WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
    WAWebAdvSignatureApi: {},
    WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: bytes } }) } },
    WAWebSignalStoreApi: {
      waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: bytes } }) },
    },
    WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'secret' },
    WAWebMiscBrowserUtils: { info: () => ({ os: 'Linux', name: 'Chrome' }) },
    WAWebContactStatusBridge: { getStatus: async () => ({ status: '', wid: me.phone }) },
  };
}

function collections({ store, ids }: Parts): Record<string, unknown> {
  const { messageEvents, chatEvents } = store;
  const on = (events: typeof messageEvents) => ({ on: events.on.bind(events), off: events.off.bind(events) });
  return {
    Msg: {
      ...on(messageEvents),
      get: (key: unknown) => store.message(key),
      getMessagesById: (keys: unknown[]) => store.messagesById(keys),
      getModelsArray: () => store.chats().flatMap((chat) => chat.loaded),
    },
    Chat: {
      ...on(chatEvents),
      get: (id: IdLike) => store.chat(id),
      find: async (id: IdLike) => store.openChat(id),
      getModelsArray: () => store.chats(),
    },
    Contact: {
      get: (id: IdLike) => store.contact(id),
      find: async (id: IdLike) => store.contact(id),
      getModelsArray: () =>
        store.people.flatMap(({ phone, lid }) =>
          phone ? [store.contact(`${phone}@c.us`)] : lid ? [store.contact(`${lid}@lid`)] : [],
        ),
    },
    WAWebNewsletterCollection: {
      get: (id: IdLike) => store.channel(id),
      find: async (id: IdLike) => store.channel(id),
      getModelsArray: () => store.channels(),
    },
    WAWebGroupMetadataCollection: { update: async () => {} },
    WAWebNewsletterMetadataCollection: { update: async () => {} },
    Blocklist: { get: () => undefined },
    BusinessProfile: { find: async (id: IdLike) => ({ id: ids.createWid(id) }) },
  };
}

const none = (): undefined => undefined;

function contactModules(): Record<string, unknown> {
  return {
    WAWebContactGetters: {
      getIsMe: () => false,
      getIsUser: ({ id }: ContactModel) => id.isUser(),
      getIsGroup: ({ id }: ContactModel) => id.isGroup(),
      getIsWAContact: ({ person }: ContactModel) => person?.registered ?? false,
      // of somebody whose phone the page does not know these are the digits of the hidden id
      getUserid: ({ id, phoneNumber }: ContactModel) => (phoneNumber ?? id).user,
      getName: ({ person }: ContactModel) => person?.name,
      getShortName: ({ person }: ContactModel) => person?.name?.split(' ')[0],
      getPushname: ({ person }: ContactModel) => person?.pushname,
      getVerifiedName: none,
      getVerifiedLevel: none,
      getStatusMute: none,
      getIsEnterprise: () => false,
    },
    WAWebFrontendContactGetters: { getIsMyContact: ({ person }: ContactModel) => person?.name !== undefined },
  };
}

function chatModules({ store, link, stall }: Parts): Record<string, unknown> {
  const typing = (state: 'typing' | 'recording' | 'stop') => (id: IdLike) =>
    link.emitWithAck('typing', String(id), state);
  return {
    WAWebChatGetters: {
      getIsNewsletter: ({ id }: ChatModel) => id.isNewsletter(),
      getIsBroadcast: ({ id }: ChatModel) => id.isBroadcast(),
    },
    WAWebFindChatAction: { findOrCreateLatestChat: async (id: IdLike) => ({ chat: store.openChat(id) }) },
    WAWebChatLoadMessages: {
      loadEarlierMsgs: async ({ chat }: { chat: ChatModel }) =>
        stall.on ? new Promise(() => {}) : store.earlier(chat),
    },
    WAWebStreamModel: { Stream: { markAvailable: () => {}, markUnavailable: () => {} } },
    WAWebUpdateUnreadChatAction: {
      sendSeen: async ({ chat }: { chat: ChatModel }) => link.emitWithAck('seen', String(chat.id)),
    },
    WAWebChatStateBridge: {
      sendChatStateComposing: typing('typing'),
      sendChatStateRecording: typing('recording'),
      sendChatStatePaused: typing('stop'),
    },
    WAWebPresenceChatAction: { sendPresenceAvailable: async () => {}, sendPresenceUnavailable: async () => {} },
    WAWebContactProfilePicThumbBridge: { requestProfilePicFromServer: async () => undefined },
  };
}

const linkPattern = /https?:\/\/\S+/g;
const findLinks = (text?: string): { href: string }[] =>
  [...(text ?? '').matchAll(linkPattern)].map(([href]) => ({ href }));

/** Calls live in a Map inside a collection; the library listens by replacing its `set`. */
export const callCollection = { on: none, calls: new Map<string, Fields>() };

function messageModules(parts: Parts): Record<string, unknown> {
  const { store, link, ids, login } = parts;
  const actions = makeActions(store, link, ids);
  Object.assign(login.commands, {
    refreshQR: () => link.emit('refresh'),
    sendRevokeMsgs: actions.revoke,
    sendDeleteMsgs: actions.delete,
  });
  const isOwn = ({ id }: MessageModel): boolean => id.fromMe;
  return {
    WALinkify: { findLinks, findLink: (text?: string) => findLinks(text)[0] },
    WAWebLinkPreviewChatAction: { getLinkPreview: async () => null },
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
    WAWebSendMsgChatAction: makeSender(store, link),
    WAWebMsgReply: { canReplyMsg: () => true },
    WAWebQuotedMsgModelUtils: {
      getQuotedMsgObj: (message: MessageModel) => store.byPlainId(String(message.quotedStanzaID)),
    },
    WAWebMsgActionCapability: {
      canEditText: isOwn,
      canEditCaption: isOwn,
      canSenderRevokeMsg: isOwn,
      canAdminRevokeMsg: () => false,
    },
    WAWebSendMessageEditAction: { sendMessageEdit: actions.edit },
    WAWebSendReactionMsgAction: { sendReactionToMsg: actions.react },
    WAWebAddonReactionTableMode: { reactionTableMode: { bulkUpsert: () => {} } },
    WAWebAddonPollVoteTableMode: { pollVoteTableMode: { bulkUpsert: () => {} } },
    WAWebBackendJobsCommon: { mediaTypeFromProtobuf: () => null },
    WAWebE2EProtoUtils: { typeAttributeFromProtobuf: () => 'text' },
    WAWebSyncGatingUtils: { isPlaceholderMessageResendEnabled: () => false },
    WAWebNonMessageDataRequestPlaceholderMessageResendUtils: { handlePlaceholderMsgsSeen: () => {} },
    WAWebCallCollection: callCollection,
  };
}

/** Every module of the page that the library asks for; one that is not here fails as an unknown one does there. */
export function makeModules(parts: Parts): Record<string, unknown> {
  return {
    ...idModules(parts),
    ...loginModules(parts),
    ...contactModules(),
    ...chatModules(parts),
    ...messageModules(parts),
    ...mediaModules(parts.link),
    WAWebCollections: collections(parts),
  };
}
