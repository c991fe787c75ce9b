import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';

/** A sentence model as it lies in its folder. */
export interface ModelFolder {
  /** Where its network is: `onnx` or the folder itself. */
  subfolder: '' | 'onnx';
  /** How its numbers are kept, in the words of transformers.js. */
  dtype: 'q8' | 'fp32';
  pooling: 'mean' | 'cls';
  /** What the model wants before each text. */
  prefix: string;
}

/** The operator's folder or package is not as it must be; the message says what to do. */
export class ModelFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ModelFault';
  }
}

const needed = ['config.json', 'tokenizer.json'];
/** The small form first: it is quicker on a processor, and hardly worse. */
const forms = [
  { file: 'model_quantized.onnx', dtype: 'q8' },
  { file: 'model.onnx', dtype: 'fp32' },
] as const;

const poolingFile = z.looseObject({ pooling_mode_cls_token: z.boolean().optional() });
const promptsFile = z.looseObject({ prompts: z.looseObject({ query: z.string().optional() }).nullish() });

/** A file that describes the model; where it is missing or odd, the usual holds. */
async function readIf<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Models of the E5 family want it, also where nothing in the folder says so. */
const prefixByName = (folder: string): string =>
  /(^|[^a-z0-9])e5([^a-z0-9]|$)/i.test(basename(folder)) ? 'query: ' : '';

/** Looks at a folder with a sentence model; throws a `ModelFault` that tells what is missing. */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new ModelFault('there is no such folder');
  const missing = needed.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) throw new ModelFault(`the folder has no ${missing.join(' and no ')}`);
  const places = (['onnx', ''] as const).flatMap((subfolder) => forms.map((form) => ({ subfolder, ...form })));
  const found = places.find(({ subfolder, file }) => existsSync(join(folder, subfolder, file)));
  if (!found) throw new ModelFault('the folder has no onnx/model_quantized.onnx and no onnx/model.onnx');
  const pooling = await readIf(join(folder, '1_Pooling', 'config.json'), poolingFile);
  const prompts = await readIf(join(folder, 'config_sentence_transformers.json'), promptsFile);
  return {
    subfolder: found.subfolder,
    dtype: found.dtype,
    pooling: pooling?.pooling_mode_cls_token === true ? 'cls' : 'mean',
    prefix: prompts?.prompts?.query ?? prefixByName(folder),
  };
}
