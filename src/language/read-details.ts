import { cleanText } from './clean.ts';
import { withoutCourtesies } from './detail-courtesies.ts';
import { type LabelKind, type Labelled, partAtLabels } from './detail-labels.ts';
import { type Detail, type DetailReaders, type Details, isShortAnswer, readCard } from './read-card.ts';

export type { Detail, DetailReaders } from './read-card.ts';

/** What an answer told; `rest` are the words that told something else, empty where it only gave details. */
export interface DetailsRead extends Details {
  rest: string;
}

/** One stretch of the answer: what it told, or words that are left. */
interface Stretch {
  details: Details;
  rest: string;
}

const numbering = /^[\s\u200e\u200f]*(?:[-*•·–—▪●]+|\(?[\d٠-٩]{1,2}\s*[).\-–:ـ/]+|\([\d٠-٩]{1,2}\))\s*/;
const pieceEnds = /[،,;؛|•\n]|\s[-–—/]\s|\s{3,}|\t|\s\(?[\d٠-٩]{1,2}[).-]\s/;
const longest = 4000;

const piecesOf = (text: string): string[] => text.split(pieceEnds).map(withoutCourtesies).filter(Boolean);

/** Pieces between signs, each a card of its own; a line of which nothing was understood stays as it was written. */
const readPlain = (line: string, readers: DetailReaders): Stretch[] => {
  const plain = withoutCourtesies(line);
  if (plain === '') return [];
  const whole = readCard(plain, readers);
  if (Object.keys(whole.details).length > 0 && whole.rest === '') return [whole];
  const pieces = piecesOf(plain);
  const cards = pieces.map((piece) => readCard(piece, readers));
  if (cards.every(({ details }) => Object.keys(details).length === 0) && !pieces.every(isShortAnswer))
    return [{ details: {}, rest: plain }];
  return cards;
};

const readOne = (detail: Detail, words: string, readers: DetailReaders): string | null =>
  detail === 'category' ? readers.category(words) : (readers[detail](words)?.value ?? null);

/** A label names what stands right behind it; a second body belongs to an entity ("كلية العلوم، قسم الفيزياء"), other pieces are read by themselves. */
const readLabelled = (kind: LabelKind, value: string, readers: DetailReaders): Stretch[] => {
  if (kind === 'matter') return [{ details: {}, rest: value }];
  if (kind === 'other') return [];
  const [first = '', ...others] = piecesOf(value);
  const read = readOne(kind, kind === 'entity' ? value : first, readers);
  const behind = others.filter((piece) => !read?.includes(piece)).flatMap((piece) => readPlain(piece, readers));
  return [{ details: read ? { [kind]: read } : {}, rest: '' }, ...behind];
};

/** Reads line by line; a label with nothing behind it names the next line. */
const readLines = (text: string, readers: DetailReaders): Stretch[] => {
  let waiting: LabelKind | null = null;
  const readPart = ({ kind: own, value }: Labelled): Stretch[] => {
    const kind: LabelKind | null = own ?? waiting;
    waiting = value === '' ? kind : null;
    if (value === '') return [];
    return kind ? readLabelled(kind, withoutCourtesies(value), readers) : readPlain(value, readers);
  };
  return text
    .split('\n')
    .map((written) => withoutCourtesies(written.replace(numbering, '')))
    .filter(Boolean)
    .flatMap((line) => partAtLabels(line).flatMap(readPart));
};

const merge = (stretches: readonly Stretch[]): Details => {
  const details: Details = {};
  for (const stretch of stretches)
    for (const [detail, value] of Object.entries(stretch.details) as [Detail, string][]) details[detail] ??= value;
  return details;
};

/** Short answers that speak for nothing by themselves are taken in the order asked, where each has its place. */
const readInOrder = (left: readonly string[], missing: readonly Detail[], readers: DetailReaders): Details | null => {
  if (left.length !== missing.length || !left.every(isShortAnswer)) return null;
  const details: Details = {};
  for (const [place, detail] of missing.entries()) {
    const value = readOne(detail, left[place] ?? '', readers);
    if (!value) return null;
    details[detail] = value;
  }
  return details;
};

/**
 * Reads the answer to "please tell us your name, entity and category", in any form: labelled or numbered lines, one
 * value a line or between commas, in the middle of a sentence, with greetings around. Gives only what was asked for.
 * `rest` is what tells something else, without greetings, labels and values. A matter is never taken for a detail.
 */
export const readDetails = (text: string, asked: readonly Detail[], readers: DetailReaders): DetailsRead => {
  const stretches = readLines(cleanText(text).slice(0, longest), readers);
  const found = merge(stretches);
  const left = stretches.map(({ rest }) => rest).filter(Boolean);
  const inOrder = readInOrder(
    left,
    asked.filter((detail) => found[detail] === undefined),
    readers,
  );
  const all = { ...found, ...inOrder };
  const wanted = Object.fromEntries(asked.flatMap((detail) => (all[detail] ? [[detail, all[detail]]] : [])));
  return { ...wanted, rest: inOrder ? '' : left.join('\n') };
};
