import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEntity, readEntity } from '../../../src/language/entities.ts';
import { findName, readName } from '../../../src/language/names.ts';

describe('the answer to "what is your name?"', () => {
  it.each([
    ['محمد', 'محمد', true],
    ['اسمي محمد العتيبي', 'محمد العتيبي', true],
    ['الاسم: نورة عبد الله آل سعود', 'نورة عبد الله آل سعود', true],
    ['د. سارة الحربي', 'د. سارة الحربي', true],
    ['معك د. سارة بنت خالد', 'د. سارة بنت خالد', true],
    ['أنا محمد من كلية العلوم', 'محمد', true],
    ['أبو فهد', 'أبو فهد', true],
    ['my name is John Smith.', 'John Smith', true],
    ['I am John', 'John', true],
    ["Sean O'Brien", "Sean O'Brien", true],
    ['قطيفان', 'قطيفان', false],
  ])('%j gives %j', (text, value, sure) => expect(readName(text)).toEqual({ value, sure }));

  it.each([
    'ليش تبون اسمي؟',
    '0551234567',
    'someone@example.edu',
    'أنا طالب',
    'أنا مو فاهم',
    'وقف',
    'لا',
    'نعم',
    'ok',
    'أبغى أكلم موظف',
    'وش صار على طلبي',
    'جهاز العرض في القاعة ما يشتغل من أمس وأبغى أحد يجي',
    'why do you need it',
    'asdfgh',
    '؟؟',
    '👍',
    '',
  ])('%j is no name', (text) => expect(readName(text)).toBeNull());

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readName(text) !== undefined));
  });
});

describe('a self-introduction inside a message', () => {
  it('is found with its place', () => {
    const text = 'السلام عليكم معك د. سارة الحربي من كلية العلوم، البروجكتر خربان';
    const found = findName(text)!;
    expect(found.value).toBe('د. سارة الحربي');
    expect(text.slice(found.start, found.end)).toBe('معك د. سارة الحربي');
  });

  it.each([
    'أنا طالب في السنة الثالثة',
    'أنا محتاج مساعدة',
    'الموظف اللي معك اليوم',
    'I am not happy',
    'this is urgent',
  ])('is not seen in %j', (text) => expect(findName(text)).toBeNull());
});

describe('the answer to "which entity?"', () => {
  it.each([
    ['من كلية العلوم', 'كلية العلوم', true],
    ['أنا من عمادة التعلم الإلكتروني', 'عمادة التعلم الإلكتروني', true],
    ['جهتي إدارة المشتريات', 'إدارة المشتريات', true],
    ['طالب بكلية الطب وعندي سؤال', 'كلية الطب', true],
    ['the College of Science', 'College of Science', true],
    ['I am from the College of Science and my projector is broken', 'College of Science', true],
    ['أعمل في شركة النور للتقنية', 'شركة النور للتقنية', true],
    ['خارج الجامعة', 'خارج الجامعة', true],
    ['الهندسة', 'الهندسة', false],
  ])('%j gives %j', (text, value, sure) => expect(readEntity(text)).toEqual({ value, sure }));

  it.each(['ليش؟', '123', 'someone@example.edu', 'ما أدري', 'وش تقصدون', 'من وين أستلم الجهاز', ''])(
    '%j is no entity',
    (text) => expect(readEntity(text)).toBeNull(),
  );

  it('is found inside a message', () => {
    expect(findEntity('معك سارة من كلية العلوم، عندي سؤال')?.value).toBe('كلية العلوم');
    expect(findEntity('البروجكتر في القاعة 5 لا يعمل')).toBeNull();
  });
});
