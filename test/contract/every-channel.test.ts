import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { channelKinds } from '../../channels/index.ts';

const root = join(import.meta.dirname, '..', '..');
const folders = readdirSync(join(root, 'channels'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

it('has a contract test for every channel folder', () => {
  const without = folders.filter((name) => !existsSync(join(root, 'test/contract/channels', `${name}.test.ts`)));
  expect(without).toEqual([]);
});

it('lists every channel folder', () => {
  expect(channelKinds.map(({ kind }) => kind).sort()).toEqual(folders.sort());
});
