import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryStatuses, type Receipt } from '../../../src/channel/inbound.ts';
import { merge, type Outcome, outcomeOf, stronger } from '../../../src/flow/receipt-order.ts';

const receipt: fc.Arbitrary<Receipt> = fc.record({
  event: fc.constant('receipt' as const),
  inboxId: fc.constant('inbox'),
  externalId: fc.constant('external'),
  status: fc.constantFrom(...deliveryStatuses),
  at: fc.constantFrom('2026-11-22T07:00:00.000Z', '2026-11-22T07:00:01.000Z'),
  code: fc.constantFrom('rejected' as const, 'window-closed' as const, undefined),
  reason: fc.constantFrom('One.', 'Other.', undefined),
  cost: fc.option(
    fc.record({
      units: fc.integer({ min: 0, max: 2 }),
      amount: fc.constantFrom(null, 0.05, 0.1),
      currency: fc.constantFrom(null, 'SAR', 'USD'),
    }),
    { nil: undefined },
  ),
});
const shuffled = fc
  .array(receipt, { minLength: 1, maxLength: 6 })
  .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
const queued: Outcome = { status: 'queued', error: null, externalId: null };

describe('words on one sending', () => {
  it('end the same in whatever order they come, and however often', () => {
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const end = one.map(outcomeOf).reduce(merge, queued);
        expect(other.map(outcomeOf).reduce(merge, queued)).toEqual(end);
        expect([...one, ...other].map(outcomeOf).reduce(merge, queued)).toEqual(end);
      }),
    );
  });

  it('can be kept as the one that says most', () => {
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const end = one.map(outcomeOf).reduce(merge, queued);
        expect(merge(queued, outcomeOf(other.reduce(stronger)))).toEqual(end);
      }),
    );
  });

  it('tell why it failed in the words of the provider, and nothing of it once it arrived', () => {
    const failed = outcomeOf({
      event: 'receipt',
      inboxId: 'inbox',
      externalId: 'external',
      status: 'failed',
      at: '2026-11-22T07:00:00.000Z',
      code: 'window-closed',
      reason: 'Too late.',
    });
    expect(merge(queued, failed)).toMatchObject({ error: { code: 'window-closed', message: 'Too late.' } });
    const read: Outcome = { status: 'read', error: null, externalId: 'external' };
    expect(merge(failed, read)).toEqual(read);
  });
});
