import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Language } from '../../../src/language/language.ts';
import { seeded } from './story.ts';

/** A question and the name of what answers it. */
export interface Asked {
  text: string;
  label: string;
}

/** Questions of one kind that are judged together; those of `outside` nothing answers. */
export interface Judged {
  name: string;
  inside: Asked[];
  outside: string[];
}

/** What may be learned, and by what that is judged. */
export interface Task {
  name: string;
  language: Language;
  learned: Asked[];
  judged: Judged[];
}

/** Quotes stand within quotes as they are, so that this is no CSV a library would read; each row is a line. */
const csvRow = /^"([^"]*)","(.*)"$/;

const readCsv = async (path: string): Promise<Asked[]> =>
  (await readFile(path, 'utf8')).split(/\r?\n/).flatMap((line) => {
    const [, label, text] = csvRow.exec(line) ?? [];
    return label && text ? [{ label, text }] : [];
  });

/** Where the second dialect begins: each has its rows in several runs, all of which begin with the same label. */
const secondDialect = (rows: readonly Asked[]): number => {
  const begins = rows.flatMap(({ label }, at) =>
    label === rows[0]?.label && rows[at - 1]?.label !== label ? [at] : [],
  );
  return begins[begins.length / 2] ?? rows.length;
};

const byDialect = (rows: readonly Asked[]) => {
  const begin = secondDialect(rows);
  return { msa: rows.slice(0, begin), palestinian: rows.slice(begin) };
};

const labelsOf = (rows: readonly Asked[]): string[] => [...new Set(rows.map(({ label }) => label))];

/** Without every seventh label; what was asked for those is outside. */
const withHidden = (task: Task): Task => {
  const hidden = new Set(labelsOf(task.learned).filter((_, at) => at % 7 === 0));
  const shows = ({ label }: Asked): boolean => !hidden.has(label);
  return {
    ...task,
    name: `${task.name}, ${hidden.size} of its intents not learned and asked for all the same`,
    learned: task.learned.filter(shows),
    judged: task.judged.map(({ name, inside }) => ({
      name,
      inside: inside.filter(shows),
      outside: inside.filter((one) => !shows(one)).map(({ text }) => text),
    })),
  };
};

/** The tasks of ArBanking77, from a folder with `…_train.csv` and `…_val.csv`. */
export const readArbanking = async (folder: string): Promise<Task[]> => {
  const names = await readdir(folder);
  const find = (ending: string): string => join(folder, names.find((name) => name.endsWith(ending)) ?? ending);
  const all = await readCsv(find('train.csv'));
  const judge = byDialect(await readCsv(find('val.csv')));
  const judged = [
    { name: 'MSA', inside: judge.msa, outside: [] },
    { name: 'Palestinian', inside: judge.palestinian, outside: [] },
  ];
  const both: Task = { name: 'ArBanking77, MSA and Palestinian learned', language: 'ar', learned: all, judged };
  const one = { ...both, name: 'ArBanking77, MSA alone learned', learned: byDialect(all).msa };
  return [both, one, withHidden(both)];
};

const pairs = z.array(z.tuple([z.string(), z.string()]));
const clinc = z.object({ train: pairs, val: pairs, oos_train: pairs, oos_val: pairs });

/** The task of CLINC150, from its questions that may be learned and those that nothing answers. */
export const readClinc = async (path: string): Promise<Task> => {
  const raw: unknown = JSON.parse(await readFile(path, 'utf8'));
  const { train, val, oos_train, oos_val } = clinc.parse(raw);
  const asked = (rows: z.infer<typeof pairs>): Asked[] =>
    rows.map(([text, label]) => ({ text, label: label.replaceAll('_', ' ') }));
  const outside = [...oos_val, ...oos_train].map(([text]) => text);
  const judged = [{ name: 'English', inside: asked(val), outside }];
  return { name: 'CLINC150', language: 'en', learned: asked(train), judged };
};

/** So many examples of each label, drawn by a seed; all as they stand where `each` is infinite. */
export const draw = (rows: readonly Asked[], each: number, seed: number): readonly Asked[] => {
  if (each === Number.POSITIVE_INFINITY) return rows;
  const random = seeded(seed);
  const mixed = rows.map((row) => ({ row, by: random() })).sort((one, other) => one.by - other.by);
  return labelsOf(rows).flatMap((label) =>
    mixed
      .filter(({ row }) => row.label === label)
      .slice(0, each)
      .map(({ row }) => row),
  );
};

/** Every third question. */
const third = <T>(all: readonly T[]): T[] => all.filter((_, at) => at % 3 === 0);

export const shorter = ({ name, inside, outside }: Judged): Judged => ({
  name,
  inside: third(inside),
  outside: third(outside),
});
