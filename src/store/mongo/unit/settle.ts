import type { AnyCollection } from '../../port.ts';
import type { Stored } from '../stored.ts';
import { busy } from './clear.ts';
import type { Context } from './context.ts';
import { placeText } from './evaluate.ts';
import { formBefore } from './forms.ts';
import { createLook, type Shown } from './look.ts';

/** What a reader is to show. */
export interface Settled {
  /** In the order that was handed in: the form to show (without marks), or null where the document is not there. */
  shown: (Stored | null)[];
  /** Whether anything is shown otherwise than the query that found it saw it: the query is to be run again. */
  moved: boolean;
}

/** For readers: never waits for an undecided unit, whose documents are as they were. */
export type Settle = (from: AnyCollection, found: readonly Stored[]) => Promise<Settled>;

/** Somebody else's writes between two looks are met anew; more than this many in a row are no accident. */
const mostLooks = 20;

type Held = ReadonlyMap<string, Stored>;

export function createSettle(context: Context): Settle {
  const { places, watched } = context;
  const look = createLook(context);

  /** Those that were undecided when their record was asked for, read again: who still holds them has not committed before. */
  async function lookAgain(from: AnyCollection, held: Held, ids: readonly string[]) {
    const found = await places.read(ids.map((id) => ({ from, id })));
    const shown = new Map<string, Shown>();
    const left = new Map<string, Stored>();
    for (const id of ids) {
      const now = found.get(placeText(from, id)) ?? null;
      const unit = now?._unit;
      if (!now || unit === undefined) shown.set(id, { form: now, moved: true });
      else if (unit !== held.get(id)?._unit) left.set(id, now);
      else {
        watched.see(unit);
        shown.set(id, { form: formBefore(now), moved: false });
      }
    }
    return { shown, left };
  }

  async function settleHeld(from: AnyCollection, first: Held): Promise<Map<string, Shown>> {
    const all = new Map<string, Shown>();
    let held = first;
    for (let looks = 0; held.size > 0; looks += 1) {
      if (looks === mostLooks) throw busy(from);
      const one = await look(held);
      const two = await lookAgain(from, held, one.again);
      for (const [id, shown] of [...one.shown, ...two.shown]) {
        all.set(id, looks === 0 ? shown : { ...shown, moved: true });
      }
      held = two.left;
    }
    return all;
  }

  return async (from, found) => {
    const held = new Map(found.flatMap((each) => (each._unit === undefined ? [] : [[each._id, each] as const])));
    if (held.size === 0) return { shown: [...found], moved: false };
    const settled = await settleHeld(from, held);
    const shown = found.map((each) => (held.has(each._id) ? (settled.get(each._id)?.form ?? null) : each));
    return { shown, moved: [...settled.values()].some(({ moved }) => moved) };
  };
}
