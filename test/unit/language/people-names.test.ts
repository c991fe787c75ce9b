import { describe, expect, it } from 'vitest';
import { readName } from '../../../src/language/names.ts';

const lines = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

/** Answers that are nothing but a name. */
const names = lines(`
  علي
  على
  احمد علي
  محمد علي حسن
  هدى علي
  احمد على
  على الغامدي
  علي حسن علي
  عبدالله بن علي الشهري
  علي بن أبي طالب بن محمد
  عبد الرحمن علي آل الشيخ
  مها
  أمل
  هدى
  نور
  سلام العبيدي
  وفاء
  فرح
  سعد
  حسن
  جميل
  كريم
  عادل
  صالح
  ماجد
  راشد
  منى
  أمينة
  بدر
  فضل
  رجاء
  عفاف
  دعاء
  إيمان
  شهد
  ريم
  مي
  لمى
  وعد
  غلا
  حنان
  رحمة
  بركة
  نعمة
  شكري
  بشرى
  ذكرى
  حياة
  إخلاص
  هبة
  مساعد
  سعيد
  مبارك
  ناصر
  رمضان
  خميس
  هلا العتيبي
  مها القحطاني
  أمل الحربي
  نور الهدى محمد
  نور الدين بن صالح
  وفاء صالح العمري
  سلام أحمد
  فرح سعد الدوسري
  سعد حسن سعد
  كريم عادل جميل
  صالح ماجد الصالح
  منى بنت راشد
  أمينة بدر الفضل
  وعد فهد المطيري
  بركة حسن الزيلعي
  حنان عبدالعزيز الحنان
  رحمة الله خان
  مساعد العتيبي
  محمد مساعد الرشيدي
  سعيد الزهراني
  مبارك بن هادي
  محمد عبدالله
  نورة عبد الله آل سعود
  نورة آل الشيخ
  فهد بن سلطان بن عبدالعزيز
  عبد السلام الحاج
  عبد الحي محمد الأمين
  عبدالرحمن بن ناصر بن سعد القحطاني
  عبدالإله
  عبدربه منصور
  أم محمد
  أبو فهد
  أم عبدالله الشمري
  محمد أبو زيد
  أبو بكر الصديق محمد
  سيف الدين عثمان
  صلاح الدين الأيوبي
  نورالدين
  علاء الدين مصطفى
  جوخة الحارثي
  الجوهرة بنت فيصل
  البندري العنزي
  العنود
  الهنوف السبيعي
  الحارثي
  الغامدي
  محمد المصري
  أحمد السوداني
  خالد المهندس
  محمد الشيخ
  حسن الحكيم
  ياسر العلي
  سارة الصالح
  لينا باوزير
  عمر باحسن
  سالم بن محفوظ
  رنا فقيه
  فيصل مدخلي
  وجدان فلاتة
  د. سارة الحربي
  د. علي الغامدي
  د/ محمد العتيبي
  أ.د. خالد السالم
  أ. د. هند العمر
  أ. نوف القرني
  م. فهد الدوسري
  م فهد الدوسري
  المهندس سامي
  الشيخ عبدالله بن علي
  أستاذة منال
  الأستاذ حسن علي
  الدكتورة أمل صالح
  بروف عادل
  السيد كريم
  الدكتور مساعد العتيبي
  راجيش كومار
  جون سميث
  ماريا سانتوس
  محمد شهيد الإسلام
  محمد إقبال خان
  ديفيد جونسون
  أنطونيو غوميز
  موهان براساد
  كمالا سوندارام
  May
  Will
  Joy
  Hope
  Grace
  Mark
  Rose
  Faith
  Amal
  Will Smith
  May Alharbi
  Hope Williams
  Grace Kelly
  Mark Rose
  Amal Saleh
  Ali
  ali hassan
  Ali Al-Ghamdi
  MOHAMMED ALOTAIBI
  MOHAMMED AL-OTAIBI
  Mohammed bin Salman Al Harbi
  Abdul Rahman Al Saud
  Abdulrahman
  Fatima Al-Zahrani
  sara ahmed
  Nour El Din Hassan
  Abu Fahad
  Umm Khalid
  Dr. Sara Ali
  Dr Will Brown
  Prof. John Smith
  Eng. Khalid
  Eng Ahmed Salem
  Ms. Joy Adams
  Rajesh Kumar
  Sean O'Brien
  Jean-Pierre Dupont
  Maria de la Cruz
  Nguyen Van Anh
  Oluwaseun Adebayo
  José García
  Mohd Faizal bin Ismail
  Zubair
  Krzysztof Nowak
  مشاعل بنت نايف
  تركي الفيصل
  عبدالمحسن التويجري
  صالحة عسيري
  جبران آل سالم
  د.منيرة
  مشبب القحطاني
  كنان شاهين
  هيثم الأطرش
  شيخة بنت حمد
  حمودي
  سبيكة
  معجب القحطاني
  غلام محمد
  زين العابدين محمد
  سعدالدين إبراهيم
  كريستين
  أوليفيا براون
  ضحى النعيم
  انتصار ناصر
  Hessah Al Otaibi
  mr. tariq
  Engr. Bilal Ahmed
  Priyanka Sharma
  Van Nguyen
  Xi Lin
`);

