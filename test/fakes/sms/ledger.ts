import type { Clock } from '../../../src/clock.ts';
import type { Account, Provider, Refusal, SentSms } from './model.ts';
import { countSegments } from './segments.ts';

/** A message that a provider found nothing wrong with. */
export interface Order {
  provider: Provider;
  id: string;
  to: string;
  sender: string;
  text: string;
  correlation?: string | null;
  callbackUrl?: string | null;
  service?: string | null;
  /** The same text to the same number within a minute is refused. */
  refuseRepeats?: boolean;
}

/** Money and memory of the three accounts. */
export interface Ledger {
  /** Takes the message and its price, or says why not. */
  take(order: Order): SentSms | Refusal;
  /** A message that was kept. */
  find(id: string): SentSms | null;
  balance(provider: Provider): number;
  setBalance(provider: Provider, to: number): void;
  /** Who texted STOP, digits without plus. */
  optedOut: Set<string>;
}

interface LedgerOptions {
  clock: Clock;
  accounts: Record<Provider, Account>;
  keep: boolean;
  taken(message: SentSms): void;
}

const repeatWithinMs = 60_000;

/** Money has five decimals here: sums of floating point numbers otherwise grow tails. */
const money = (amount: number): number => Math.round(amount * 1e5) / 1e5;

/** Remembers for a minute what went to whom. */
const createRepeats = (clock: Clock) => {
  const lately = new Map<string, number>();
  return {
    is: (key: string): boolean => clock.now() - (lately.get(key) ?? Number.NEGATIVE_INFINITY) < repeatWithinMs,
    remember(key: string): void {
      for (const [old, at] of lately) if (clock.now() - at >= repeatWithinMs) lately.delete(old);
      lately.set(key, clock.now());
    },
  };
};

export function createLedger({ clock, accounts, keep, taken }: LedgerOptions): Ledger {
  const kept = new Map<string, SentSms>();
  const repeats = createRepeats(clock);
  return {
    take(order) {
      const account = accounts[order.provider];
      const key = `${order.provider} ${order.to} ${order.text}`;
      if (order.refuseRepeats && repeats.is(key)) return 'duplicate';
      const { encoding, segments } = countSegments(order.text);
      const cost = money(segments * account.price);
      if (account.balance < cost) return 'balance';
      account.balance = money(account.balance - cost);
      repeats.remember(key);
      const { provider, id, to, sender, text, correlation = null, callbackUrl = null, service = null } = order;
      const parts = { encoding, segments, cost, currency: account.currency, at: clock.now(), reports: [], error: null };
      const message: SentSms = { provider, id, to, sender, text, correlation, callbackUrl, service, ...parts };
      if (keep) kept.set(id, message);
      taken(message);
      return message;
    },
    find: (id) => kept.get(id) ?? null,
    balance: (provider) => accounts[provider].balance,
    setBalance(provider, to) {
      accounts[provider].balance = to;
    },
    optedOut: new Set(),
  };
}
