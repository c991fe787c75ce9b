import type { Inbox } from '../api/shapes.ts';

export type Usage = NonNullable<Inbox['usage']>;

/** How near a budget is to its end: amber from 80 %, red where it is used up. */
export type Nearness = 'calm' | 'near' | 'over';

export function nearnessOf({ spent, limit }: NonNullable<Usage['budget']>): Nearness {
  if (spent >= limit) return 'over';
  return spent >= limit * 0.8 ? 'near' : 'calm';
}

/** How much of it is spent in whole percent; 100 only where it is used up. */
export const percentOf = ({ spent, limit }: NonNullable<Usage['budget']>): number =>
  spent >= limit ? 100 : Math.floor((spent / limit) * 100);

/** The money that an account counts in, where it has no budget to say it. */
const ownCurrencies: Readonly<Record<string, string>> = { x: 'USD' };

export const currencyOf = ({ channel, usage }: Pick<Inbox, 'channel' | 'usage'>): string | null =>
  usage?.budget?.currency ?? ownCurrencies[channel] ?? null;

export const totalOf = ({ lines }: Usage): number => lines.reduce((sum, { amount }) => sum + amount, 0);

/** What is limited, apart from the time in which it is counted: "mentions, 15 minutes". */
export function limitedIn(what: string): { what: string; window: string | null } {
  const [, thing, window] = /^(.*), (\d+ \w+)$/.exec(what) ?? [];
  return { what: thing ?? what, window: window ?? null };
}
