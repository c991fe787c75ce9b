import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, stepsOf } from '../../../channels/whatsapp-cloud/outgoing/shape.ts';
import type { OutboundAttachment, OutboundMessage } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { messageRequest } from '../../fakes/whatsapp-cloud/schema.ts';

const anOutbound = outboundOf({ inboxId: 'whatsapp-cloud', address: '966501112222', text: 'جواب' });

const aFile = (fields: Partial<OutboundAttachment> = {}): OutboundAttachment => ({
  id: 'f',
  name: 'form.pdf',
  type: 'application/pdf',
  bytes: 10,
  ...fields,
});

const steps = (message: OutboundMessage) => stepsOf(message, () => 'الخيارات');

/** The requests as the provider gets them; throws where one is not of the documented form. */
const requests = (fields: Partial<OutboundMessage>) => {
  const message = anOutbound({ id: 'delivery-1', ...fields });
  const all = steps(message);
  return all.map((step, at) => messageRequest.parse(bodyOf(message, step, { at, of: all.length, mediaId: '123' })));
};

const refused = (fields: Partial<OutboundMessage>): string => {
  try {
    requests(fields);
  } catch (error) {
    if (error instanceof SendError) return error.code;
    throw error;
  }
  throw new Error('it was not refused');
};

const choice = (title: string, id = title) => ({ id, title });

