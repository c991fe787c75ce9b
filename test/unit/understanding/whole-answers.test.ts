import { describe, expect, it } from 'vitest';
import { isStillOpen } from '../../../src/flow/responders/not-helped.ts';
import { shippedUnderstanding } from './shipped.ts';

const { understand } = await shippedUnderstanding();

const lines = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

describe('whoever was not helped', () => {
  it.each(
    lines(`
      ما فادني
      ما أفادني بشيء
      لا ما فادني
      ما ساعدني
      ما ساعدتني الإجابة
      مافادني
      لم يفدني
      لم تساعدني
      ما استفدت
      ما استفدت شي
      للأسف ما استفدت
      مو هذا اللي ابيه
      مب هذا اللي ابغاه
      مهو هذا اللي قصدته
      ليس هذا ما أريد
      هذا مو جوابي
      هذا مو سؤالي
      هذا مش اللي سألت عنه
      مش ده اللي عايزه
      مفادنيش
      ما استفدتش
      منفعش
      مش مفيد خالص
      غير مفيد
      مو كافي
      مش هاد اللي بدي ياه
      مو هيك قصدي
      ما زبط معي
      ما انحلت المشكلة
      المشكلة لسه موجودة
      المشكلة ما زالت قائمة
      مشكلتي ما انحلت
      لسه ما انحلت
      نفس المشكلة
      ما جاوبت على سؤالي
      ما فهمت سؤالي
      ما لقيت الجواب
      الجواب غلط
      جوابك مو واضح
      الرد عام
      كلامك ماله علاقة بسؤالي
      قصدي شي ثاني
      بدون فايدة
      ما نفعنيش
      شكرا بس ما انحلت المشكلة
      شكرا لكن ما استفدت
      تسلم بس لسه ما اشتغل
      نعم لكن ما حليت المشكلة
      ma fadni
      ma estafadt
      not helpful
      that did not help
      it didn't help me
      This does not answer my question
      that's not what I asked
      not what I was looking for
      you did not answer my question
      you misunderstood me
      the problem is still there
      still not working
      wrong answer
      useless
      no, it's not helpful at all
      I asked about something else
      I couldn't find the answer
      thanks but it didn't help
      thanks, but it is still not working
      ok but that is not my question
    `),
  )('%j says so', (said) => {
    expect(understand(said)).toMatchObject({ yesNo: 'no', unhelped: true, pleasantryOnly: false });
  });

  it.each(
    lines(`
      لا
      لا شكرا
      شكرا
      نعم
      ايه فادني
      انحلت المشكلة
      it helped
      thank you so much
      البروجكتر ما يشتغل
      لم يفدني الموظف في القسم حين راجعته
      النظام لا يقبل كلمة المرور
      the projector is not working in hall 5
      المشكلة في البروجكتر
      ما استلمت الجهاز
    `),
  )('%j does not say so', (said) => {
    expect(understand(said).unhelped).toBe(false);
  });

  it.each(
    lines(`
      شكرا بس ما عرفت وين ادخل
      مشكور لكن الرابط لا يفتح
      يعطيك العافية بس للحين ما وصلني شي
      ايه بس ما ضبط معي الرابط
      thanks but I still cannot log in
      thank you, however the link doesn't open
    `),
  )('%j thanks, and is not done', (said) => {
    expect(isStillOpen(understand(said))).toBe(true);
  });

  it.each(
    lines(`
    شكرا
    شكرا ما قصرت
    thanks, that is all
    بس ابي اعرف الدوام
    شكرا بس بغيت اسأل كم المدة
  `),
  )('%j is no such thing', (said) => {
    expect(isStillOpen(understand(said))).toBe(false);
  });
});

describe('whoever does not know', () => {
  it.each(
    lines(`
      مدري
      ما ادري
      مادري والله
      ما أدري عنها
      مدري وش اكتب
      ما اعرف ايش اختار
      لا أعلم
      لست متأكدا
      ماني متأكد
      مو متأكدة
      مش عارف
      مش عارف أقول ايه
      معرفش
      ما بعرف
      شو بعرفني
      محتار
      ما عندي فكرة
      ما اعرف اسم الجهة
      نسيت
      الله أعلم
      ربما
      علمي علمك
      ما اذكر
      madri
      ma a3ref
      not sure
      I'm not sure
      I don't know
      i dont know what to write
      I have no idea
      idk
      dunno
      I don't know my department
      maybe
      not sure which one
    `),
  )('%j says so', (said) => {
    expect(understand(said)).toMatchObject({ unsure: true, yesNo: null });
  });

  it.each(
    lines(`
      ما اعرف كيف ادخل النظام
      نسيت كلمة المرور
      ما أعرف رقم القاعة التي فيها المحاضرة
      I don't know how to borrow a camera
      I am not sure whether the office is open on Friday
      مدري وين مكتب الصيانة
      نعم
      لا
    `),
  )('%j asks something', (said) => {
    expect(understand(said).unsure).toBe(false);
  });
});

describe('whoever only says that a matter follows', () => {
  it.each(
    lines(`
      عندي سؤال
      السلام عليكم عندي استفسار لو سمحت
      ممكن سؤال؟
      ابغى استفسر
      عندي مشكلة
      احتاج مساعدة ضروري
      بسأل عن شي
      أرغب في تقديم شكوى
      I have a question
      can I ask you something?
      I need help
      help me please
    `),
  )('%j does', (said) => {
    expect(understand(said).announces).toBe(true);
  });

  it.each(
    lines(`
      عندي سؤال عن الدوام
      عندي مشكلة في البروجكتر
      ابي اقدم شكوى على موظف
      I need help with the projector
      I have a question about my salary
    `),
  )('%j tells it', (said) => {
    expect(understand(said).announces).toBe(false);
  });
});

describe('a request that was sent already', () => {
  it.each(
    lines(`
      نسيت أضيف على طلبي صورة
      بخصوص الطلب السابق
      أضيفوا للتذكرة هذا الرقم
      my request needs one more thing
      about the ticket I sent
    `),
  )('%j speaks of one', (said) => {
    expect(understand(said).ofRequest).toBe(true);
  });

  it.each(
    lines(`
    عندي طلب
    ابي ارفع طلب صيانة
    I have a request
    وين مواقف السيارات
  `),
  )('%j speaks of none', (said) => {
    expect(understand(said).ofRequest).toBe(false);
  });
});

describe('the wish for a person', () => {
  it.each(['ايه ابغى موظف', 'لا ابي موظف', 'نعم حولني لموظف', 'yes, I want a person', 'no, talk to an agent'])(
    'is heard behind a yes or a no: %j',
    (said) => {
      expect(understand(said).command).toBe('agent');
    },
  );

  it.each(['لا توقف', 'no, stop', 'ما ابي موظف', 'لا ما ابي موظف'])('and nothing else is: %j', (said) => {
    expect(understand(said).command).not.toBe('agent');
  });
});
