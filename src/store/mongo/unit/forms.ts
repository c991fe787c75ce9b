import { type Stored, toStored } from '../stored.ts';
import type { Part } from './evaluate.ts';
import type { AnyBulkWriteOperation, Filter } from './native.ts';
import { heldWhile } from './unique-keys.ts';

type Operation = AnyBulkWriteOperation<Stored>;

/** Fields of a document that an undecided unit holds, beside its own. */
const marks = { _unit: '', _next: '', _old: '' } as const;

/**
 * What a document is to become, or null where it goes. `_born` names its insertion: with the version it says which form of
 * which document this is, also where an id is used again.
 */
export function nextForm({ from, before, after }: Part, unit: string): Stored | null {
  if (!after) return null;
  const isSame = before !== null && after.version > before.version;
  const born = isSame ? before._born : unit;
  const stored = toStored(from, after);
  return born === undefined ? stored : { ...stored, _born: born };
}

/** Matches a document only in the form that was read, held by no unit. */
export function asRead({ _id, version, _born }: Stored): Filter<Stored> {
  // null matches what is absent, which the types do not know
  const filter: Record<string, unknown> = { _id, version, _unit: null, _born: _born ?? null };
  return filter;
}

/** A part as its document stands once its unit holds it. */
export function heldForm(part: Part, unit: string): Stored {
  const next = nextForm(part, unit);
  if (!part.before) return { ...(next as Stored), _unit: unit, _new: true };
  const held = next ? heldWhile(part.before._u, next._u) : undefined;
  const form: Stored = { ...part.before, _unit: unit, _next: next };
  return held ? { ...form, _u: held, _old: part.before._u ?? null } : form;
}

/** Puts the held form in the place of the one that was read. */
export function holdWrite(part: Part, held: Stored): Operation {
  if (!part.before) return { insertOne: { document: held } };
  const { _unit, _next, _u, _old } = held;
  const values = _old === undefined ? { _unit, _next } : { _unit, _next, _u, _old };
  return { updateOne: { filter: asRead(part.before), update: { $set: values } } };
}

const heldBy = ({ _id, _unit }: Stored): Filter<Stored> => ({ _id, _unit });

/** What a held document becomes where its unit is committed; null: it goes. */
export function formAfter(held: Stored): Stored | null {
  const { _unit, _new, _next, _old, ...fields } = held;
  return _new ? (fields as Stored) : (_next ?? null);
}

/** What a held document is as long as its unit is not committed; null: nothing. */
export function formBefore(held: Stored): Stored | null {
  const { _unit, _new, _next, _old, ...fields } = held;
  if (_new) return null;
  if (_old === undefined) return fields as Stored;
  const { _u, ...others } = fields;
  return (_old ? { ...others, _u: _old } : others) as Stored;
}

/** Brings a held document forward: its unit is committed. Does nothing where that was done before. */
export function forwardWrite(held: Stored): Operation {
  if (held._new) return { updateOne: { filter: heldBy(held), update: { $unset: { _unit: '', _new: '' } } } };
  if (!held._next) return { deleteOne: { filter: heldBy(held) } };
  const { _id, ...replacement } = held._next;
  return { replaceOne: { filter: heldBy(held), replacement } };
}

/** Gives a held document back: its unit is given up. Does nothing where that was done before. */
export function backWrite(held: Stored): Operation {
  if (held._new) return { deleteOne: { filter: heldBy(held) } };
  if (held._old === undefined) return { updateOne: { filter: heldBy(held), update: { $unset: marks } } };
  const update = held._old ? { $set: { _u: held._old }, $unset: marks } : { $unset: { ...marks, _u: '' as const } };
  return { updateOne: { filter: heldBy(held), update } };
}
