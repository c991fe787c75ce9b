import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { aNote, inserting, notes } from '../contract/store/notes.ts';
import { contractCollections } from '../contract/store-contract.ts';

/**
 * A process that writes to a store as fast as it can and prints what was acknowledged: for each line the id of two
 * notes of one unit ("…-a", "…-b"), of which the first was changed in the same unit. `hold` only holds the store.
 */
const [directory = '', name = '', mode = 'write'] = process.argv.slice(2);
const store = await openSqliteStore({ directory, collections: contractCollections });
process.stdout.write('open\n');

async function writePair(number: number): Promise<void> {
  const id = `${name}-${number}`;
  const result = await store.write([
    inserting({ ...aNote({ topic: name, key: id, words: [name] }), id: `${id}-a` }),
    { op: 'update', in: notes, id: `${id}-a`, add: { size: number } },
    inserting({ ...aNote({ topic: name, tags: [name] }), id: `${id}-b` }),
  ]);
  if (result.ok) process.stdout.write(`${id}\n`);
}

async function writeOn(from: number, step: number): Promise<never> {
  for (let number = from; ; number += step) await writePair(number);
}

if (mode === 'write') await Promise.all([0, 1, 2, 3].map((from) => writeOn(from, 4)));
else setInterval(() => undefined, 60_000);
