/** One line of a mail, as written and in the forms in which it is looked at. */
export interface Line {
  written: string;
  /** Without invisible characters and outer blanks; a line too long for what is searched here is cut and ends in `…`. */
  plain: string;
  /** Begins with `>`. */
  quoted: boolean;
  blank: boolean;
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

/** The lines of a text. */
export const linesOf = (text: string): Line[] =>
  text.split(/\r\n?|\n/).map((written) => {
    const plain = plainOf(written);
    return { written, plain, quoted: quoteMark.test(plain), blank: plain === '' };
  });

/** A line in the one form in which Arabic and English phrases are compared: small letters, no marks, one alef, one ya. */
export const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\u064b-\u065f\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ +/g, ' ');

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
    .replace(/^\n+|\s+$/g, '');
};
