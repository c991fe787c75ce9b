import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Op, StoreError, type WriteResult } from '../../../src/store/port.ts';
import { aNote, inserting, type Note, notes } from '../../contract/store/notes.ts';
import { freshDatabase, type Instance, openInstance, ownClock } from './instances.ts';

const server = process.env.MONGODB_URL;
const isAtomic = server !== undefined && process.env.MONGODB_ONE_PROCESS === undefined;

const ids = ['a', 'b', 'c', 'd'];
const keys = ['k1', 'k2', 'k3'];
const steps = ['hold', 'held', 'commit', 'committed', 'forward', 'forwarded', 'told', 'back'];

/** An operation in few words. Each write leaves its own token in `tags`, by which it is told what a document went through. */
const op = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), id: fc.constantFrom(...ids), key: fc.constantFrom(...keys, null) }),
  fc.record({ kind: fc.constant('add' as const), id: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant('key' as const), id: fc.constantFrom(...ids), key: fc.constantFrom(...keys, null) }),
  fc.record({ kind: fc.constant('remove' as const), id: fc.constantFrom(...ids) }),
);
const write = fc.record({
  by: fc.integer({ min: 0, max: 2 }),
  ops: fc.array(op, { minLength: 1, maxLength: 4 }),
  /** Where its process stops for good, or for as long as the others go on. */
  stop: fc.option(fc.record({ at: fc.constantFrom(...steps), isForGood: fc.boolean() }), { freq: 4, nil: null }),
});
type Write = typeof write extends fc.Arbitrary<infer T> ? T : never;

const toOp = (one: Write['ops'][number], token: string): Op => {
  if (one.kind === 'insert') return inserting(aNote({ id: one.id, key: one.key, topic: token, size: 0 }));
  if (one.kind === 'remove') return { op: 'remove', in: notes, id: one.id };
  const set = one.kind === 'key' ? { key: one.key, topic: token } : { topic: token };
  return { op: 'update', in: notes, id: one.id, set, add: { size: 1 } };
};

type State = ReadonlyMap<string, { size: number; key: string | null; topic: string; version: number }>;
type Outcome = 'done' | 'not known' | { at: number; reason: string; index: string | undefined };

/** What a unit makes of a state when it is done alone: the rules of the port in few lines. */
function doAlone(state: State, ops: Write['ops'], token: string): { state: State; outcome: Outcome } {
  const next = new Map(state);
  const refuse = (at: number, reason: string, index?: string) => ({ state, outcome: { at, reason, index } });
  for (const [at, one] of ops.entries()) {
    const now = next.get(one.id);
    if (one.kind === 'insert' && now) return refuse(at, 'duplicate', 'id');
    if (one.kind !== 'insert' && !now) return refuse(at, 'missing');
    if (one.kind === 'remove') {
      next.delete(one.id);
      continue;
    }
    const key = one.kind === 'add' ? (now?.key ?? null) : one.key;
    const isTaken = key !== null && [...next].some(([id, each]) => id !== one.id && each.key === key);
    if (isTaken) return refuse(at, 'duplicate', 'byKey');
    next.set(one.id, { size: now ? now.size + 1 : 0, key, topic: token, version: (now?.version ?? 0) + 1 });
  }
  return { state: next, outcome: 'done' };
}

const textOf = (state: State): string =>
  JSON.stringify(
    [...state]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([id, { size, key, topic, version }]) => [id, size, key, topic, version]),
  );

/** Whether the outcomes and the last state come of the units being done one after another, in some order. */
function isSerial(writes: readonly { ops: Write['ops']; token: string; outcome: Outcome }[], end: string): boolean {
  const seen = new Set<string>();
  const search = (state: State, left: ReadonlySet<number>): boolean => {
    const here = `${[...left].join()}|${textOf(state)}`;
    if (seen.has(here)) return false;
    seen.add(here);
    // what is not known may be left out altogether
    if ([...left].every((at) => writes[at]!.outcome === 'not known') && textOf(state) === end) return true;
    return [...left].some((at) => {
      const { ops, token, outcome } = writes[at]!;
      const done = doAlone(state, ops, token);
      const fits =
        outcome === 'not known' ? done.outcome === 'done' : JSON.stringify(done.outcome) === JSON.stringify(outcome);
      return fits && search(done.state, new Set([...left].filter((each) => each !== at)));
    });
  };
  return search(new Map(), new Set(writes.keys()));
}

