import { WaslError } from '../errors.ts';

/** Nobody nests so deeply; the walks of the store end long after it. */
const deepest = 200;

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

function storableList(list: readonly unknown[], depth: number): readonly unknown[] {
  let isChanged = false;
  const copy = list.map((inner) => {
    const made = storableAt(inner, depth);
    isChanged ||= made !== inner;
    return made;
  });
  return isChanged ? copy : list;
}

function storableObject(object: object, depth: number): object {
  let isChanged = false;
  const copy = Object.entries(object).map(([key, inner]): [string, unknown] => {
    const made = storableAt(inner, depth);
    const name = key.toWellFormed();
    isChanged ||= made !== inner || name !== key;
    return [name, made];
  });
  return isChanged ? Object.fromEntries(copy) : object;
}

function storableAt(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed();
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) throw new WaslError('invalid', 'It is nested too deeply.');
  if (Array.isArray(value)) return storableList(value, depth + 1);
  return isPlainObject(value) ? storableObject(value, depth + 1) : value;
}

/**
 * JSON from outside as the store takes it, however deep it stands: half characters become U+FFFD, also in keys, and a
 * number beyond all numbers null, as JSON writes it. What is right already is given back as it is, bytes included.
 * Throws `WaslError('invalid')` where it is nested beyond all measure.
 */
export const storable = (value: unknown): unknown => storableAt(value, 0);
