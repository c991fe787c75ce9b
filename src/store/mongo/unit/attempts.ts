import { StoreError, type WriteResult } from '../../port.ts';
import { writeAlone } from './alone.ts';
import type { Attempt } from './attempt.ts';
import { createClear } from './clear.ts';
import type { Context } from './context.ts';
import { type Evaluated, evaluate, type Prepared } from './evaluate.ts';
import { createFindHolder } from './holders.ts';
import { pauseMs } from './judge.ts';
import { createLanes } from './lanes.ts';
import { type Plan, planUnit } from './plan.ts';
import { createReading, type Found } from './reading.ts';
import type { Together } from './together.ts';
import { formatUnitId, spanOf } from './unit-id.ts';

/** What the caller is told, and what still goes on with the unit's documents. */
export type Ended = { result: WriteResult } | { error: unknown; rest: Promise<void> | undefined };

/** A writer waits this long for its turn in this process, and this long for units of others: longer than these may live. */
export const turnMs = 20_000;
const othersMs = 30_000;

type Taken = Evaluated['taken'];

/** Gives a function that evaluates and writes a unit, again and again as long as others come in between. */
export function createAttempts(context: Context, together: Together) {
  const { options, step, monotonic, random, pause } = context;
  const clear = createClear(context);
  const findHolder = createFindHolder(context, clear);
  const reading = createReading(context, clear);
  const keyLanes = createLanes(turnMs);
  let count = 0;

  const unitIdFor = (documents: number): string => {
    count += 1;
    return formatUnitId({ at: options.now(), spanMs: spanOf(documents), opening: options.opening }, count);
  };

  const duplicateOf = async (taken: Taken, found: Found, until: number): Promise<Ended | null> => {
    const inTheWay = taken.length > 0 ? await findHolder(taken, new Set(found.keys()), until) : null;
    if (!inTheWay) return null;
    return { result: { ok: false, at: inTheWay.at, reason: 'duplicate', index: inTheWay.index } };
  };

  const store = async (evaluated: Evaluated, { isAlone }: Plan): Promise<Attempt> => {
    const { parts, told } = evaluated;
    const unit = unitIdFor(parts.length);
    const [first] = parts;
    if (!first) return { end: 'done' };
    if (!isAlone) return together.write(unit, evaluated);
    const attempt = await writeAlone(context, unit, first);
    if (attempt.end === 'done') options.record(told).catch(() => undefined);
    return attempt;
  };

  /** Writes what was evaluated; null where it is to be evaluated anew. */
  const put = (evaluated: Evaluated, found: Found, until: number): Promise<Ended | null> => {
    const plan = planUnit(evaluated);
    return keyLanes.run(plan.keys, async () => {
      const early = await duplicateOf(plan.toRead, found, until);
      if (early) return early;
      const attempt = await store(evaluated, plan);
      if (attempt.end === 'failed') return { error: attempt.error, rest: attempt.rest };
      if (attempt.end === 'taken') return duplicateOf(evaluated.taken, found, until);
      return attempt.end === 'done' ? { result: { ok: true, documents: evaluated.documents } } : null;
    });
  };

  const attempt = async (unit: readonly Prepared[], until: number): Promise<Ended | null> => {
    const found = await reading.read(unit, until);
    await step('read', '');
    const evaluated = evaluate(unit, found);
    if (evaluated.ok) return put(evaluated, found, until);
    const earlier = await duplicateOf(evaluated.taken, found, until);
    return (await reading.isStill(unit, found)) ? (earlier ?? { result: evaluated.result }) : null;
  };

  return async (unit: readonly Prepared[]): Promise<Ended> => {
    const until = monotonic() + othersMs;
    for (let tries = 0; ; tries += 1) {
      const ended = await attempt(unit, until);
      if (ended) return ended;
      if (monotonic() > until) throw inTheWay();
      await pause(pauseMs(tries, random()));
    }
  };
}

const inTheWay = (): StoreError =>
  new StoreError('unavailable', 'Other processes keep changing the same documents: nothing was changed. Try again.');
