import { bare, type Line } from './lines.ts';

const address = /[^\s<>@]@[^\s<>@]+\.\p{L}{2}/u;
const web =
  /(?:https?:\/\/|www\.)\S|^(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|sa|ae|eg|qa|kw|jo|io)(?:\.[a-z]{2})?(?:\/\S*)?$/i;
const phone = /(?:\+|00)?[\d\u0660-\u0669][\d\u0660-\u0669\s().\-/]{6,}[\d\u0660-\u0669]/;
const contactLabel =
  /^(?:t|m|p|f|e|w|tel|telephone|phone|mobile|mob|cell|office|fax|ext|e-?mail|web|website|p\.? ?o\.? ?box|address|هاتف|الهاتف|جوال|الجوال|محمول|ت|ج|ف|فاكس|الفاكس|تحويله|بريد|البريد|البريد الالكتروني|ايميل|الايميل|الموقع|الموقع الالكتروني|ص\.? ?ب|صندوق البريد|العنوان)\s*[.:/|]/;
const image = /^(?:\[(?:cid|image|logo|صوره|شعار)[^\]]*\]|<?https?:\/\/\S+\.(?:png|jpe?g|gif)>?)$/i;

/** A line by which its writer can be reached: phone, address, web page. */
export const isContact = (plain: string): boolean =>
  plain.length <= 160 &&
  (address.test(plain) || web.test(plain) || phone.test(plain) || contactLabel.test(bare(plain)));

/** Words of people who say something, rather than who they are. */
const talk = new Set(
  `ارجو نرجو الرجاء رجاء ارغب نرغب اود نود اريد نريد ابغي ابي نبي احتاج نحتاج اطلب نطلب امل نامل اتمني لدي لدينا عندي عندنا لم لن لا ما ليس هل كيف متي اين لماذا ليش كم
  وين هذا هذه ذلك التي الذي لان لكن ولكن اذا لو قد تم يتم كان كانت انا انني اني نحن فضلا مشكله المشكله طلب طلبي شكوي استفسار استفساري سؤال سؤالي ملاحظه مرفق مرفقات المرفق ارفقت
  نعم موافق موافقه الغاء تعديل عاجل ضروري غدا اليوم امس بعد قبل يمكن ممكن
  please kindly need want would could can cannot can't could should will won't shall may have has had is are was were be been am do does did not don't doesn't didn't i i'm i've we you it
  this that these those which who what when where why how if but because so attached attachment urgent asap request question problem issue note ps p.s yes no ok okay cancel tomorrow today yesterday
  never always still again my your me us let lets`.split(/\s+/),
);

const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}'’.]*/gu;

const wordsOf = (plain: string): string[] =>
  [...bare(plain).matchAll(wordPattern)].map(([word]) => word.replaceAll('’', "'").replace(/\.$/, ''));

/** Whether words stand in a line with which people say something. */
export const talks = (plain: string): boolean =>
  wordsOf(plain).some((word) => talk.has(word) || talk.has(word.replace(/^[وف]/, '')));

const mostWords = 9;

/** Whether a line may stand in a signature: a name, title, body, address or picture; whatever says something may not. */
export const isCardLine = ({ plain, blank, quoted }: Line): boolean => {
  if (blank || image.test(plain)) return true;
  if (quoted || plain.length > 160 || /[?؟!]$/.test(plain)) return false;
  if (isContact(plain) && wordsOf(plain.replace(/\S+@\S+|https?:\/\/\S+/g, '')).length <= mostWords + 6)
    return !talks(plain);
  return plain.length <= 90 && wordsOf(plain).length <= mostWords && !talks(plain);
};

/** What people answer when their details are asked for looks like a card; with one of these labels it is an answer. */
const answerLabel =
  /^(?:[-*•\d.)\s\u0660-\u0669]*)(?:الاسم|اسمي|اسم|الرقم|رقم|رقمي|جوالي|هاتفي|بريدي|ايميلي|الهويه|السجل|الجهه|جهتي|الكليه|الفئه|فئتي|الصفه|العماده|القسم|التخصص|name|full name|my|student|id|employee|entity|category|college|department)(?:[\s:：/=-]|$)/;

export const isAnswer = (plain: string): boolean => answerLabel.test(bare(plain));

const titled =
  /^(?:(?:ال)?(?:دكتوره?|مهندسه?|استاذه?|شيخ|سيده?)|د|م|ا|اخوكم|اختكم|اخوك|اختك|ابنكم|ابنتكم|dr|eng|prof|mr|mrs|ms)[./\s]/;

/** One to five words that may be a person's name alone on a line. */
export const isNameLine = (line: Line): boolean => {
  const { plain } = line;
  if (line.blank || /[\d\u0660-\u0669:؟?!]/.test(plain) || !isCardLine(line) || wordsOf(plain).length > 5) return false;
  if (/^[a-z]/i.test(plain)) return /^\p{Lu}/u.test(plain) || wordsOf(plain).length === 1;
  return titled.test(bare(plain)) || !/^ال/.test(bare(plain));
};
