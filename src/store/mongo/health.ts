import type { MongoConnection } from './connection.ts';
import { isDuplicate } from './errors.ts';

/** Writes to a majority: proves what a listing of states cannot. */
export async function probeWriting(at: MongoConnection, now: number): Promise<void> {
  try {
    await at
      .own<{ _id: string; at: number }>('probes')
      .updateOne({ _id: 'probe' }, { $set: { at: now } }, { upsert: true });
  } catch (error) {
    // another process began the same document at this moment
    if (!isDuplicate(error)) throw error;
  }
}
