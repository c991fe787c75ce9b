import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendError } from '../../../src/channel/send-error.ts';
import { addresses, contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { WaslError } from '../../../src/errors.ts';
import { addressIdOf } from '../../../src/flow/identity.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { approvedTemplates } from '../../../src/inbox/approved-templates.ts';
import { deliveries, messages } from '../../../src/message/message.ts';
import { createFakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { aTemplate, createWindowedChannel, type WindowedChannel } from '../../fakes/windowed-channel.ts';

const agent = { id: 'agent', name: 'نورة' };
const dayMs = 86_400_000;
const address = '966500000001';
const conversationId = conversationIdOf('numbers', address);

let test: TestFlow;
let channel: WindowedChannel;
beforeEach(async () => {
  channel = createWindowedChannel();
  channel.provided = [
    aTemplate('ready', 'طلبك {{1}} جاهز.'),
    aTemplate('pending', 'نص', { status: 'pending' }),
    aTemplate('ready', 'Your request {{1}} is ready.', { language: 'en' }),
  ];
  test = await openFlow({ channel, more: [createFakeChannel('mail', { form: 'letter', canStart: true })] });
  await test.flow.syncTemplates('numbers');
  await test.say('السلام عليكم', { address, conversationKey: address, externalId: 'wamid.first' });
  channel.sent.length = 0;
});
afterEach(() => test.cleanUp());

let keys = 0;
const reply = async (words: Parameters<TestFlow['flow']['staff']['reply']>[2], key = `key-${++keys}`) => {
  const message = await test.flow.staff.reply(conversationId, agent, words, key);
  await test.flow.idle();
  return message;
};

const refusal = async (words: Parameters<typeof reply>[0]): Promise<WaslError> => {
  const error = await reply(words).catch((thrown: unknown) => thrown);
  if (error instanceof WaslError) return error;
  throw new Error('it was allowed');
};
const ready = { name: 'ready', language: 'ar', parameters: [{ part: 'body' as const, name: '1', value: '26000010' }] };

describe('an answer of the assistant that will never arrive', () => {
  const handled = async () => {
    const { handledBy, waitingSince } = (await test.store.get(conversations, conversationId)) ?? {};
    return { handledBy, waits: waitingSince !== null };
  };

  it('calls people, so that nobody waits in vain', async () => {
    channel.answer = () => {
      throw new SendError('message-invalid', 'It is not accepted in this form.');
    };
    await test.say('كيف أقدم طلب صيانة؟', { address, conversationKey: address });
    expect(await handled()).toEqual({ handledBy: 'nobody', waits: true });
  });

  it('calls people where it is told of afterwards, once the answer was the last word', async () => {
    const [answer] = await test.say('كيف أقدم طلب صيانة؟', { address, conversationKey: address });
    const at = '2026-11-22T07:00:01.000Z';
    const receipt = { event: 'receipt', inboxId: 'numbers', status: 'failed', at } as const;
    await test.flow.receive({ ...receipt, externalId: `ext-${answer?.id}` });
    expect(await handled()).toEqual({ handledBy: 'nobody', waits: true });
  });

  it('leaves alone who was answered since', async () => {
    const [answer] = await test.say('كيف أقدم طلب صيانة؟', { address, conversationKey: address });
    await test.say('شكوى على تأخر الرد', { address, conversationKey: address });
    const at = '2026-11-22T07:00:01.000Z';
    await test.flow.receive({
      event: 'receipt',
      inboxId: 'numbers',
      status: 'failed',
      at,
      externalId: `ext-${answer?.id}`,
    });
    expect(await handled()).toEqual({ handledBy: 'assistant', waits: false });
  });
});

describe('a provider that says the window is closed', () => {
  const replyUntil = async () => (await test.store.get(conversations, conversationId))?.replyUntil;

  it('is believed at once, until the person writes again', async () => {
    channel.answer = () => {
      throw new SendError('window-closed', 'More than 24 hours have passed.');
    };
    await reply({ text: 'تم الرد على طلبكم' });
    expect(await replyUntil()).toBe('2026-11-22T07:00:00.000Z');
    expect((await refusal({ text: 'مرة أخرى' })).details).toMatchObject({ reason: 'window-closed' });
    test.clock.advance(1000);
    await test.flow.receive(test.event('هنا', { address, conversationKey: address }));
    expect(await replyUntil()).toBe('2026-11-23T07:00:01.000Z');
  });

  it('is believed where it says so afterwards, and not where the person wrote since', async () => {
    const first = await reply({ text: 'تم الرد على طلبكم' });
    const [delivery] = (await test.store.find(deliveries, { index: 'by-message', where: { messageId: first.id } }))
      .items;
    const receipt = { event: 'receipt', inboxId: 'numbers', status: 'failed', code: 'window-closed' } as const;
    const failed = { ...receipt, externalId: delivery?.externalId ?? '', at: '2026-11-22T07:00:01.000Z' };
    await test.flow.receive(failed);
    expect(await replyUntil()).toBe('2026-11-22T07:00:00.000Z');
    test.clock.advance(2000);
    await test.flow.receive(test.event('هنا', { address, conversationKey: address }));
    await test.flow.receive({ ...failed, reason: 'again' });
    expect(await replyUntil()).toBe('2026-11-23T07:00:02.000Z');
  });
});

describe('outside the reply window', () => {
  it('free words are allowed to its end, and refused from then on with what is allowed instead', async () => {
    test.clock.advance(dayMs - 1);
    await reply({ text: 'ما زال الوقت متاحًا' });
    test.clock.advance(1);
    const { code, details } = await refusal({ text: 'تأخرنا' });
    expect(code).toBe('not-allowed');
    expect(details).toEqual({
      reason: 'window-closed',
      until: '2026-11-23T07:00:00.000Z',
      ways: [{ way: 'template', inboxId: 'numbers', templates: 2 }],
    });
    expect(channel.sent.map(({ text }) => text)).toEqual(['ما زال الوقت متاحًا']);
  });

  it('the other ways to the same person are told: their mail address, another conversation', async () => {
    const { contactId } = (await test.store.get(conversations, conversationId)) ?? { contactId: '' };
    test.clock.advance(dayMs);
    await test.store.write([{ op: 'update', in: contacts, id: contactId, set: { email: 'sara@example.net' } }]);
    const { details } = await refusal({ text: 'تأخرنا' });
    expect(details).toMatchObject({
      ways: [{ way: 'template' }, { way: 'conversation', inboxId: 'mail', conversationId: null }],
    });
  });

  it('an approved template is sent with what fills it, and shown as the person reads it', async () => {
    test.clock.advance(dayMs);
    const message = await reply({ template: ready });
    expect(message).toMatchObject({ text: 'طلبك 26000010 جاهز.', approved: ready });
    expect(channel.sent).toMatchObject([{ text: 'طلبك 26000010 جاهز.', template: ready }]);
  });

  it('a template is refused that is not there, not approved or not filled, and one with words of its own', async () => {
    expect((await refusal({ template: { ...ready, language: 'fr' } })).code).toBe('invalid');
    expect((await refusal({ template: { name: 'pending', language: 'ar', parameters: [] } })).details).toMatchObject({
      reason: 'template-not-approved',
    });
    expect((await refusal({ template: { ...ready, parameters: [] } })).message).toContain('"1"');
    expect((await refusal({ text: 'و', template: ready })).code).toBe('invalid');
    expect(channel.sent).toEqual([]);
  });

  it('a repeated request is answered as before, also when the window has closed meanwhile', async () => {
    const first = await reply({ text: 'أهلاً' }, 'same');
    test.clock.advance(dayMs);
    expect(await reply({ text: 'أهلاً' }, 'same')).toEqual(first);
    expect(channel.sent).toHaveLength(1);
  });

  it('what still waits to be sent when it closes is not sent, and says why', async () => {
    const taken = channel.answer;
    channel.answer = () => {
      throw new SendError('unreachable', 'No answer.', { retryAfterMs: dayMs });
    };
    const late = await reply({ text: 'ستتأخر' });
    channel.answer = taken;
    test.clock.advance(dayMs + 2_000);
    await test.flow.idle();
    const { items } = await test.store.find(deliveries, { index: 'by-message', where: { messageId: late.id } });
    expect(items).toMatchObject([{ status: 'failed', open: false, error: { code: 'window-closed' } }]);
    expect(channel.sent).toEqual([]);
  });

  it('it opens again with the person’s next message', async () => {
    test.clock.advance(2 * dayMs);
    await test.flow.receive(test.event('هل من جديد؟', { address, conversationKey: address }));
    await test.flow.idle();
    await reply({ text: 'نعم' });
    expect(channel.sent.at(-1)?.text).toBe('نعم');
  });
});

describe('somebody who asked for silence', () => {
  it('is answered inside the window and is sent no template', async () => {
    const id = addressIdOf('numbers', address);
    const at = '2026-11-22T07:00:00.000Z';
    await test.store.write([{ op: 'update', in: addresses, id, set: { optedOutAt: at } }]);
    expect((await refusal({ template: ready })).details).toEqual({ reason: 'opted-out' });
    await reply({ text: 'حسنًا' });
    test.clock.advance(dayMs);
    expect((await refusal({ text: 'مرحبًا' })).details).toMatchObject({ reason: 'window-closed', ways: [] });
  });
});

describe('somebody who asked for silence and writes again', () => {
  it('is written to again, by whatever of their addresses they wrote', async () => {
    const [known] = (await test.store.find(addresses, { index: 'by-contact', where: {}, limit: 1 })).items;
    const silent = addressIdOf('numbers', 'SA.1349');
    const at = '2026-11-22T07:00:00.000Z';
    const other = { ...known, id: silent, address: 'SA.1349', optedOutAt: at } as NonNullable<typeof known>;
    await test.store.write([{ op: 'insert', in: addresses, document: other }]);
    expect((await refusal({ template: ready })).details).toEqual({ reason: 'opted-out' });
    test.clock.advance(1_000);
    await test.flow.receive(test.event('أريد المتابعة', { address, conversationKey: address }));
    await reply({ template: ready });
    expect(channel.sent.at(-1)).toMatchObject({ template: ready });
  });
});

describe('a quoted message', () => {
  it('is named by the id that the provider knows, the person’s and ours', async () => {
    const [theirs] = (await test.all(conversationId)).filter(({ direction }) => direction === 'inbound');
    const ours = await reply({ text: 'جواب', replyTo: theirs?.id });
    expect(channel.sent.at(-1)).toMatchObject({ quotes: 'wamid.first' });
    await reply({ text: 'تتمة', replyTo: ours.id });
    expect(channel.sent.at(-1)).toMatchObject({ quotes: `ext-${channel.sent.at(-2)?.id}` });
    expect(await test.store.get(messages, ours.id)).toMatchObject({ refersTo: 'wamid.first' });
  });

  it('must be of the same conversation', async () => {
    expect((await refusal({ text: 'x', replyTo: 'elsewhere' })).code).toBe('invalid');
  });
});

describe('templates of the provider', () => {
  const kept = async () =>
    (await test.store.find(approvedTemplates, { index: 'by-inbox', where: { inboxId: 'numbers' } })).items;

  it('are kept as they are there: new ones come, changed ones change, others go, and their notices stay', async () => {
    const [first] = await kept();
    await test.store.write([
      { op: 'update', in: approvedTemplates, id: first?.id ?? '', set: { notice: 'notice-in-progress' } },
    ]);
    channel.provided = [
      aTemplate(first?.name ?? '', 'نص آخر', { language: first?.language ?? '', status: 'paused' }),
      aTemplate('new', 'جديد'),
    ];
    expect(await test.flow.syncTemplates('numbers')).toBe(2);
    expect(await kept()).toMatchObject([
      { name: 'new', notice: null },
      { name: first?.name, status: 'paused', notice: 'notice-in-progress' },
    ]);
  });

  it('are asked for when the inbox starts, every six hours, and when the channel tells of a change', async () => {
    const counted = async (): Promise<number> => {
      await test.flow.idle();
      return (await kept()).length;
    };
    channel.provided = [];
    test.clock.advance(2_000);
    expect(await counted()).toBe(0);
    channel.provided = [aTemplate('a', 'أ')];
    test.clock.advance(6 * 3_600_000 - 1);
    expect(await counted()).toBe(0);
    test.clock.advance(1);
    expect(await counted()).toBe(1);
    channel.provided = [aTemplate('a', 'أ'), aTemplate('b', 'ب')];
    channel.sink?.changed?.('templates');
    test.clock.advance(2_000);
    expect(await counted()).toBe(2);
  });

  it('stay as they were where the provider does not answer, and are asked for again', async () => {
    const before = await kept();
    const answer = channel.templates;
    channel.templates = async () => {
      throw new SendError('unreachable', 'The provider does not answer.');
    };
    await expect(test.flow.syncTemplates('numbers')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(test.flow.syncTemplates('mail')).rejects.toMatchObject({ code: 'not-allowed' });
    test.clock.advance(2_000);
    await test.flow.idle();
    expect(await kept()).toEqual(before);
    channel.templates = answer ?? channel.templates;
    channel.provided = [];
    test.clock.advance(600_000);
    await test.flow.idle();
    expect(await kept()).toEqual([]);
  });
});

describe('the person’s last message', () => {
  it('is marked as read once, when it is answered or an agent takes it', async () => {
    expect(channel.read).toEqual(['wamid.first']);
    await reply({ text: 'أهلاً' });
    await reply({ text: 'وسهلاً' });
    expect(channel.read).toEqual(['wamid.first']);
    await test.flow.receive(test.event('شكرًا', { address, conversationKey: address, externalId: 'wamid.second' }));
    await test.flow.idle();
    expect(channel.read).toEqual(['wamid.first']);
    await test.flow.staff.assign(conversationId, agent, agent);
    await test.flow.idle();
    expect(channel.read).toEqual(['wamid.first', 'wamid.second']);
  });

  it('costs nobody an answer where marking fails', async () => {
    channel.markRead = async () => {
      throw new Error('broken');
    };
    await test.flow.receive(test.event('سؤال', { address, conversationKey: address, externalId: 'wamid.third' }));
    await reply({ text: 'جواب' });
    expect(channel.sent.at(-1)?.text).toBe('جواب');
  });
});
