import { basename } from 'node:path';
import { Liquid } from 'liquidjs';
import { z } from 'zod';
import { type Fault, readTogether, throwFaults } from '../content/content-error.ts';
import { parseYaml } from '../content/parse-yaml.ts';
import { listContent, readContent } from '../content/read-content.ts';
import { languages } from '../language/language.ts';
import { filters } from './filters.ts';

/** A template as content files give it: Liquid source by language or `<language>.<form>`. */
export interface TemplateText {
  id: string;
  group: string;
  texts: Record<string, string>;
}

interface Piece {
  key: string;
  group: string;
  /** `ar`, `en`, `ar.letter` … */
  variant: string;
  text: string;
}

const liquidName = /^([a-z0-9-]+)\.(ar|en)(?:\.(chat|letter))?\.liquid$/;
const wordsName = /^([a-z0-9-]+)\.(ar|en)\.yaml$/;

const parser = new Liquid({ strictFilters: true });
for (const name of Object.keys(filters('en', 'UTC'))) parser.registerFilter(name, (value: unknown) => value);

const nameFault = (file: string): Fault => ({
  file,
  line: 1,
  message: 'The name must be <key>.<ar or en>.liquid, <key>.<ar or en>.letter.liquid or <key>.<ar or en>.yaml.',
});

const lineOf = (error: unknown): number => {
  const line = typeof error === 'object' && error !== null && 'token' in error ? JSON.stringify(error.token) : '';
  return Number(/"line":(\d+)/.exec(line)?.[1] ?? /line:(\d+)/.exec(String(error))?.[1] ?? 1);
};

async function readLiquid(file: string): Promise<Piece[]> {
  const match = liquidName.exec(basename(file));
  if (!match) return throwFaults([nameFault(file)]) ?? [];
  const text = await readContent(file);
  try {
    parser.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message.split(', file:')[0] : String(error);
    throwFaults([{ file, line: lineOf(error), message: `It is not a valid template: ${message}` }]);
  }
  const [, key = '', language = '', form] = match;
  return [{ key, group: key, variant: form ? `${language}.${form}` : language, text: text.trimEnd() }];
}

const words = z.record(z.string(), z.string());

/** A file of short words: each line is a template of its own, `<file>.<key>`; those of `buttons` are plain templates. */
async function readWords(file: string): Promise<Piece[]> {
  const match = wordsName.exec(basename(file));
  if (!match) return throwFaults([nameFault(file)]) ?? [];
  const [, name = '', language = ''] = match;
  const parsed = parseYaml(file, await readContent(file), words).value;
  const prefix = name === 'buttons' ? 'button-' : `${name}.`;
  return Object.entries(parsed).map(([key, text]) => ({
    key: `${prefix}${key}`,
    group: name,
    variant: language,
    text,
  }));
}

const gather = (pieces: readonly Piece[]): TemplateText[] => {
  const all = new Map<string, TemplateText>();
  for (const { key, group, variant, text } of pieces)
    all.set(key, { id: key, group, texts: { ...all.get(key)?.texts, [variant]: text } });
  return [...all.values()];
};

const missingLanguages = (directory: string, all: readonly TemplateText[]): Fault[] =>
  all.flatMap(({ id, texts }) =>
    languages
      .filter((language) => texts[language] === undefined)
      .map((language) => ({
        file: directory,
        line: 1,
        message: `The text "${id}" is missing in "${language}": add it.`,
      })),
  );

/** Reads the texts of a directory. All faults of all files come together as one `ContentError` with file and line. */
export async function loadTemplates(directory: string): Promise<TemplateText[]> {
  const [liquid, yaml] = [await listContent(directory, '.liquid'), await listContent(directory, '.yaml')];
  const pieces = await readTogether([...liquid.map(readLiquid), ...yaml.map(readWords)]);
  const all = gather(pieces.flat());
  throwFaults(missingLanguages(directory, all));
  return all;
}
