import type { Context } from './context.ts';
import { placeText } from './evaluate.ts';
import { forwardWrite } from './forms.ts';
import type { UnitRecord } from './records.ts';

/** Brings every part of a committed unit forward that still is as the unit held it. */
export async function forwardAll({ places, byName }: Context, record: UnitRecord): Promise<void> {
  const known = (record.parts ?? []).flatMap(({ collection, id }) => {
    const from = byName.get(collection);
    return from ? [{ from, id }] : [];
  });
  const found = await places.read(known);
  const writes = known.flatMap(({ from, id }) => {
    const held = found.get(placeText(from, id));
    return held?._unit === record._id ? ([[from, forwardWrite(held)]] as const) : [];
  });
  await places.write(writes);
}
