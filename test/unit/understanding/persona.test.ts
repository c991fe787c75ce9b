import { describe, expect, it } from 'vitest';
import { readEntity } from '../../../src/language/entities.ts';
import { readName } from '../../../src/language/names.ts';
import { shippedUnderstanding } from './shipped.ts';

const { understand } = await shippedUnderstanding();

type Told = [text: string, name: string | null, entity: string | null, category: string | null];

const allAtOnce: Told[] = [
  ['منى من كلية الطب', 'منى', 'كلية الطب', null],
  ['سارة أحمد، كلية العلوم، طالبة', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['سارة أحمد, كلية العلوم, طالبة', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['سارة أحمد\nكلية العلوم\nطالبة', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['سارة أحمد - كلية العلوم - طالبة', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['سارة أحمد-كلية العلوم-طالبة', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['سارة أحمد / كلية العلوم / طالبة', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['سارة أحمد كلية العلوم طالبة', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['سارة أحمد طالبة كلية العلوم', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['سارة أحمد طالبة في كلية العلوم', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['طالبة، سارة أحمد، كلية العلوم', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['كلية العلوم - سارة أحمد - طالبة', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['السلام عليكم، سارة أحمد، كلية العلوم، طالبة', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['اسمي علي الغامدي، كلية الهندسة، معيد', 'علي الغامدي', 'كلية الهندسة', 'academic'],
  ['معك أمل صالح من عمادة القبول، موظفة', 'أمل صالح', 'عمادة القبول', 'administrative'],
  ['د. هدى علي، كلية الطب، عضو هيئة تدريس', 'د. هدى علي', 'كلية الطب', 'academic'],
  ['علي حسن\nقسم الفيزياء\nمحاضر', 'علي حسن', 'قسم الفيزياء', 'academic'],
  ['الاسم: علي حسن\nالجهة: كلية الهندسة\nالفئة: طالب', 'علي حسن', 'كلية الهندسة', 'student'],
  ['الاسم/ علي حسن\nالجهة/ كلية الهندسة\nالفئة/ طالب', 'علي حسن', 'كلية الهندسة', 'student'],
  ['سارة أحمد، كلية العلوم، طالبة، 0551234567', 'سارة أحمد', 'كلية العلوم', 'student'],
  ['Sara Ahmed, College of Science, student', 'Sara Ahmed', 'College of Science', 'student'],
  ['Sara Ahmed\nCollege of Science\nstudent', 'Sara Ahmed', 'College of Science', 'student'],
  ['Sara Ahmed - College of Science - student', 'Sara Ahmed', 'College of Science', 'student'],
  ['SARA AHMED, COLLEGE OF SCIENCE, STUDENT', 'SARA AHMED', 'COLLEGE OF SCIENCE', 'student'],
  ['Mark Brown, Department of Physics, lecturer', 'Mark Brown', 'Department of Physics', 'academic'],
  ['Sara Ahmed, student at the College of Science', 'Sara Ahmed', 'College of Science', 'student'],
  ['May from the College of Medicine', 'May', 'College of Medicine', null],
];

describe('name, entity and category told together', () => {
  it.each(allAtOnce)('in %j are understood', (text, name, entity, category) => {
    expect(understand(text)).toMatchObject({ name, entity, category });
  });

  it.each(allAtOnce)('in %j are read as answers', (text, name, entity) => {
    expect(readName(text)?.value).toBe(name);
    expect(readEntity(text)?.value).toBe(entity);
  });

  it('leave the matter that follows them', () => {
    expect(understand('سارة أحمد، كلية العلوم، طالبة، البروجكتر في القاعة ما يشتغل')).toMatchObject({
      name: 'سارة أحمد',
      entity: 'كلية العلوم',
      category: 'student',
      restOfText: 'البروجكتر في القاعة ما يشتغل',
    });
    expect(understand('سارة أحمد\nكلية العلوم\nكيف أحجز قاعة؟')).toMatchObject({
      name: 'سارة أحمد',
      entity: 'كلية العلوم',
      restOfText: 'كيف أحجز قاعة؟',
    });
  });

  it.each([
    'محمد من إدارة القبول ما يرد علي',
    'خالد موظف عندكم أساء لي',
    'نور القاعة مطفي',
    'أمل منكم سرعة الرد',
    'آمل من كلية الطب الرد علينا',
    'علي غرامة تأخير كم أدفع',
    'على كلية العلوم توفير الأجهزة',
    'أنا سعيد بخدمتكم',
    'سعيد جدا بالخدمة',
    'البروجكتر خربان، كلية العلوم',
    'القاعة ٥، كلية العلوم، طالبة',
    'الموظف حسن التعامل',
    'رمضان كريم',
    'عيد مبارك',
    'may I book a hall',
    'will the college open tomorrow',
    'hope to hear from the department soon',
    'Ali from the IT department did not answer me',
  ])('%j names nobody who writes', (text) => expect(understand(text).name).toBeNull());
});

describe('a body that is named within a matter', () => {
  it.each([
    'الدكتور سالم طردني من مكتبه ورفض يستلم طلبي',
    'عندي شكوى على طول الانتظار في قسم القاعات',
    'الطابعة في مكتب السكرتارية ما تطبع',
    'نحتاج لقسمنا شاشة عرض',
    'السبورة في كلية العلوم معطلة',
    'المدير في إدارة القبول ما رد علي',
    'the printer in the office of the dean is broken',
  ])("%j is not the writer's own", (text) => {
    const { entity, restOfText } = understand(text);
    expect(entity).toBeNull();
    expect(restOfText).toBe(text);
  });

  it.each([
    ['عندي شكوى على قسم القاعات، وأنا من كلية العلوم', 'كلية العلوم'],
    ['الطابعة في مكتب السكرتارية ما تطبع، جهتي كلية الطب', 'كلية الطب'],
    ['في كلية العلوم السبورة معطلة', 'كلية العلوم'],
  ])('%j tells it elsewhere: %s', (text, entity) => expect(understand(text).entity).toBe(entity));

  it('leaves the wish of whoever says first what they are', () => {
    const { category, restOfText } = understand('طالبة في كلية العلوم وأبي أحجز قاعة');
    expect(restOfText).toContain('أبي أحجز قاعة');
    expect(category === null || category === 'student').toBe(true);
  });
});

describe('the answer to "which college or department?"', () => {
  it.each([
    ['الطب', 'الطب'],
    ['IT', 'IT'],
    ['الهندسة قسم مدني', 'الهندسة قسم مدني'],
    ['عمادة القبول', 'عمادة القبول'],
    ['خارجي', 'خارجي'],
    ['شركة', 'شركة'],
    ['وزارة الصحة', 'وزارة الصحة'],
    ['med school', 'med school'],
    ['كلية الهندسة، قسم المدني', 'كلية الهندسة، قسم المدني'],
    ['السلام عليكم كلية العلوم', 'كلية العلوم'],
    ['كلية الطب شكرا', 'كلية الطب'],
    ['قسم الأشعة في كلية العلوم الطبية', 'قسم الأشعة في كلية العلوم الطبية'],
    ['علوم حاسب', 'علوم حاسب'],
    ['CS', 'CS'],
    ['الحاسب', 'الحاسب'],
    ['شؤون الطلاب', 'شؤون الطلاب'],
    ['عمادة شؤون الطلاب', 'عمادة شؤون الطلاب'],
    ['مكتب رئيس القسم', 'مكتب رئيس القسم'],
    ['الموارد البشرية', 'الموارد البشرية'],
    ['من برا الجامعة', 'برا الجامعة'],
    ['انا من كلية التربية', 'كلية التربية'],
    ['طالب في كلية التربية', 'كلية التربية'],
    ['ادرس في كلية التربية', 'كلية التربية'],
    ['بكلية التربية', 'كلية التربية'],
    ['Deanship of Student Affairs', 'Deanship of Student Affairs'],
    ['HR department please', 'HR department'],
    ['College of Engineering, civil', 'College of Engineering'],
    ["I'm from the College of Arts", 'College of Arts'],
  ])('%j gives %j', (text, value) => expect(readEntity(text)?.value).toBe(value));

  it.each([
    'ما عندي',
    'ماعندي',
    'لا يوجد',
    'لايوجد',
    'مافي',
    'ما في',
    'لا شيء',
    'بدون',
    'ما لي جهة',
    'مو ضروري',
    'ليش تسألون',
    'ما يخصكم',
    'none',
    'None.',
    'n/a',
    'no',
    'nothing',
    'skip',
    'why',
    'أبغى أكلم موظف',
    'حولني لموظف',
    'السلام عليكم',
    'طالب',
    'شكرا',
    '٥٥',
  ])('%j is none', (text) => expect(readEntity(text)).toBeNull());
});

describe('the answer to "which category?"', () => {
  it.each([
    ['دكتور', 'academic'],
    ['دكتورة', 'academic'],
    ['معيد', 'academic'],
    ['استاذ مساعد', 'academic'],
    ['أستاذة مشاركة', 'academic'],
    ['استاذ', 'academic'],
    ['محاضر', 'academic'],
    ['عضو هيئة تدريس', 'academic'],
    ['عضو هيئه التدريس', 'academic'],
    ['انا دكتور بالجامعة', 'academic'],
    ['اكادمي', 'academic'],
    ['محاظر', 'academic'],
    ['دكتوور', 'academic'],
    ['faculty', 'academic'],
    ['TA', 'academic'],
    ['T.A.', 'academic'],
    ['proffesor', 'academic'],
    ['facutly', 'academic'],
    ['lecturor', 'academic'],
    ['موظف', 'administrative'],
    ['موظفة', 'administrative'],
    ['موضف', 'administrative'],
    ['موظف في الكلية', 'administrative'],
    ['موظف حكومي', 'administrative'],
    ['اداري', 'administrative'],
    ['ادارية', 'administrative'],
    ['سكرتيره', 'administrative'],
    ['سكرتاريه', 'administrative'],
    ['employe', 'administrative'],
    ['admin staff', 'administrative'],
    ['طالب', 'student'],
    ['طالبه', 'student'],
    ['طالبة ماجستير', 'student'],
    ['طالب دكتوراه', 'student'],
    ['طالب مستجد', 'student'],
    ['طالبة طب', 'student'],
    ['طاالب', 'student'],
    ['خريج', 'student'],
    ['خريجه', 'student'],
    ['طلاب', 'student'],
    ['studnet', 'student'],
    ['stduent', 'student'],
    ['a student', 'student'],
    ['masters student', 'student'],
    ['new student', 'student'],
    ['ولي امر', 'outside'],
    ['ولي أمر طالب', 'outside'],
    ['ولية امر', 'outside'],
    ['أم طالب', 'outside'],
    ['زائر', 'outside'],
    ['زاير', 'outside'],
    ['شركة', 'outside'],
    ['شركة موردة', 'outside'],
    ['شركه مورده', 'outside'],
    ['من شركة خاصة', 'outside'],
    ['visitor', 'outside'],
    ['visiter', 'outside'],
    ['a visitor', 'outside'],
    ["student's parent", 'outside'],
  ])('%j is %s', (text, category) => expect(understand(text).category).toBe(category));

  it.each([
    'طلب',
    'زيارة',
    'مطالب',
    'دورة',
    'إدارة',
    'الموظف وقح',
    'موظفين سيئين',
    'شركة تأخرت في التوريد',
    'طلاب ينتظرون',
    'student card',
    'staff parking is full',
    'ps',
    'نعم',
    'لا أدري',
    'company car broken down',
  ])('%j is none', (text) => expect(understand(text).category).toBeNull());
});
