/** One line of a mail, as written and in the forms in which it is looked at. */
export interface Line {
  written: string;
  /** Without invisible characters and outer blanks; a line too long for what is searched here is cut and ends in `…`. */
  plain: string;
  /** Begins with `>`. */
  quoted: boolean;
  blank: boolean;
  /** `bare` of it without stars, once somebody has asked for it. */
  folded: string | null;
}

const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const blanks = /[\t\u00a0\u2000-\u200a\u202f\u3000]+/g;
const longest = 600;

const plainOf = (written: string): string => {
  const head = written.length > longest * 2 ? `${written.slice(0, longest * 2)}…` : written;
  const plain = head.replace(invisible, '').replace(blanks, ' ').trim();
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
};

/** `>` and what looks like it but is a face: `>:(`, `>_<`. */
const quoteMark = /^>(?![:_.]\S)/;

const emptyLine: Line = { written: '', plain: '', quoted: false, blank: true, folded: '' };

const lineOf = (written: string): Line => {
  const plain = written === '' ? '' : plainOf(written);
  return plain === '' ? emptyLine : { written, plain, quoted: quoteMark.test(plain), blank: false, folded: null };
};

/** The lines of a text; of blank ones only the first in a row. */
export const linesOf = (text: string): Line[] => {
  const lines: Line[] = [];
  for (const written of text.split(/\r\n?|\n/)) {
    const line = lineOf(written);
    if (!line.blank || lines.at(-1)?.blank === false) lines.push(line);
  }
  return lines;
};

/** A line in the one form in which Arabic and English phrases are compared: small letters, no marks, one alef, one ya. */
export const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\u064b-\u065f\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ +/g, ' ');

/** The folded form of a line, made once. */
export const foldedOf = (line: Line): string => {
  line.folded ??= bare(line.plain.includes('*') ? line.plain.replaceAll('*', '') : line.plain);
  return line.folded;
};

/** The place of the first line from `at` on that is not blank; the number of lines where none is. */
export const skipBlank = (lines: readonly Line[], at: number): number => {
  let next = at;
  while (lines[next]?.blank) next += 1;
  return next;
};

/** The lines as a text again: no blanks at the edges, never more than one empty line in a row. */
export const textOf = (lines: readonly Line[]): string => {
  const kept = lines.filter((line, at) => !line.blank || !lines[at - 1]?.blank);
  return kept
    .map((line) => (line.blank ? '' : line.written.trimEnd()))
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd();
};
