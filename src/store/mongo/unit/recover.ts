import type { Context } from './context.ts';
import { forwardAll } from './forward.ts';

/** See `Units.recover`. What a dead process only held, and had not committed, is given back by whoever meets it. */
export function createRecovery(context: Context): (isFirst: boolean) => Promise<void> {
  const { records, active, options } = context;
  let seen = new Set<string>();
  return async (isFirst) => {
    const unfinished = (await records.unfinished()).filter(({ _id }) => !active.has(_id));
    const due = unfinished.filter(({ _id }) => isFirst || seen.has(_id));
    seen = new Set(unfinished.map(({ _id }) => _id));
    for (const record of due) {
      await forwardAll(context, record);
      if (record.tell) await options.record(record.tell);
      await records.finish(record._id);
    }
  };
}
