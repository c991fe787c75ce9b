import type { Attempt } from './attempt.ts';
import { createCommit } from './commit.ts';
import type { Active, Context } from './context.ts';
import type { Evaluated } from './evaluate.ts';
import { heldForm } from './forms.ts';
import { createGivingUp } from './give-up.ts';
import type { Insistence } from './insistence.ts';
import { createPhases, type Held } from './phases.ts';
import { spanOf } from './unit-id.ts';

/** Writes several documents as one: hold them all, commit by one record, bring them forward. */
export interface Together {
  write(unit: string, evaluated: Evaluated): Promise<Attempt>;
}

export function createTogether(context: Context, insistence: Insistence): Together {
  const { active, step, monotonic } = context;
  const phases = createPhases(context);
  const { giveUp, afterFailedHold } = createGivingUp(phases, insistence);
  const commit = createCommit(context, { phases, insistence, giveUp });

  const attempt = async (held: Held, own: Active): Promise<Attempt> => {
    try {
      if (!(await phases.hold(held))) return await giveUp(held, 'again');
    } catch (error) {
      return afterFailedHold(held, error);
    }
    await step('held', held.unit);
    return commit(held, own);
  };

  return {
    async write(unit, { parts, told }) {
      const forms = parts.map((part) => [part.from, heldForm(part, unit)] as const);
      const held: Held = { unit, parts, forms, told, until: monotonic() + spanOf(parts.length) };
      const { promise: over, resolve } = Promise.withResolvers<void>();
      const own: Active = { stage: 'holding', over };
      active.set(unit, own);
      const end = (): void => {
        active.delete(unit);
        resolve();
      };
      try {
        const ended = await attempt(held, own);
        if (ended.rest) ended.rest.then(end);
        else end();
        return ended;
      } catch (error) {
        end();
        throw error;
      }
    },
  };
}
