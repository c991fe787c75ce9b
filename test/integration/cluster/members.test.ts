import { expect, it } from 'vitest';
import { several } from './several.ts';

it('knows all that share a store, from when they come until they leave', async () => {
  const { processes, start, settle } = await several(2);
  const third = await start();
  expect(processes.map(({ cluster }) => cluster.members.count())).toEqual([3, 3, 3]);
  await third.cluster.stop();
  await settle();
  expect(processes.slice(0, 2).map(({ cluster }) => cluster.members.count())).toEqual([2, 2]);
});
