import { WaslError } from '../errors.ts';
import { type Collection, type Document, type Page, type Query, type Store, StoreError } from '../store/port.ts';

/** A page of a collection for a caller. A cursor that is none of ours is the caller's fault, not the store's. */
export async function findPage<T extends Document>(store: Store, from: Collection<T>, query: Query): Promise<Page<T>> {
  try {
    return await store.find(from, query);
  } catch (error) {
    if (query.cursor !== undefined && error instanceof StoreError && error.code === 'query-not-indexed') {
      throw new WaslError('invalid', 'query.cursor: not a cursor of this list.', { cause: error });
    }
    throw error;
  }
}

/** The document, or `not-found` in a sentence that names what is sought. */
export async function getOr404<T extends Document>(
  store: Store,
  from: Collection<T>,
  id: string,
  what: string,
): Promise<T> {
  const found = await store.get(from, id);
  if (!found) throw new WaslError('not-found', `There is no such ${what}.`);
  return found;
}

/** Writes one change at the version given, or rejects with `conflict` and the document as it now is. */
export async function changeOr409<T extends Document>(
  store: Store,
  change: { in: Collection<T>; id: string; expect: number; set: Partial<Omit<T, 'id' | 'version'>> },
  present: (current: T) => unknown,
): Promise<T> {
  const result = await store.write([{ op: 'update', ...change }]);
  if (result.ok) return result.documents[0] as T;
  if (result.reason === 'missing') throw new WaslError('not-found', 'It does not exist any more.');
  throw new WaslError('conflict', 'It was changed meanwhile: look at the current state and try again.', {
    details: { current: await present(result.current as T) },
  });
}

/** Runs a staff action; where it meets a newer version, the current object is shown as the API shows it. */
export async function withCurrent<T, Shown>(
  action: Promise<T>,
  present: (current: T) => Shown | Promise<Shown>,
): Promise<Shown> {
  try {
    return await present(await action);
  } catch (error) {
    if (!(error instanceof WaslError) || error.code !== 'conflict' || !hasCurrent(error.details)) throw error;
    const current = await present(error.details.current as T);
    throw new WaslError('conflict', error.message, { details: { current }, cause: error });
  }
}

const hasCurrent = (details: unknown): details is { current: unknown } =>
  typeof details === 'object' && details !== null && 'current' in details && Boolean(details.current);
