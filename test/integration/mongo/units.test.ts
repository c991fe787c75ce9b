import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Op, WriteResult } from '../../../src/store/port.ts';
import { aNote, inserting, type Note, notes } from '../../contract/store/notes.ts';
import { type Change, freshDatabase, type Instance, openInstance, ownClock, stopAt, sureNotes } from './instances.ts';

const server = process.env.MONGODB_URL;
/** FerretDB changes a document in two steps that others may come between: it proves one process only. */
const isAtomic = server !== undefined && process.env.MONGODB_ONE_PROCESS === undefined;
if (!isAtomic) console.log('Units of several processes are not tried: MONGODB_URL names no server for that.');

it('waits at the step that it is told, and nowhere else', async () => {
  const stop = stopAt('commit', 2);
  expect([stop.step('held'), stop.step('commit')]).toEqual([undefined, undefined]);
  let isOver = false;
  const waiting = Promise.resolve(stop.step('commit')).then(() => {
    isOver = true;
  });
  await stop.reached;
  expect(isOver).toBe(false);
  stop.goOn();
  await waiting;
});

/** Before, up to and after the commit; the number says which of the documents' writes it stops before. */
const before = [
  ['read', 1],
  ['hold', 1],
  ['hold', 2],
  ['hold', 3],
  ['held', 1],
  ['commit', 1],
] as const;
const after = [
  ['committed', 1],
  ['forward', 1],
  ['forward', 2],
  ['forward', 3],
  ['forwarded', 1],
  ['told', 1],
] as const;

