import { z } from 'zod';
import { sendErrorCodes } from './send-error.ts';

/**
 * What a message is. An `edit`, a `deletion` and a `reaction` speak of an earlier message (`refersTo`); a `notice` is what
 * the medium itself tells (a changed number, a missed call). An unknown kind is kept as `unsupported` with its raw body,
 * never dropped (lessons 27, 28).
 */
export const messageKinds = [
  'text',
  'image',
  'audio',
  'video',
  'file',
  'location',
  'contact-card',
  'sticker',
  'order',
  'form',
  'reaction',
  'edit',
  'deletion',
  'notice',
  'unsupported',
] as const;
export const messageKind = z.enum(messageKinds);
export type MessageKind = z.infer<typeof messageKind>;

/** How far a delivery has come. It only climbs (style.md section 3); `failed` stands beside the ladder. */
export const deliveryStatuses = ['queued', 'sending', 'accepted', 'sent', 'delivered', 'read', 'failed'] as const;
export const deliveryStatus = z.enum(deliveryStatuses);
export type DeliveryStatus = z.infer<typeof deliveryStatus>;

/** Bytes in memory; which buffer they stand in does not matter. */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes');

const time = z.iso.datetime({ precision: 3 });

/** A file that came with a message: already stored (`attachmentId`), or to be fetched later by `reference`. */
export const inboundAttachment = z.object({
  attachmentId: z.string().optional(),
  reference: z.string().optional(),
  name: z.string().max(255).default(''),
  type: z.string().max(255).default(''),
  bytes: z.number().int().nonnegative().default(0),
});
export type InboundAttachment = z.infer<typeof inboundAttachment>;

export const place = z.object({
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().max(1000).optional(),
  address: z.string().max(1000).optional(),
});
/** A location that somebody sent; degrees. */
export type Place = z.infer<typeof place>;

export const card = z.object({
  name: z.string().max(500),
  phones: z.array(z.string().max(100)).max(50),
  emails: z.array(z.string().max(320)).max(50).default([]),
});
/** A person whose contact card somebody sent. */
export type Card = z.infer<typeof card>;

/** One line of an order or of a filled-in form. */
export const filledField = z.object({ name: z.string().max(500), value: z.string().max(4000) });
export type FilledField = z.infer<typeof filledField>;

/** How a message says that it goes on with an earlier one; the core decides, and lets nobody into another's conversation. */
export const threadClaim = z.object({
  /** What the message answers, the nearest first: external ids of others' messages, or ids of our own deliveries. */
  references: z.array(z.string().min(1).max(998)).max(100),
  /** The conversation key that the message proves to know, such as by a token of ours that only its reader has. */
  provenKey: z.string().max(512).nullable(),
  /** The subject without its prefixes, folded, to be compared; empty where it says nothing. */
  topic: z.string().max(1000),
  /** True where its subject says that it is a reply. */
  isReply: z.boolean(),
});
export type ThreadClaim = z.infer<typeof threadClaim>;

export const letterAddress = z.object({ address: z.string().max(512), name: z.string().max(300) });

/** What a letter has besides its words. */
export const inboundLetter = z.object({
  subject: z.string().max(2000),
  from: letterAddress.nullable(),
  to: z.array(letterAddress).max(200),
  cc: z.array(letterAddress).max(200),
  /** What the person wrote now: without quoted text and signature. The whole stays in `text`. */
  newText: z.string(),
  /** Why it could not be read whole; null where it was. */
  problem: z.enum(['partly', 'unreadable', 'too-large']).nullable(),
});
export type InboundLetter = z.infer<typeof inboundLetter>;

