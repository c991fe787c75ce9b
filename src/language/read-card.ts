import { entityEnd, findEntity } from './entities.ts';
import { isEverydayWord } from './everyday-words.ts';
import { type Word, wordsOf } from './fold.ts';
import { nameRunAt } from './name-run.ts';
import { findName, type Reading } from './names.ts';

/** What a person is asked for before a matter is taken. */
export type Detail = 'name' | 'entity' | 'category';
export type Details = Partial<Record<Detail, string>>;

/** How one answer is read; `category` gives the id of a category of the organisation. */
export interface DetailReaders {
  name(text: string): Reading | null;
  entity(text: string): Reading | null;
  category(text: string): string | null;
}

/** What was read of a piece, and the words of it that say something else. */
export interface Card {
  details: Details;
  rest: string;
}

const links =
  /^(?:الجهه|جهتي|الفئه|فئتي|الصفه|صفتي|entity|category|من|في|و|انا|اني|اسمي|هو|معكم|معك|ادرس|اعمل|وانا|واسمي|ومن|from|of|at|in|a|an|the|and|i|am|m|im|my|name|is|as)$/;

/** What bodies do and are when somebody tells about them. */
const told =
  /^(?:لا|لم|لن|ما|ليس|غير|متاخر.*|مغلق.*|مقفل.*|معطل.*|عطل.*|تاخر.*|رفض.*|ترفض|يرفض|ترد|يرد|الرد|يعمل|تعمل|تفتح|يفتح|سيء.*|سيي.*|مشغول.*|متوقف.*|خربان.*|مزدحم.*|طلب(?:ت|وا|نا|ي)?|اخبر.*|قال.*|حول.*|ارسل.*|not|no|never|closed?|late|slow|rude|broken|refus.*|is|are|was|were|has|have|did|does|told|said|sent|keeps?|won|can|cannot|does|answer.*|respon.*)$/;

const slice = (text: string, words: readonly Word[], from: number, to: number): string =>
  text.slice(words[from]?.start ?? 0, words[to - 1]?.end ?? 0);

const longestCategory = 6;

interface Taken {
  detail: Detail;
  value: string;
  to: number;
}

type Step = (text: string, words: Word[], at: number, readers: DetailReaders) => Taken | null;

const knownNameAt = (text: string, words: Word[], at: number): boolean => nameRunAt(text, words, at)?.known === true;

/** Whether what stands at a word is a detail of another kind: what may follow a category without being part of it. */
const isOther = (text: string, words: Word[], at: number): boolean =>
  entityEnd(text, words, at) > at + 1 || knownNameAt(text, words, at) || links.test(words[at]?.folded ?? '');

/** How far the words of a category that begins at one may go: not into another detail. */
const categoryLimit = (text: string, words: Word[], at: number): number => {
  const most = Math.min(words.length, at + longestCategory);
  const linked = links.test(words[at]?.folded ?? '');
  for (let next = at + 1; next < most; next += 1)
    if (knownNameAt(text, words, next) || (linked && isOther(text, words, next))) return next;
  return most;
};

/** The fewest words that are a category, and what belongs to it behind them ("طالبة دراسات عليا"). */
const takeCategory: Step = (text, words, at, readers) => {
  if (knownNameAt(text, words, at)) return null;
  const body = entityEnd(text, words, at);
  const [least, most] = body > at + 1 ? [body, body] : [at + 1, categoryLimit(text, words, at)];
  let taken: Taken | null = null;
  for (let to = least; to <= most; to += 1) {
    if (taken && isOther(text, words, to - 1)) return taken;
    const value = readers.category(slice(text, words, at, to));
    if (taken && value !== taken.value) return taken;
    if (value !== null) taken = { detail: 'category', value, to };
  }
  return taken;
};

const takeEntity: Step = (text, words, at, readers) => {
  const end = entityEnd(text, words, at);
  if (end <= at + 1 || words.slice(at, end).some((word) => told.test(word.folded))) return null;
  const read = readers.entity(slice(text, words, at, end));
  return read?.sure ? { detail: 'entity', value: read.value, to: end } : null;
};

const takeName: Step = (text, words, at, readers) => {
  const run = nameRunAt(text, words, at);
  if (!run?.known) return null;
  const read = readers.name(slice(text, words, run.from, run.to));
  return read?.sure ? { detail: 'name', value: read.value, to: run.to } : null;
};

const steps = [takeCategory, takeEntity, takeName];

const takeAt: Step = (text, words, at, readers) => {
  for (const step of steps) {
    const taken = step(text, words, at, readers);
    if (taken) return taken;
  }
  return links.test(words[at]?.folded ?? '') && at + 1 < words.length ? takeAt(text, words, at + 1, readers) : null;
};

/** Only what introduces itself is taken out of a piece that tells something else. */
const readIntroduced = (piece: string, readers: DetailReaders): Card => {
  const found = [findName(piece), findEntity(piece)];
  const [name, entity] = found;
  if (!name) return { details: {}, rest: piece };
  const behind = entity && entity.start >= name.end && entity.start - name.end < 12 ? entity : null;
  const rest = piece.slice(0, name.start) + piece.slice(behind?.end ?? name.end);
  const details: Details = { name: readers.name(name.value)?.value ?? name.value };
  if (behind) details.entity = behind.value;
  return {
    details,
    rest: rest
      .replace(/^[\s,،.;؛:–—-]+/, '')
      .replace(/^و(?=\p{L}{3})/u, '')
      .trim(),
  };
};

/** Reads a piece that is a card from its first word to its last ("سارة أحمد كلية العلوم طالبة"), or that introduces somebody. */
export const readCard = (piece: string, readers: DetailReaders): Card => {
  const words = wordsOf(piece).slice(0, 40);
  const details: Details = {};
  let at = 0;
  while (at < words.length) {
    const taken = takeAt(piece, words, at, readers);
    if (!taken || details[taken.detail] !== undefined) break;
    details[taken.detail] = taken.value;
    at = taken.to;
  }
  const whole = at >= words.length || words.slice(at).every((word) => /^\d+$/.test(word.folded));
  if (whole && words.length > 0 && Object.keys(details).length > 0) return { details, rest: '' };
  if (Object.keys(details).length === 3) return { details, rest: piece.slice(words[at]?.start ?? 0).trim() };
  return readIntroduced(piece, readers);
};

/** A few words that say nothing else: what they are only their place among the answers tells. */
export const isShortAnswer = (piece: string): boolean => {
  const words = wordsOf(piece);
  if (words.length === 0 || words.length > 4 || /[?؟!@\d]/.test(piece)) return false;
  return !words.some((word) => told.test(word.folded) || isEverydayWord(word.folded));
};
