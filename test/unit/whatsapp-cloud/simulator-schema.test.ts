import { describe, expect, it } from 'vitest';
import { apiErrorOf } from '../../fakes/whatsapp-cloud/errors.ts';
import { messageRequest, readMark, templatesQuery, uploadFields } from '../../fakes/whatsapp-cloud/schema.ts';

const base = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '966500000001' };
const text = (body: unknown) => ({ ...base, type: 'text', text: { body } });
const interactive = (of: unknown) => ({ ...base, type: 'interactive', interactive: of });
const long = (length: number): string => 'م'.repeat(length);
const button = (id: string, title = id) => ({ type: 'reply', reply: { id, title } });
const buttons = (all: unknown[], more: object = {}) =>
  interactive({ type: 'button', body: { text: 'اختر' }, action: { buttons: all }, ...more });
const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({ id: `r${from + at}`, title: `خيار ${from + at}` }));
const list = (sections: unknown[], more: object = {}, action: object = {}) =>
  interactive({ type: 'list', body: { text: 'اختر' }, action: { button: 'القائمة', sections, ...action }, ...more });
const link = (display_text: string, url: string) =>
  interactive({
    type: 'cta_url',
    body: { text: 'الرابط' },
    action: { name: 'cta_url', parameters: { display_text, url } },
  });
const template = (components?: unknown, more: object = {}) => ({
  ...base,
  type: 'template',
  template: { name: 'ticket_update', language: { code: 'ar' }, ...(components ? { components } : {}), ...more },
});
const media = (type: string, fields: object) => ({ ...base, type, [type]: fields });
const id = '2621233374848975';

/** The provider's code, or null where the request is right. */
const codeFor = (request: unknown): number | null => {
  const parsed = messageRequest.safeParse(request);
  return parsed.success ? null : apiErrorOf(parsed.error, request).code;
};

describe('the schema takes what the provider documents', () => {
  it.each<[string, unknown]>([
    ['a text of 4096 letters', text(long(4096))],
    [
      'a text with a preview, an answer and our own mark',
      {
        ...base,
        context: { message_id: 'wamid.HBgM1' },
        biz_opaque_callback_data: 'msg_1',
        type: 'text',
        text: { body: 'x', preview_url: true },
      },
    ],
    [
      'somebody known by user id alone',
      {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        recipient: 'SA.13491208655302741918',
        type: 'text',
        text: { body: 'x' },
      },
    ],
    [
      'a parent user id',
      {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        recipient: 'SA.ENT.11815799212886844830',
        type: 'text',
        text: { body: 'x' },
      },
    ],
    ['an image by id with words', media('image', { id, caption: long(1024) })],
    ['a document by link with a name', media('document', { link: 'https://example.org/a.pdf', filename: 'تقرير.pdf' })],
    ['a voice note', media('audio', { id, voice: true })],
    ['a sticker', media('sticker', { id })],
    ['a location in numbers', media('location', { latitude: 24.7, longitude: 46.7, name: 'المبنى' })],
    ['a location in strings', media('location', { latitude: '24.7', longitude: '-46.7' })],
    ['a reaction', media('reaction', { message_id: 'wamid.HBgM1', emoji: '👍' })],
    ['a reaction taken back', media('reaction', { message_id: 'wamid.HBgM1', emoji: '' })],
    [
      'a contact',
      {
        ...base,
        type: 'contacts',
        contacts: [
          {
            name: { formatted_name: 'مركز الخدمة', first_name: 'مركز' },
            phones: [{ phone: '+966112345678', type: 'WORK' }],
          },
        ],
      },
    ],
    ['three buttons of 20 letters', buttons([button('a', long(20)), button('b'), button('c')])],
    [
      'buttons under a picture',
      buttons([button('a')], { header: { type: 'image', image: { id } }, footer: { text: long(60) } }),
    ],
    [
      'a list of ten rows in two sections',
      list([
        { title: long(24), rows: rows(4) },
        { title: 'ب', rows: rows(6, 4) },
      ]),
    ],
    ['one section without a title', list([{ rows: rows(10) }], { body: { text: long(4096) } })],
    ['a link', link('فتح الخدمة', 'https://example.org/s?x=1')],
    [
      'a request for a location',
      interactive({ type: 'location_request_message', body: { text: 'أين؟' }, action: { name: 'send_location' } }),
    ],
    ['a template without places', template()],
    [
      'a template with header, body and buttons',
      template([
        { type: 'header', parameters: [{ type: 'image', image: { id } }] },
        { type: 'body', parameters: [{ type: 'text', text: 'سارة', parameter_name: 'name' }] },
        { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'agent' }] },
        { type: 'button', sub_type: 'url', index: 1, parameters: [{ type: 'text', text: 'abc' }] },
      ]),
    ],
  ])('%s', (_, request) => {
    expect(codeFor(request)).toBeNull();
  });
});

