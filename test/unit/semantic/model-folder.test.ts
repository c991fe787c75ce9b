import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readModelFolder } from '../../../src/semantic/model-folder.ts';
import { makeModelFolder } from '../../fakes/semantic/model-folder.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-model-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

it('the small form of a model is taken before the large one, with mean pooling', async () => {
  const folder = makeModelFolder(directory, 'minilm', { 'onnx/model.onnx': 'net' });
  expect(await readModelFolder(folder)).toEqual({ subfolder: 'onnx', dtype: 'q8', pooling: 'mean', prefix: '' });
});

it('what the folder says of pooling and prefixes is followed', async () => {
  const folder = makeModelFolder(directory, 'bge', {
    '1_Pooling/config.json': '{"pooling_mode_cls_token": true}',
    'config_sentence_transformers.json': '{"prompts": {"query": "search_query: "}}',
  });
  expect(await readModelFolder(folder)).toMatchObject({ pooling: 'cls', prefix: 'search_query: ' });
});

it('a model of the E5 family gets its prefix by name, and odd descriptions change nothing', async () => {
  const folder = makeModelFolder(directory, 'multilingual-e5-small', { '1_Pooling/config.json': '{oops' });
  expect(await readModelFolder(folder)).toMatchObject({ pooling: 'mean', prefix: 'query: ' });
});
