import { capabilities } from '../../channels/whatsapp-cloud/capabilities.ts';
import { cloudKind } from '../../channels/whatsapp-cloud/settings.ts';
import { whatsappWebKind } from '../../channels/whatsapp-web/settings.ts';
import type { Channel, ChannelState, ProviderTemplate } from '../../src/channel/channel.ts';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import type { ChannelKind } from '../../src/channel/kind.ts';
import type { OutboundMessage } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';

/** A tenth of a second of silence, as a sound file. */
function silence(): Buffer {
  const samples = 800;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  return wav;
}

/** One green point, as a picture. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const files: Record<string, Buffer> = { voice: silence(), picture };

async function* bytesOf(file: Buffer) {
  yield file;
}

/** Templates as a provider lists them: two languages, counted and named variables, one that is not approved. */
export const providerTemplates: ProviderTemplate[] = [
  {
    name: 'ticket_update',
    language: 'ar',
    category: 'UTILITY',
    status: 'approved',
    parts: [
      { part: 'header', text: 'تحديث على تذكرتك' },
      {
        part: 'body',
        text: 'مرحبًا {{1}}، نود إعلامك بأن تذكرتك رقم {{2}} قيد المعالجة. للاستفسار يسعدنا ردك على هذه الرسالة.',
      },
      { part: 'footer', text: 'مركز العناية بالمستفيدين' },
    ],
    variables: [
      { part: 'body', name: '1', example: 'سارة' },
      { part: 'body', name: '2', example: '26000017' },
    ],
  },
  {
    name: 'ticket_update',
    language: 'en_US',
    category: 'UTILITY',
    status: 'approved',
    parts: [{ part: 'body', text: 'Hello {{customer_name}}, your ticket {{ticket_number}} is being worked on.' }],
    variables: [
      { part: 'body', name: 'customer_name', example: 'Sara' },
      { part: 'body', name: 'ticket_number', example: '26000017' },
    ],
  },
  {
    name: 'appointment_reminder',
    language: 'ar',
    category: 'UTILITY',
    status: 'pending',
    parts: [{ part: 'body', text: 'نذكّرك بموعدك يوم {{1}}.' }],
    variables: [{ part: 'body', name: '1', example: 'الأحد' }],
  },
];

export interface Whatsapp {
  kind: ChannelKind;
  sent: OutboundMessage[];
}

/** The Cloud API as the core sees it: with its own capabilities and settings, and a provider that refuses on demand. */
export function createWhatsapp(): Whatsapp {
  const sent: OutboundMessage[] = [];
  const create: ChannelKind['create'] = ({ inboxId }): Channel => ({
    kind: 'whatsapp-cloud',
    inboxId,
    capabilities: { ...capabilities, pace: null },
    state: () => ({ state: 'connected', reason: null, phone: '+966500000001' }),
    start: async () => undefined,
    stop: async () => undefined,
    async send(message) {
      if (message.text.includes('refuse this')) throw new SendError('opted-out', 'The person does not want it.');
      sent.push(message);
      return { externalId: `wamid.sent-${message.id}`, status: 'sent' };
    },
    addressOf: (phone) => phone.slice(1),
    typing: async () => undefined,
    markRead: async () => undefined,
    templates: async () => providerTemplates,
    fetchAttachment: async (reference) => {
      const file = files[reference];
      if (file) return { from: bytesOf(file), bytes: file.length };
      if (reference.startsWith('gone')) throw new SendError('rejected', 'WhatsApp does not have the file any more.');
      throw new SendError('unreachable', 'WhatsApp cannot be reached.');
    },
  });
  return { kind: { kind: 'whatsapp-cloud', settings: cloudKind, create }, sent };
}

