import { parse } from '../../../channels/whatsapp-cloud/parse.ts';
import type { Reading } from '../../../channels/whatsapp-cloud/payload/piece.ts';
import { type InboundEvent, type InboundMessage, inboundEvent } from '../../../src/channel/inbound.ts';

export const reading: Reading = {
  inboxId: 'whatsapp-cloud',
  phoneNumberId: '100200300400500',
  businessAccountId: '200300400500600',
  at: '2026-11-21T08:00:00.000Z',
};

const metadata = { display_phone_number: '966112223333', phone_number_id: '100200300400500' };

export type Fields = Record<string, unknown>;

export const aPost = (value: Fields, field = 'messages', id = '200300400500600') => ({
  object: 'whatsapp_business_account',
  entry: [{ id, changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }] }],
});

export const contact = { profile: { name: 'نورة' }, wa_id: '966501112222', user_id: 'SA.111222333' };

export const aMessage = (fields: Fields = {}): Fields => ({
  from: '966501112222',
  from_user_id: 'SA.111222333',
  id: 'wamid.one',
  timestamp: '1763712000',
  type: 'text',
  text: { body: 'سؤال' },
  ...fields,
});

export const said = (message: Fields, beside: Fields = {}) =>
  parse(JSON.stringify(aPost({ contacts: [contact], messages: [message], ...beside })), reading);

/** The events as the core accepts them; it throws where one breaks the contract. */
export const eventsOf = ({ events }: ReturnType<typeof parse>): InboundEvent[] =>
  events.map((one) => inboundEvent.parse(one));

export const read = (message: Fields, beside: Fields = {}): InboundMessage => {
  const [event] = eventsOf(said(message, beside));
  if (event?.event !== 'message') throw new Error('no message was read');
  return event;
};
