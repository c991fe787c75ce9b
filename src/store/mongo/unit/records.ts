import type { Native } from '../connection.ts';
import { isDuplicate, isUnavailable } from '../errors.ts';
import type { Told } from '../feed.ts';
import { plainForm, safeForm } from '../stored.ts';

/** What `wasl.units` holds: a unit that is decided. Where there is none, the unit is not committed. */
export interface UnitRecord {
  _id: string;
  /** When it was decided, in ms; records that stay are swept by it. */
  at: number;
  aborted?: boolean;
  /** Every part was brought forward. */
  done?: boolean;
  /** What it holds. */
  parts?: { collection: string; id: string }[];
  /** Changes that the feed must tell even if the process of the unit is gone. */
  tell?: Told[];
}

export type Outcome = 'committed' | 'aborted';

/** Decided units. Who inserts first under the id of a unit decides it, for good. */
export interface Records {
  /** Commits, or finds that others gave the unit up. Repeated where the answer was lost, as long as `goesOn` says. */
  commit(record: UnitRecord, goesOn: () => boolean): Promise<Outcome>;
  /** Gives a unit up, unless it is decided. */
  abort(unit: string): Promise<void>;
  read(units: readonly string[]): Promise<Map<string, UnitRecord>>;
  /** Committed ones of which nobody has said that they are done. */
  unfinished(): Promise<UnitRecord[]>;
  /** Only the process of the unit may: it alone knows that nobody needs to ask any more. */
  remove(unit: string): Promise<void>;
  finish(unit: string): Promise<void>;
}

interface Options {
  native: Native<UnitRecord>;
  now: () => number;
  pause: (ms: number) => Promise<void>;
  /** Called after the record was sent, before its answer is looked at: for tests of lost answers. */
  sent?: () => Promise<void> | void;
}

const retryMs = 200;

export function createRecords({ native, now, pause, sent }: Options): Records {
  const outcomeOf = async (unit: string): Promise<Outcome | null> => {
    const record = await native.findOne({ _id: unit });
    if (!record) return null;
    return record.aborted ? 'aborted' : 'committed';
  };
  const insert = async (record: UnitRecord): Promise<Outcome> => {
    try {
      await native.insertOne(safeForm(record));
      await sent?.();
      return 'committed';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const outcome = await outcomeOf(record._id);
      if (outcome) return outcome;
      throw error;
    }
  };
  return {
    async commit(record, goesOn) {
      for (;;) {
        try {
          return await insert(record);
        } catch (error) {
          if (!isUnavailable(error) || !goesOn()) throw error;
          await pause(retryMs);
        }
      }
    },
    async abort(unit) {
      try {
        await native.insertOne({ _id: unit, at: now(), aborted: true });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    async read(units) {
      const filter = units.length === 1 ? { _id: units[0] as string } : { _id: { $in: [...units] } };
      const records = (await native.find(filter).toArray()).map(plainForm);
      return new Map(records.map((record) => [record._id, record as UnitRecord]));
    },
    async unfinished() {
      return (
        await native
          .find({ aborted: { $ne: true }, done: { $ne: true } })
          .limit(200)
          .toArray()
      ).map(plainForm) as UnitRecord[];
    },
    async remove(unit) {
      await native.deleteOne({ _id: unit });
    },
    async finish(unit) {
      await native.updateOne({ _id: unit }, { $set: { done: true } });
    },
  };
}