/** An account that waits to be linked; what it shows can be changed while somebody looks. */
export function createLinking(): { kind: ChannelKind; shows: ChannelState } {
  const shows: ChannelState = {
    state: 'needs-login',
    reason: 'The account is not linked: scan the QR code with WhatsApp on the phone.',
    login: { qr: `2@${'Kq3x'.repeat(50)},abc,def`, code: null, at: '2026-11-22T07:00:00.000Z' },
  };
  const create: ChannelKind['create'] = ({ inboxId }): Channel => ({
    kind: 'whatsapp-web',
    inboxId,
    capabilities: { ...capabilities, replyWindowHours: null, templates: false, pace: null },
    state: () => shows,
    start: async () => undefined,
    stop: async () => undefined,
    send: async ({ id }) => ({ externalId: `web-${id}`, status: 'sent' }),
    addressOf: (phone) => `${phone.slice(1)}@c.us`,
    typing: async () => undefined,
    markRead: async () => undefined,
    fetchAttachment: async () => {
      throw new SendError('rejected', 'WhatsApp does not have the file any more.');
    },
  });
  return { kind: { kind: 'whatsapp-web', settings: whatsappWebKind, create }, shows };
}

type GivenMessage = Extract<GivenEvent, { event: 'message' }>;

/** A message of one person over the Cloud API, `minutes` before now. */
export const said = (externalId: string, minutes: number, more: Partial<GivenMessage>): GivenMessage => ({
  event: 'message',
  inboxId: 'whatsapp-cloud',
  externalId,
  address: '966501234567',
  phone: '+966501234567',
  displayName: 'سارة القحطاني',
  conversationKey: '966501234567',
  visibility: 'private',
  sentAt: new Date(Date.now() - minutes * 60_000).toISOString(),
  kind: 'text',
  text: '',
  attachments: [],
  automated: 'none',
  ...more,
});

/** One of every kind of message, beginning so many minutes ago. */
export const everyKind = (minutes: number): GivenMessage[] => [
  said('wamid.1', minutes, { text: 'السلام عليكم، هذا موقع المبنى الذي فيه العطل' }),
  said('wamid.2', minutes - 1, {
    kind: 'location',
    location: { latitude: 24.7136, longitude: 46.6753, name: 'مبنى 12', address: 'طريق الملك فهد، الرياض' },
  }),
  said('wamid.3', minutes - 1, {
    kind: 'contact-card',
    cards: [{ name: 'مشرف المبنى', phones: ['+966 55 123 4567'], emails: ['hall12@example.edu'] }],
  }),
  said('wamid.4', minutes - 2, { text: 'رقم القاعة 14', refersTo: 'wamid.1' }),
  said('wamid.5', minutes - 2, { kind: 'edit', text: 'رقم القاعة 41', refersTo: 'wamid.4' }),
  said('wamid.6', minutes - 3, { text: 'هذه رسالة وصلت بالخطأ', forwarded: true }),
  said('wamid.7', minutes - 3, { kind: 'deletion', refersTo: 'wamid.6' }),
  said('wamid.8', minutes - 4, {
    kind: 'audio',
    attachments: [{ reference: 'later', type: 'audio/ogg', name: '' }],
  }),
  said('wamid.8b', minutes - 4, { kind: 'audio', attachments: [{ reference: 'voice', type: 'audio/wav', name: '' }] }),
  said('wamid.8c', minutes - 4, {
    kind: 'image',
    text: 'صورة العطل',
    attachments: [{ reference: 'picture', type: 'image/png', name: '' }],
  }),
  said('wamid.9', minutes - 4, {
    kind: 'file',
    attachments: [{ reference: 'gone', type: 'application/pdf', name: 'تقرير العطل.pdf' }],
  }),
  said('wamid.10', minutes - 5, {
    kind: 'order',
    text: 'أرجو تجهيزها',
    fields: [{ name: 'SKU-17', value: '2 × 35 SAR' }],
  }),
  said('wamid.11', minutes - 5, {
    kind: 'form',
    fields: [
      { name: 'visit_date', value: '2026-11-25' },
      { name: 'الملاحظات', value: 'بعد صلاة الظهر' },
    ],
  }),
  said('wamid.12', minutes - 6, { kind: 'unsupported', detail: 'poll', text: 'أي يوم يناسبكم؟' }),
  said('wamid.13', minutes - 6, { kind: 'notice', detail: 'missed-call' }),
  said('wamid.14', minutes - 7, { kind: 'reaction', text: '👍', refersTo: 'wamid.2' }),
  said('wamid.15', minutes - 7, { kind: 'reaction', text: '🙏', refersTo: 'wamid.of-old' }),
];
