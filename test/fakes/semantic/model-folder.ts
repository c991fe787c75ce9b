import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes a folder that looks as one with a sentence model does. */
export function makeModelFolder(parent: string, name = 'model', files: Record<string, string> = {}): string {
  const folder = join(parent, name);
  const all = { 'config.json': '{}', 'tokenizer.json': '{}', 'onnx/model_quantized.onnx': 'net', ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

export const fakeTransformers = new URL('./transformers.ts', import.meta.url).href;
