import type { Told } from '../feed.ts';
import type { Stored } from '../stored.ts';
import type { Context } from './context.ts';
import type { Part } from './evaluate.ts';
import { backWrite, forwardWrite, holdWrite } from './forms.ts';

/** A unit on its way. */
export interface Held {
  unit: string;
  parts: readonly Part[];
  /** The parts as their documents stand while the unit holds them. */
  forms: readonly (readonly [Part['from'], Stored])[];
  told: readonly Told[];
  /** On the clock that nobody sets: not committed by then, it is given up; others would. */
  until: number;
}

/** What is written to a unit's documents; each step harms nothing where it is done twice or comes late. */
export interface Phases {
  /** Whether it holds all of them now. */
  hold(held: Held): Promise<boolean>;
  giveBack(held: Held): Promise<void>;
  /** For where a request may still be under way: the record makes whoever meets it late give it back. */
  abandon(held: Held): Promise<void>;
  bringForward(held: Held): Promise<void>;
}

export function createPhases({ places, records, step }: Context): Phases {
  const hold = async ({ unit, parts, forms }: Held): Promise<boolean> => {
    const writes = parts.map((part, at) => [part.from, holdWrite(part, forms[at]?.[1] as Stored)] as const);
    return (await places.write(writes, () => step('hold', unit))) === parts.length;
  };
  const giveBack = async ({ unit, forms }: Held): Promise<void> => {
    await step('back', unit);
    await places.write(forms.map(([from, form]) => [from, backWrite(form)] as const));
  };
  const abandon = async (held: Held): Promise<void> => {
    await step('abort', held.unit);
    await records.abort(held.unit);
    await giveBack(held);
  };
  const bringForward = async ({ unit, forms }: Held): Promise<void> => {
    const writes = forms.map(([from, form]) => [from, forwardWrite(form)] as const);
    await places.write(writes, () => step('forward', unit));
  };
  return { hold, giveBack, abandon, bringForward };
}
