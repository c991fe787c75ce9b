import { iso } from '../../clock.ts';
import type { Collection, Document } from '../../store/port.ts';
import type { FlowDeps } from '../deps.ts';
import { isUnreachable } from '../outage.ts';
import type { JobTools } from './jobs.ts';

/** A document that time brings something to; its collection has an index `by-next`. */
export interface Timed extends Document {
  nextAt: string | null;
}

const atOnce = 50;
/** What went wrong by a fault of ours is tried again after this (ms). */
const againMs = 60_000;

/** The first that are due and fall to this process. */
async function dueOnes<T extends Timed>(deps: FlowDeps, from: Collection<T>, isOurs: (one: T) => boolean) {
  const where = { nextAt: { lte: iso(deps.clock.now()) } };
  for (let cursor: string | undefined; ; ) {
    const page = await deps.store.find(from, { index: 'by-next', where, limit: atOnce, cursor });
    const ours = page.items.filter(isOurs);
    if (ours.length > 0 || !page.nextCursor) return ours;
    cursor = page.nextCursor;
  }
}

async function putOff<T extends Timed>(deps: FlowDeps, from: Collection<T>, { id, version }: T): Promise<void> {
  const set = { nextAt: iso(deps.clock.now() + againMs) } as Partial<Omit<T, 'id' | 'version'>>;
  await deps.store.write([{ op: 'update', in: from, id, expect: version, set }]);
}

/**
 * Has `keep` do what is due with one document after another, until nothing of what is ours is due. After it a document must
 * be due later or never. One that fails is put off, so that it holds up no other.
 */
export async function keepDue<T extends Timed>(
  deps: FlowDeps,
  from: Collection<T>,
  { isStopped, isOurs, keep }: Pick<JobTools, 'isStopped'> & { isOurs(one: T): boolean; keep(one: T): Promise<void> },
): Promise<void> {
  while (!isStopped()) {
    const due = await dueOnes(deps, from, isOurs);
    if (due.length === 0) return;
    for (const one of due) {
      try {
        await keep(one);
      } catch (error) {
        if (isUnreachable(error)) throw error;
        deps.log.error({ err: error, id: one.id, of: from.name }, 'what time brought could not be done; it is put off');
        await putOff(deps, from, one);
      }
    }
  }
}
