import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSealed } from '../../../src/casework/seal.ts';
import type { FormField } from '../../../src/organisation/casework.ts';
import { type Casework, choices, openCasework, texts } from './open-casework.ts';

let test: Casework;
beforeEach(async () => {
  test = await openCasework();
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const introduce = async (): Promise<void> => {
  await test.say('سارة أحمد الغامدي');
  await test.say('كلية العلوم');
  await test.tap('category:student');
};
const wish = 'أطلب تأمين أجهزة عرض جديدة لقاعات القسم';

describe('the form of a request', () => {
  it('is asked field by field before the ticket is opened, which then has the answers', async () => {
    await introduce();
    expect(texts(await test.say(wish))).toContain('في أي مبنى؟');
    expect(await test.all()).toEqual([]);
    expect((await test.conversation()).dialogue.awaiting).toEqual({ for: 'field', field: 'building', asked: 1 });
    expect(texts(await test.say('مبنى 5'))).toContain('رقم القاعة');
    const opened = texts(await test.say('٢١٢'));
    const ticket = await test.newest();
    expect(opened).toContain(ticket.number);
    expect(ticket).toMatchObject({ type: 'service', service: 'equipment-supply', departmentId: 'halls' });
    expect(ticket.fields).toEqual({ building: 'مبنى 5', room: '٢١٢' });
  });

  it('is asked once more where the answer is none, and then let go: accepting asks for it', async () => {
    await introduce();
    await test.say(wish);
    expect(texts(await test.say('شكراً'))).toContain('عذراً');
    expect(texts(await test.say('تمام'))).toContain('رقم القاعة');
    await test.say('212');
    expect((await test.newest()).fields).toEqual({ room: '212' });
  });

  it.each([
    'ليش تسألون',
    'academic',
    'none-of-these? no, I want to register it',
    'لا، أبي أسجل الطلب',
    'متى يجي الرد؟',
  ])('is asked again where %j is said: it is no building', async (text) => {
    await introduce();
    await test.say(wish);
    expect(texts(await test.say(text))).toMatch(/عذراً|Sorry/);
    expect(await test.all()).toEqual([]);
    const asked = texts(await test.say('مبنى العلوم'));
    expect(asked).toMatch(/رقم القاعة|number of the room/);
  });

  it.each([
    'نحتاج شاشة عرض وسماعات لقاعة الاجتماعات نبي توريد أجهزة جديدة',
    'ابي توريد سبورة ذكية',
    'نبي توريد بروجكتر جديد',
    'نبي ٢٠ كرسي وطاولات',
    'ابغى اسجل طلب توفير سبورة جديدة للقاعة ١٠٢ مبنى ٧ كلية العلوم، العدد ١',
  ])('is asked of whoever says %j', async (text) => {
    await introduce();
    expect(texts(await test.say(text))).toContain('في أي مبنى؟');
    await test.say('مبنى ٧');
    await test.say('١٠٢');
    expect(await test.newest()).toMatchObject({
      type: 'service',
      service: 'equipment-supply',
      fields: { building: 'مبنى ٧', room: '١٠٢' },
    });
    expect(await test.all()).toHaveLength(1);
  });

  it('is let go at once by whoever does not know', async () => {
    await introduce();
    await test.say(wish);
    await test.say('مدري');
    await test.say('مدري');
    expect(await test.newest()).toMatchObject({ service: 'equipment-supply', fields: {} });
  });

  it('waits for the answer over a restart', async () => {
    await introduce();
    await test.say(wish);
    await test.say('مبنى 5');
    await test.close();
    test = await openCasework({ directory: test.directory });
    await test.say('212', { externalId: 'after' });
    expect((await test.newest()).fields).toEqual({ building: 'مبنى 5', room: '212' });
  });

  it('gives way to an order', async () => {
    await introduce();
    await test.say(wish);
    expect(texts(await test.say('أبي أكلم موظف'))).toContain('أحد الموظفين');
  });

  it('is not asked of other matters', async () => {
    await introduce();
    await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
    expect(await test.all()).toHaveLength(1);
  });
});

describe('a form of every kind', () => {
  const both = (text: string) => ({ ar: text, en: text });
  const forms: FormField[] = [
    {
      id: 'size',
      name: both('المقاس'),
      kind: 'choice',
      required: true,
      choices: sizes(),
      services: ['equipment-supply'],
    },
    { id: 'on', name: both('التاريخ'), kind: 'date', required: true, services: ['equipment-supply'] },
    { id: 'count', name: both('العدد'), kind: 'number', required: true, services: ['equipment-supply'] },
    { id: 'who', name: both('رقم الهوية'), kind: 'national-id', required: true, services: ['equipment-supply'] },
    { id: 'before', name: both('الطلب السابق'), kind: 'reference', required: true, services: ['equipment-supply'] },
  ];
  function sizes() {
    return [
      { id: 'small', name: { ar: 'صغير', en: 'Small' } },
      { id: 'large', name: { ar: 'كبير', en: 'Large' } },
    ];
  }

  it('is read by its kind, in any digits; a national ID is sealed before it is kept with the ticket', async () => {
    await introduce();
    const { content } = test.deps;
    const organisation = content.organisation();
    content.organisation = () => ({ ...organisation, casework: { ...organisation.casework, forms } });
    const asked = await test.say(wish);
    expect(choices(asked)).toEqual(['field:small', 'field:large']);
    expect(texts(await test.say('٢'))).toContain('التاريخ');
    expect(texts(await test.say('٢٥ نوفمبر'))).toContain('العدد');
    expect(texts(await test.say('كثير'))).toContain('عذراً');
    expect(texts(await test.say('١٢'))).toContain('رقم الهوية');
    expect(texts(await test.say('١٠٠٠٠٠٠٠٠٨'))).toContain('الطلب السابق');
    const kept = JSON.stringify((await test.conversation()).dialogue);
    expect(kept).not.toContain('1000000008');
    await test.say('٢٦٠٠٠٤٢٨');
    const { fields } = await test.newest();
    expect(fields).toMatchObject({ size: 'large', on: '2026-11-25', count: '12', before: '26000428' });
    expect(isSealed(fields.who ?? '')).toBe(true);
    expect(JSON.stringify(await test.eventsOf((await test.newest()).number))).not.toContain('1000000008');
  });
});
