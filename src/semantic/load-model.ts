import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { ModelFault, readModelFolder } from './model-folder.ts';

/** Texts as numbers of length 1: the more two mean the same, the nearer to 1 is their product. */
export type Embed = (texts: readonly string[]) => Promise<Float32Array[]>;

type Extract = (texts: string[], options: object) => Promise<unknown>;
type Pipeline = (task: string, model: string, options: object) => Promise<Extract>;

const isFunction = (value: unknown): boolean => typeof value === 'function';
/** What is used of transformers.js, from 3 on. */
const library = z.object({
  pipeline: z.custom<Pipeline>(isFunction),
  env: z.custom<object>((value) => value instanceof Object),
});
const tensor = z.object({ data: z.instanceof(Float32Array), dims: z.tuple([z.number(), z.number()]) });

const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** No question needs more; longer texts would only cost time. */
const mostLetters = 400;

async function loadLibrary(name: string): Promise<z.infer<typeof library>> {
  const loaded: unknown = await import(name).catch((error: unknown) => {
    throw new ModelFault(
      `the package ${name} cannot be loaded (${reason(error)}): run npm install --no-save --ignore-scripts ${name}`,
    );
  });
  const read = library.safeParse(loaded);
  if (!read.success) throw new ModelFault(`the package ${name} is none that Wasl knows: install version 3 or newer`);
  return read.data;
}

const rowsOf = (output: unknown, count: number): Float32Array[] => {
  const { data, dims } = tensor.parse(output);
  const [rows, width] = dims;
  if (rows !== count) throw new Error(`the model gave ${rows} rows for ${count} texts`);
  return Array.from({ length: rows }, (_, row) => data.slice(row * width, (row + 1) * width));
};

/**
 * Loads a sentence model from the operator's folder by the operator's package; nothing is ever fetched. Throws a
 * `ModelFault` whose message says what is wrong and what to do.
 */
export async function loadModel(folder: string, packageName: string): Promise<Embed> {
  const path = resolve(folder);
  const { subfolder, dtype, pooling, prefix } = await readModelFolder(path);
  const { pipeline, env } = await loadLibrary(packageName);
  Object.assign(env, { allowRemoteModels: false, allowLocalModels: true, localModelPath: dirname(path) });
  const options = {
    local_files_only: true,
    subfolder,
    dtype,
    device: 'cpu',
    session_options: { intraOpNumThreads: 1 },
  };
  const extract = await pipeline('feature-extraction', basename(path), options).catch((error: unknown) => {
    throw new ModelFault(`the model cannot be loaded (${reason(error)}): put a sentence model in ONNX form there`);
  });
  return async (texts) => {
    const given = texts.map((text) => `${prefix}${text.slice(0, mostLetters).toWellFormed()}`);
    return rowsOf(await extract(given, { pooling, normalize: true }), texts.length);
  };
}
