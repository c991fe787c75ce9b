import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedUnderstanding } from './shipped.ts';

const { understand } = await shippedUnderstanding();

describe('pleasantries', () => {
  it.each([
    ['السلام عليكم', { greeting: 'salam', pleasantryOnly: true, restOfText: '' }],
    ['السلام عليكم ورحمة الله وبركاته كيف حالكم', { greeting: 'salam', pleasantryOnly: true }],
    ['سلاااام', { greeting: 'salam', pleasantryOnly: true }],
    ['salam alaikum', { greeting: 'salam', pleasantryOnly: true }],
    ['صباح الخير', { greeting: 'hello', pleasantryOnly: true }],
    ['Hello!', { greeting: 'hello', pleasantryOnly: true }],
    ['شكرا جزيلا الله يعطيكم العافية', { thanks: true, pleasantryOnly: true }],
    ['ما قصرتوا', { thanks: true, pleasantryOnly: true }],
    ['thanks a lot, bye', { thanks: true, farewell: true, pleasantryOnly: true }],
    ['تمام', { pleasantryOnly: true }],
    ['🙏🌹', { meaningful: false, thanks: true, pleasantryOnly: true }],
    ['الجهاز لا يعمل والسلام عليكم', { greeting: null, farewell: true, pleasantryOnly: false }],
    ['السلام عليكم عندي مشكلة', { greeting: 'salam', pleasantryOnly: false, restOfText: 'عندي مشكلة' }],
    ['😂😂', { meaningful: false, pleasantryOnly: false, restOfText: '' }],
    ['', { meaningful: false, greeting: null, pleasantryOnly: false }],
  ])('in %j', (text, expected) => expect(understand(text)).toMatchObject(expected));
});

describe('yes and no', () => {
  it.each(['نعم', 'ايه', 'أيوه', 'ايوااا', 'yes', 'yep', 'yes please', 'نعم شكرا', 'أكيد', '👍', 'نعم أفادني', 'aywa'])(
    '%j is yes',
    (text) => expect(understand(text).yesNo).toBe('yes'),
  );
  it.each([
    'لا',
    'لا شكرا',
    'no',
    'nope',
    'No, thank you',
    'ما فادني',
    'not really',
    '👎',
    "it didn't help",
    'مو هذا اللي ابيه',
  ])('%j is no', (text) => expect(understand(text).yesNo).toBe('no'));
  it.each([
    'لا يعمل الجهاز',
    'نعم لكن عندي سؤال ثاني عن القاعة',
    'no sound in the hall',
    'yesterday',
    '👍👎',
    'السلام عليكم',
  ])('%j is neither', (text) => expect(understand(text).yesNo).toBeNull());
});

describe('another complaint', () => {
  it.each(['شكوى ثانية: الطابعة للحين ما تطبع', 'شكوى جديدة، الموظف ما يرد على أحد'])('%j is one', (text) => {
    expect(understand(text).type.id).toBe('complaint');
  });
});

describe('who writes', () => {
  it('is taken from a first message, and the matter is what is left', () => {
    const text = 'السلام عليكم ورحمة الله، معك د. سارة الحربي من كلية العلوم، جهاز العرض في القاعة 12 لا يعمل';
    expect(understand(text)).toMatchObject({
      greeting: 'salam',
      name: 'د. سارة الحربي',
      entity: 'كلية العلوم',
      restOfText: 'جهاز العرض في القاعة 12 لا يعمل',
      type: { id: 'technical' },
      service: { id: 'maintenance' },
    });
  });

  it('is taken from English too', () => {
    const text = 'Hello, my name is John Smith from the College of Science, how can I borrow a camera?';
    expect(understand(text)).toMatchObject({
      name: 'John Smith',
      entity: 'College of Science',
      restOfText: 'how can I borrow a camera?',
      service: { id: 'equipment-loan' },
    });
  });

  it.each([
    ['أنا طالب في كلية الهندسة وعندي مشكلة', 'student'],
    ['طالبة ماجستير', 'student'],
    ['الطلبة', 'student'],
    ['عضو هيئة تدريس', 'academic'],
    ['I am a lecturer and I need a hall', 'academic'],
    ['اسمي خالد، موظف في عمادة المكتبات', 'administrative'],
    ['من خارج الجامعة', 'outside'],
    ['student', 'student'],
  ])('%j is of category %s', (text, category) => expect(understand(text).category).toBe(category));

  it.each(['الموظف أساء معاملتي', 'كيف أسجل طالب في المعمل', 'الطلاب ينتظرون في القاعة', 'the student lost a device'])(
    '%j says nothing about the writer',
    (text) => expect(understand(text).category).toBeNull(),
  );

  it('keeps phone and mail apart from ticket numbers', () => {
    expect(understand('جوالي ٠٥٥١٢٣٤٥٦٧ وإيميلي a.b@example.edu والتذكرة 26000428')).toMatchObject({
      phone: '+966551234567',
      email: 'a.b@example.edu',
      ticketNumbers: ['26000428'],
    });
    expect(understand('26000428').phone).toBeNull();
  });
});

