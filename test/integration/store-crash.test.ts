import { expect, it } from 'vitest';
import { idsOf, notes, readAll } from '../contract/store/notes.ts';
import { aDirectory, openIn, startWriter } from './store-directory.ts';

it('has everything that was acknowledged, and no half of a unit, after each of five kills under load', async () => {
  const directory = aDirectory();
  const acknowledged: string[] = [];
  for (const [round, lines] of [20, 150, 400, 60, 900].entries()) {
    const name = `round${round}`;
    const writer = startWriter(directory, name);
    await writer.printed(lines);
    await writer.kill();
    const ids = writer.lines.slice(1);
    acknowledged.push(...ids);

    const store = await openIn(directory);
    for (const id of acknowledged) {
      expect(await store.get(notes, `${id}-a`), `${id} was acknowledged`).toMatchObject({ version: 2, key: id });
      expect(await store.get(notes, `${id}-b`)).toMatchObject({ version: 1 });
    }
    const kept = await readAll(store, { index: 'byTopic', where: { topic: name }, limit: 1000 });
    const firsts = idsOf(kept).filter((id) => id.endsWith('-a'));
    const seconds = idsOf(kept).filter((id) => id.endsWith('-b'));
    expect(firsts.map((id) => id.slice(0, -2)).toSorted()).toEqual(seconds.map((id) => id.slice(0, -2)).toSorted());
    expect(await store.count(notes, { index: 'byTag', where: { tags: name } })).toBe(seconds.length);
    expect((await store.search(notes, [name], { limit: 1000 })).items).toHaveLength(Math.min(firsts.length, 1000));
    await store.close();
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(20 + 150 + 400 + 60 + 900 - 5);
});
