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
  attachments: z.array(inboundAttachment).max(20),
  inReplyTo: z.string().optional(),
  references: z.array(z.string()).optional(),
  automated: z.enum(['none', 'auto-reply', 'bulk', 'bounce']),
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
