import { describe, expect, it } from 'vitest';
import { deliveries } from '../../../src/message/message.ts';
import { lettersForEach } from './open-letters.ts';

const { conversationOf, flow, letter, send, stored, ticketsOf } = lettersForEach();

describe('robots', () => {
  it.each(['auto-reply', 'bulk', 'bounce'] as const)('are stored, linked and never answered: %s', async (automated) => {
    await send({ id: '<a@x>', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    const delivery = (await flow().store.find(deliveries, { index: 'by-status', where: {} })).items[0];
    const from = automated === 'bounce' ? 'mailer-daemon@example.net' : 'sara@example.net';
    const robot = { id: '<r@x>', from, automated, words: 'أنا خارج المكتب حتى الأحد القادم' };
    expect(await send({ ...robot, references: [delivery?.externalId ?? ''] })).toEqual([]);
    const first = await conversationOf('<a@x>');
    expect(await stored('<r@x>')).toMatchObject({
      conversationId: first.id,
      automated,
      ticketNumber: first.openTicket,
    });
    expect(await ticketsOf()).toHaveLength(1);
  });

  it('reopen nothing, and what they begin is not open', async () => {
    await send({ id: '<a@x>', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    const { id } = await conversationOf('<a@x>');
    await flow().flow.staff.close(id, { id: 'agent', name: 'Agent' });
    await send({ automated: 'auto-reply', words: 'خارج المكتب', references: ['<a@x>'] });
    expect((await conversationOf('<a@x>')).status).toBe('closed');
    expect(await send({ id: '<n@x>', from: 'news@example.net', automated: 'bulk', words: 'نشرة' })).toEqual([]);
    expect((await conversationOf('<n@x>')).status).toBe('closed');
    await send({ words: 'ما زال معطلاً حتى اليوم', references: ['<a@x>'] });
    expect((await conversationOf('<a@x>')).status).toBe('open');
  });

  it('do not silence a person whose mail waits beside theirs', async () => {
    const robot = { ...letter({ automated: 'auto-reply', words: 'خارج المكتب' }), conversationKey: 'k' };
    const person = { ...letter({ words: 'جهاز العرض في القاعة لا يعمل' }), conversationKey: 'k' };
    await Promise.all([flow().flow.receive(flow().event('', robot)), flow().flow.receive(flow().event('', person))]);
    await flow().flow.idle();
    expect(flow().channel.sent).toHaveLength(1);
  });

  it('that say nothing of it are answered a few times and no more, then a person looks', async () => {
    let references: string[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const id = `<loop-${turn}@x>`;
      const [answer] = await send({
        id,
        subject: 'Re: سؤال',
        words: `إشعار جديد من النظام رقم ${turn} لكم`,
        references,
      });
      references = [...(answer ? [answer.id] : []), id];
    }
    expect(flow().channel.sent.length).toBeLessThanOrEqual(6);
    expect((await conversationOf('<loop-19@x>')).handledBy).toBe('nobody');
  });

  it('that change their address and repeat themselves are answered a few times and no more', async () => {
    const words = 'شكراً على رسالتكم، سيتم الرد عليها من قبل الفريق المختص لدينا خلال يومين';
    for (let turn = 0; turn < 20; turn++) await send({ from: `r${turn}@example.net`, subject: 'Re: سؤال', words });
    expect(flow().channel.sent.length).toBeLessThanOrEqual(5);
  });

  it('that answer to a letter of ours from ever new addresses are answered a few times and no more', async () => {
    await send({ id: '<a@x>', words: 'جهاز العرض في القاعة 12 لا يعمل' });
    const { key } = await conversationOf('<a@x>');
    const before = flow().channel.sent.length;
    for (let turn = 0; turn < 20; turn++) {
      const words = `رسالة من نوع آخر تماماً عن أمر ${'أبجدهوزحطيكلمنسعفصقرشت'[turn]}${'تشرقصفعسنملكيطحزوهدجبأ'[turn]}`;
      await send({ from: `n${turn}@example.net`, subject: `شيء ${turn}`, words, provenKey: key });
    }
    expect(flow().channel.sent.length - before).toBeLessThanOrEqual(4);
  });

  it('that begin a new thread each time are answered a few times and no more', async () => {
    const words = 'تنبيه من نظام المراقبة لديكم: القرص ممتلئ على الخادم الرئيسي';
    for (let turn = 0; turn < 20; turn++) await send({ subject: `تنبيه ${turn}`, words });
    expect(flow().channel.sent.length).toBeLessThanOrEqual(10);
  });
});

describe('people', () => {
  it('who send the same mail again and again while they wait are answered', async () => {
    const words = 'جهاز العرض في القاعة 12 لا يعمل منذ أسبوع كامل';
    for (let turn = 0; turn < 8; turn++) expect(await send({ subject: 'عطل', words })).toHaveLength(1);
  });

  it('are all answered, many of them with the same short words', async () => {
    for (let who = 0; who < 30; who++) {
      const answers = await send({ from: `p${who}@example.net`, subject: 'استفسار', words: 'متى يبدأ الفصل القادم؟' });
      expect(answers).toHaveLength(1);
    }
  });

  it('are all answered for as many matters as one has in a morning', async () => {
    for (let turn = 0; turn < 15; turn++) {
      const words = `السؤال ${'أبجدهوزحطيكلمنس'[turn]} عن خدمة لا أعرفها في كلية ${'أبجدهوزحطيكلمنس'[turn]}`;
      expect(await send({ subject: `موضوع ${turn}`, words })).toHaveLength(1);
    }
  });

  it('whose mail was answered elsewhere are not answered again', async () => {
    expect(await send({ id: '<old@x>', words: 'جهاز العرض لا يعمل', settled: true })).toEqual([]);
    expect((await conversationOf('<old@x>')).status).toBe('closed');
  });
});
