import type { Attempt } from './attempt.ts';
import type { Active, Context } from './context.ts';
import type { GivingUp } from './give-up.ts';
import type { Insistence } from './insistence.ts';
import type { Held, Phases } from './phases.ts';

/** Decides a unit that holds all its documents, and carries out what was decided. */
export type Commit = (held: Held, own: Active) => Promise<Attempt>;

interface Around {
  phases: Phases;
  insistence: Insistence;
  giveUp: GivingUp['giveUp'];
}

export function createCommit(context: Context, { phases, insistence, giveUp }: Around): Commit {
  const { options, records, steadiness, step, monotonic } = context;
  const { insist, goOn, always, forAWhile } = insistence;
  const { giveBack, bringForward } = phases;

  /** Nobody needs the record once all is brought forward and told. */
  const close = async (unit: string, telling: Promise<void>): Promise<void> => {
    await telling;
    await step('told', unit);
    await insist(() => records.remove(unit), always);
  };
  /** Brings forward and tells; what is told is in the feed's hands before the caller has its answer. */
  const carryOut = async (held: Held, goesOn: () => boolean): Promise<void> => {
    const leave = steadiness.enter(held.parts.map(({ from }) => from));
    await insist(() => bringForward(held), goesOn).finally(leave);
    await step('forwarded', held.unit);
    goOn(close(held.unit, options.record(held.told)));
  };

  const finish = async (held: Held): Promise<Attempt> => {
    try {
      await carryOut(held, forAWhile());
      return { end: 'done' };
    } catch (error) {
      return { end: 'failed', error, rest: goOn(carryOut(held, always)) };
    }
  };
  const decide = async (held: Held, own: Active, goesOn: () => boolean): Promise<'committed' | 'aborted'> => {
    await step('commit', held.unit);
    const record = {
      _id: held.unit,
      at: options.now(),
      parts: held.parts.map(({ from, id }) => ({ collection: from.name, id })),
      ...(held.parts.some(({ from }) => from.feed === 'sure') ? { tell: [...held.told] } : {}),
    };
    const outcome = await records.commit(record, goesOn);
    if (outcome === 'committed') own.stage = 'forwarding';
    return outcome;
  };
  /** The commit is under way and its answer lost: what became of it is found out, however long that takes. */
  const findOut = async (held: Held, own: Active): Promise<void> => {
    if ((await decide(held, own, always)) === 'aborted') return insist(() => giveBack(held), always);
    await carryOut(held, always);
  };

  return async (held, own) => {
    if (monotonic() > held.until) return giveUp(held, 'again');
    own.stage = 'committing';
    try {
      if ((await decide(held, own, forAWhile())) === 'aborted') return await giveUp(held, 'again');
    } catch (error) {
      return { end: 'failed', error, rest: goOn(findOut(held, own)) };
    }
    await step('committed', held.unit);
    return finish(held);
  };
}