describe('a message to the Cloud API', () => {
  it('goes to the number, or to the user id where there is none', () => {
    expect(requests({})[0]).toMatchObject({ to: '966501112222' });
    expect(requests({ address: 'SA.111222333' })[0]).toMatchObject({ recipient: 'SA.111222333' });
    expect(requests({ address: 'SA.111222333' })[0]?.to).toBeUndefined();
    for (const address of ['0501', '+05 01', 'no body', ''])
      expect([address, refused({ address })]).toEqual([address, 'message-invalid']);
  });

  it.each(['sa.5005', 'SA.50_05-x', 'SA.ENT.11815799212886844830'])('goes to any id that was given: %s', (address) => {
    // more than the documented form, which the schema of the simulator keeps to
    const message = anOutbound({ address });
    expect(steps(message).map((step) => bodyOf(message, step, { at: 0, of: 1 }))).toMatchObject([
      { recipient: address },
    ]);
  });

  it('names an edited message by the id that it was given', () => {
    const [request] = requests({ quotes: 'wamid.abcd#edit@2026-11-21T08:00:00.000Z' });
    expect(request?.context).toEqual({ message_id: 'wamid.abcd' });
  });

  it('has no characters that steer machines, but its line ends and marks of direction', () => {
    const given = 'أ\u0000ب\u001b\r\nج\t\u2068SR-1\u2069\u0007 \u200fد\ud83d';
    const body = 'أب\nج\t\u2068SR-1\u2069 \u200fد\ufffd';
    expect(requests({ text: given })[0]).toMatchObject({ text: { body } });
    const [list] = requests({ text: given, quickReplies: [{ id: 'a', title: 'نـ\u0000عم' }] });
    expect(JSON.stringify(list)).not.toMatch(/\\u00(00|1b|07)/);
    const file = aFile({ name: 'form\u0000.pdf' });
    expect(requests({ text: given, attachments: [file] })[0]).toMatchObject({
      document: { caption: body, filename: 'form.pdf' },
    });
    const parameters = [{ part: 'body' as const, name: '1', value: 'SR\u0000-1' }];
    const [template] = requests({ template: { name: 't', language: 'ar', parameters } });
    expect(JSON.stringify(template)).toContain('"SR-1"');
    expect(refused({ text: '\u0000' })).toBe('message-invalid');
  });

  it('carries our id, and quotes only what is a message of the provider', () => {
    expect(requests({ quotes: 'wamid.abcd' })[0]).toMatchObject({
      context: { message_id: 'wamid.abcd' },
      biz_opaque_callback_data: 'delivery-1',
    });
    expect(requests({ quotes: 'elsewhere' })[0]?.context).toBeUndefined();
  });

  it('shows three short choices below a short text as buttons, and all others as a list', () => {
    const short = ['نعم', 'لا', 'ربما'].map((one) => choice(one));
    const kindOf = (fields: Partial<OutboundMessage>) => {
      const [request] = requests(fields);
      return request?.type === 'interactive' ? request.interactive.type : request?.type;
    };
    expect(kindOf({ quickReplies: short })).toBe('button');
    expect(kindOf({ quickReplies: [...short, choice('أخرى')] })).toBe('list');
    expect(kindOf({ quickReplies: short, text: 'x'.repeat(1025) })).toBe('list');
    expect(kindOf({ quickReplies: [choice('x'.repeat(21)), choice('لا')] })).toBe('list');
    expect(kindOf({ quickReplies: [choice('نعم', 'a'), choice('نعم', 'b')] })).toBe('list');
  });

  it('writes a long title whole below its short form', () => {
    const [request] = requests({ quickReplies: [choice('تحديث بيانات المنشأة التجارية', 'r')] });
    if (request?.type !== 'interactive' || request.interactive.type !== 'list') throw new Error('no list');
    expect(request.interactive.action.sections[0]?.rows).toEqual([
      { id: 'r', title: 'تحديث بيانات المنشأة…', description: 'تحديث بيانات المنشأة التجارية' },
    ]);
  });

  it('is of the documented form for all choices that the capabilities promise', () => {
    const title = fc
      .string({ minLength: 1, maxLength: 72, unit: 'grapheme' })
      .filter((one) => one.trim() !== '' && one.length <= 72);
    const replies = fc.uniqueArray(title, { minLength: 1, maxLength: 10 });
    const text = fc.string({ minLength: 1, maxLength: 2000 }).filter((one) => one.trim() !== '');
    fc.assert(
      fc.property(replies, text, (titles, given) => {
        const quickReplies = titles.map((one, at) => ({ id: `c${at}`, title: one }));
        expect(requests({ quickReplies, text: given })).toHaveLength(1);
      }),
    );
  });

  it('refuses choices that nobody could tell apart or tap', () => {
    expect(refused({ quickReplies: Array.from({ length: 11 }, (_, at) => choice(`${at}`)) })).toBe('unsupported');
    expect(refused({ quickReplies: [choice('x'.repeat(73))] })).toBe('unsupported');
    expect(refused({ quickReplies: [choice('نعم', 'a'), choice('لا', 'a')] })).toBe('message-invalid');
    expect(refused({ quickReplies: [choice(' ', 'a')] })).toBe('message-invalid');
  });

  it('is one message with a file where the words fit below it', () => {
    expect(requests({ attachments: [aFile()] })).toMatchObject([
      { type: 'document', document: { id: '123', caption: 'جواب', filename: 'form.pdf' } },
    ]);
    expect(requests({ text: '', attachments: [aFile({ type: 'image/png' })] })).toMatchObject([
      { type: 'image', image: { id: '123' } },
    ]);
  });

  it.each([
    ['a voice note', { attachments: [aFile({ type: 'audio/ogg; codecs=opus' })] }, ['audio', 'text']],
    ['a sticker', { attachments: [aFile({ type: 'image/webp' })] }, ['sticker', 'text']],
    ['long words', { text: 'x'.repeat(1025), attachments: [aFile()] }, ['document', 'text']],
    ['choices', { quickReplies: [choice('نعم')], attachments: [aFile()] }, ['document', 'interactive']],
    ['several files', { attachments: [aFile(), aFile({ type: 'video/mp4' })] }, ['document', 'video']],
  ])('is several where they do not: %s', (_name, fields, types) => {
    const all = requests({ ...fields, quotes: 'wamid.abcd' });
    expect(all.map(({ type }) => type)).toEqual(types);
    expect(all.map((one) => one.biz_opaque_callback_data)).toEqual(['delivery-1.part-0', 'delivery-1']);
    expect(all.map((one) => one.context !== undefined)).toEqual([true, false]);
  });

  it.each([
    ['image/jpg', 'image'],
    ['audio/mp3', 'audio'],
    ['audio/x-m4a', 'audio'],
    ['text/csv', 'document'],
    ['text/plain; charset=utf-8', 'document'],
  ])('takes %s as %s', (type, kind) => {
    expect(requests({ text: '', attachments: [aFile({ type })] })).toMatchObject([{ type: kind }]);
  });

  it.each([
    ['image/png', 5 * 1024 * 1024 + 1],
    ['image/webp', 100 * 1024 + 1],
    ['audio/ogg', 16 * 1024 * 1024 + 1],
    ['video/mp4', 16 * 1024 * 1024 + 1],
    ['application/pdf', 100 * 1024 * 1024 + 1],
    ['application/zip', 1],
  ])('refuses %s of %d bytes', (type, bytes) => {
    expect(refused({ attachments: [aFile({ type, bytes })] })).toBe('unsupported');
  });

  it('fills a template by name or by number, and its picture and button', () => {
    const [request] = requests({
      template: {
        name: 'service_link',
        language: 'ar',
        parameters: [
          { part: 'body', name: '10', value: 'ي' },
          { part: 'body', name: '2', value: 'ب' },
          { part: 'header', name: 'image-link', value: 'https://example.org/p.png' },
          { part: 'button', name: 'url-0', value: 'abc' },
        ],
      },
    });
    expect(request).toMatchObject({
      type: 'template',
      template: {
        components: [
          { type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.org/p.png' } }] },
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'ب' },
              { type: 'text', text: 'ي' },
            ],
          },
          { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'abc' }] },
        ],
      },
    });
  });

  it('refuses a template with an empty place or a button that it cannot have', () => {
    const template = (part: 'body' | 'button', name: string, value: string) => ({
      template: { name: 't', language: 'ar', parameters: [{ part, name, value }] },
    });
    expect(refused(template('body', '1', ' \n'))).toBe('message-invalid');
    expect(refused(template('button', 'call', 'x'))).toBe('message-invalid');
  });

  it('is refused where it is empty or too long', () => {
    expect(refused({ text: '\n' })).toBe('message-invalid');
    expect(refused({ text: 'x'.repeat(4097) })).toBe('message-invalid');
    expect(refused({ text: '', quickReplies: [choice('نعم')], attachments: [aFile()] })).toBe('message-invalid');
  });
});
