import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { LearnedKnowledge } from '../knowledge/engine.ts';
import type { WordLists } from '../learning/words.ts';
import type { Lesson } from './learning.ts';

/** All that decides what is learned, but the engine itself. */
export interface Whole extends Lesson {
  lists: WordLists;
}

/** The folders whose code decides what is learned: other code learns anew. */
const engineFolders = ['../knowledge', '../learning', '../language'];

const engineFiles = (): string[] =>
  engineFolders.flatMap((folder) => {
    const path = join(import.meta.dirname, folder);
    return readdirSync(path)
      .sort()
      .map((name) => join(path, name));
  });

let engineHash: string | undefined;

const hashOfEngine = (): string => {
  if (engineHash !== undefined) return engineHash;
  const hash = createHash('sha256').update(process.version);
  for (const file of engineFiles()) hash.update(readFileSync(file));
  engineHash = hash.digest('hex');
  return engineHash;
};

const listsHashes = new WeakMap<WordLists, string>();

const hashOfLists = (lists: WordLists): string => {
  const known = listsHashes.get(lists);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(JSON.stringify(lists)).digest('hex');
  listsHashes.set(lists, hash);
  return hash;
};

const fileOf = (directory: string, { articles, synonyms, lists }: Whole): string => {
  const said = JSON.stringify([articles, synonyms, hashOfLists(lists), hashOfEngine()]);
  return join(directory, `${createHash('sha256').update(said).digest('hex')}.learned`);
};

const hashOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const hashLength = 32;

/** What was learned of the same before, or null. A file that is damaged or cannot be read counts as none: it is learned again. */
export const findLearned = (directory: string, whole: Whole): LearnedKnowledge | null => {
  try {
    const file = readFileSync(fileOf(directory, whole));
    const learned = file.subarray(hashLength);
    return hashOf(learned).equals(file.subarray(0, hashLength)) ? deserialize(learned) : null;
  } catch {
    return null;
  }
};

/** What is larger is learned again at each start, rather than filling the disk. */
const mostBytes = 64 * 1024 * 1024;

/** So many are kept, the newest. */
const mostKept = 6;

const prune = (directory: string): void => {
  const kept = readdirSync(directory)
    .filter((name) => name.endsWith('.learned'))
    .map((name) => ({ path: join(directory, name), at: statSync(join(directory, name)).mtimeMs }))
    .sort((one, other) => other.at - one.at);
  for (const { path } of kept.slice(mostKept)) rmSync(path, { force: true });
};

const discard = (path: string): void => {
  try {
    rmSync(path, { force: true });
  } catch {
    // where nothing can be written there is nothing to take away
  }
};

/** Keeps what was learned. Where nothing can be written nothing is kept: it is a help, not a store. */
export const keepLearned = (directory: string, whole: Whole, learned: LearnedKnowledge): void => {
  const part = join(directory, `${randomUUID()}.part`);
  try {
    mkdirSync(directory, { recursive: true });
    const bytes = serialize(learned);
    if (bytes.length > mostBytes) return;
    writeFileSync(part, Buffer.concat([hashOf(bytes), bytes]));
    renameSync(part, fileOf(directory, whole));
    prune(directory);
  } catch {
    discard(part);
  }
};