describe.runIf(isAtomic)('a unit whose process stops', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let instances: Instance[] = [];
  const open = async (change: Change = {}): Promise<Instance> => {
    const instance = await openInstance(database.url, change);
    instances.push(instance);
    return instance;
  };
  let changed: Note;
  let gone: Note;
  let fresh: Note;
  let unit: Op[];

  beforeAll(async () => {
    database = await freshDatabase(server ?? '');
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    instances = [];
    [changed, gone, fresh] = [aNote(), aNote(), aNote()];
    changed.key = `old-${changed.id}`;
    gone.key = `gone-${gone.id}`;
    fresh.key = `fresh-${fresh.id}`;
    unit = [
      { op: 'update', in: notes, id: changed.id, set: { key: `new-${changed.id}`, topic: 'unit' } },
      { op: 'remove', in: notes, id: gone.id },
      inserting({ ...fresh, topic: 'unit' }),
    ];
    const first = await open();
    expect(await first.units.write([inserting(changed), inserting(gone)])).toMatchObject({ ok: true });
    await first.units.idle();
  });
  afterEach(() => Promise.all(instances.map((instance) => instance.close())));

  /** What is seen of the unit's three documents: `none` or `all` of it, anything else is half of it. */
  const seenBy = async (instance: Instance): Promise<string> => {
    const [one, two, three] = [
      await instance.get(notes, changed.id),
      await instance.get(notes, gone.id),
      await instance.get(notes, fresh.id),
    ];
    if (one?.topic === 'general' && one.version === 1 && two !== null && three === null) return 'none';
    if (one?.topic === 'unit' && one.version === 2 && two === null && three?.version === 1) return 'all';
    return JSON.stringify([one, two, three]);
  };
  /** A writer that uses each of the three documents, or what became of them. */
  const touchAll = async ({ units }: Instance): Promise<WriteResult[]> => [
    await units.write([{ op: 'update', in: notes, id: changed.id, add: { size: 1 } }]),
    await units.write([{ op: 'update', in: notes, id: gone.id, add: { size: 1 } }]),
    await units.write([{ op: 'update', in: notes, id: fresh.id, add: { size: 1 } }]),
  ];
  const rawLeft = async ({ at }: Instance): Promise<number> =>
    at.collection(notes).countDocuments({ _unit: { $exists: true } });

  it.each(before)(
    'before its commit (%s %i): has done nothing; others wait, give it up, and go on',
    async (name, nth) => {
      const stop = stopAt(name, nth);
      const clock = ownClock();
      const stopped = await open({ step: stop.step, batch: 1 });
      const other = await open(clock);
      const outcome = stopped.units.write(unit);
      await stop.reached;
      expect(await seenBy(other)).toBe('none');
      const touching = touchAll(other);
      const timer = setInterval(() => clock.pass(3000), 20);
      expect(await touching).toMatchObject([{ ok: true }, { ok: true }, { reason: 'missing' }]);
      clearInterval(timer);
      const left = await other.get(notes, changed.id);
      expect(left).toMatchObject({ size: 1, version: 2, topic: 'general' });
      // woken up, it finds what others did and does all of it after that
      stop.goOn();
      expect(await outcome).toMatchObject({ ok: true });
      expect(await other.get(notes, changed.id)).toMatchObject({ size: 1, version: 3, topic: 'unit' });
      expect([await other.get(notes, gone.id), (await other.get(notes, fresh.id))?.version]).toEqual([null, 1]);
      await stopped.units.idle();
      expect(await rawLeft(other)).toBe(0);
    },
  );

  it.each(before)('before its commit (%s %i) and dead: nothing of it ever is', async (name, nth) => {
    const stop = stopAt(name, nth);
    const clock = ownClock();
    const dead = await open({ step: stop.step, batch: 1 });
    dead.units.write(unit).catch(() => undefined);
    await stop.reached;
    const other = await open(clock);
    const again = touchAll(other).then(() => other.units.write([inserting(aNote({ key: fresh.key }))]));
    const timer = setInterval(() => clock.pass(3000), 20);
    expect(await again).toMatchObject({ ok: true });
    clearInterval(timer);
    await other.units.recover(true);
    expect(await other.get(notes, changed.id)).toMatchObject({ key: changed.key, version: 2 });
    expect(await other.units.write([inserting(aNote({ key: `new-${changed.id}` }))])).toMatchObject({ ok: true });
    expect(await other.units.write([inserting(aNote({ key: changed.key }))])).toMatchObject({ index: 'byKey' });
  });

  it.each(after)(
    'after its commit (%s %i): is whole for every reader and writer, and is not done twice',
    async (name, nth) => {
      const stop = stopAt(name, nth);
      const stopped = await open({ step: stop.step, batch: 1 });
      const other = await open();
      const outcome = stopped.units.write(unit);
      await stop.reached;
      expect(await seenBy(other)).toBe('all');
      expect(await touchAll(other)).toMatchObject([{ ok: true }, { reason: 'missing' }, { ok: true }]);
      expect(await other.units.write([inserting(aNote({ key: gone.key }))])).toMatchObject({ ok: true });
      expect(await other.units.write([inserting(aNote({ key: changed.key }))])).toMatchObject({ ok: true });
      expect(await other.units.write([inserting(aNote({ key: fresh.key }))])).toMatchObject({ index: 'byKey' });
      const now = await other.all(notes);
      stop.goOn();
      expect(await outcome).toMatchObject({ ok: true });
      await stopped.units.idle();
      expect(await other.all(notes)).toEqual(now);
      expect([await rawLeft(other), await other.at.own('units').countDocuments({ aborted: null })]).toEqual([0, 0]);
    },
  );

  it.each(after.slice(0, 5))(
    'after its commit (%s %i) and dead: the next opening carries it out, and all are told',
    async (name, nth) => {
      const stop = stopAt(name, nth);
      const dead = await open({ step: stop.step, batch: 1 });
      const sure = aNote();
      dead.units.write([...unit, { op: 'insert', in: sureNotes, document: sure }]).catch(() => undefined);
      await stop.reached;
      const next = await open();
      await next.units.recover(true);
      expect(await rawLeft(next)).toBe(0);
      expect(await seenBy(next)).toBe('all');
      await next.feed.publish();
      const told = await next.feed.changes(0, 10_000);
      expect(told.filter(({ id }) => id === sure.id)).toMatchObject([{ collection: 'sure', kind: 'insert' }]);
    },
  );

  it('does not call a value taken before the unit that holds it is decided', async () => {
    const stop = stopAt('commit');
    const [slow, other] = [await open({ step: stop.step }), await open()];
    const holding = slow.units.write(unit);
    await stop.reached;
    const rival = other.units.write([inserting(aNote({ key: fresh.key }))]);
    const early = await Promise.race([rival, new Promise((resolve) => setImmediate(resolve, 'waits'))]);
    expect(early).toBe('waits');
    stop.goOn();
    expect(await holding).toMatchObject({ ok: true });
    expect(await rival).toEqual({ ok: false, at: 0, reason: 'duplicate', index: 'byKey' });
  });

  it('finds out what became of a commit whose answer was lost, and does it once', async () => {
    let lost = 0;
    const sent = (): void => {
      lost += 1;
      if (lost === 1) throw new mongoose.mongo.MongoNetworkError('cut off');
    };
    const cut = await open({ sent });
    expect(await cut.units.write(unit)).toMatchObject({ ok: true });
    expect(await seenBy(await open())).toBe('all');
    expect(lost).toBe(1);
  });

  it('tells that the outcome is not known where the connection ends while documents are being held, and leaves nothing', async () => {
    let isCut = false;
    const step = (name: string): void => {
      if (name !== 'hold' || isCut) return;
      isCut = true;
      throw new mongoose.mongo.MongoNetworkError('cut off');
    };
    const cut = await open({ step });
    await expect(cut.units.write(unit)).rejects.toThrow('cut off');
    await cut.units.idle();
    const other = await open();
    expect([await seenBy(other), await rawLeft(other)]).toEqual(['none', 0]);
    expect(await cut.units.write(unit)).toMatchObject({ ok: true });
  });

  it('tells the other processes of every change, in order and without gap, and its own listeners once', async () => {
    const [one, two] = [await open(), await open()];
    const seen: [string[], string[]] = [[], []];
    one.feed.watch((changes) => seen[0].push(...changes.map(({ id }) => id)));
    two.feed.watch((changes) => seen[1].push(...changes.map(({ id }) => id)));
    const [mine, theirs] = [Array.from({ length: 20 }, () => aNote()), Array.from({ length: 20 }, () => aNote())];
    await Promise.all([
      ...mine.map((note) => one.units.write([inserting(note)])),
      ...theirs.map((note) => two.units.write([inserting(note)])),
    ]);
    await vi.waitFor(() => expect([seen[0].length, seen[1].length]).toEqual([40, 40]), 5000);
    expect(seen[0]).toEqual(seen[1]);
    expect(new Set(seen[0])).toEqual(new Set([...mine, ...theirs].map(({ id }) => id)));
  });
});
