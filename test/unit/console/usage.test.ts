import { describe, expect, it } from 'vitest';
import { currencyOf, limitedIn, nearnessOf, percentOf, totalOf } from '../../../src/web/console/inboxes/usage-facts.ts';
import { currencyName, sayCount, sayMoney } from '../../../src/web/console/money.ts';

const budget = (spent: number, limit = 50) => ({ currency: 'USD', spent, limit, resetsAt: '2026-12-01T00:00:00.000Z' });

describe('a budget', () => {
  it('is calm, near its end from 80 %, and over where nothing is left', () => {
    expect([0, 39.99, 40, 49.999, 50, 51].map((spent) => nearnessOf(budget(spent)))).toEqual([
      'calm',
      'calm',
      'near',
      'near',
      'over',
      'over',
    ]);
  });

  it('is shown full only where it is', () => {
    expect([0, 25, 49.999, 50, 80].map((spent) => percentOf(budget(spent)))).toEqual([0, 50, 99, 100, 100]);
  });
});

describe('what was used', () => {
  const line = (amount: number) => ({ what: 'dm-send', count: 1, amount });
  it('is summed in the money that the account counts in', () => {
    const usage = { budget: null, lines: [line(0.015), line(1.5)], limits: [] };
    expect(totalOf(usage)).toBeCloseTo(1.515);
    expect(currencyOf({ channel: 'x', usage })).toBe('USD');
    expect(currencyOf({ channel: 'sms', usage })).toBeNull();
    expect(currencyOf({ channel: 'sms', usage: { ...usage, budget: { ...budget(1), currency: 'SAR' } } })).toBe('SAR');
  });

  it('is limited in a time that is told apart from what is counted', () => {
    expect(limitedIn('direct messages (writing), 24 hours')).toEqual({
      what: 'direct messages (writing)',
      window: '24 hours',
    });
    expect(limitedIn('calls')).toEqual({ what: 'calls', window: null });
  });
});

describe('money', () => {
  it('is said with its name and Latin digits', () => {
    expect(sayMoney('ar', 12.5, 'USD')).toBe('12.50 دولار أمريكي');
    expect(sayMoney('en', 12.5, 'USD')).toBe('12.50 US dollars');
    expect(sayMoney('ar', 1234.5, 'SAR')).toBe('1,234.50 ريال سعودي');
  });

  it('shows thousandths only where less than one is spent', () => {
    expect([0, 0.037, 0.5, 2.345].map((amount) => sayMoney('en', amount, null))).toEqual([
      '0.00',
      '0.037',
      '0.50',
      '2.35',
    ]);
  });

  it('and counts keep to Latin digits in Arabic', () => {
    expect(sayCount('ar', 12345)).toBe('12,345');
    expect(currencyName('ar', 'SAR')).toBe('ريال سعودي');
    expect(currencyName('en', 'USD')).toBe('US Dollar');
  });
});
