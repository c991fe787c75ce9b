import { cleanText } from './clean.ts';
import { bodyWords, isEverydayWord, roleWords } from './everyday-words.ts';
import type { Found } from './extract.ts';
import { fold, type Word, wordsOf } from './fold.ts';
import { isDescent } from './given-names.ts';
import { closesName, isTitle, type NameRun, nameRunAt, parted } from './name-run.ts';
import { afterOpeners, firmIntroductions, longestOf, looseIntroductions } from './openers.ts';

const tidy = (name: string): string => name.replace(/\s+/g, ' ').trim();

const cut = (text: string, words: readonly Word[], { from, to }: NameRun): string =>
  tidy(text.slice(words[from]?.start ?? 0, words[to - 1]?.end ?? 0));

/** Rajesh Kumar: two words with a capital each, in a text that is not all capitals. */
const capitalised = (name: string, text: string): boolean =>
  /^\p{Lu}[\p{Ll}'’]+ \p{Lu}[\p{Ll}'’]+/u.test(name) && /\p{Ll}/u.test(text);

/** After a mere "I am" only what can be nothing else is a name: "أنا سعيد بخدمتكم" tells a mood. */
const standsAlone = (text: string, words: readonly Word[], run: NameRun): boolean => {
  const first = words[run.from]?.folded ?? '';
  if (isTitle(first) && run.to - run.from === 2 && isEverydayWord(words[run.to - 1]?.folded ?? '')) return false;
  if (!run.known) return capitalised(cut(text, words, run), text);
  return !run.doubtful || closesName(text, words, run.to);
};

/** "الاسم: …", "Name / …" */
const labelled = (text: string, words: readonly Word[], at: number): boolean =>
  /^\s*[:/=]\s*$/.test(text.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? 0));

const introducedAt = (text: string, words: readonly Word[], at: number): NameRun | null => {
  const loose = longestOf(looseIntroductions, words, at);
  const firm = longestOf(firmIntroductions, words, at);
  if (loose === 0 && firm === 0) return null;
  const run = nameRunAt(text, words, at + Math.max(loose, firm));
  if (run === null) return null;
  return firm > loose || labelled(text, words, run.from) || standsAlone(text, words, run) ? run : null;
};

/** A self-introduction in a longer text ("معك د. سارة العتيبي", "my name is …"): the name, and the whole introduction's place. */
export const findName = (text: string, words: readonly Word[] = wordsOf(text)): Found | null => {
  for (let at = 0; at < words.length; at += 1) {
    const run = introducedAt(text, words, at);
    const from = words[at];
    const last = run && words[run.to - 1];
    if (run && from && last) return { value: cut(text, words, run), start: from.start, end: last.end };
  }
  return null;
};

export interface Reading {
  value: string;
  /** false: taken because it is plausible; worth showing for correction. */
  sure: boolean;
}

/** Every letter the same or a row of the keyboard: nobody's name. */
const mashed = (folded: string): boolean =>
  /^(\p{L})\1*$/u.test(folded) || /asdf|qwer|zxcv|شسيب|ضصثق|سيبل/.test(folded);

const maxNameLength = 60;
const mostStrangeWords = 4;
const pronounced = /^(?:انا|i|im|ana|اني)$/;
/** How participles and moods look, which follow "I am" more often than a name that is not known. */
const looksLikeMood = /^(?:م.{3,}|.{2,}ان|.{2,}انه)$/;

/** Nothing speaks for these words but that nothing speaks against them. */
const strangeFits = (text: string, words: readonly Word[], run: NameRun): boolean => {
  const first = words[run.from]?.folded ?? '';
  const length = run.to - run.from;
  if (run.to < words.length && !closesName(text, words, run.to)) return false;
  if (length > mostStrangeWords || first.length < 2) return false;
  if (length > 1 && first.startsWith('ال') && !isDescent(first)) return false;
  const said = words.slice(0, run.from).some((word) => pronounced.test(word.folded));
  return !said || length > 1 || (!looksLikeMood.test(first) && !/^[a-z]/.test(text.slice(words[run.from]?.start)));
};

const greeting = /^(?:سلام|هلا|تمام|hala|salam)$/;

const fits = (text: string, words: readonly Word[], run: NameRun): boolean => {
  const value = cut(text, words, run);
  if (value.length < 2 || value.length > maxNameLength || mashed(fold(value).replaceAll(' ', ''))) return false;
  if (greeting.test(fold(value)) || /^[^،,.\n]*[?؟]/.test(text.slice(words[run.to - 1]?.end))) return false;
  if (run.doubtful) return closesName(text, words, run.to);
  return run.known || strangeFits(text, words, run);
};

const readAt = (text: string, words: readonly Word[], at: number): Reading | null => {
  const run = nameRunAt(text, words, at);
  if (run === null || !fits(text, words, run)) return null;
  return { value: cut(text, words, run), sure: run.known || run.to - run.from > 1 };
};

/** "كلية العلوم - سارة أحمد": the name may come after what the person belongs to, if a sign parts them. */
const readAfterOthers = (text: string, words: readonly Word[], from: number): Reading | null => {
  const first = words[from]?.folded ?? '';
  if (!bodyWords.has(first) && !roleWords.has(first)) return null;
  for (let at = from + 1; at < words.length; at += 1) {
    const before = words[at - 1];
    const word = words[at];
    const run = before && word && parted(text, before, word) ? nameRunAt(text, words, at) : null;
    if (run?.known && !run.doubtful && closesName(text, words, run.to))
      return { value: cut(text, words, run), sure: true };
  }
  return null;
};

const addresses = /\S+@\S+|https?:\/\/\S+|www\.\S+/gi;

/**
 * The answer to "what is your name?": lead-ins dropped, titles kept; what stands after the name (a college, a number,
 * the matter itself) is left out. `sure` where it introduces itself, holds a known given name or has two words and more;
 * null where it is plainly no name (a question, a command, a greeting alone, digits, an address).
 */
export const readName = (text: string): Reading | null => {
  const answer = cleanText(text).trim().slice(0, 500).replace(addresses, '\n');
  const words = wordsOf(answer);
  const introduced = findName(answer, words);
  if (introduced !== null && !mashed(fold(introduced.value).replaceAll(' ', ''))) {
    return { value: introduced.value, sure: true };
  }
  const from = afterOpeners(answer, words);
  return readAt(answer, words, from) ?? readAfterOthers(answer, words, from);
};
