import { cutOff, type Marker, marker } from '../move/side.ts';
import type { MongoConnection } from './connection.ts';

type Mark = Partial<Marker> & { _id: string };
const id = 'move';

const marks = (at: MongoConnection) => at.own<Mark>('meta');

/** The mark of a move into a database that has not ended; null where there is none. */
export async function readMark(at: MongoConnection): Promise<Marker | null> {
  const found = await marks(at).findOne({ _id: id });
  return found && marker.parse(found);
}

/** @throws StoreError while a move into the database has not ended: half a copy must not look like a store. */
export async function refuseHalfMoved(at: MongoConnection): Promise<void> {
  const found = await readMark(at);
  if (found) throw cutOff(at.place, found);
}

export const writeMark = async (at: MongoConnection, content: Marker): Promise<void> =>
  void (await marks(at).replaceOne({ _id: id }, { ...content }, { upsert: true }));

export const removeMark = async (at: MongoConnection): Promise<void> => void (await marks(at).deleteOne({ _id: id }));
