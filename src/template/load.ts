import { basename } from 'node:path';
import { z } from 'zod';
import { type Fault, readTogether, throwFaults } from '../content/content-error.ts';
import { parseYaml } from '../content/parse-yaml.ts';
import { listContent, readContent } from '../content/read-content.ts';
import { languagesWithout, liquidFault } from './faults.ts';
import type { Template } from './template.ts';

interface Piece {
  key: string;
  group: string;
  /** `ar`, `en`, `ar.letter` … */
  variant: string;
  text: string;
}

const liquidName = /^([a-z0-9-]+)\.(ar|en)(?:\.(chat|letter|brief))?\.liquid$/;
const wordsName = /^([a-z0-9-]+)\.(ar|en)\.yaml$/;

const nameFault = (file: string): Fault => ({
  file,
  line: 1,
  message: 'The name must be <key>.<ar or en>.liquid, <key>.<ar or en>.letter.liquid or <key>.<ar or en>.yaml.',
});

async function readLiquid(file: string): Promise<Piece[]> {
  const match = liquidName.exec(basename(file));
  if (!match) return throwFaults([nameFault(file)]) ?? [];
  const text = await readContent(file);
  const fault = liquidFault(text);
  if (fault) throwFaults([{ file, ...fault }]);
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

const gather = (pieces: readonly Piece[]): Template[] => {
  const all = new Map<string, Template>();
  for (const { key, group, variant, text } of pieces)
    all.set(key, { id: key, group, texts: { ...all.get(key)?.texts, [variant]: text } });
  return [...all.values()];
};

const missingLanguages = (directory: string, all: readonly Template[]): Fault[] =>
  all.flatMap((one) =>
    languagesWithout(one).map((language) => ({
      file: directory,
      line: 1,
      message: `The text "${one.id}" is missing in "${language}": add it.`,
    })),
  );

/** Reads the texts of a directory. All faults of all files come together as one `ContentError` with file and line. */
export async function loadTemplates(directory: string): Promise<Template[]> {
  const [liquid, yaml] = [await listContent(directory, '.liquid'), await listContent(directory, '.yaml')];
  const pieces = await readTogether([...liquid.map(readLiquid), ...yaml.map(readWords)]);
  const all = gather(pieces.flat());
  throwFaults(missingLanguages(directory, all));
  return all;
}
