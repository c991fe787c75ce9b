import { withoutJoint } from '../../understanding/text-parts.ts';

const edges = /^[\s،,.;:؛!…\-–—/|]+|[\s،,;:؛\-–—/|]+$/g;

/** What is left of an introduction once the value is out of it, at the beginning of a text. */
const introduction = /^(?:(?:انا|أنا|اني|اسمي|الاسم|من|في|i am|i'm|im|my name is|from|at|in)\s+)+/iu;

const without = (text: string, value: string): string => {
  const at = text.indexOf(value);
  if (at < 0) return text;
  const before = text
    .slice(0, at)
    .replace(introduction, '')
    .replace(/\s(?:من|في|from|at|in)\s*$/iu, ' ');
  const behind = withoutJoint(text.slice(at + value.length).replace(edges, ''));
  return `${/\p{L}{2}/u.test(before) ? before : ''} ${behind}`.replace(/\s+/g, ' ').replace(edges, '');
};

/** What a text tells besides the values that were read from it. */
export const restBeside = (text: string, values: readonly string[]): string => values.reduce(without, text.trim());
