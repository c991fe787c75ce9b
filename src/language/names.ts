import { cleanText } from './clean.ts';
import type { Found } from './extract.ts';
import { fold, type Word, wordsOf } from './fold.ts';
import { givenNames } from './given-names.ts';

const set = (list: string): Set<string> => new Set(list.trim().split(/\s+/));

/** What follows one of these is a name. Longest first. */
const introductions = [
  'انا اسمي',
  'انا الاسم',
  'اسمي الكامل',
  'اسمي هو',
  'الاسم الكامل',
  'الاسم الثلاثي',
  'الاسم هو',
  'معكم اخوكم',
  'معك اخوك',
  'معكم اختكم',
  'معك اختك',
  'اخوكم',
  'اختكم',
  'اسمي',
  'الاسم',
  'اسم مقدم الطلب',
  'معك',
  'معاك',
  'معكم',
  'معاكم',
  'my full name is',
  'my name is',
  'my name s',
  'full name',
  'name is',
  'name',
  'this is',
  'i am called',
  'ismi',
  'esmi',
  'ana ismi',
  'ana esmi',
].sort((one, other) => other.length - one.length);

/** "I am" is followed by a name only where a title or a known given name comes next. */
const weakIntroductions = [
  'انا',
  'اخوك',
  'اختك',
  'i am',
  'i m',
  'im',
  'it s',
  'ana',
  'معك',
  'معاك',
  'معكم',
  'معاكم',
  'this is',
  'اخوكم',
  'اختكم',
  'name',
  'الاسم',
];

const titles = set(`
  د دكتور دكتوره الدكتور الدكتوره ا استاذ استاذه الاستاذ الاستاذه م مهندس مهندسه المهندس المهندسه الشيخ بروف بروفيسور البروفيسور
  البروف السيد السيده ابو ام dr prof professor mr mrs ms miss eng engineer
`);
/** Words inside a name that are part of it although they are no names. */
const joints = set('بن ابن بنت ال ابو ام عبد bin ibn bint al abu abdul abd el van de');

/** The name is over where one of these begins. */
const stops = set(`
  من في ب و عن علي الي ل مع هل كيف متي وين اين ليش لماذا لماذا ما مو وش ايش ابي ابغي اريد ارغب احتاج حاب حابه حابب ودي اود بغيت عندي لدي
  عضو طالب طالبه موظف موظفه محاضر محاضره معيد معيده مدير مديره رئيس مسؤول مسوول مشرف مشرفه سكرتير سكرتيره اداري اداريه فني فنيه
  استفسر اسال استفسار سؤال سوال طلب مشكله شكوي اقدم ادرس اعمل اشتغل جهتي الجهه كليه قسم عماده اداره جامعه جوال جوالي رقم رقمي
  ايميلي بريدي وعندي وابغي وابي واريد وارغب واحتاج وانا ومن وعضو وطالب وطالبه وموظف لو ممكن اتواصل بخصوص بالنسبه الجهاز جهاز
  from at in and with a an the i my we student teacher lecturer staff employee working need want have would who where when how
  is calling writing about regarding please can could
`);

const isTitle = (word: string): boolean => titles.has(word);
const isNumber = (word: string): boolean => /\d/.test(word);

/** Characters after which a name cannot go on. */
const breaks = /[.,،؛;:!?؟\n()|/\\–—]|\s-\s/;

const titleDot = (between: string, previous: string): boolean => isTitle(previous) && /^\s*[./]?\s*$/.test(between);

const canFollow = (text: string, previous: Word | undefined, word: Word): boolean => {
  if (isNumber(word.folded) || stops.has(word.folded)) return false;
  if (previous === undefined) return true;
  const between = text.slice(previous.end, word.start);
  return titleDot(between, previous.folded) || !breaks.test(between);
};

const longestName = 6;

/** How many words from `at` on are a name. */
const nameLength = (text: string, words: Word[], at: number): number => {
  let length = 0;
  while (length < longestName) {
    const word = words[at + length];
    if (word === undefined || !canFollow(text, length === 0 ? undefined : words[at + length - 1], word)) break;
    length += 1;
  }
  const named = words.slice(at, at + length).filter((word) => !isTitle(word.folded) && !joints.has(word.folded));
  return named.length === 0 ? 0 : length;
};

