import { entityEnd, entityText, findEntity } from '../language/entities.ts';
import type { Found } from '../language/extract.ts';
import type { Word } from '../language/fold.ts';
import { isGivenName } from '../language/given-names.ts';
import { isTitle, type NameRun, nameRunAt, parted } from '../language/name-run.ts';
import { findName } from '../language/names.ts';
import type { CategoryFinder, CategoryFound } from './find-category.ts';
import { type Span, uncovered } from './text-parts.ts';

/** Who writes, as far as one text tells. */
export interface Persona {
  name: Found | null;
  entity: Found | null;
  category: CategoryFound | null;
}

interface Card extends Persona {
  /** The word after the last that was read. */
  at: number;
}

/** What joins the parts of an introduction. */
const links = /^(?:من|في|و|انا|اني|from|of|at|in|a|an|the|and|i|am|m)$/;

const found = (text: string, words: readonly Word[], from: number, to: number): Found => {
  const start = words[from]?.start ?? 0;
  const end = words[to - 1]?.end ?? start;
  return { value: text.slice(start, end).replace(/\s+/g, ' '), start, end };
};

type Step = (text: string, words: Word[], card: Card) => Card | null;

/** Words that an introduction elsewhere in the text has claimed already. */
const passKnown: Step = (_text, words, card) => {
  const word = words[card.at];
  const span = [card.name, card.entity, card.category].find(
    (one) => word && one && one.start <= word.start && word.end <= one.end,
  );
  return span ? { ...card, at: card.at + 1 } : null;
};

const takeEntity: Step = (text, words, card) => {
  const to = card.entity ? 0 : entityEnd(text, words, card.at);
  if (to === 0) return null;
  const entity = { ...found(text, words, card.at, to), value: entityText(text, words, card.at, to) };
  return { ...card, entity, at: to };
};

const takeCategory =
  (finder: CategoryFinder): Step =>
  (_text, words, card) => {
    const match = card.category ? null : finder.at(words, card.at);
    return match && { ...card, category: match.category, at: match.end };
  };

const fromWhere = /^(?:من|from)$/;

const isParted = (text: string, words: readonly Word[], at: number): boolean => {
  const before = words[at - 1];
  const word = words[at];
  return !before || !word || parted(text, before, word);
};

/** "صرخ علي موظف": a word that is no known name may be what somebody did, where nothing parts it from who they are. */
const mayBeVerb = (text: string, words: readonly Word[], { from, to }: NameRun): boolean => {
  const first = words[from]?.folded ?? '';
  return /\p{Script=Arabic}/u.test(first) && !isGivenName(first) && !isTitle(first) && !isParted(text, words, to);
};

const takeName: Step = (text, words, card) => {
  const run = card.name ? null : nameRunAt(text, words, card.at);
  if (run?.doubtful && !isParted(text, words, run.to) && !fromWhere.test(words[run.to]?.folded ?? '')) return null;
  if (run && mayBeVerb(text, words, run)) return null;
  return run && { ...card, name: found(text, words, run.from, run.to), at: run.to };
};

/** Reads parts from the first word on, until something else stands there. */
const readCard = (text: string, words: Word[], begin: Card, steps: readonly Step[]) => {
  let card = begin;
  let signed = true;
  while (card.at < words.length) {
    const from = links.test(words[card.at]?.folded ?? '') ? { ...card, at: card.at + 1 } : card;
    const next = steps.map((step) => step(text, words, card) ?? step(text, words, from)).find((one) => one !== null);
    if (!next) break;
    card = next;
    signed &&= isParted(text, words, card.at) || passKnown(text, words, card) !== null;
  }
  return { card, signed };
};

const count = ({ name, entity, category }: Persona): number =>
  [name, entity, category].filter((one) => one !== null).length;

/** A name that is not known counts only with both other parts beside it. */
const isNamed = (text: string, words: readonly Word[], { name }: Persona): boolean => {
  const at = name ? words.findIndex((word) => word.start === name.start) : -1;
  return at < 0 || nameRunAt(text, words, at)?.known === true;
};

/** Numbers by which the person is reached or registered may end an introduction. */
const onlyNumbers = (words: readonly Word[]): boolean => words.every((word) => /^\d+$/.test(word.folded));

/** "نحن مدرسة الملك فهد": the first word of a body's name is no category (a teacher). */
const apart = ({ name, entity, category }: Persona): Persona => {
  const isWithin = entity && category && entity.start <= category.start && category.end < entity.end;
  return { name, entity, category: isWithin ? null : category };
};

/**
 * Finds who writes: by what introduces it ("my name is", "from the college of"), and where a text begins like a card
 * ("سارة أحمد، كلية العلوم، طالبة"). A bare name counts only beside an entity or category, and only if nothing else is
 * said or signs part them: in "محمد من إدارة القبول ما يرد" somebody else is meant.
 */
export const createPersonaFinder = (category: CategoryFinder) => {
  const steps = [passKnown, takeEntity, takeCategory(category), takeName];
  return (text: string, words: Word[], pleasantries: readonly Span[]): Persona => {
    const name = findName(text, words);
    const talk = uncovered(words, pleasantries);
    const introduced = apart({ name, entity: findEntity(text, words), category: category.find(talk, name) });
    if (count(introduced) === 3) return introduced;
    const { card, signed } = readCard(text, talk, { ...introduced, at: 0 }, steps);
    const pure = card.at === talk.length || onlyNumbers(talk.slice(card.at));
    return count(card) > 1 && (pure || signed) && (count(card) === 3 || isNamed(text, talk, card)) ? card : introduced;
  };
};
