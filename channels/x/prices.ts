/**
 * What X bills, in US dollars a piece (page "Pricing" of X, August 2026). Reads are billed by what comes back, the same thing
 * once in a day of UTC; writes by the request, one with a link far more. `reply-summoned`: a reply to somebody who mentioned
 * or quoted the account.
 */
export const usualPrices = {
  'owned-read': 0.001,
  'post-read': 0.005,
  'dm-read': 0.01,
  'post-create': 0.015,
  'post-create-link': 0.2,
  'reply-summoned': 0.01,
  'dm-send': 0.015,
} as const;

/** A thing that is billed. */
export type Billed = keyof typeof usualPrices;
export type Prices = Readonly<Record<Billed, number>>;

export const billed = Object.keys(usualPrices) as Billed[];

const pair = /^([a-z-]+)\s*=\s*(\d+(?:\.\d+)?)$/;

/** What is wrong with a list of prices such as `post-read=0.004,dm-send=0.02`; null where nothing is. */
export function faultOf(list: string): string | null {
  const wrong = list.split(',').find((one) => !billed.some((name) => name === pair.exec(one.trim())?.[1]));
  return wrong === undefined
    ? null
    : `must be a list such as post-read=0.005,dm-send=0.015 of ${billed.join(', ')}; "${wrong.trim().slice(0, 40)}" is not`;
}

/** The usual prices with those of the list in their place. */
export function pricesOf(list: string): Prices {
  const given = list.split(',').flatMap((one) => {
    const [, name, usd] = pair.exec(one.trim()) ?? [];
    return name === undefined ? [] : [[name, Number(usd)] as const];
  });
  return { ...usualPrices, ...Object.fromEntries(given) };
}