describe('the request type', () => {
  it.each([
    ['كيف أقدم شكوى؟', 'inquiry'],
    ['متى أوقات الدوام', 'inquiry'],
    ['ما عاصمة فرنسا', 'inquiry'],
    ['how do I file a complaint', 'inquiry'],
    ['أبغى أقدم شكوى على موظف في الاستقبال', 'complaint'],
    ['الموظف أساء معاملتي', 'complaint'],
    ['خدمتكم سيئة وما أحد يرد', 'complaint'],
    ['the employee was rude to me', 'complaint'],
    ['أسلاك كهربائية مكشوفة في الممر', 'report'],
    ['أود الإبلاغ عن سرقة أجهزة من المعمل', 'report'],
    ['مدير القسم يطلب فلوس عشان يمشي المعاملة', 'report'],
    ['I want to report vandalism in the lab', 'report'],
    ['أعترض على الرد الذي وصلني', 'objection'],
    ['I object to your decision', 'objection'],
    ['أقترح توفير شواحن في القاعات', 'suggestion'],
    ['I suggest adding charging points', 'suggestion'],
    ['البروجكتر خربان', 'technical'],
    ['the smart board is not working', 'technical'],
    ['نحتاج بروجكتر لقاعة الاجتماعات', 'service'],
    ['ابغى احجز قاعة لمناقشة رسالة', 'service'],
    ['we need to book a hall for Sunday', 'service'],
    ['نشرت صحيفة خبرا عن القاعات', 'media'],
  ])('of %j is %s', (text, type) => expect(understand(text).type.id).toBe(type));

  it('is an inquiry with little confidence where nothing is known', () => {
    const { type } = understand('بلبلبل تستستست');
    expect(type.id).toBe('inquiry');
    expect(type.confidence).toBeLessThanOrEqual(0.5);
  });
});

describe('weight and tone', () => {
  it.each([
    ['عندي محاضرة الحين والبروجكتر طافي', 'high'],
    ['urgent: the lecture has started and there is no sound', 'high'],
    ['ريحة احتراق في غرفة الأجهزة', 'high'],
    ['مو مستعجل، بس الشاشة فيها خط', 'low'],
    ['أقترح إضافة كراسي', 'low'],
  ])('%j weighs %s', (text, importance) => expect(understand(text).importance).toBe(importance));

  it('notices abuse, death and what is not for everybody, and keeps the matter', () => {
    expect(understand('يا كلاب صلحوا البروجكتر')).toMatchObject({ abusive: true, service: { id: 'maintenance' } });
    expect(understand('توفي والدي وعليه عهدة')).toMatchObject({ sober: true, abusive: false });
    expect(understand('تعرضت لتحرش من موظف').sensitive).toBe(true);
    expect(understand('السلام عليكم ورحمة الله وبركاته').sober).toBe(false);
  });
});

describe('understanding', () => {
  it('gives the same for the same text and never throws', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'السلام',
        'عليكم',
        'اسمي',
        'من',
        'كلية',
        'أبغى',
        'موظف',
        '٢٦٠٠٠٤٢٨',
        '،',
        '@',
        'stop',
        '\u202e',
        '\ud800',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const text = words.join(' ');
        expect(understand(text)).toEqual(understand(text));
      }),
    );
  });

  it('reads the beginning of a megabyte and is done', () => {
    const from = performance.now();
    expect(understand('وش صار على طلبي '.repeat(70_000)).language).toBe('ar');
    expect(performance.now() - from).toBeLessThan(1000);
  });

  it('tells why', () => {
    expect(understand('السلام عليكم، البروجكتر خربان').reasons).toEqual(
      expect.arrayContaining(['language:ar', 'greeting:salam', expect.stringMatching(/^type:technical by cue/)]),
    );
  });
});
