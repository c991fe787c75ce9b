import { describe, expect, it } from 'vitest';
import { readName } from '../../../src/language/names.ts';

const lines = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

const noNames = lines(`
  لا
  لا اريد
  مالك دخل
  شخباركم
  طالب ماجستير
  استمر
  continue
  privacy
  عاجل
  كذابين
  تأخرتوا علي
  محد يرد
  القبول والتسجيل
  كلية الهندسة
  السبورة الذكية ما تشتغل
  النت مقطوع
  يا سلام
  يا ليت
  يا علي
  يا محمد
  يا اخي
  حسبي الله
  call me back
  hall 12
  لا أريد أن أقول
  ليش
  ليش؟
  ليش تبون اسمي؟
  وش دخلكم في اسمي
  مو ضروري
  مو لازم
  ماله داعي
  طالب
  طالبة
  موظف
  نفس الاسم
  نفس اسمي السابق
  الاسم موجود عندكم
  اسمي مو مهم
  اسمي غير موجود في القائمة
  اسمي مكتوب غلط في الشهادة
  تعرفون اسمي
  تخطي
  skip
  next
  مجهول
  فاعل خير
  بدون اسم
  ما أبي أقول
  ما ابغى اعطيكم اسمي
  اوكي
  تمام
  طيب
  نعم
  السلام عليكم
  سلام
  هلا
  مرحبا
  صباح الخير
  صباح النور
  شكرا
  شكرا جزيلا
  hi
  hello
  good morning
  salam
  marhaba
  ok
  okay
  yes
  no
  0551234567
  ١٢٣٤
  26000428
  someone@example.edu
  https://example.edu/a
  ؟
  ...
  👍
  وقف
  stop
  أبغى أكلم موظف
  موظف لو سمحت
  حولني لموظف
  وش صار على طلبي
  وين وصل طلبي
  عندي شكوى على موظف
  البروجكتر خربان
  البروجكتر ما يشتغل
  جهاز العرض في القاعة ما يشتغل
  القاعة مطفية
  خربان البروجكتر
  أبغى أستعير كاميرا
  متى الدوام
  كم الغرامة علي
  علي غرامة
  على راسي
  أنا علي عهدة
  أنا سعيد بخدمتكم
  أنا زعلان
  انا محتار
  أنا مستعجل
  أنا طالب
  أنا موظف جديد
  انا دكتور
  أنا أستاذ مساعد
  آمل الرد
  يعطيكم العافية
  انتم مين
  من انت
  هل أنت روبوت
  لا تسألني
  خدمتكم سيئة
  يا كلب
  ههههه
  ااااا
  asdfgh
  test
  why do you need it
  why?
  none of your business
  I don't want to say
  I want to talk to a human
  talk to agent
  may I ask something
  will you help me
  hope you are well
  I hope so
  I am happy
  I am a student
  i am very angry
  mark it as urgent
  not necessary
  same name
  same as before
  projector broken
  the projector is broken
  my name is not in the list
  this is urgent
  english please
  عربي
  English
  abgha akallim muwazaf
  wesh sar 3ala talabi
`);

describe('what is no name', () => {
  it.each(noNames)('shows in %j', (text) => expect(readName(text)).toBeNull());
});
