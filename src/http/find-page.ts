import { WaslError } from '../errors.ts';
import { type Collection, type Document, type Page, type Query, type Store, StoreError } from '../store/port.ts';

/** A cursor that is none of ours is the caller's fault, not the store's. */
async function orBadCursor<T>(cursor: string | undefined, asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (cursor !== undefined && error instanceof StoreError && error.code === 'query-not-indexed') {
      throw new WaslError('invalid', 'query.cursor: not a cursor of this list.', { cause: error });
    }
    throw error;
  }
}

/** A page of a collection for a caller. */
export const findPage = <T extends Document>(store: Store, from: Collection<T>, query: Query): Promise<Page<T>> =>
  orBadCursor(query.cursor, store.find(from, query));

interface Search<T> {
  /** Folded. */
  words: readonly string[];
  /** Which of the finds are wanted. */
  isWanted(one: T): boolean;
  limit: number;
  cursor?: string | undefined;
}

/** A page of the documents in which every word begins a word, newest id first, of those that are wanted. */
export async function searchPage<T extends Document>(
  store: Store,
  from: Collection<T>,
  { words, isWanted, limit, cursor }: Search<T>,
): Promise<Page<T>> {
  if (words.length === 0) return { items: [], nextCursor: null };
  const items: T[] = [];
  let next = cursor;
  do {
    // never more than is missing: what did not fit could not be asked for again
    const page = await orBadCursor(next, store.search(from, words, { limit: limit - items.length, cursor: next }));
    items.push(...page.items.filter(isWanted));
    next = page.nextCursor ?? undefined;
  } while (next !== undefined && items.length < limit);
  return { items, nextCursor: next ?? null };
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
