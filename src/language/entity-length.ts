import { bodyWords, roleWords } from './everyday-words.ts';
import { tokens, type Word } from './fold.ts';

const set = (list: string): ReadonlySet<string> => new Set(tokens(list));

/** Words with which something else begins, whatever stands before them; with "and" attached too. */
const begins = set(`
  عندي عندنا عندهم عندكم لدي لدينا معي معنا فيها فيه بها به ابي ابغي ابغا اريد ارغب احتاج حاب حابه حابين حابب ودي ودنا اود بغيت نحتاج نبي نبغي نبغا
  نرغب نطلب نود بدي بدنا عايز عايزه عايزين عاوز عاوزه محتاج محتاجه محتاجين ناوي ناويه جاي جايه ياليت ممكن هل كيف متي امتي وين فين اين ليش ليه لماذا وش ايش
  اش شو شنو ايه شلون ازاي علاش كم مين ماذا هذا هذه هذي هناك يوجد توجد فيه مافي مافيه ابحث ادور بخصوص بالنسبه بشان حول حيث اللي الذي التي
  اسمي انا نحن احنا هو هي انت رقم جوالي رقمي ايميلي هاتفي تحويلتي لو اذا اذ لان لانه عشان علشان لكن بس كمان ايضا كذلك بعدين ثم حتي الحين الان اليوم امس البارح
  بكره غدا مبكرا صباح دايما دائما للاسف رجاء ارجو نرجو الرجاء لطفا فضلا شكرا تكفون تكفي ساعدوني ساعدونا افيدوني افيدونا وصلني وصلنا
  قدمت قدمنا ارسلت ارسلنا رفعت رفعنا طلبت طلبنا كلمت كلمنا راسلت راسلنا اتصلت سجلت سجلنا استلمت استلمنا سويت سوينا حاولت حاولنا لقيت نسيت فقدت ضاع ضاعت انتظر
  ننتظر منتظر ناقصنا ناقصني ينقصنا تنقصنا كنت كنا صار صارت صاير حصل حصلت عندها استفسر نستفسر اسال بسال نسال اقدم نقدم اشتكي نشتكي ابلغ نبلغ اشوف نشوف اعرف
  نعرف اقدر نقدر استعير نستعير احجز نحجز اطلب استلم نستلم اسلم نسلم اصلح اخلص اكمل ادخل ندخل
  استفسار استفساري سوال سوالي شكوي شكوتي مشكله مشكلتي مشاكل اقتراح مقترح اعتراض موضوع موضوعي معامله معاملتي طلب طلبي تذكره بلاغ بلاغي عطل اعطال
  قاعه القاعه القاعات جهاز الجهاز جهازنا بروجكتر البروجكتر بروجيكتر البروجيكتر بروجكتور البروجكتور سبوره السبوره شاشه الشاشه طابعه الطابعه مايك المايك ميكروفون
  الميكروفون سماعه السماعه السماعات كيبل الكيبل لابتوب اللابتوب ريموت الريموت كاميرا الكاميرا مبني المبني الدور غرفه الغرفه لمبه اللمبه اللمبات الكراسي الطاولات
  i we my our me you your he she they it its this that these those there need want have has had is are was were would could can cannot will shall do does did
  am im ive id be been being how when where what which who why please with about because but so if since opens open closes close today tomorrow yesterday
  projector broken hall room floor building looking trying request wondering kindly regarding just also named called asking writing thanks thank
`);

/** What is said of a thing: the thing before it is no part of the body's name. */
const tellOf = set(`
  ما لا لم لن مو مب مش موب ماهو مهو ماهي مهي ليس ليست غير لسه لسا للحين خربان خربانه خربانين عطلان عطلانه معطل معطله متعطل متعطله مكسور مكسوره مقطوع مقطوعه
  طافي طافيه مطفي مقفل مقفله مغلق مغلقه واقف واقفه بطيء بطي بطيئه ضعيف ضعيفه سيئ سيئه متوقف متوقفه متاخر متاخره ناقص ناقصه ضايع ضايعه فاصل فاصله معلق معلقه
  يعمل تعمل يشتغل تشتغل تعطل تعطلت انكسر انكسرت انقطع انقطعت انطفي طفي وقف توقف توقفت خرب علق يعلق تعلق اختفي تاخر تاخرت يفتح تفتح يقفل تقفل يطلع تطلع يفصل تفصل
  مايشتغل ماتشتغل مايعمل مايفتح
  صرخ صرخت رفض رفضت طردني طردتني شتمني شتمتني هددني هددتني اهانني اهانتني يرفض ترفض not doesn doesnt isn isnt won wont t never
`);