const outcomeOf = (result: WriteResult): Outcome =>
  result.ok ? 'done' : { at: result.at, reason: result.reason, index: result.index };

/** A unit that passes a key from one stored document to another is refused as a whole, which the model has no word for. */
const isHandover = (error: unknown): boolean =>
  error instanceof StoreError && error.message.includes('pass a unique value');

async function run(url: string, writes: readonly Write[]) {
  const clock = ownClock();
  const stopping = new Map<number, Write['stop']>();
  const woken = Promise.withResolvers<void>();
  const opened: Instance[] = [];
  const dying: Promise<unknown>[] = [];
  const openFor = async (stop: Write['stop']): Promise<Instance> => {
    const instance = await openInstance(url, {
      monotonic: clock.monotonic,
      batch: 1,
      step(name) {
        if (name !== stop?.at) return;
        return stop.isForGood ? new Promise<void>(() => undefined) : woken.promise;
      },
    });
    opened.push(instance);
    return instance;
  };
  const shared = await Promise.all([0, 1, 2].map(() => openFor(null)));
  const timer = setInterval(() => clock.pass(2000), 10);
  const outcomes = writes.map(async ({ by, ops, stop }, at): Promise<Outcome> => {
    const { units } = stop ? await openFor(stop) : shared[by]!;
    stopping.set(at, stop);
    const unit = ops.map((one) => toOp(one, `t${at}`));
    const writing = units.write(unit).then(outcomeOf, (error: unknown): Outcome => {
      if (isHandover(error)) return 'not known';
      throw error;
    });
    if (!stop?.isForGood) return writing;
    const dead = new Promise<Outcome>((resolve) => setTimeout(resolve, 150, 'not known'));
    dying.push(writing);
    return Promise.race([writing, dead]);
  });
  // the paused ones go on when the others have ended
  const lively = outcomes.filter((_, at) => writes[at]!.stop === null);
  await Promise.all(lively);
  woken.resolve();
  const known = await Promise.all(outcomes);
  clearInterval(timer);
  const last = await openFor(null);
  await last.units.recover(true);
  // a writer on every document clears what the dead still held
  const reading = setInterval(() => clock.pass(5000), 10);
  for (const id of ids) await last.units.write([{ op: 'update', in: notes, id, expect: -1 }]);
  clearInterval(reading);
  const all = (await last.all(notes)) as Note[];
  const raw = await last.at.collection(notes).countDocuments({ _unit: { $exists: true } });
  return { known, all, raw, close: () => Promise.all(opened.map((each) => each.close())) };
}

it('knows an order of units from one that there cannot be', () => {
  const insert = { ops: [{ kind: 'insert' as const, id: 'a', key: 'k1' }], token: 't0', outcome: 'done' as const };
  const state = JSON.stringify([['a', 0, 'k1', 't0', 1]]);
  expect([isSerial([insert], state), isSerial([insert], '[]')]).toEqual([true, false]);
  expect(isSerial([insert, { ...insert, token: 't1' }], state)).toBe(false);
});

describe.runIf(isAtomic)('units of three processes that stop anywhere', () => {
  it('come out as if they had been done one after another, each wholly or not', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 2, maxLength: 7 }), async (writes) => {
        const database = await freshDatabase(server ?? '');
        const { known, all, raw, close } = await run(database.url, writes);
        const end = new Map(
          all.map(({ id, size, key, topic, version }) => [id, { size: size ?? 0, key: key ?? null, topic, version }]),
        );
        const told = writes.map(({ ops }, at) => ({ ops, token: `t${at}`, outcome: known[at]! }));
        await close();
        await database.drop();
        expect(raw).toBe(0);
        expect(isSerial(told, textOf(end)), JSON.stringify({ told, end: textOf(end) })).toBe(true);
      }),
      { numRuns: Number(process.env.UNITS_RUNS ?? 12), endOnFailure: true },
    );
  });
});
