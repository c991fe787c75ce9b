import { describe, expect, it } from 'vitest';
import { readEntity } from '../../../src/language/entities.ts';
import { shippedUnderstanding } from './shipped.ts';

const { understand } = await shippedUnderstanding();

/** What somebody says in one go, the body in it, and words of the matter that must stay. */
const sentences: [said: string, entity: string, matter: string][] = [
  ['انا من كلية العلوم وعندي مشكلة في البروجكتر وابغى احد يجي يصلحه', 'كلية العلوم', 'يجي يصلحه'],
  ['انا من كلية العلوم والبروجكتر عندنا ما يشتغل', 'كلية العلوم', 'ما يشتغل'],
  ['أنا من كلية العلوم والآداب وابي اعرف اوقات الدوام', 'كلية العلوم والآداب', 'اوقات الدوام'],
  ['من كلية الحاسب الآلي ونظم المعلومات والنت مقطوع عندنا', 'كلية الحاسب الآلي ونظم المعلومات', 'مقطوع عندنا'],
  ['احنا من عمادة القبول والتسجيل ونحتاج جهاز عرض للقاعة الكبيرة', 'عمادة القبول والتسجيل', 'للقاعة الكبيرة'],
  ['انا طالبة بكلية التمريض والكهرباء مقطوعة في المعمل', 'كلية التمريض', 'في المعمل'],
  ['معكم من قسم الفيزياء الصوت ما يطلع في قاعة المحاضرات', 'قسم الفيزياء', 'قاعة المحاضرات'],
  ['انا من قسم الصيانة ابي استفسر عن تأخر قطع الغيار', 'قسم الصيانة', 'قطع الغيار'],
  ['انا من كلية الهندسة قدمت طلب امس وما احد رد علي', 'كلية الهندسة', 'رد علي'],
  ['من وزارة التعليم ونرغب في زيارة الجامعة', 'وزارة التعليم', 'زيارة الجامعة'],
  ['نحن من شركة الأفق للتوريد ونبي نعرف كيف نصير موردين', 'شركة الأفق للتوريد', 'نصير موردين'],
  ['احنا مدرسة الملك فهد الثانوية ونبغى نزور المعامل', 'مدرسة الملك فهد الثانوية', 'نزور المعامل'],
  ['أنا من كلية الطب وكنت ابغى استفسر عن حجز القاعة', 'كلية الطب', 'حجز القاعة'],
  ['انا من كليه الاداب بس ما عرفت كيف احجز قاعة', 'كليه الاداب', 'احجز قاعة'],
  ['انا من إدارة الموارد البشرية لو سمحت وين اقدم على اخلاء طرف', 'إدارة الموارد البشرية', 'اخلاء طرف'],
  ['اشتغل في مستشفى الجامعة والطابعة عندنا خربانة من اسبوع', 'مستشفى الجامعة', 'من اسبوع'],
  ['من كلية الشريعة والقانون عايز اعرف مواعيد العمل', 'كلية الشريعة والقانون', 'مواعيد العمل'],
  ['انا من كلية الصيدلة بدي اعرف كيف بقدم طلب صيانة', 'كلية الصيدلة', 'طلب صيانة'],
  ['أنا من معهد اللغات علاش الموقع ما كيخدمش', 'معهد اللغات', 'ما كيخدمش'],
  ['انا من كلية العلوم الحاسب خربان', 'كلية العلوم', 'الحاسب خربان'],
  ['من كلية علوم الحاسب والمعلومات وعندي سؤال', 'كلية علوم الحاسب والمعلومات', 'عندي سؤال'],
  ['انا موظف في عمادة شؤون الطلاب واحتاج كرسي جديد', 'عمادة شؤون الطلاب', 'كرسي جديد'],
  [
    'انا من عمادة شؤون أعضاء هيئة التدريس والموظفين وارغب في تقديم شكوى',
    'عمادة شؤون أعضاء هيئة التدريس والموظفين',
    'تقديم شكوى',
  ],
  ['تابعة لكلية التربية ارسلت لكم ايميل ولا وصلني رد', 'كلية التربية', 'وصلني رد'],
  ['انا من كلية العلوم طالب سنة ثالثة ابي اسأل عن المكتبة', 'كلية العلوم', 'عن المكتبة'],
  ['من قسم الرياضيات في كلية العلوم وابي احد يجي يشوف السبورة', 'قسم الرياضيات في كلية العلوم', 'يشوف السبورة'],
  ['انا من كلية إدارة الأعمال حابة استعير كاميرا', 'كلية إدارة الأعمال', 'استعير كاميرا'],
  ['انا من كلية العلوم اسمي خالد وعندي مشكلة', 'كلية العلوم', 'عندي مشكلة'],
  ['I am from the College of Science and I have a problem with the projector', 'College of Science', 'the projector'],
  ["I'm from the college of arts and sciences and my projector is broken", 'college of arts and sciences', 'is broken'],
  ["I'm from the Department of Physics and need someone to fix the screen", 'Department of Physics', 'the screen'],
  ['we are from the Ministry of Health and we would like to book the hall', 'Ministry of Health', 'the hall'],
  ['I work at the university hospital and the printer is not working', 'university hospital', 'not working'],
  ['from the deanship of student affairs, how do I borrow a camera?', 'deanship of student affairs', 'a camera?'],
  ["I am from the Faculty of Medicine but I can't log in", 'Faculty of Medicine', 'log in'],
  ["I'm from Horizon Trading Company and want to become a supplier", 'Horizon Trading Company', 'a supplier'],
  ['I am from the school of business looking for your working hours', 'school of business', 'working hours'],
  [
    'I study at the college of computer science and the internet does not work in lab 3',
    'college of computer science',
    'lab 3',
  ],
  [
    'I am from the Deanship of Admission and Registration and we need two laptops',
    'Deanship of Admission and Registration',
    'two laptops',
  ],
  ["I'm from the IT department and my request is late", 'IT department', 'is late'],
  ['السلام عليكم، انا سارة احمد من كلية العلوم وعندي مشكلة في البروجكتر', 'كلية العلوم', 'في البروجكتر'],
  ['هلا انا من فرع الجامعة في الخرج والمكيف طافي', 'فرع الجامعة في الخرج', 'المكيف طافي'],
  ['من وكالة الجامعة للشؤون التعليمية واحتاج نقل حفل', 'وكالة الجامعة للشؤون التعليمية', 'نقل حفل'],
  ['انا من مركز البحوث والدراسات وطلبت صيانة من اسبوعين', 'مركز البحوث والدراسات', 'من اسبوعين'],
  ['انا من مؤسسة النور الخيرية وودنا نستعير قاعة', 'مؤسسة النور الخيرية', 'نستعير قاعة'],
  ['انا من كلية اللغات والترجمة المايك ما يطلع صوت', 'كلية اللغات والترجمة', 'يطلع صوت'],
];

