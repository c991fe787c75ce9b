import { join } from 'node:path';
import type { z } from 'zod';
import { readTogether } from '../content/content-error.ts';
import { parseYaml } from '../content/parse-yaml.ts';
import { listContent, readContent } from '../content/read-content.ts';
import { detectLanguage } from '../language/detect.ts';
import type { Language } from '../language/language.ts';
import { readLines, readWordRows, type WordRow } from '../learning/word-rows.ts';
import type { WordLists } from '../learning/words.ts';
import { type UnderstandingFiles, understandingFiles } from './files.ts';

const read = async <S extends z.ZodType>(directory: string, name: string, schema: S): Promise<z.output<S>> => {
  const path = join(directory, `${name}.yaml`);
  return parseYaml(path, await readContent(path), schema).value;
};

const readRows = async (path: string): Promise<WordRow[]> => readWordRows(path, await readContent(path));

const readIdeas = async (directory: string): Promise<WordRow[]> =>
  (await readTogether((await listContent(join(directory, 'ideas'), '.txt')).map(readRows))).flat();

const isArabic = (line: string): boolean => detectLanguage(line).language === 'ar';

const readElsewhere = async (path: string): Promise<Record<Language, string[]>> => {
  const lines = readLines(await readContent(path));
  return { ar: lines.filter(isArabic), en: lines.filter((line) => !isArabic(line)) };
};

const readLists = async (directory: string): Promise<WordLists> => {
  const [dialects, plurals, ideas, elsewhere] = await readTogether([
    readRows(join(directory, 'dialects.txt')),
    readRows(join(directory, 'plurals.txt')),
    readIdeas(directory),
    readElsewhere(join(directory, 'elsewhere.txt')),
  ]);
  return { dialects, plurals, ideas, elsewhere };
};

/** Reads `knowledge-base/understanding/`. Faults of all files are thrown together as one ContentError, each with its line. */
export const loadUnderstanding = async (directory: string): Promise<UnderstandingFiles> => {
  const [commands, pleasantries, yesNo, types, tone, posts, people, synonyms, lists] = await readTogether([
    read(directory, 'commands', understandingFiles.commands),
    read(directory, 'pleasantries', understandingFiles.pleasantries),
    read(directory, 'yes-no', understandingFiles['yes-no']),
    read(directory, 'types', understandingFiles.types),
    read(directory, 'tone', understandingFiles.tone),
    read(directory, 'public', understandingFiles.public),
    read(directory, 'people', understandingFiles.people),
    read(directory, 'synonyms', understandingFiles.synonyms),
    readLists(directory),
  ]);
  return { commands, pleasantries, 'yes-no': yesNo, types, tone, public: posts, people, synonyms, lists };
};
