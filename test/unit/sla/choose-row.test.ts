import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SlaRow } from '../../../src/organisation/organisation.ts';
import { chooseRow, type SlaFacts } from '../../../src/sla/choose-row.ts';

const facts: SlaFacts = { channel: 'web-chat', type: 'complaint', complexity: 'complex', importance: 'high' };
const hours = (amount: number): SlaRow => ({ resolution: { amount, unit: 'hours' } });

describe('the row of the SLA matrix', () => {
  it.each<[string, SlaRow[], number | undefined]>([
    ['the general row when nothing else fits', [{ ...hours(1), type: 'inquiry' }, hours(2)], 2],
    ['a specific row that stands after the general one', [hours(1), { ...hours(2), channel: 'web-chat' }], 2],
    [
      'the row with more conditions',
      [
        { ...hours(1), channel: 'web-chat' },
        { ...hours(2), type: 'complaint', complexity: 'complex' },
      ],
      2,
    ],
    [
      'the first of two that are equally specific',
      [
        { ...hours(1), type: 'complaint' },
        { ...hours(2), channel: 'web-chat' },
      ],
      1,
    ],
    ['no row when one condition of each fails', [{ ...hours(1), channel: 'web-chat', type: 'inquiry' }], undefined],
  ])('is %s', (_, rows, amount) => {
    expect(chooseRow(rows, facts)?.resolution?.amount).toBe(amount);
  });

  it('matches the facts, and no matching row has more conditions or as many and an earlier place', () => {
    const maybe = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
    const row = fc.record({
      channel: maybe('web-chat', 'email'),
      type: maybe('complaint' as const, 'inquiry' as const),
      complexity: maybe('complex' as const, 'routine' as const),
      importance: maybe('high' as const, 'low' as const),
    });
    const given = (one: SlaRow): unknown[] => Object.values(one).filter((value) => value !== undefined);
    const fits = (one: SlaRow): boolean => given(one).every((value) => Object.values(facts).includes(value as never));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const fitting = rows.filter(fits);
        const most = Math.max(...fitting.map((one) => given(one).length));
        expect(chooseRow(rows, facts)).toBe(fitting.find((one) => given(one).length === most) ?? null);
      }),
    );
  });
});
