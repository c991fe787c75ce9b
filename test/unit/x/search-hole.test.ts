import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idAt } from '../../../channels/x/payload/ids.ts';
import { partsOf, splitHole } from '../../../channels/x/poll/search-hole.ts';

const start = BigInt(idAt(Date.parse('2026-11-20T00:00:00.000Z')));
const sizes = fc.oneof(fc.bigInt({ min: 0n, max: 10n }), fc.bigInt({ min: 0n, max: 604_800_000n << 22n }));

it('the parts of a hole follow each other without a break or an overlap, the oldest first', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const parts = [...partsOf({ above: String(start), below: String(start + size + 1n) })];
      let at = start;
      for (const { above, below } of parts) {
        expect(BigInt(above)).toBe(at);
        at = BigInt(below) - 1n;
      }
      expect(at).toBe(start + size);
      expect(parts.length).toBeLessThanOrEqual(26);
    }),
  );
});

it('of a hole only what is older than seven days is lost', () => {
  const now = Date.parse('2026-11-21T12:00:00.000Z');
  const at = (days: number): string => idAt(now - days * 86_400_000);
  expect(splitHole({ above: at(3), below: at(1) }, now)).toEqual({
    lost: null,
    within: { above: at(3), below: at(1) },
  });
  expect(splitHole({ above: at(20), below: at(9) }, now)).toEqual({
    lost: { above: at(20), below: at(9) },
    within: null,
  });
  const { lost, within } = splitHole({ above: at(20), below: at(1) }, now);
  expect(lost?.below).toBe(within?.above);
  expect([lost?.above, within?.below]).toEqual([at(20), at(1)]);
});
