import type { Stored } from '../stored.ts';
import type { Context } from './context.ts';
import { formAfter, formBefore } from './forms.ts';
import { forwardAll } from './forward.ts';
import type { UnitRecord } from './records.ts';

/** What a held document is shown as; `moved`: otherwise than the query that found it saw it. */
export type Shown = { form: Stored | null; moved: boolean };

/** One look at held documents, by id: those that can be shown, and those that must be read again first. */
export type Look = (held: ReadonlyMap<string, Stored>) => Promise<{ shown: Map<string, Shown>; again: string[] }>;

const unitOf = (held: Stored): string => held._unit ?? '';

export function createLook(context: Context): Look {
  const { records, active } = context;

  /** What a unit of this process makes its documents look like; null where that is for the record to say. */
  const ownView = async (held: Stored, unit: string): Promise<'before' | 'again' | null> => {
    const own = active.get(unit);
    if (own?.stage === 'holding') return 'before';
    if (own?.stage !== 'forwarding') return null;
    await Promise.race([own.over, context.pause(1000)]);
    return held._unit === unit && active.has(unit) ? null : 'again';
  };

  const showByRecord = async (held: Stored, record: UnitRecord): Promise<Shown> => {
    if (record.aborted) return { form: formBefore(held), moved: false };
    // a unit of this process brings itself forward
    if (!active.has(record._id)) await forwardAll(context, record);
    return { form: formAfter(held), moved: true };
  };

  /** One look at held documents; those that have to be looked at again are left out of the result. */
  return async function look(
    held: ReadonlyMap<string, Stored>,
  ): Promise<{ shown: Map<string, Shown>; again: string[] }> {
    const shown = new Map<string, Shown>();
    const again: string[] = [];
    const byOthers: [string, Stored][] = [];
    for (const [id, form] of held) {
      const view = await ownView(form, unitOf(form));
      if (view === 'before') shown.set(id, { form: formBefore(form), moved: false });
      else if (view === 'again') again.push(id);
      else byOthers.push([id, form]);
    }
    if (byOthers.length === 0) return { shown, again };
    const decided = await records.read([...new Set(byOthers.map(([, form]) => unitOf(form)))]);
    for (const [id, form] of byOthers) {
      const record = decided.get(unitOf(form));
      if (record) shown.set(id, await showByRecord(form, record));
      else again.push(id);
    }
    return { shown, again };
  };
}
