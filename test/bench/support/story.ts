/** What people write to the chat, in the order of a visit: they are greeted, tell who they are, ask, and want a person's work. */
export interface Words {
  text?: string;
  quickReplyId?: string;
}

const names = ['سارة أحمد الغامدي', 'خالد محمد الحربي', 'نورة عبدالله القحطاني', 'فهد سعد الدوسري', 'ريم علي الشهري'];
const entities = ['كلية العلوم', 'عمادة شؤون الطلاب', 'كلية الحاسب', 'إدارة المشتريات', 'كلية الآداب'];
const categories = ['category:student', 'category:academic', 'category:administrative'];

/** Questions that the bank answers. */
export const questions = [
  'السلام عليكم ابي اعرف متى تداومون',
  'جهاز العرض في القاعة لا يعمل',
  'كيف أحجز المسرح لفعالية؟',
  'وين القا مكتبكم في الجامعه',
  'كم مدة إعارة الكاميرا؟',
  'what time do you close today',
  'أريد إعارة ميكروفون لاسلكي',
  'نسيت كلمة المرور لنظام التعلم الإلكتروني',
];

/** Matters that only a person can see to. */
export const matters = [
  'أرغب في ترجمة عقد لفعالية الأسبوع القادم، والعقد من عشر صفحات',
  'عندي شكوى على تأخر صيانة المكيف في معمل الحاسب منذ شهر',
  'أقترح تخصيص قاعة صغيرة للمناقشات مع تجهيزات عرض حديثة',
  'نحتاج إلى نقل مقاعد من مبنى 5 إلى مبنى 9 قبل يوم الأحد',
  'We would like to have the old projectors of our department taken away',
];

const additions = ['والموعد قبل نهاية الأسبوع إن أمكن', 'رقم المبنى 5 والقاعة 212', 'وش صار على طلبي؟', 'شكراً لكم'];

const pick = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)] as T;

const introduction = (random: () => number): Words[] => [
  { text: 'السلام عليكم' },
  { text: pick(names, random) },
  { text: pick(entities, random) },
  { quickReplyId: pick(categories, random) },
];

const round = (random: () => number): Words[] => [
  { text: pick(questions, random) },
  random() < 0.5 ? { quickReplyId: 'helped:yes' } : { quickReplyId: 'helped:no' },
  { quickReplyId: 'new' },
  { text: pick(matters, random) },
  { text: pick(additions, random) },
  { quickReplyId: 'new' },
];

/** All that one person writes, without end. */
export function* story(random: () => number): Generator<Words, never> {
  yield* introduction(random);
  for (;;) yield* round(random);
}

/** Random numbers that are the same again for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const answered: readonly Words[] = [{ quickReplyId: 'helped:yes' }, { quickReplyId: 'new' }];

/** What one person writes where each line gets an answer at once, without end; for measuring the time to it. */
export function* answeredStory(random: () => number): Generator<Words, never> {
  yield* introduction(random);
  for (;;) {
    yield { text: pick(questions, random) };
    yield* answered;
    yield { text: pick(matters, random) };
    yield { text: 'وش صار على طلبي؟' };
    yield { quickReplyId: 'new' };
  }
}
