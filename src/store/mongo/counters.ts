import type { MongoConnection } from './connection.ts';
import { isDuplicate } from './errors.ts';
import type { Turns } from './turns.ts';

interface Counter {
  _id: string;
  value: number;
}

async function count(at: MongoConnection, name: string): Promise<number> {
  const options = { upsert: true, returnDocument: 'after' } as const;
  const counted = await at.own<Counter>('counters').findOneAndUpdate({ _id: name }, { $inc: { value: 1 } }, options);
  if (!counted) throw new Error(`The counter ${name} was not there after it was counted.`);
  return counted.value;
}

/** The next value of a counter, see `Store.next`. One at a time of this process: not every server keeps two apart. */
export const nextValue = (at: MongoConnection, turns: Turns, name: string): Promise<number> =>
  turns.run(`counter/${name}`, () =>
    count(at, name).catch((error: unknown) => {
      // two processes began it at once: it is there now
      if (isDuplicate(error)) return count(at, name);
      throw error;
    }),
  );
