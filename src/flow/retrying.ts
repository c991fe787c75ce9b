import { WaslError } from '../errors.ts';
import type { Collection, Document, Op } from '../store/port.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { FlowDeps } from './deps.ts';

const attempts = 20;

/** The document, or `not-found` in a sentence that names it. */
export const need = async <T extends Document>(
  { store }: Pick<FlowDeps, 'store'>,
  from: Collection<T>,
  id: string,
  what: string,
): Promise<T> => {
  const found = await store.get(from, id);
  if (!found) throw new WaslError('not-found', `There is no ${what} "${id}".`);
  return found;
};

/** A stale version of the caller's is told, with what is there now. */
export const checkVersion = (current: Document, version: number | undefined): void => {
  if (version === undefined || version === current.version) return;
  throw new WaslError('conflict', 'It was changed meanwhile; look at it again.', { details: { current } });
};

/** A ticket that was seen before somebody acted on it is told as it is now; what comes by itself makes nobody's view stale. */
export const checkSeen = (current: Ticket, version: number | undefined): void => {
  if (version === undefined || (version >= current.actedVersion && version <= current.version)) return;
  throw new WaslError('conflict', 'It was changed meanwhile; look at it again.', { details: { current } });
};

/** Tries a change on what is there now; a competing write is looked at again. */
export async function retrying<T>(
  change: () => Promise<{ ops: readonly Op[]; result: T }>,
  { store }: Pick<FlowDeps, 'store'>,
): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { ops, result } = await change();
    if (ops.length === 0 || (await store.write(ops)).ok) return result;
  }
  throw new WaslError('unavailable', 'Too many changes at once; try again.');
}
