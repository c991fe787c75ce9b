import { describe, expect, it } from 'vitest';
import { aMessage, contact, eventsOf, type Fields, read, said } from './posts.ts';

const media = { id: '1003383421387256', mime_type: 'image/jpeg', sha256: 'c2hh' };

const kinds: [string, Fields, Fields][] = [
  ['words', { type: 'text', text: { body: 'كم الرسوم؟' } }, { kind: 'text', text: 'كم الرسوم؟' }],
  [
    'a picture with words',
    { type: 'image', image: { ...media, caption: 'الصورة' } },
    { kind: 'image', text: 'الصورة', attachments: [{ type: 'image/jpeg', name: '', bytes: 0 }] },
  ],
  [
    'a voice note',
    { type: 'audio', audio: { ...media, mime_type: 'audio/ogg; codecs=opus', voice: true } },
    { kind: 'audio', text: '', attachments: [{ type: 'audio/ogg' }] },
  ],
  ['a film', { type: 'video', video: { ...media, mime_type: 'video/mp4' } }, { kind: 'video' }],
  [
    'a document',
    { type: 'document', document: { ...media, mime_type: 'application/pdf', filename: '../خطاب\u202e.pdf' } },
    { kind: 'file', attachments: [{ type: 'application/pdf', name: 'خطاب.pdf' }] },
  ],
  ['a sticker', { type: 'sticker', sticker: { ...media, mime_type: 'image/webp' } }, { kind: 'sticker', text: '' }],
  [
    'a place',
    { type: 'location', location: { latitude: 24.7, longitude: '46.6', name: 'المقر', address: 'الرياض' } },
    { kind: 'location', location: { latitude: 24.7, longitude: 46.6, name: 'المقر', address: 'الرياض' } },
  ],
  [
    'contact cards',
    {
      type: 'contacts',
      contacts: [
        { name: { formatted_name: 'خالد' }, phones: [{ phone: '+966 50 000 1111' }, { wa_id: '966500001111' }] },
        { name: { first_name: 'منى', last_name: 'علي' }, emails: [{ email: 'm@example.org' }, {}] },
      ],
    },
    {
      kind: 'contact-card',
      cards: [
        { name: 'خالد', phones: ['+966 50 000 1111', '+966500001111'], emails: [] },
        { name: 'منى علي', phones: [], emails: ['m@example.org'] },
      ],
    },
  ],
  [
    'a tapped button',
    { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'نعم' } } },
    { kind: 'text', text: 'نعم', quickReplyId: 'yes' },
  ],
  [
    'a chosen row whose title was cut',
    {
      type: 'interactive',
      interactive: {
        type: 'list_reply',
        list_reply: { id: 'r1', title: 'تعديل بيانات…', description: 'تعديل بيانات المستفيد' },
      },
    },
    { kind: 'text', text: 'تعديل بيانات المستفيد', quickReplyId: 'r1' },
  ],
  [
    'a button of a template',
    { type: 'button', button: { payload: 'stop', text: 'إيقاف' } },
    { kind: 'text', text: 'إيقاف', quickReplyId: 'stop' },
  ],
  [
    'a form',
    {
      type: 'interactive',
      interactive: {
        type: 'nfm_reply',
        nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"city":"جدة","days":[1,2],"flow_token":"t"}' },
      },
    },
    {
      kind: 'form',
      text: '',
      fields: [
        { name: 'city', value: 'جدة' },
        { name: 'days', value: '[1,2]' },
      ],
    },
  ],
  [
    'an order',
    {
      type: 'order',
      order: {
        catalog_id: '1',
        text: 'عاجل',
        product_items: [{ product_retailer_id: 'p1', quantity: 2, item_price: 30, currency: 'SAR' }],
      },
    },
    { kind: 'order', text: 'عاجل', fields: [{ name: 'p1', value: '2 × 30 SAR' }] },
  ],
  [
    'a reaction',
    { type: 'reaction', reaction: { message_id: 'wamid.ours', emoji: '👍' } },
    { kind: 'reaction', text: '👍', refersTo: 'wamid.ours' },
  ],
  [
    'a reaction that is taken back by leaving it out',
    { type: 'reaction', reaction: { message_id: 'wamid.ours' } },
    { kind: 'reaction', text: '', refersTo: 'wamid.ours' },
  ],
  [
    'an edit',
    {
      type: 'edit',
      edit: { original_message_id: 'wamid.zero', message: { type: 'text', text: { body: 'الصحيح' } } },
    },
    { kind: 'edit', text: 'الصحيح', refersTo: 'wamid.zero' },
  ],
  [
    'an edit of the words below a picture',
    {
      type: 'edit',
      edit: { original_message_id: 'wamid.zero', message: { type: 'image', image: { ...media, caption: 'أخرى' } } },
    },
    { kind: 'edit', text: 'أخرى', attachments: [] },
  ],
  [
    'a deletion',
    { type: 'revoke', revoke: { original_message_id: 'wamid.zero' } },
    { kind: 'deletion', refersTo: 'wamid.zero' },
  ],
  [
    'a chat that was opened',
    { type: 'request_welcome', text: undefined },
    { kind: 'notice', detail: 'request-welcome' },
  ],
  [
    'a changed security code',
    { type: 'system', system: { type: 'customer_identity_changed', body: 'changed' } },
    { kind: 'notice', text: 'changed', detail: 'identity-changed' },
  ],
  [
    'what the provider does not support',
    { type: 'unsupported', errors: [{ code: 131051, title: 'Message type unknown' }] },
    { kind: 'unsupported', detail: 'Message type unknown' },
  ],
  [
    'what the provider names but does not support',
    { type: 'unsupported', unsupported: { type: 'video_note' }, errors: [{ code: 131051, title: 'unknown' }] },
    { kind: 'unsupported', detail: 'video_note' },
  ],
  ['a type that nobody knows', { type: 'hologram', hologram: {} }, { kind: 'unsupported', detail: 'hologram' }],
  ['a type that is a word of the language', { type: '__proto__' }, { kind: 'unsupported', detail: '__proto__' }],
  ['no type', { type: undefined, text: undefined }, { kind: 'unsupported', detail: 'unknown' }],
  ['no type but words', { type: undefined, text: { body: 'كم الرسوم؟' } }, { kind: 'text', text: 'كم الرسوم؟' }],
  [
    'no type but a picture',
    { type: undefined, text: undefined, image: { ...media, caption: 'الصورة' } },
    { kind: 'image', text: 'الصورة', attachments: [{}] },
  ],
  [
    'the words below a picture that did not come',
    { type: 'image', text: undefined, image: { caption: 'الصورة' } },
    { kind: 'unsupported', text: 'الصورة', attachments: [] },
  ],
  [
    'a form whose answers are JSON within JSON',
    {
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { response_json: JSON.stringify('{"city":"جدة"}') } },
    },
    { kind: 'form', fields: [{ name: 'city', value: 'جدة' }] },
  ],
  [
    'a form whose answers are no text',
    { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: { city: 'جدة' } } } },
    { kind: 'form', fields: [{ name: 'city', value: 'جدة' }] },
  ],
  [
    'a form whose answers are no JSON',
    { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: 'جدة' } } },
    { kind: 'form', fields: [{ name: 'response', value: 'جدة' }] },
  ],
  [
    'a question about a product',
    { context: { id: 'wamid.p', referred_product: { catalog_id: 5, product_retailer_id: 'sku-7' } } },
    {
      kind: 'text',
      text: 'سؤال',
      refersTo: 'wamid.p',
      fields: [
        { name: 'product', value: 'sku-7' },
        { name: 'catalog', value: '5' },
      ],
    },
  ],
  [
    'words after an advertisement',
    { referral: { headline: 'خدمات الجمعية', body: 'سجّل الآن', source_url: 'https://fb.example/a' } },
    {
      text: 'سؤال',
      fields: [
        { name: 'advertisement', value: 'خدمات الجمعية' },
        { name: 'advertisement_text', value: 'سجّل الآن' },
        { name: 'advertisement_link', value: 'https://fb.example/a' },
      ],
    },
  ],
  [
    'a card with all that it may have',
    {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'خالد' },
          org: { company: 'الشركة', title: 'مدير' },
          addresses: [{ street: 'شارع العليا', city: 'الرياض', zip: 12211 }],
          urls: [{ url: 'https://example.org' }],
        },
      ],
    },
    {
      kind: 'contact-card',
      fields: [
        { name: 'company', value: 'الشركة' },
        { name: 'title', value: 'مدير' },
        { name: 'address', value: 'شارع العليا · الرياض · 12211' },
        { name: 'url', value: 'https://example.org' },
      ],
    },
  ],
  [
    'what each of several cards tells',
    {
      type: 'contacts',
      contacts: [
        { name: { formatted_name: 'خالد' }, org: { company: 'أ' } },
        { name: { formatted_name: 'منى' }, org: { company: 'ب' } },
      ],
    },
    {
      fields: [
        { name: 'خالد: company', value: 'أ' },
        { name: 'منى: company', value: 'ب' },
      ],
    },
  ],
  [
    'a place with its page',
    { type: 'location', location: { latitude: 24.7, longitude: 46.6, url: 'https://example.org/place' } },
    { kind: 'location', fields: [{ name: 'url', value: 'https://example.org/place' }] },
  ],
  ['words without words', { type: 'text', text: {} }, { kind: 'unsupported', detail: 'text without content' }],
  ['a picture without a file', { type: 'image', image: {} }, { kind: 'unsupported', detail: 'image without content' }],
  ['an answer without one', { type: 'interactive' }, { kind: 'unsupported', detail: 'interactive without content' }],
];

