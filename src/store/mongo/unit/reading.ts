import type { Stored } from '../stored.ts';
import type { Clear } from './clear.ts';
import type { Context } from './context.ts';
import { type Place, placeText } from './evaluate.ts';

/** Stored forms by `placeText`; null where there is none. */
export type Found = ReadonlyMap<string, Stored | null>;

/** Reading before writing. */
export interface Reading {
  /** The documents as they are, none of them held by any unit. */
  read(wanted: readonly Place[], until: number): Promise<Found>;
  /** Whether documents that were read one after another were all so at one moment: they still are. */
  isStill(wanted: readonly Place[], found: Found): Promise<boolean>;
}

const isSame = (before: Stored | null, after: Stored | null): boolean =>
  after?._unit === undefined && after?.version === before?.version && after?._born === before?._born;

export function createReading({ places }: Context, clear: Clear): Reading {
  return {
    async read(wanted, until) {
      const found = await places.read(wanted);
      const unitOf = ({ from, id }: Place): string | undefined => found.get(placeText(from, id))?._unit;
      for (;;) {
        const held = wanted.filter((place) => unitOf(place) !== undefined);
        if (held.length === 0) return found;
        for (const place of held) await clear(place, unitOf(place) ?? '', until);
        for (const [text, stored] of await places.read(held)) found.set(text, stored);
      }
    },
    async isStill(wanted, found) {
      if (found.size < 2) return true;
      const now = await places.read(wanted);
      return [...found].every(([text, before]) => isSame(before, now.get(text) ?? null));
    },
  };
}
