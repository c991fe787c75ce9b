import type { z } from 'zod';
import type { Path } from './unknown-fields.ts';

type Issue = z.core.$ZodIssue;

const partOf = (part: PropertyKey): string => (typeof part === 'number' ? `#${part + 1}` : String(part));
const nameOf = (path: Path): string => (path.length === 0 ? 'The file' : `"${path.map(partOf).join('.')}"`);

function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

const kinds: Record<string, string> = {
  string: 'a text (put it in quotes if it looks like a number)',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list (each entry on a line of its own that begins with "- ")',
  object: 'a group of fields',
  tuple: 'a pair such as ["07:30", "14:30"]',
};

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'is empty: write its text or remove the field';
  return `is not right: ${issue.message.replace(/\.$/, '')}`;
}

/** What a schema found wrong, as a sentence that names the field and says what to do. `input` is the whole file. */
export function sentenceFor(issue: Issue, input: unknown): string {
  const found = valueAt(input, issue.path);
  if (found === undefined || found === null) {
    return issue.path.length === 0
      ? 'The file is empty: write its fields.'
      : `${nameOf(issue.path)} is missing: add it.`;
  }
  return `${nameOf(issue.path)} ${expectation(issue)}.`;
}
