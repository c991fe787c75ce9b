import type { Usage } from '../../src/channel/channel.ts';
import { type Ledger, micro } from './ledger.ts';
import type { MeterOptions } from './meter.ts';

/** What may be spent in a month, held against what was spent. Without a limit nothing is ever near it. */
export interface Budget {
  /** How many times slower than usual is polled: 1, from 80 % of the budget 2, from 90 % 4; null: not at all any more. */
  pace(): number | null;
  /** What people should know of it, as a sentence; null where it is far from its end. */
  warning(): { isOver: boolean; says: string } | null;
  /** Why a thing of this price (US dollars) may not be asked for, as a sentence; null where it may. */
  objection(price: number): string | null;
  /** How many things of this price (US dollars) can still be paid. */
  affordable(price: number): number;
  /** Sounds the alarm, once in a month, if it is used up. */
  tell(): void;
  state(): Usage['budget'];
}

const usd = (micros: number): string => (micros / micro).toFixed(2);

/** When the next month begins (ISO). */
const nextMonth = (now: number): string => {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)).toISOString();
};

export function createBudget(
  { inboxId, prices, budget, deps: { log, clock, count } }: MeterOptions,
  ledger: Ledger,
): Budget {
  const limit = budget === null ? Number.POSITIVE_INFINITY : Math.round(budget * micro);
  // where not even the cheapest thing can be paid any more, it is used up
  const cheapest = Math.round(Math.min(...Object.values(prices)) * micro);
  let toldIn: string | null = null;
  /** Something was refused because not enough is left for it, although cheaper things still are. */
  let short: { month: string; price: number } | null = null;

  const left = (): number => limit - ledger.spent();
  const isOver = (): boolean => left() < Math.max(cheapest, 1);
  const share = (): number => ledger.spent() / limit;

  const over = (): string =>
    `The monthly budget of ${usd(limit)} dollars for X is used up. Raise X_MONTHLY_BUDGET_USD, or wait until ${nextMonth(clock.now()).slice(0, 10)}.`;

  const tooDear = (): string =>
    `It costs more than is left of the monthly budget for X (${usd(left())} of ${usd(limit)} dollars). Raise X_MONTHLY_BUDGET_USD.`;

  const isShort = (): boolean => short?.month === ledger.month() && short.price > left();

  const alarm = (message: string): void => {
    if (toldIn === ledger.month()) return;
    toldIn = ledger.month();
    count('budget-used-up');
    log.error({ inboxId, spent: usd(ledger.spent()), limit: usd(limit) }, message);
  };

  const near = (): string =>
    `${Math.floor(share() * 100)} % of the monthly budget for X is used (${usd(ledger.spent())} of ${usd(limit)} dollars): X is asked less often, and not at all once it is used up.`;

  return {
    pace() {
      if (isOver()) return null;
      return share() >= 0.9 ? 4 : share() >= 0.8 ? 2 : 1;
    },
    warning() {
      if (isOver()) return { isOver: true, says: over() };
      if (isShort()) return { isOver: false, says: tooDear() };
      return share() >= 0.8 ? { isOver: false, says: near() } : null;
    },
    objection(price) {
      if (isOver()) return over();
      const needed = Math.round(price * micro);
      if (needed <= left()) return null;
      short = { month: ledger.month(), price: needed };
      alarm('what is left of the budget for X is too little to send more');
      return tooDear();
    },
    affordable: (price) => (price > 0 ? Math.floor(left() / (price * micro)) : Number.POSITIVE_INFINITY),
    tell() {
      if (isOver()) alarm('the budget for X is used up: it has stopped');
    },
    state: () =>
      budget === null
        ? null
        : { currency: 'USD', spent: ledger.spent() / micro, limit: budget, resetsAt: nextMonth(clock.now()) },
  };
}
