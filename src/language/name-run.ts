import { bodyWords, isEverydayWord, roleWords } from './everyday-words.ts';
import { tokens, type Word } from './fold.ts';
import { everydayNames, isDescent, isGivenName } from './given-names.ts';

const titles: ReadonlySet<string> = new Set(
  tokens(`
  د دكتور دكتورة الدكتور الدكتورة ا استاذ استاذة الاستاذ الاستاذة م مهندس مهندسة المهندس المهندسة الشيخ الشيخة شيخ بروف بروفيسور البروفيسور
  البروف السيد السيدة سيدة الانسة الحاج الحاجة العقيد المقدم الرائد النقيب العميد اللواء الكابتن كابتن الامير الاميرة معالي سعادة
  dr doctor prof professor mr mrs ms miss mister eng engr engineer sheikh shaikh sir capt captain hajj
`),
);
/** Words inside a name that are part of it although they are no names. */
const joints: ReadonlySet<string> = new Set(
  tokens(
    'بن ابن بنت ال ابو ابا ابي بو ام عبد bin ibn bint ben binti al el abu abo abd abdul um umm de da del della dos van von der la le',
  ),
);
/** A rank that looks like a title and a given name: "أستاذ مساعد". */
const ranks = /^(?:ال)?استاذه? (?:ال)?(?:مساعده?|مشاركه?|متعاونه?)$/;

export const isTitle = (folded: string): boolean => titles.has(folded);

/** A stretch of words that may be a name: the places of its words, `to` exclusive. */
export interface NameRun {
  from: number;
  to: number;
  /** Holds a given name that is known, or begins with a title. */
  known: boolean;
  /** All that speaks for it is one word that is an everyday word too ("أمل", "May"). */
  doubtful: boolean;
}

/** Characters after which a name cannot go on. */
const breaks = /[.,،؛;:!?؟\n()|/\\–—+•]|\s-\s?|\s?-\s/;

/** Whether something stands between two neighbouring words that parts what they say. */
export const parted = (text: string, before: Word, after: Word): boolean => {
  const between = text.slice(before.end, after.start);
  return isTitle(before.folded) ? !/^[\s./]*$/.test(between) : breaks.test(between);
};

const written = (text: string, word: Word): string => text.slice(word.start, word.end);

/** Written so it is the preposition, though some write the name علي like this. */
const isPreposition = (text: string, word: Word): boolean =>
  (word.folded === 'علي' && written(text, word).endsWith('ى')) || /^آمل$/.test(written(text, word));

const namesNext = (next: Word | undefined): boolean =>
  next !== undefined && (isGivenName(next.folded) || (isDescent(next.folded) && !isEverydayWord(next.folded)));

const givenFits = (text: string, words: readonly Word[], at: number): boolean => {
  const word = words[at];
  if (word === undefined || !isPreposition(text, word)) return true;
  const next = words[at + 1];
  return next === undefined || namesNext(next);
};

type Kind = 'title' | 'joint' | 'given' | 'family' | 'other' | 'none';

const isLetters = (folded: string): boolean => /^\p{L}+$/u.test(folded);

const kindOfFirst = (text: string, words: readonly Word[], at: number): Kind => {
  const word = words[at]?.folded ?? '';
  if (!isLetters(word)) return 'none';
  if (isTitle(word)) return 'title';
  if (joints.has(word)) return words[at + 1] === undefined ? 'none' : 'joint';
  if (isGivenName(word)) return givenFits(text, words, at) ? 'given' : 'none';
  return isEverydayWord(word) ? 'none' : 'other';
};

/** Joints that are nothing else, whatever comes behind them ("بن محفوظ", "عبد الله"). */
const surely = /^(?:بن|ابن|عبد|ال|bin|ibn|bint|abdul|abd|al|el)$/;

const jointGoesOn = (joint: string, next: string | undefined): boolean =>
  next !== undefined && (surely.test(joint) || joints.has(next) || !isEverydayWord(next));

