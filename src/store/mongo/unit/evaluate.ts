import { applyChange, isExpected } from '../../change.ts';
import { checkDocument } from '../../document.ts';
import type { AnyCollection, Document, Insert, Op, Remove, Update, WriteResult } from '../../port.ts';
import type { Told } from '../feed.ts';
import { type Stored, toDocument } from '../stored.ts';
import { keysOf, textOf, type UniqueKey } from './unique-keys.ts';

/** A document that a unit touches. */
export interface Place {
  from: AnyCollection;
  id: string;
}

/** One text for a place: no two places have the same. */
export const placeText = (from: AnyCollection, id: string): string => `${from.name}/${id}`;

/** What a unit makes of one document; `before` is what was stored, `after` null where it goes. */
export interface Part extends Place {
  before: Stored | null;
  after: Document | null;
}

/** A unique value that an operation took which the stored form of its document had not. */
export interface Taken extends UniqueKey, Place {
  at: number;
}

type Refused = Extract<WriteResult, { ok: false }>;
/** The first operation that cannot be done, unless a value that was `taken` before it turns out to be somebody else's. */
export type NotDone = { ok: false; result: Refused; taken: Taken[] };
export type Evaluated = { ok: true; documents: (Document | null)[]; parts: Part[]; told: Told[]; taken: Taken[] };

interface State {
  found: ReadonlyMap<string, Stored | null>;
  /** The documents as they are after the operations so far; only those that were looked at. */
  present: Map<string, Document | null>;
  touched: Map<string, Place>;
  /** Who of the unit's documents holds a unique value now. */
  holders: Map<string, string>;
  taken: Taken[];
  told: Told[];
}

type Step = { document: Document | null } | { refusal: Omit<Refused, 'ok' | 'at'> };

function presentOf(state: State, from: AnyCollection, id: string): Document | null {
  const place = placeText(from, id);
  const known = state.present.get(place);
  if (known !== undefined) return known;
  const stored = state.found.get(place) ?? null;
  const document = stored && toDocument(stored);
  state.present.set(place, document);
  return document;
}

const holderText = (from: AnyCollection, key: UniqueKey): string => `${from.name}/${textOf(key)}`;

/** Puts a new form of a document in the place of the former; gives the index by which another document of the unit is in the way. */
function put(state: State, at: number, place: Place, after: Document | null): string | null {
  const { from, id } = place;
  const before = presentOf(state, from, id);
  const keys = after ? keysOf(from, after) : [];
  const inTheWay = keys.find((key) => (state.holders.get(holderText(from, key)) ?? id) !== id);
  if (inTheWay) return inTheWay.index;
  for (const key of before ? keysOf(from, before) : []) state.holders.delete(holderText(from, key));
  for (const key of keys) {
    state.holders.set(holderText(from, key), id);
    state.taken.push({ ...key, ...place, at });
  }
  state.present.set(placeText(from, id), after);
  state.touched.set(placeText(from, id), place);
  return null;
}

function insert(state: State, at: number, op: Insert, document: Document): Step {
  const current = presentOf(state, op.in, document.id);
  if (current) {
    return op.onDuplicate === 'keep' ? { document: current } : { refusal: { reason: 'duplicate', index: 'id' } };
  }
  const index = put(state, at, { from: op.in, id: document.id }, document);
  if (index !== null) return { refusal: { reason: 'duplicate', index } };
  state.told.push({ collection: op.in.name, id: document.id, kind: 'insert' });
  return { document };
}

function change(state: State, at: number, op: Update | Remove): Step {
  const current = presentOf(state, op.in, op.id);
  if (!current) return { refusal: { reason: 'missing' } };
  if (!isExpected(op, current)) return { refusal: { reason: 'conflict', current } };
  const after = op.op === 'update' ? changedBy(op, current) : null;
  const index = put(state, at, { from: op.in, id: op.id }, after);
  if (index !== null) return { refusal: { reason: 'duplicate', index } };
  state.told.push({ collection: op.in.name, id: op.id, kind: op.op });
  return { document: after };
}

const changedBy = (op: Update, current: Document): Document =>
  checkDocument(op.in, { ...applyChange(op, current), id: current.id, version: current.version + 1 }).document;

/** An operation, checked as far as that needs no stored document. */
export interface Prepared extends Place {
  op: Op;
  document: Document | null;
}

/** @throws StoreError `document-invalid` where a new document does not fit its schema. */
export function prepareOp(op: Op): Prepared {
  if (op.op !== 'insert') return { op, from: op.in, id: op.id, document: null };
  const { document } = checkDocument(op.in, { ...op.document, version: 1 });
  return { op, from: op.in, id: document.id, document };
}

function begin(unit: readonly Prepared[], found: State['found']): State {
  const state: State = { found, present: new Map(), touched: new Map(), holders: new Map(), taken: [], told: [] };
  for (const { from, id } of unit) {
    const document = presentOf(state, from, id);
    for (const key of document ? keysOf(from, document) : []) state.holders.set(holderText(from, key), id);
  }
  return state;
}

function partsOf(state: State): Part[] {
  return [...state.touched.values()]
    .map(({ from, id }) => ({
      from,
      id,
      before: state.found.get(placeText(from, id)) ?? null,
      after: presentOf(state, from, id),
    }))
    .filter(({ before, after }) => before !== null || after !== null);
}

/** Without what the stored form of the same document has anyway: nobody else can. */
function newlyTaken(state: State): Taken[] {
  return state.taken.filter(({ from, id, index, value }) => {
    const stored = state.found.get(placeText(from, id));
    return !stored || !keysOf(from, toDocument(stored)).some((key) => key.index === index && key.value === value);
  });
}

/**
 * Does a unit's operations in memory, in order, on the documents as they were found, up to the first that cannot be done.
 * Unique values of documents that the unit does not touch are not known here: they are found out when it is written.
 */
export function evaluate(unit: readonly Prepared[], found: ReadonlyMap<string, Stored | null>): Evaluated | NotDone {
  const state = begin(unit, found);
  const documents: (Document | null)[] = [];
  for (const [at, { op, document }] of unit.entries()) {
    const step = op.op === 'insert' && document ? insert(state, at, op, document) : change(state, at, op as Update);
    if ('refusal' in step) {
      return { ok: false, result: { ok: false, at, ...step.refusal }, taken: newlyTaken(state) };
    }
    documents.push(step.document);
  }
  return { ok: true, documents, parts: partsOf(state), told: state.told, taken: newlyTaken(state) };
}