describe('a body and a matter told in one go', () => {
  it.each(sentences)('%j: the body is %j, and %j stays', (said, entity, matter) => {
    const understood = understand(said);
    expect(understood.entity).toBe(entity);
    expect(understood.restOfText).toContain(matter);
    expect(understood.restOfText).not.toContain(entity);
  });

  it.each(sentences)('%j as an answer to "which entity?" gives %j', (said, entity) => {
    expect(readEntity(said)).toEqual({ value: entity, sure: true });
  });

  it.each([
    ['كلية العلوم', 'كلية العلوم'],
    ['كلية الهندسة، قسم المدني', 'كلية الهندسة، قسم المدني'],
    ['عمادة تقنية المعلومات والتعلم الإلكتروني', 'عمادة تقنية المعلومات والتعلم الإلكتروني'],
    ['College of Arts and Sciences', 'College of Arts and Sciences'],
    ['قسم الأجهزة', 'قسم الأجهزة'],
    ['إدارة القاعات والتجهيزات', 'إدارة القاعات والتجهيزات'],
    ['انا من ارامكو وابي اسأل عن التعاون', 'ارامكو'],
    ['I work at Aramco and I want to ask something', 'Aramco'],
    ['جامعة بيروت', 'جامعة بيروت'],
    ['كلية اللغات', 'كلية اللغات'],
  ])('%j as an answer gives %j', (said, entity) => {
    expect(readEntity(said)?.value).toBe(entity);
  });
});
