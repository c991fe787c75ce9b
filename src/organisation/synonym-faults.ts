import type { Path } from '../content/unknown-fields.ts';
import { fold } from '../language/fold.ts';
import { type Language, languages } from '../language/language.ts';
import type { KnowledgeSetting } from './organisation.ts';

/** What is wrong with the editors' synonyms: where, from the top of the setting, and what to do there. */
export interface SynonymFault {
  path: Path;
  message: string;
}

const empty = 'The word is empty: write it or remove it.';
const short =
  'The row needs two different words or more (another spelling of one is no other word): add one or remove the row.';
const twice = (row: number): string => `The word stands in row ${row + 1} too: leave it in one of the two.`;

type Rows = KnowledgeSetting['synonyms'][Language];

function rowFaults(words: readonly string[], row: number, homes: Map<string, number>): SynonymFault[] {
  const faults: SynonymFault[] = [];
  for (const [place, word] of words.entries()) {
    const home = homes.get(word) ?? row;
    if (word === '') faults.push({ path: [row, place], message: empty });
    else if (home !== row) faults.push({ path: [row, place], message: twice(home) });
    else homes.set(word, row);
  }
  const isShort = new Set(words.filter((word) => word !== '')).size < 2;
  return isShort ? [{ path: [row], message: short }, ...faults] : faults;
}

function faultsOf(rows: Rows, language: Language): SynonymFault[] {
  const homes = new Map<string, number>();
  return rows.flatMap((words, row) =>
    rowFaults(words.map(fold), row, homes).map(({ path, message }) => ({
      path: ['synonyms', language, ...path],
      message,
    })),
  );
}

/**
 * Rows with fewer than two words, words in two rows and empty ones. Words are the same where they differ in spelling only
 * (hamza, capitals, marks); the two languages stand each for itself.
 */
export const synonymFaults = ({ synonyms }: KnowledgeSetting): SynonymFault[] =>
  languages.flatMap((language) => faultsOf(synonyms[language], language));