/** "رحمة الله خان" is a name; "سعد الله يعطيك العافية" is one and a wish. */
const ofGod = /^(?:رحمه|نعمه|هبه|سعد|خلف|عطا|سيف|نصر|فتح|ضيف|جار|حسب|فضل|ايه|دخيل|رزق|جاب|امان|حمايه)$/;
const endsWithGod = (words: readonly Word[], at: number): boolean =>
  words[at]?.folded === 'الله' && ofGod.test(words[at - 1]?.folded ?? '') && !/^[يل]/.test(words[at + 1]?.folded ?? '');

const kindOfInner = (text: string, words: readonly Word[], at: number): Kind => {
  const word = words[at]?.folded ?? '';
  if (joints.has(word)) return jointGoesOn(word, words[at + 1]?.folded) ? 'joint' : 'none';
  if (isGivenName(word)) return givenFits(text, words, at) ? 'given' : 'none';
  if ((isDescent(word) && !roleWords.has(word)) || endsWithGod(words, at)) return 'family';
  if (isTitle(word)) return word.startsWith('ال') ? 'family' : 'none';
  return isEverydayWord(word) || /^(?:لل|بال)/.test(word) ? 'none' : 'other';
};

const kindOfNext = (text: string, words: readonly Word[], at: number, previous: Kind): Kind => {
  const word = words[at]?.folded ?? '';
  if (!isLetters(word)) return 'none';
  if (previous === 'title') return kindOfFirst(text, words, at);
  if (previous === 'joint' && joints.has(word) && words[at + 1] !== undefined) return 'joint';
  if (previous === 'joint') return /^(?:من|في|الي|to|in|at)$/.test(word) ? 'none' : 'family';
  return kindOfInner(text, words, at);
};

const longestName = 8;

const kindsFrom = (text: string, words: readonly Word[], at: number): Kind[] => {
  const kinds: Kind[] = [];
  while (kinds.length < longestName) {
    const place = at + kinds.length;
    const word = words[place];
    const before = words[place - 1];
    const previous = kinds.at(-1);
    if (word === undefined) break;
    if (previous !== undefined && before !== undefined && parted(text, before, word)) break;
    const kind = previous === undefined ? kindOfFirst(text, words, place) : kindOfNext(text, words, place, previous);
    if (kind === 'none') break;
    kinds.push(kind);
  }
  while (kinds.at(-1) === 'joint') kinds.pop();
  return kinds;
};

const isRank = (words: readonly Word[], from: number, to: number): boolean =>
  to - from <= 2 &&
  ranks.test(
    words
      .slice(from, from + 2)
      .map((word) => word.folded)
      .join(' '),
  );

/** The name that begins at a word, as far as it goes; null where none does. */
export const nameRunAt = (text: string, words: readonly Word[], at: number): NameRun | null => {
  const kinds = kindsFrom(text, words, at);
  const naming = kinds.filter((kind) => kind !== 'title' && kind !== 'joint');
  const to = at + kinds.length;
  if (naming.length === 0 || isRank(words, at, to)) return null;
  const only = naming.length === 1 && kinds.length === 1 ? (words[at]?.folded ?? '') : '';
  return {
    from: at,
    to,
    known: naming.includes('given') || kinds[0] === 'title' || (naming[0] === 'other' && naming[1] === 'family'),
    doubtful: everydayNames.has(only),
  };
};

const links = /^(?:من|في|from|at|in|of|with)$/;

/** Whether what stands at a word can follow a whole name: nothing, a new line or sign, a body, what the person is, a number. */
export const closesName = (text: string, words: readonly Word[], at: number): boolean => {
  const word = words[at];
  const before = words[at - 1];
  if (word === undefined || before === undefined || parted(text, before, word)) return true;
  if (roleWords.has(word.folded) || bodyWords.has(word.folded) || /^\d/.test(word.folded)) return true;
  if (/^(?:ب|ل)/.test(word.folded) && bodyWords.has(word.folded.slice(1))) return true;
  const next = words[at + 1]?.folded ?? '';
  return (
    links.test(word.folded) && (bodyWords.has(next) || (next === 'the' && bodyWords.has(words[at + 2]?.folded ?? '')))
  );
};
