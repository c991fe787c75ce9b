import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DeliveryStatus, deliveryStatuses } from '../../../src/channel/inbound.ts';
import { climb } from '../../../src/flow/receipt-order.ts';

const status = fc.constantFrom(...deliveryStatuses);
const height = (one: DeliveryStatus): number => deliveryStatuses.indexOf(one);

it('never goes down the ladder', () => {
  fc.assert(
    fc.property(status, status, (now, heard) => {
      const after = climb(now, heard);
      if (now !== 'failed' && after !== 'failed') expect(height(after)).toBeGreaterThanOrEqual(height(now));
      expect([now, heard]).toContain(after);
    }),
  );
});

it('ends at the same status in whatever order and however often receipts come, once one says that it arrived', () => {
  const heard = fc.array(status, { maxLength: 8 }).chain((rest) => {
    const all = [...rest, 'delivered' as const];
    return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }));
  });
  fc.assert(
    fc.property(heard, ([one, other]) => {
      const fold = (all: DeliveryStatus[]): DeliveryStatus => [...all, ...all].reduce(climb, 'queued');
      expect(fold(one)).toBe(fold(other));
    }),
  );
});

it('counts a failure unless the message has arrived', () => {
  for (const now of ['queued', 'sending', 'accepted', 'sent'] as const) expect(climb(now, 'failed')).toBe('failed');
  for (const now of ['delivered', 'read'] as const) expect(climb(now, 'failed')).toBe(now);
  for (const heard of ['accepted', 'sent'] as const) expect(climb('failed', heard)).toBe('failed');
  for (const heard of ['delivered', 'read'] as const) expect(climb('failed', heard)).toBe(heard);
});
