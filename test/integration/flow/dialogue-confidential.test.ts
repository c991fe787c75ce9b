import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agents } from '../../../src/agent/agent.ts';
import { contacts } from '../../../src/contact/contact.ts';
import { messages } from '../../../src/message/message.ts';
import { type Casework, openCasework, texts } from './open-casework.ts';

const lab = { id: 'lab', title: 'معمل الحاسب', confidence: 0.9 };
const bank = {
  'معمل الحاسب': { outcome: 'answer' as const, articles: [lab] },
  سامي: { outcome: 'choose' as const, articles: [lab, { ...lab, id: 'other' }] },
};

let test: Casework;
beforeEach(async () => {
  test = await openCasework({ bank });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const linked = async (number: string): Promise<string[]> =>
  (await test.store.find(messages, { index: 'by-ticket', where: { ticketNumber: number }, limit: 50 })).items
    .filter(({ direction }) => direction === 'inbound')
    .map(({ text }) => text);

describe('what is told after a report for few eyes', () => {
  it('belongs to it: no name is asked for or read out of it, and no article is offered', async () => {
    await test.say('أريد الإبلاغ عن تحرش');
    const { number } = await test.newest();
    const details = ['تحرش بي موظف في معمل الحاسب يوم الثلاثاء الماضي', 'اسمه سامي'];
    for (const words of details) {
      const told = texts(await test.say(words));
      expect(told).toContain(number);
      expect(told).toContain('بسرية');
      expect(told).not.toMatch(/اسمك|article/);
    }
    expect((await linked(number)).sort()).toEqual(['أريد الإبلاغ عن تحرش', ...details].sort());
    expect(await test.all()).toHaveLength(1);
    expect(await test.store.get(contacts, test.contactId)).toMatchObject({ name: null, entity: null, category: null });
  });

  it('may be the name of whoever writes, who says so', async () => {
    await test.say('أريد الإبلاغ عن تحرش');
    await test.say('اسمي سارة أحمد الغامدي');
    expect(await test.store.get(contacts, test.contactId)).toMatchObject({ name: 'سارة أحمد الغامدي' });
  });

  it('is another matter where the person plainly begins one', async () => {
    await test.settle();
    await test.say('أريد الإبلاغ عن تحرش');
    const { number } = await test.newest();
    expect(texts(await test.say('كيف أحجز معمل الحاسب؟'))).toContain('article lab');
    expect(await linked(number)).toEqual(['أريد الإبلاغ عن تحرش']);
    await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
    expect(await linked(number)).toEqual(['أريد الإبلاغ عن تحرش']);
    expect(await test.newest()).toMatchObject({ restricted: false });
  });
});

it.each([
  'تحرش بي موظف في معمل الحاسب يوم الثلاثاء الماضي',
  'صرخ علي موظف في كلية العلوم',
  'شتمني موظف في عمادة القبول',
])('no name is read out of %j', async (words) => {
  await test.say(words);
  expect((await test.store.get(contacts, test.contactId))?.name).toBeNull();
});

describe('a complaint about somebody who works here', () => {
  const rename = (id: string, name: string) => test.store.write([{ op: 'update', in: agents, id, set: { name } }]);
  beforeEach(async () => {
    await test.settle();
    await rename('hamad', 'خالد الغامدي');
    await rename('huda', 'د. هدى سالم القحطاني');
  });

  it('is kept from whom it names, who hears nothing of it, and goes to those above', async () => {
    await test.say('شكوى: صرخ الموظف خالد الغامدي في وجهي أمام الطلاب وأساء التعامل');
    const ticket = await test.newest();
    expect(ticket.hiddenFrom).toContain('hamad');
    expect(ticket.restricted).toBe(true);
    expect((await test.eventsOf(ticket.number))[0]?.change).toMatchObject({ about: ['hamad'] });
    expect(await test.alertsOf('hamad')).toEqual([]);
    expect((await test.alertsOf('samia')).map(({ kind }) => kind)).toEqual(['confidential']);
  });

  it('names nobody by one word, or by a name that is another’s', async () => {
    await test.say('شكوى على خالد الشهري لسوء التعامل في المكتب');
    expect((await test.newest()).hiddenFrom).toEqual([]);
  });

  it('about one who is not known by name is looked at by those above', async () => {
    await test.say('شكوى: الموظف فهد صرخ في وجهي أمام الطلاب وأساء التعامل');
    const ticket = await test.newest();
    expect(ticket).toMatchObject({ hiddenFrom: [], restricted: false });
    expect((await test.alertsOf('samia')).map(({ kind }) => kind)).toEqual(['about-staff']);
  });

  it('keeps a report from whom a later word of it names', async () => {
    await test.say('أريد الإبلاغ عن تحرش');
    await test.say('اسمه خالد غامدي');
    expect((await test.newest()).hiddenFrom).toContain('hamad');
  });
});