describe('the schema refuses, with the provider’s code,', () => {
  it.each<[string, unknown, number]>([
    ['nothing at all', {}, 100],
    ['another product', { ...text('x'), messaging_product: 'messenger' }, 100],
    ['a type that there is not', { ...base, type: 'poll', poll: {} }, 100],
    ['a field that there is not', { ...text('x'), priority: 'high' }, 100],
    ['a field that there is not, inside', { ...base, type: 'text', text: { body: 'x', font: 'bold' } }, 100],
    ['no recipient', { ...text('x'), to: undefined }, 100],
    ['a plus before the number', { ...text('x'), to: '+966500000001' }, 100],
    ['a number with a zero in front', { ...text('x'), to: '0500000001' }, 100],
    ['a user id of another form', { ...text('x'), to: undefined, recipient: 'sa.123' }, 100],
    ['a reply to what is no message id', { ...text('x'), context: { message_id: 'abc' } }, 131009],
    ['our own mark of 513 letters', { ...text('x'), biz_opaque_callback_data: long(513) }, 100],
    ['a text of 4097 letters', text(long(4097)), 100],
    ['an empty text', text(''), 100],
    ['a blank text', text('  \n'), 100],
    ['a text without its body', { ...base, type: 'text', text: {} }, 100],
    ['a text whose object is missing', { ...base, type: 'text' }, 100],
    ['an image by id and link at once', media('image', { id, link: 'https://example.org/a.jpg' }), 100],
    ['an image from nowhere', media('image', { caption: 'x' }), 100],
    ['an image from a file', media('image', { link: 'file:///etc/passwd' }), 131009],
    ['words of 1025 letters under an image', media('image', { id, caption: long(1025) }), 131009],
    ['words under a voice note', media('audio', { id, caption: 'x' }), 100],
    ['words under a sticker', media('sticker', { id, caption: 'x' }), 100],
    ['a name on an image', media('image', { id, filename: 'a.jpg' }), 100],
    ['a location north of the pole', media('location', { latitude: 91, longitude: 0 }), 131009],
    ['a location without a longitude', media('location', { latitude: 24 }), 100],
    ['a reaction to nothing', media('reaction', { emoji: '👍' }), 100],
    ['no contact', { ...base, type: 'contacts', contacts: [] }, 100],
    [
      'a contact with a formatted name only',
      { ...base, type: 'contacts', contacts: [{ name: { formatted_name: 'x' } }] },
      131009,
    ],
    ['no button', buttons([]), 131009],
    ['four buttons', buttons([button('a'), button('b'), button('c'), button('d')]), 131009],
    ['a button of 21 letters', buttons([button('a', long(21))]), 131009],
    ['a button without a title', buttons([{ type: 'reply', reply: { id: 'a' } }]), 100],
    ['two buttons of the same title', buttons([button('a', 'نعم'), button('b', 'نعم')]), 131009],
    ['two buttons of the same id', buttons([button('a', 'نعم'), button('a', 'لا')]), 131009],
    ['a button id of 257 letters', buttons([button('a'.repeat(257), 'x')]), 131009],
    ['a button id with a blank behind it', buttons([button('a ', 'x')]), 131009],
    ['a body of 1025 letters over buttons', buttons([button('a')], { body: { text: long(1025) } }), 131009],
    ['buttons without a body', buttons([button('a')], { body: undefined }), 100],
    ['a footer of 61 letters', buttons([button('a')], { footer: { text: long(61) } }), 131009],
    ['a header of 61 letters', buttons([button('a')], { header: { type: 'text', text: long(61) } }), 131009],
    [
      'eleven rows in two sections',
      list([
        { title: 'أ', rows: rows(6) },
        { title: 'ب', rows: rows(5, 6) },
      ]),
      131009,
    ],
    ['eleven sections', list(Array.from({ length: 11 }, (_, at) => ({ title: `ق${at}`, rows: rows(1, at) }))), 131009],
    ['no section', list([]), 131009],
    ['a section without rows', list([{ title: 'أ', rows: [] }]), 131009],
    ['two sections, one without a title', list([{ title: 'أ', rows: rows(1) }, { rows: rows(1, 1) }]), 131009],
    ['a section title of 25 letters', list([{ title: long(25), rows: rows(1) }]), 131009],
    ['a row title of 25 letters', list([{ rows: [{ id: 'a', title: long(25) }] }]), 131009],
    ['a row description of 73 letters', list([{ rows: [{ id: 'a', title: 'x', description: long(73) }] }]), 131009],
    ['a row id of 201 letters', list([{ rows: [{ id: 'a'.repeat(201), title: 'x' }] }]), 131009],
    [
      'two rows of the same id',
      list([
        { title: 'أ', rows: rows(1) },
        { title: 'ب', rows: rows(1) },
      ]),
      131009,
    ],
    ['a list button of 21 letters', list([{ rows: rows(1) }], {}, { button: long(21) }), 131009],
    ['a list body of 4097 letters', list([{ rows: rows(1) }], { body: { text: long(4097) } }), 131009],
    ['a picture over a list', list([{ rows: rows(1) }], { header: { type: 'image', image: { id } } }), 131009],
    ['a link button of 21 letters', link(long(21), 'https://example.org'), 131009],
    ['a link that is no web address', link('فتح', 'javascript:alert(1)'), 131009],
    ['a template name in capitals', template(undefined, { name: 'Ticket' }), 131009],
    ['a template without a language', template(undefined, { language: undefined }), 100],
    ['a language that is none', template(undefined, { language: { code: 'arabic' } }), 131009],
    [
      'the same component twice',
      template([
        { type: 'body', parameters: [{ type: 'text', text: 'x' }] },
        { type: 'body', parameters: [{ type: 'text', text: 'y' }] },
      ]),
      131009,
    ],
    ['an empty parameter', template([{ type: 'body', parameters: [{ type: 'text', text: '' }] }]), 131008],
    ['a parameter of two lines', template([{ type: 'body', parameters: [{ type: 'text', text: 'x\ny' }] }]), 100],
    [
      'a parameter with five blanks',
      template([{ type: 'body', parameters: [{ type: 'text', text: 'x     y' }] }]),
      100,
    ],
    [
      'a parameter name with a blank',
      template([{ type: 'body', parameters: [{ type: 'text', text: 'x', parameter_name: 'the name' }] }]),
      131009,
    ],
    [
      'a quick reply with a text',
      template([{ type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'text', text: 'x' }] }]),
      131009,
    ],
    [
      'a button beyond the tenth',
      template([{ type: 'button', sub_type: 'url', index: '10', parameters: [{ type: 'text', text: 'x' }] }]),
      131009,
    ],
  ])('%s', (_, request, code) => {
    expect(codeFor(request)).toBe(code);
  });
});

