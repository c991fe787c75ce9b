import { z } from 'zod';

/** What a message is. An unknown kind is kept as `unsupported` with its raw body, never dropped (lessons 27, 28). */
export const messageKinds = [
  'text',
  'image',
  'audio',
  'video',
  'file',
  'location',
  'contact-card',
  'reaction',
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
  /** Opaque address of the sender within the inbox. */
  address: z.string().min(1).max(512),
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
  /** Kept whole for support; never read by the core. */
  raw: z.unknown().optional(),
});
export type InboundMessage = z.infer<typeof inboundMessage>;

/** The provider's word on one of our deliveries, found by its external id. */
export const receipt = z.object({
  event: z.literal('receipt'),
  inboxId: z.string().min(1),
  externalId: z.string().min(1),
  status: deliveryStatus,
  /** Whom it failed to reach, or reached, where the provider tells: a copy that fails says nothing of the person. */
  address: z.string().max(512).optional(),
  at: time,
  reason: z.string().optional(),
});
export type Receipt = z.infer<typeof receipt>;

/** The sender asked not to be written to any more. */
export const optOut = z.object({ event: z.literal('opt-out'), inboxId: z.string(), address: z.string(), at: time });

/** The same person is now reached under another address. */
export const addressChange = z.object({
  event: z.literal('address-change'),
  inboxId: z.string(),
  from: z.string(),
  to: z.string(),
  at: time,
});

/** All that a channel may tell the core. */
export const inboundEvent = z.discriminatedUnion('event', [inboundMessage, receipt, optOut, addressChange]);
export type InboundEvent = z.infer<typeof inboundEvent>;
/** An event as a channel gives it, before it is checked. */
export type GivenEvent = z.input<typeof inboundEvent>;
