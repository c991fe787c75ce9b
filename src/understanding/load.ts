import { join } from 'node:path';
import type { z } from 'zod';
import { readTogether } from '../content/content-error.ts';
import { parseYaml } from '../content/parse-yaml.ts';
import { readContent } from '../content/read-content.ts';
import { type UnderstandingFiles, understandingFiles } from './files.ts';

const read = async <S extends z.ZodType>(directory: string, name: string, schema: S): Promise<z.output<S>> => {
  const path = join(directory, `${name}.yaml`);
  return parseYaml(path, await readContent(path), schema).value;
};

/** Reads `knowledge-base/understanding/`. Faults of all files are thrown together as one ContentError, each with its line. */
export const loadUnderstanding = async (directory: string): Promise<UnderstandingFiles> => {
  const [commands, pleasantries, yesNo, types, tone, posts, people, synonyms] = await readTogether([
    read(directory, 'commands', understandingFiles.commands),
    read(directory, 'pleasantries', understandingFiles.pleasantries),
    read(directory, 'yes-no', understandingFiles['yes-no']),
    read(directory, 'types', understandingFiles.types),
    read(directory, 'tone', understandingFiles.tone),
    read(directory, 'public', understandingFiles.public),
    read(directory, 'people', understandingFiles.people),
    read(directory, 'synonyms', understandingFiles.synonyms),
  ]);
  return { commands, pleasantries, 'yes-no': yesNo, types, tone, public: posts, people, synonyms };
};