const isGiven = (words: Word[], at: number): boolean => {
  const word = words[at]?.folded ?? '';
  if (givenNames.has(word)) return true;
  if (word === 'عبد') return words[at + 1] !== undefined;
  return isTitle(word) && word.length > 0 && words[at + 1] !== undefined && !stops.has(words[at + 1]?.folded ?? '');
};

const phraseAt = (words: Word[], at: number, phrase: string): number => {
  const parts = phrase.split(' ');
  return parts.every((part, place) => words[at + place]?.folded === part) ? parts.length : 0;
};

interface Introduction {
  length: number;
  weak: boolean;
}

const introductionAt = (words: Word[], at: number): Introduction | null => {
  for (const phrase of introductions) {
    const length = phraseAt(words, at, phrase);
    if (length > 0) return { length, weak: weakIntroductions.includes(phrase) };
  }
  for (const phrase of weakIntroductions) {
    const length = phraseAt(words, at, phrase);
    if (length > 0) return { length, weak: true };
  }
  return null;
};

const tidy = (name: string): string => name.replace(/\s+/g, ' ').trim();

/** A self-introduction in a longer text ("معك د. سارة العتيبي", "my name is …"): the name, and the whole introduction's place. */
export const findName = (text: string, words: Word[] = wordsOf(text)): Found | null => {
  for (let at = 0; at < words.length; at += 1) {
    const introduction = introductionAt(words, at);
    if (introduction === null) continue;
    const begin = at + introduction.length;
    if (introduction.weak && !isGiven(words, begin)) continue;
    const length = nameLength(text, words, begin);
    const from = words[at];
    const first = words[begin];
    const last = words[begin + length - 1];
    if (length === 0 || !from || !first || !last) continue;
    return { value: tidy(text.slice(first.start, last.end)), start: from.start, end: last.end };
  }
  return null;
};

export interface Reading {
  value: string;
  /** false: taken because it is plausible; worth showing for correction. */
  sure: boolean;
}

/** Words that no name holds: the person answered something else. */
const notNames = set(`
  ليش لماذا كيف متي وين اين هل كم ايش وش شنو طيب تمام نعم لا ايوه اوكي موظف انسان شكوي مشكله استفسار سؤال سوال طلب طلبي تذكره
  ابي ابغي اريد احتاج ارغب ممكن عندي اسمك اسمي مين شكرا مرحبا هلا السلام عليكم خلاص الغاء وقف تصعيد جديد حاله عربي انجليزي
  ادري اعرف بقول اقول داعي ضروري خاص خصوصي مجهول بدون فاعل خير غبي كلب حمار حيوان تافه لعنه زفت
  why how when where what which yes no ok okay agent human person status stop request ticket complaint problem question help
  hello hi hey thanks thank english arabic need want don dont know not none anonymous stupid idiot fuck shit test null undefined
  salam abgha abi wesh mumkin la
`);

const letters = /^[\p{L}\p{M}\p{Cf}\s.'’/-]+$/u;
const maxNameWords = 7;
const maxNameLength = 60;

const plausible = (value: string, words: Word[]): boolean => {
  if (value.length < 2 || value.length > maxNameLength || words.length > maxNameWords) return false;
  if (!letters.test(value) || /[?؟@]/.test(value)) return false;
  return words.some((word) => word.folded.length > 1) && !words.some((word) => notNames.has(word.folded));
};

/** Every letter the same or a row of the keyboard: nobody's name. */
const mashed = (folded: string): boolean =>
  /^(\p{L})\1*$/u.test(folded) || /asdf|qwer|zxcv|شسيب|ضصثق|سيبل/.test(folded);

/**
 * The answer to "what is your name?": lead-ins dropped, titles kept. `sure` where it introduces itself, holds a known
 * given name or has two words and more; null where it is plainly no name (a question, a command, digits, an address).
 */
export const readName = (text: string): Reading | null => {
  const answer = cleanText(text).trim().slice(0, 500);
  const introduced = findName(answer);
  if (introduced !== null && plausible(introduced.value, wordsOf(introduced.value))) {
    return { value: introduced.value, sure: true };
  }
  const value = tidy(answer.replace(/[.،,!]+$/, ''));
  const words = wordsOf(value);
  if (!plausible(value, words) || mashed(fold(value).replaceAll(' ', ''))) return null;
  if (words.some((word) => stops.has(word.folded))) return null;
  const known = words.some((word) => givenNames.has(word.folded) || isTitle(word.folded));
  return { value, sure: known || words.length > 1 };
};
