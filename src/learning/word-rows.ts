import type { Fault } from '../content/content-error.ts';
import { throwFaults } from '../content/content-error.ts';

/** A line of a word list: `head: form, form, form`. */
export interface WordRow {
  head: string;
  forms: string[];
}

const isEmpty = (line: string): boolean => line === '' || line.startsWith('#');

const formsOf = (written: string): string[] =>
  written
    .split(/[,،]/)
    .map((form) => form.trim())
    .filter((form) => form !== '');

const faultOf = (line: string): string | null => {
  const at = line.indexOf(':');
  if (at <= 0) return 'There is no colon after the first word: write "word: other word, other word".';
  return formsOf(line.slice(at + 1)).length === 0
    ? 'There is no word after the colon: write one, or remove the line.'
    : null;
};

/**
 * Reads a word list, a row a line; empty lines and those that begin with # are left out. Throws a ContentError that names
 * every faulty line.
 */
export const readWordRows = (file: string, text: string): WordRow[] => {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const faults = lines.flatMap((line, at): Fault[] => {
    const message = isEmpty(line) ? null : faultOf(line);
    return message === null ? [] : [{ file, line: at + 1, message }];
  });
  throwFaults(faults);
  return lines
    .filter((line) => !isEmpty(line))
    .map((line) => {
      const at = line.indexOf(':');
      return { head: line.slice(0, at).trim(), forms: formsOf(line.slice(at + 1)) };
    });
};

/** The lines of a text file without remarks and empty ones. */
export const readLines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => !isEmpty(line));