/** Somebody wrote. `externalId` is the provider's id, the key against duplicates within the inbox. */
export const inboundMessage = z.object({
  event: z.literal('message'),
  inboxId: z.string().min(1),
  externalId: z.string().min(1).max(512),
  /** Opaque address of the sender within the inbox: where an answer goes. */
  address: z.string().min(1).max(512),
  /**
   * What the provider knows the person by, where that is surer than the address, which may be hidden or change hands (a
   * WhatsApp BSUID or LID). The core joins both; only for channels whose conversation key is the address.
   */
  identity: z.string().min(1).max(512).optional(),
  /** The phone number that the provider vouches for, E.164 with its plus. */
  phone: z
    .string()
    .regex(/^\+\d{7,15}$/)
    .optional(),
  displayName: z.string().max(300).optional(),
  /** Opaque key of the conversation within the inbox; messages with one key belong together. */
  conversationKey: z.string().min(1).max(512),
  visibility: z.enum(['private', 'public']),
  sentAt: time,
  kind: messageKind,
  text: z.string(),
  html: z.string().optional(),
  /** The id of the quick reply that was tapped, where the medium tells it. */
  quickReplyId: z.string().max(200).optional(),
  attachments: z.array(inboundAttachment).max(100),
  /** External id of the message that it quotes, reacts to, edits or deletes. */
  refersTo: z.string().max(512).optional(),
  /** Was passed on from elsewhere by its sender. */
  forwarded: z.boolean().optional(),
  /** What sort of notice or unsupported thing it is, by a word of its own: `number-changed`, `view-once`. */
  detail: z.string().max(100).optional(),
  location: place.optional(),
  cards: z.array(card).max(50).optional(),
  fields: z.array(filledField).max(200).optional(),
  /** Tells apart two messages that came under one external id: of the content, without what the way of it adds. */
  digest: z.string().max(128).optional(),
  thread: threadClaim.optional(),
  letter: inboundLetter.optional(),
  automated: z.enum(['none', 'auto-reply', 'bulk', 'bounce']),
  /** Why it is taken for automatic, as a sentence; for people. */
  automatedWhy: z.string().max(300).optional(),
  /** Was answered elsewhere before it came here: it is stored and never answered. */
  settled: z.boolean().optional(),
  /** The message as it came over the wire, compressed, and how many days it is kept. */
  source: z.object({ gzip: bytes, keepDays: z.number().int().positive() }).optional(),
  /** The language that the sender's client is set to, where it is known. */
  language: z.enum(['ar', 'en']).optional(),
  /** False where the medium's rules let no program answer it. */
  answerable: z.boolean().optional(),
  /** Where people can look at it, of what is public. */
  link: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional(),
  /** Kept whole for support; never read by the core. */
  raw: z.unknown().optional(),
});
export type InboundMessage = z.infer<typeof inboundMessage>;

/**
 * Somebody of ours wrote to the person from the account's own program (the phone on the desk): kept as ours, and the
 * assistant is silent from then on. What Wasl itself sent must not come this way.
 */
export const ownMessage = inboundMessage
  .pick({
    inboxId: true,
    externalId: true,
    address: true,
    identity: true,
    phone: true,
    conversationKey: true,
    sentAt: true,
    kind: true,
    text: true,
    attachments: true,
    refersTo: true,
    location: true,
    cards: true,
    raw: true,
  })
  .extend({
    event: z.literal('own-message'),
    /** `public` for words where everybody reads them; without it as the conversation of its key is. */
    visibility: z.enum(['private', 'public']).optional(),
  });
export type OwnMessage = z.infer<typeof ownMessage>;

/** What a sending cost: units as the provider counts them (segments), and money where it is known. */
export const cost = z.object({
  units: z.number().int().nonnegative(),
  amount: z.number().nonnegative().nullable(),
  /** ISO 4217. */
  currency: z.string().length(3).nullable(),
});
export type Cost = z.infer<typeof cost>;

/** The provider's word on one of our deliveries, found by its external id or by our own id that it gave back. */
export const receipt = z.object({
  event: z.literal('receipt'),
  inboxId: z.string().min(1),
  externalId: z.string().min(1),
  /** The id of our delivery, where the provider gives it back. */
  deliveryId: z.string().max(512).optional(),
  status: deliveryStatus,
  /** Whom it failed to reach, or reached, where the provider tells: a copy that fails says nothing of the person. */
  address: z.string().max(512).optional(),
  at: time,
  reason: z.string().optional(),
  /** Why it failed, in the words of `SendError`. */
  code: z.enum(sendErrorCodes).optional(),
  cost: cost.optional(),
});
export type Receipt = z.infer<typeof receipt>;

/** The person asked by the medium's own means not to be written to first any more, or (`on: false`) took that back. */
export const optOut = z.object({
  event: z.literal('opt-out'),
  inboxId: z.string(),
  address: z.string(),
  on: z.boolean().default(true),
  at: time,
});
export type OptOut = z.infer<typeof optOut>;

/** The same person is now reached under another address. */
export const addressChange = z.object({
  event: z.literal('address-change'),
  inboxId: z.string(),
  from: z.string(),
  to: z.string(),
  /** The new number, E.164 with its plus, where the address is one. */
  phone: z
    .string()
    .regex(/^\+\d{7,15}$/)
    .optional(),
  at: time,
});
export type AddressChange = z.infer<typeof addressChange>;

/** All that a channel may tell the core. */
export const inboundEvent = z.discriminatedUnion('event', [inboundMessage, ownMessage, receipt, optOut, addressChange]);
export type InboundEvent = z.infer<typeof inboundEvent>;
/** An event as a channel gives it, before it is checked. */
export type GivenEvent = z.input<typeof inboundEvent>;