describe('a message of the Cloud API', () => {
  it.each(kinds)('is read as what it is: %s', (_name, fields, expected) => {
    const message = aMessage(fields);
    const { attachments, ...rest } = expected;
    const event = read(message);
    expect(event).toMatchObject(rest);
    if (Array.isArray(attachments)) {
      expect(event.attachments).toHaveLength(attachments.length);
      expect(event.attachments).toMatchObject(attachments);
    }
    expect(event.raw).toEqual({ message: JSON.parse(JSON.stringify(message)), contacts: [contact] });
  });

  it('tells where its file is', () => {
    const [file] = read(aMessage({ type: 'image', image: { ...media, url: 'https://host.example/f' } })).attachments;
    expect(JSON.parse(file?.reference ?? '')).toEqual({
      id: media.id,
      url: 'https://host.example/f',
      mime: 'image/jpeg',
      sha256: 'c2hh',
    });
  });

  it('is kept with its words where somebody of ours wrote it and it has no type', () => {
    const [echo] = eventsOf(
      said(aMessage(), {
        messages: [{ from: '966112223333', to: '966501112222', id: 'wamid.e', text: { body: 'جواب' } }],
      }),
    );
    expect(echo).toMatchObject({ event: 'own-message', kind: 'text', text: 'جواب' });
  });

  it('tells what it answers and that it was passed on', () => {
    const event = read(aMessage({ context: { from: '966112223333', id: 'wamid.ours', frequently_forwarded: true } }));
    expect(event).toMatchObject({ refersTo: 'wamid.ours', forwarded: true });
  });

  it('says by the error beside it why its content is missing', () => {
    const errors = [{ code: 131000, title: 'Something went wrong' }];
    expect(read(aMessage({ type: 'interactive' }), { errors })).toMatchObject({
      kind: 'unsupported',
      detail: 'Something went wrong',
    });
  });

  it.each([
    ['1763712000', '2025-11-21T08:00:00.000Z'],
    [1763712000, '2025-11-21T08:00:00.000Z'],
    ['1763712000123', '2025-11-21T08:00:00.123Z'],
    ['', '2026-11-21T08:00:00.000Z'],
    ['soon', '2026-11-21T08:00:00.000Z'],
    ['-5', '2026-11-21T08:00:00.000Z'],
    ['1e99', '2026-11-21T08:00:00.000Z'],
    [undefined, '2026-11-21T08:00:00.000Z'],
  ])('has the time %s, or that of its arrival', (timestamp, sentAt) => {
    expect(read(aMessage({ timestamp })).sentAt).toBe(sentAt);
  });

  it('keeps an edit apart that comes under the id of what it edits', () => {
    const edit = { original_message_id: 'wamid.one', message: { type: 'text', text: { body: 'ب' } } };
    const { externalId } = read(aMessage({ type: 'edit', edit }));
    expect(externalId).not.toBe('wamid.one');
    expect(read(aMessage({ type: 'edit', edit })).externalId).toBe(externalId);
  });

  it('is odd without an id, and costs no other message', () => {
    const parsed = said(aMessage({ id: undefined }), { messages: [aMessage({ id: undefined }), aMessage()] });
    expect(parsed.odd).toEqual(['no-id']);
    expect(eventsOf(parsed)).toMatchObject([{ externalId: 'wamid.one' }]);
  });

  it('of a group is left for people to look at', () => {
    expect(said(aMessage({ group_id: 'Y2FwaV9ncm91cDo' }))).toMatchObject({ events: [], odd: ['group'] });
  });
});
