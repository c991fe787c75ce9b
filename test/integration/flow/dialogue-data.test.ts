import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversations } from '../../../src/conversation/conversation.ts';
import { messages } from '../../../src/message/message.ts';
import { type Casework, choices, openCasework, texts } from './open-casework.ts';

const bank = {
  'دليل القاعات': { outcome: 'answer' as const, articles: [{ id: 'guide', title: 'الدليل', confidence: 0.9 }] },
};

let test: Casework;
let number = '';
beforeEach(async () => {
  test = await openCasework({ bank });
  await test.settle();
  number = await test.open({ departmentId: 'maintenance', service: 'maintenance' });
  await test.step(number, 'sara', 'transfer', { departmentId: 'maintenance' });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const ask = (given: object = {}) => test.step(number, 'hamad', 'ask', { text: 'ما رقم الجهاز المتعطل؟', ...given });
const waiting = async () => (await test.ticket(number)).status === 'pending_customer';
const linked = async () =>
  (await test.store.find(messages, { index: 'by-ticket', where: { ticketNumber: number }, limit: 50 })).items
    .filter(({ direction }) => direction === 'inbound')
    .map(({ text }) => text);

describe('what a ticket waits for', () => {
  it('is asked of the person, and what they write goes on with it', async () => {
    expect(texts(await ask())).toContain('ما رقم الجهاز المتعطل؟');
    expect(await waiting()).toBe(true);
    const thanks = texts(await test.say('الجهاز رقم 5512 في القاعة 3'));
    expect(thanks).toContain('يُستأنف العمل');
    expect(await test.ticket(number)).toMatchObject({ status: 'transferred', asked: null });
    expect(await linked()).toEqual(['الجهاز رقم 5512 في القاعة 3']);
    const given = (await test.eventsOf(number)).find(({ change }) => change.kind === 'data-given');
    expect(given).toMatchObject({ actor: { kind: 'contact' }, change: { messageId: expect.any(String) } });
    expect((await test.alertsOf('hamad')).map(({ kind }) => kind)).toContain('data-given');
  });

  it('fills the one field that was asked for', async () => {
    await ask({ fields: ['asset'] });
    await test.say('٥٥١٢');
    expect((await test.ticket(number)).fields).toMatchObject({ asset: '٥٥١٢' });
    expect(await waiting()).toBe(false);
  });

  it('may be the number of another request', async () => {
    await ask({ text: 'ما رقم الطلب السابق؟' });
    await test.say('26000428');
    expect(await waiting()).toBe(false);
    await test.step(number, 'hamad', 'ask', { text: 'ما رقم الجهاز المتعطل؟' });
    expect(texts(await test.say(number))).toContain('بانتظار معلومات منك');
    expect(await waiting()).toBe(true);
  });

  it('is what has a number of its own, also in the midst of our interview', async () => {
    const { id, dialogue } = await test.conversation();
    const set = { dialogue: { ...dialogue, awaiting: { for: 'question' as const, field: 'name' as const, asked: 1 } } };
    await test.store.write([{ op: 'update', in: conversations, id, set }]);
    await ask({ text: 'نرجو تزويدنا برقم الجهاز' });
    expect(texts(await test.say('رقم الجهاز 4471'))).toContain('يُستأنف العمل');
    expect(await waiting()).toBe(false);
    const others = ['رقم الجهاز 4471', 'القاعة رقم 4471', 'رقم المبنى ٤٤٧١', 'رقم المعاملة 4471'];
    for (const words of others) expect(texts(await test.say(words))).not.toContain('لا أجد');
    expect(texts(await test.say('طلبي رقم 4471'))).toContain('لا أجد');
  });

  it.each(['مدري والله', 'ما عندي', 'ارسلتها لكم بالواتساب امس', 'ما أعرف رقم الجهاز', 'I already sent it'])(
    'did not come with %j: it waits on, and people are called',
    async (words) => {
      await ask();
      expect(texts(await test.say(words))).toMatch(/ما زال الطلب بانتظار|still waits/);
      expect(await waiting()).toBe(true);
      expect(await linked()).toEqual([words]);
      expect((await test.conversation()).waitingSince).not.toBeNull();
      await test.say('الجهاز رقم 5512 في القاعة 3');
      expect(await waiting()).toBe(false);
    },
  );

  it('may be a picture', async () => {
    await ask();
    await test.flow.receive(test.event('', { kind: 'image' } as never));
    test.clock.advance(3_000);
    await test.flow.idle();
    expect(await waiting()).toBe(false);
  });

  it('is no courtesy, no order and no question that is answered', async () => {
    await ask();
    await test.say('شكراً');
    expect(await waiting()).toBe(true);
    await test.say('وش صار على طلبي؟');
    expect(await waiting()).toBe(true);
    expect(texts(await test.say('وين ألقى دليل القاعات؟'))).toContain('article guide');
    expect(await waiting()).toBe(true);
    await test.say(`${number} الجهاز رقم 5512`);
    expect(await waiting()).toBe(false);
  });

  it('is remembered over a restart', async () => {
    await ask();
    await test.close();
    test = await openCasework({ bank, directory: test.directory, at: '2026-11-22T09:00:00.000Z' });
    await test.say('الجهاز رقم 5512', { externalId: 'after' });
    expect(await waiting()).toBe(false);
  });
});

describe('a ticket that was closed for want of data', () => {
  const later = async (count: number): Promise<void> => {
    for (let day = 0; day < count; day += 1) {
      test.clock.advance(86_400_000);
      await test.flow.idle();
    }
  };

  it('opens again with what the person writes in time', async () => {
    await ask();
    await later(8);
    expect(await test.ticket(number)).toMatchObject({ status: 'closed', outcome: 'other' });
    const told = texts(await test.say(`${number} الجهاز رقم 5512 في القاعة 3`));
    expect(told).toContain('أعدنا فتح طلبك');
    expect((await test.ticket(number)).status).toBe('transferred');
    expect(await linked()).toHaveLength(1);
  });

  it.each(['معمل 3', 'في معمل الفيزياء'])('opens again with %j alone', async (words) => {
    const other = await test.open({ subject: 'شكوى أخرى' });
    expect(other).not.toBe(number);
    await ask();
    await later(8);
    expect((await test.ticket(number)).status).toBe('closed');
    expect(texts(await test.say(words))).toContain('أعدنا فتح طلبك');
    expect((await test.ticket(number)).status).toBe('transferred');
  });

  it('stays closed where the person comes back with another matter', async () => {
    await ask();
    await later(8);
    await test.say('السلام عليكم، أرغب في ترجمة عقد لفعالية الأسبوع القادم');
    expect((await test.ticket(number)).status).toBe('closed');
    expect((await test.newest()).number).not.toBe(number);
  });

  it('stays closed after that time, honestly, and a new request goes on with it', async () => {
    await ask();
    await later(40);
    const told = await test.say(`${number} الجهاز رقم 5512 في القاعة 3`);
    expect(texts(told)).toContain('انتهت في');
    expect(choices(told)).toContain(`again:${number}`);
    expect((await test.ticket(number)).status).toBe('closed');
    const opened = texts(await test.tap(`again:${number}`));
    const made = await test.newest();
    expect(made.number).not.toBe(number);
    expect(opened).toContain(made.number);
    const ties = [
      JSON.stringify(made.fields),
      ...(await test.eventsOf(made.number)).map(({ change }) => (change.kind === 'noted' ? change.text : '')),
    ];
    expect(ties.join()).toContain(number);
  });
});
