import { type AnyCollection, StoreError } from '../../port.ts';
import type { Evaluated, Part, Taken } from './evaluate.ts';
import { keysIn, keysOf, textOf, type UniqueKey } from './unique-keys.ts';

/** How an evaluated unit is to be written. */
export interface Plan {
  /** Whether one conditional write of one document is all. */
  isAlone: boolean;
  /** Unique values that it takes or gives up, as texts: what takes or gives up the same goes in turn. */
  keys: string[];
  /** Unique values that no index of the server would refuse in time, so that they are looked up before. */
  toRead: Taken[];
}

const textIn = (from: AnyCollection, key: UniqueKey): string => `${from.name}/${textOf(key)}`;

const storedKeys = ({ from, before }: Part): string[] => keysIn(before?._u).map((key) => textIn(from, key));

const finalKeys = ({ from, after }: Part): string[] =>
  (after ? keysOf(from, after) : []).map((key) => textIn(from, key));

/**
 * Between two stored documents a unique value cannot change hands at once where only single documents are written at once:
 * for a moment nobody would hold it, and another process could take it.
 */
function refuseHandover(parts: readonly Part[]): void {
  const holders = new Map<string, Part>();
  for (const part of parts) for (const key of storedKeys(part)) holders.set(key, part);
  for (const part of parts) {
    const index = finalKeys(part).find((key) => (holders.get(key) ?? part) !== part);
    if (index === undefined) continue;
    throw new StoreError(
      'failed',
      `${part.from.name}: one unit cannot pass a unique value from a stored document to another; write two units.`,
    );
  }
}

/**
 * Whether an index of the server refuses the value by itself. It does not where the value is only passed through, nor on
 * every server where a document holds more than one in the index (FerretDB compares lists as a whole).
 */
function isRefusedByServer({ from, id, index, value }: Taken, parts: readonly Part[]): boolean {
  const part = parts.find((each) => each.from === from && each.id === id);
  const isKept = part?.after && keysOf(from, part.after).some((key) => key.index === index && key.value === value);
  if (!isKept || from.indexes.some(({ name, list }) => name === index && list)) return false;
  return parts.length === 1 || part.before?._u?.[index] === undefined;
}

/** @throws StoreError `failed` where a unique value would change hands between stored documents. */
export function planUnit({ parts, taken }: Evaluated): Plan {
  refuseHandover(parts);
  const changed = parts.flatMap((part) => {
    const after = new Set(finalKeys(part));
    return storedKeys(part).filter((key) => !after.has(key));
  });
  return {
    isAlone: parts.length === 1 && parts[0]?.from.feed !== 'sure',
    keys: [...new Set([...changed, ...taken.map((key) => textIn(key.from, key))])],
    toRead: taken.filter((key) => !isRefusedByServer(key, parts)),
  };
}