/** What people write around their name, and the name. */
const inside: [string, string][] = [
  ['انا علي', 'علي'],
  ['أحمد.', 'أحمد'],
  ['محمد!', 'محمد'],
  ['أنا اسمي أحمد وش اسمك', 'أحمد'],
  ['الاسم الكامل هو سعود بن ناصر', 'سعود بن ناصر'],
  ['محدثتك هند', 'هند'],
  ['أنا علي الغامدي', 'علي الغامدي'],
  ['معك علي', 'علي'],
  ['معاك هدى', 'هدى'],
  ['معكم أمل من كلية الطب', 'أمل'],
  ['اسمي علي الغامدي', 'علي الغامدي'],
  ['اسمي أمل', 'أمل'],
  ['اسمي سلام', 'سلام'],
  ['اسمي قطيفان', 'قطيفان'],
  ['الاسم الثلاثي: محمد علي حسن', 'محمد علي حسن'],
  ['اسمي هو حسن علي حسن', 'حسن علي حسن'],
  ['أنا نور', 'نور'],
  ['انا اسمي وعد العتيبي', 'وعد العتيبي'],
  ['هلا والله، معك سعد الدوسري', 'سعد الدوسري'],
  ['السلام عليكم محمد العتيبي', 'محمد العتيبي'],
  ['وعليكم السلام، أمل صالح', 'أمل صالح'],
  ['هلا، سارة', 'سارة'],
  ['مرحبا علي', 'علي'],
  ['طيب محمد', 'محمد'],
  ['الطالبة نورة السبيعي', 'نورة السبيعي'],
  ['طالبة سارة أحمد', 'سارة أحمد'],
  ['محمد العتيبي 0551234567', 'محمد العتيبي'],
  ['محمد العتيبي ١٠١٢٣٤٥٦٧٨', 'محمد العتيبي'],
  ['محمد علي m.ali@example.edu', 'محمد علي'],
  ['محمد 🌹', 'محمد'],
  ['محمد العتيبي ابغى اسأل عن القاعات', 'محمد العتيبي'],
  ['خالد السالم عندي مشكلة في البروجكتر', 'خالد السالم'],
  ['منى من كلية الطب', 'منى'],
  ['علي من كلية العلوم', 'علي'],
  ['سارة أحمد، كلية العلوم، طالبة', 'سارة أحمد'],
  ['سارة أحمد\nكلية العلوم\nطالبة', 'سارة أحمد'],
  ['سارة أحمد - كلية العلوم - طالبة', 'سارة أحمد'],
  ['سارة أحمد/كلية العلوم/طالبة', 'سارة أحمد'],
  ['كلية العلوم - سارة أحمد - طالبة', 'سارة أحمد'],
  ['طالبة، سارة أحمد، كلية العلوم', 'سارة أحمد'],
  ['الاسم: علي حسن\nالجهة: كلية الهندسة\nالفئة: طالب', 'علي حسن'],
  ['أمل صالح طالبة في كلية الهندسة', 'أمل صالح'],
  ['Sara Ahmed, College of Science, student', 'Sara Ahmed'],
  ['Sara Ahmed\nCollege of Science\nstudent', 'Sara Ahmed'],
  ['Mark from the College of Medicine', 'Mark'],
  ['hi, Mark', 'Mark'],
  ['hello Joy Adams', 'Joy Adams'],
  ['my name is Hope', 'Hope'],
  ["I'm Will", 'Will'],
  ['I am Rajesh', 'Rajesh'],
  ['im ali', 'ali'],
  ['this is May', 'May'],
  ['you can call me Grace', 'Grace'],
  ['ana ali alghamdi', 'ali alghamdi'],
  ['ismi huda', 'huda'],
];

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

describe('a name as people give it', () => {
  it.each(names)('%j is read whole', (text) => expect(readName(text)?.value).toBe(text));
  it.each(inside)('of %j is %j', (text, value) => expect(readName(text)?.value).toBe(value));
  it.each(noNames)('%j is none', (text) => expect(readName(text)).toBeNull());
});
