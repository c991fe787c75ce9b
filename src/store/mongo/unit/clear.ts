import { type AnyCollection, StoreError } from '../../port.ts';
import type { Context } from './context.ts';
import { type Place, placeText } from './evaluate.ts';
import { backWrite } from './forms.ts';
import { forwardAll } from './forward.ts';
import { isGivenUp, pauseMs } from './judge.ts';
import { parseUnitId } from './unit-id.ts';

/**
 * For writers: waits until the unit holds the document no more, giving it up where its process is gone.
 * @throws StoreError `unavailable` where that lasts longer than `until`.
 */
export type Clear = (place: Place, unit: string, until: number) => Promise<void>;

export function createClear(context: Context): Clear {
  const { options, places, records, active, watched } = context;

  const isOver = async (place: Place, unit: string): Promise<boolean> => {
    // the record first: whoever still holds the document after that look had not committed before it
    const record = (await records.read([unit])).get(unit);
    const held = (await places.read([place])).get(placeText(place.from, place.id)) ?? null;
    if (held?._unit !== unit) return true;
    if (!record) return false;
    if (record.aborted) await places.write([[place.from, backWrite(held)]]);
    else await forwardAll(context, record);
    watched.forget(unit);
    return true;
  };

  const giveUpIfGone = async (unit: string): Promise<boolean> => {
    const isLeftByUs = parseUnitId(unit)?.opening === options.opening;
    const watchedMs = watched.see(unit);
    if (!isLeftByUs && !isGivenUp({ id: unit, watchedMs, now: options.now() })) return false;
    await records.abort(unit);
    return true;
  };

  return async (place, unit, until) => {
    for (let attempt = 0; ; attempt += 1) {
      const own = active.get(unit);
      if (own) await Promise.race([own.over, context.pause(1000)]);
      else if (await isOver(place, unit)) return;
      else if (!(await giveUpIfGone(unit))) await context.pause(pauseMs(attempt, context.random()));
      if (context.monotonic() > until) throw busy(place.from);
    }
  };
}

/** Documents that did not come to rest in time. */
export const busy = (from: AnyCollection): StoreError =>
  new StoreError('unavailable', `${from.name}: other processes keep changing the same documents: try again.`);
