import { isDuplicate } from '../errors.ts';
import type { Attempt } from './attempt.ts';
import type { Context } from './context.ts';
import type { Part } from './evaluate.ts';
import { asRead, nextForm } from './forms.ts';

/** Writes one document, which the server does at once: nothing is held, nothing can be left behind. */
export async function writeAlone({ options, step }: Context, unit: string, part: Part): Promise<Attempt> {
  const collection = options.collection(part.from);
  const next = nextForm(part, unit);
  const write = async (): Promise<number> => {
    if (!part.before) return next ? Number((await collection.insertOne(next)).acknowledged) : 1;
    if (!next) return (await collection.deleteOne(asRead(part.before))).deletedCount;
    const { _id, ...replacement } = next;
    return (await collection.replaceOne(asRead(part.before), replacement)).matchedCount;
  };
  await step('write', unit);
  try {
    return { end: (await write()) === 1 ? 'done' : 'again' };
  } catch (error) {
    return isDuplicate(error) ? { end: 'taken' } : { end: 'failed', error };
  }
}