/** Things that break, and that a field of study may be called after. */
const things = set(`
  صوت صوتيات كهرباء كهربا اضاءه شبكه نت انترنت واي فاي وايفاي كمبيوتر كمبيوترات حاسب حاسبات حاسوب تكييف مكيف مكيفات نظام موقع منصه بريد ايميل حساب خدمه دوام باب مصعد مواقف مويه ماء اجهزه ابواب شاشات سبورات طابعات بروجكترات سماعات كيابل
  computer computers printer screen device devices internet wifi network light lights lamp system website microphone sound speaker speakers ac elevator door
`);

/** What joins words of a name, and hangs in the air behind one. */
const links = set('من في ب ل على عن الى الي مع و and of in at from for the a an by');

const plain = (folded: string): string => folded.replace(/^[وف](?=..)/, '');
const thing = (folded: string): string => folded.replace(/^[وف]?(?:ال|بال|لل)?(?=..)/, '');

/** "I asked", "I sent": a past of the first person; plurals (معلومات) and names of places (بيروت) end otherwise. */
const isPast = (folded: string): boolean =>
  /^[وف]?(?!ال)[\u0621-\u064a]{3,}[^اوي]ت$/.test(folded) && folded.length >= 5;

const namesField = (before: string): boolean => bodyWords.has(before) || before === 'شوون' || before === 'of';

const isRole = (folded: string, before: string): boolean =>
  !plain(folded).startsWith('ال') && roleWords.has(plain(folded)) && !/^(?:اعضاء|هييه|شوون|of|for|and)$/.test(before);

/** A kind of body that waits for what it is called after: "قسم الأجهزة" is one, "الكلية الأجهزة" is none. */
const waits = (before: string): boolean => bodyWords.has(before) && !before.startsWith('ال');

const stops = (folded: string, before: string): boolean => {
  if (folded.startsWith('ال') && waits(before)) return false;
  if (begins.has(folded) || tellOf.has(folded)) return true;
  const bare = plain(folded);
  return begins.has(bare) || tellOf.has(bare) || isPast(folded) || isRole(folded, before);
};

/** Whether a word names a thing that breaks, with or without what is attached to it. */
export const isThing = (folded: string): boolean => things.has(thing(folded));

/** Whether a word cannot stand in the name of a body, whatever is around it. */
export const isForeign = (folded: string): boolean =>
  begins.has(folded) || begins.has(plain(folded)) || tellOf.has(folded);

const breaks = /[.,،؛;:!?؟\n()|/]|\s[-–—]\s/;
const longest = 7;

/** Where "and" goes on with the name it is followed by another field: "Arts and Sciences", not "and I need". */
const goesOn = (words: readonly Word[], at: number): boolean => {
  const word = words[at]?.folded ?? '';
  const next = words[at + 1]?.folded;
  return word !== 'and' || (next !== undefined && !stops(next, word) && next !== 'the');
};

/** What was taken too much at the end, seen from the word that ended it. */
const overhang = (words: readonly Word[], from: number, to: number): number => {
  let end = to;
  const stop = words[to]?.folded ?? '';
  const last = words[end - 1]?.folded ?? '';
  const before = words[end - 2]?.folded ?? '';
  const isSubject = things.has(thing(last)) && !namesField(before);
  const attached = /^[وف]/.test(last) && !/^[وف]?(?:ال)?(?:حاسب|شبك)/.test(last);
  if (end - from > 2 && isSubject && (tellOf.has(stop) || tellOf.has(plain(stop)) || attached)) end -= 1;
  while (end - from > 1 && links.has(words[end - 1]?.folded ?? '')) end -= 1;
  return end - from;
};

/** How many words the name of a body has that begins at a word: as far as nothing else begins. */
export const entityLength = (text: string, words: readonly Word[], at: number): number => {
  let length = 1;
  while (length < longest) {
    const word = words[at + length];
    const previous = words[at + length - 1];
    if (!word || !previous) break;
    if (breaks.test(text.slice(previous.end, word.start))) return length;
    if (stops(word.folded, previous.folded) || !goesOn(words, at + length)) return overhang(words, at, at + length);
    length += 1;
  }
  return length;
};
