import { asciiDigits } from '../language/digits.ts';
import { fold } from '../language/fold.ts';

/** Courtesies and measures that may stand beside a score. */
const beside = new Set(
  fold(
    'شكرا لكم لك جزيلا جزاكم جزاك الله خيرا يعطيكم يعطيك العافية تقييمي التقييم الخدمة خدمة درجة درجات نجوم نجمة من رقم الرقم خيار الخيار لو سمحت سمحتم فضلك فضلكم مشكورين thanks thank you so much stars star rating my is the service out of number option please',
  ).split(' '),
);

/** Words that people say in place of a digit or of the titles of the choices, by score from 1. */
const sayings: readonly (readonly string[])[] = [
  ['واحد', 'واحدة', 'one', 'ضعيفة', 'سيئ', 'سيئة', 'سيء', 'bad', 'very bad', 'terrible'],
  ['اثنين', 'اثنان', 'اثنتان', 'two', 'مقبولة'],
  ['ثلاثة', 'ثلاث', 'three', 'جيدة', 'okay'],
  ['أربعة', 'أربع', 'four', 'جيدة جدا'],
  ['خمسة', 'خمس', 'five', 'ممتازة', 'ممتاز جدا', 'ممتازة جدا', 'رائع', 'رائعة', 'great', 'perfect'],
];
const bySaying = new Map(sayings.flatMap((words, place) => words.map((word) => [fold(word), place + 1] as const)));

const isScore = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 5;

/** Stars and nothing else: as many as there are. */
function starsIn(text: string): number | null {
  const signs = text.replace(/\s|\ufe0f/g, '');
  const count = [...signs].length;
  return /^[⭐🌟★]+$/u.test(signs) && isScore(count) ? count : null;
}

/** "5", "٤/٥", "4 out of 5", "خمسة", with courtesies; any other word means something else. */
function numberIn(words: readonly string[]): number | null {
  const [first = '', second = ''] = words;
  const value = /^\d$/.test(first) ? Number(first) : (bySaying.get(first) ?? 0);
  const isWhole = words.length === 1 || (words.length === 2 && bySaying.get(second) === 5) || second === '5';
  return isWhole && words.length <= 2 && isScore(value) ? value : null;
}

/** A minus, a decimal, a share of another whole or a question is no score. */
const isNoScore = (text: string): boolean => /[-−]\s*\d|\d[.,٫]\d|\d\s*%|\/\s*(?!5(?!\d))\d|[?؟]/.test(text);

/**
 * The score that words tell as an answer to "how was it?", 1 (poor) to 5 (very good): a number in any digits, "5/5", stars,
 * or one of the titles of the choices. Null where they tell something else.
 *
 * @param titles the words of each choice, by score
 */
export function readScore(text: string, titles: readonly { title: string; score: number }[]): number | null {
  const stars = starsIn(text);
  if (stars) return stars;
  const plain = asciiDigits(text);
  if (isNoScore(plain)) return null;
  const words = fold(plain)
    .split(' ')
    .filter((word) => word !== '' && !beside.has(word));
  const said = words.join(' ');
  const byTitle = titles.find(({ title }) => fold(title) === said)?.score;
  return byTitle ?? bySaying.get(said) ?? numberIn(words);
}

/** What begins a word about how the service was, rather than of so many things: "٤ ممتازين بس تاخرتوا". */
const opinion =
  /^(?:ممتاز|جيد|رائع|شكر|مشكور|سريع|بطي|تاخر|خدم|تعامل|مره|جدا|بس|لكن|الله|يعطيك|ما قصر|good|great|excellent|fast|slow|late|but|because|thank|service|very)/;

/**
 * A score with a word on it: a digit that is followed by an opinion. Null where the words tell
 * something else, such as five broken devices.
 */
export function readOpinion(text: string): { score: number; comment: string } | null {
  const plain = asciiDigits(text.trim());
  const [, digit = '', rest = ''] = /^([1-5])(?!\d)(?:\s*\/\s*5)?[\s،,.:!-]+(\S[\s\S]*)$/.exec(plain) ?? [];
  if (digit === '' || isNoScore(plain) || rest.length > 300) return null;
  return opinion.test(fold(rest)) ? { score: Number(digit), comment: rest.trim() } : null;
}

const ofService =
  /(?:^| )(?:و|ب|ف)?(?:ال|لل)?(?:موظف|تعامل|متعاون|خدم|خلوق|راقي|محترم|بشوش|سريع|بطي|تاخر|ممتاز|رائع|راءع|جيد|شكر|مشكور|يعطيك|ما قصر|helpful|friendly|polite|kind|quick|fast|slow|late|great|good|excellent|rude|staff|employee|service)/;

/** Whether words tell how the service or those who gave it were, in a sentence of at most 20 words and no question. */
export const isOpinion = (text: string): boolean =>
  !/[?؟]/.test(text) && text.trim().split(/\s+/).length <= 20 && ofService.test(fold(text));