describe('beside messages, the schema', () => {
  const mark = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.HBgM1' };

  it('takes a read mark, with and without typing', () => {
    expect(readMark.safeParse(mark).success).toBe(true);
    expect(readMark.safeParse({ ...mark, typing_indicator: { type: 'text' } }).success).toBe(true);
  });

  it('refuses a mark of another status, of no message, or with typing of another kind', () => {
    const wrong = [
      { ...mark, status: 'delivered' },
      { ...mark, message_id: '' },
      { ...mark, typing_indicator: { type: 'audio' } },
    ];
    expect(wrong.map((one) => readMark.safeParse(one).success)).toEqual([false, false, false]);
  });

  it('demands product and type of an upload', () => {
    expect(uploadFields.safeParse({ messaging_product: 'whatsapp', type: 'audio/ogg; codecs=opus' }).success).toBe(
      true,
    );
    expect(uploadFields.safeParse({ messaging_product: 'whatsapp' }).success).toBe(false);
    expect(uploadFields.safeParse({ type: 'image/png' }).success).toBe(false);
  });

  it('knows the paging of templates and nothing else', () => {
    expect(templatesQuery.safeParse({ limit: '100', after: 'abc', fields: 'name,status' }).success).toBe(true);
    expect(templatesQuery.safeParse({ page: '2' }).success).toBe(false);
    expect(templatesQuery.safeParse({ limit: '0' }).success).toBe(false);
  });
});
