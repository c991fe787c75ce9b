import { bare } from './lines.ts';
import { talks } from './signature-lines.ts';

const signsAfter = /(?:[\s,،.!;؛:*_~\-–—]|\ufe0f|\u200d|\p{Extended_Pictographic})+$/u;

const trimmed = (plain: string): string =>
  bare(plain)
    .replace(/^[-–—~*_\s]+/, '')
    .replace(signsAfter, '');

const toYou = '(?:\\s+(?:لكم|لك|للجميع|اليكم|لسعادتكم|لمعاليكم|لفضيلتكم|منا|مني))?';
const kindness = '(?:فائق|خالص|اطيب|وافر|جزيل|بالغ|اجمل|ارق|اصدق|اسمي|كل|عظيم|كامل)';
const respect = '(?:ال)?(?:تحيه|تحيات|تحياتي|تحياتنا|احترام|احترامي|تقدير|تقديري|مودتي|موده|سلام|امتنان)';
const andRespect = `(?:\\s*[,،]?\\s*و\\s*(?:${kindness}\\s+)?${respect})*`;

const arabic = [
  `(?:و?مع\\s+)?(?:${kindness}\\s+)?(?:ال)?تحي(?:ه|ات|اتي|اتنا)(?:\\s+الطيبه)?${andRespect}${toYou}`,
  `و?مع\\s+(?:${kindness}\\s+)?${respect}${andRespect}${toYou}`,
  `و?تقبل(?:وا|ي)?\\s+(?:منا\\s+|مني\\s+)?(?:${kindness}\\s+)?${respect}${andRespect}${toYou}`,
  `و?تفضلوا\\s+ب(?:قبول\\s+)?(?:${kindness}\\s+)?${respect}${andRespect}`,
  `و?(?:لكم|لك)\\s+(?:مني\\s+|منا\\s+)?${kindness}\\s+${respect}${andRespect}`,
  `و?(?:الله|الله تعالي)\\s+يحفظكم(?:\\s+ويرعاكم)?`,
  'و?(?:دمتم|دمت)(?:\\s+(?:بخير|سالمين|بود|بعافيه|في حفظ الله|ودام عطاؤكم))?',
  'والسلام(?:\\s+عليكم(?:\\s+ورحمه\\s+الله(?:\\s+و\\s*بركاته)?)?)?(?:\\s+ختام)?',
  '(?:مقدمه?|مقدمه?\\s+الطلب|مقدم\\s+الطلب|المرسله?|اخوكم|اختكم|ابنكم|ابنتكم|محبكم|كاتبه?|كاتب\\s+الرساله)',
].join('|');

const foreign = [
  '(?:thanks?\\s*(?:and|&|\\+)\\s*)?(?:with\\s+)?(?:(?:the\\s+)?(?:my\\s+)?(?:best|kind|kindest|warm|warmest|many|sincere)\\s+)?(?:regards|wishes|greetings)(?:\\s+and\\s+(?:respect|thanks))?',
  '(?:yours?\\s+)?(?:very\\s+)?(?:sincerely|faithfully|truly|respectfully)(?:\\s+yours)?|respectfully|best|cheers|rgds|br|kr|best,? always|all the best|warmly|cordially',
  'cordialement|bien (?:à vous|cordialement)|salutations|(?:mit )?(?:freundlichen|besten|lieben|herzlichen|viele|beste|liebe|freundliche)n? grü(?:ß|ss)en?|mfg|vg|lg',
  'saygılarım(?:la|ızla)|saygılar|iyi çalışmalar(?: dilerim| dileriz)?|selamlar|saludos(?: cordiales)?|atentamente|un saludo|cordiali saluti|distinti saluti|saluti|atenciosamente|met vriendelijke groet(?:en)?|с уважением|med vänlig hälsning|mvh|pozdrawiam',
].join('|');

const pure = new RegExp(`^(?:${arabic}|${foreign})$`);

/** A closing with the name on the same line: "مع تحيات سارة أحمد", "Best regards, Sara". */
const withName = new RegExp(
  `^(?:(?:و?مع\\s+)?(?:${kindness}\\s+)?تحيات\\s+(?:\\p{L}{2,}\\s*){1,4}|(?:اخوكم|اختكم|ابنكم|ابنتكم|مقدمه?(?:\\s+الطلب)?|المرسله?)\\s*[:/،,-]?\\s*(?:\\p{L}{2,}\\s*){1,5}|(?:${arabic}|${foreign})\\s*[,،/\\-–:]\\s*(?:\\p{L}[\\p{L}.'’]*\\s*){1,4})$`,
  'u',
);

const thanks =
  /^(?:(?:و?(?:لكم|لك)\s+(?:مني\s+|منا\s+)?)?(?:جزيل|خالص|وافر|كل)\s+(?:ال)?شكر|و?شكرا?(?:\s+(?:جزيلا|لكم|لك|مقدما|كثيرا|جدا))*|و?مع\s+(?:جزيل\s+|خالص\s+)?(?:ال)?شكر|مشكورين|(?:و?شاكر(?:ين|ا|ه)?|و?ممتن(?:ين|ا|ه)?)\s.{0,40}|(?:many |best )?thanks(?: again| a lot| so much| in advance)?|thank you(?: very much| so much| in advance| again| for your .{1,30})?|thx|tnx|merci(?: beaucoup)?|(?:vielen )?dank|danke|teşekkürler|teşekkür ederim|gracias|grazie|bedankt)(?:\s*و\s*(?:ال)?(?:تقدير|احترام|امتنان).{0,20}|\s*and\s.{1,20})?$/;

/** `pure`: nothing but a closing; `thanks`: thanks are words of their own, though a name may follow them; null: neither. */
export const closingKind = (plain: string): 'pure' | 'thanks' | null => {
  if (plain.length > 80) return null;
  const words = trimmed(plain);
  if (pure.test(words) || (withName.test(words) && !talks(plain))) return 'pure';
  return thanks.test(words) ? 'thanks' : null;
};
