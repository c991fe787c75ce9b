import { ContentError } from './content-error.ts';

/** The two parts of a content file with front matter, each with the line of the file (from 1) on which it begins. */
export interface FrontMatter {
  front: string;
  frontLine: number;
  body: string;
  bodyLine: number;
}

const fence = /^---\s*$/;

/** Splits a file into the YAML between two `---` lines at its top and the text below. Throws a ContentError. */
export function splitFrontMatter(file: string, text: string): FrontMatter {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!fence.test(lines[0] ?? '')) {
    const message = 'The file must begin with a line that holds only ---, followed by its fields.';
    throw new ContentError([{ file, line: 1, message }]);
  }
  const end = lines.findIndex((line, index) => index > 0 && fence.test(line));
  if (end === -1) {
    const message = 'The fields that begin here are never closed: put a line that holds only --- after the last field.';
    throw new ContentError([{ file, line: 1, message }]);
  }
  return {
    front: lines.slice(1, end).join('\n'),
    frontLine: 2,
    body: lines.slice(end + 1).join('\n'),
    bodyLine: end + 2,
  };
}
