import { z } from 'zod';

/**
 * What is counted of tickets, each on the local day on which it happened (what is late: on the day of the deadline), so that
 * the figures of a past quarter stay as they were told. Times are sums in ms; `...WorkMs` counts open time only.
 */
export const measures = [
  'received',
  'accepted',
  'rejected',
  'merged',
  'responded',
  'responseMs',
  'responseWorkMs',
  'responseOnTime',
  'responseLate',
  'routingOnTime',
  'routingLate',
  'treated',
  'treatmentMs',
  'treatmentWorkMs',
  'treatmentOnTime',
  'treatmentLate',
  'done',
  'notDone',
  'otherwise',
  'firstContact',
  'atOnce',
  'rightFirst',
  'sentBack',
  'stood',
  'rated',
  'ratingSum',
  'satisfied',
  'closed',
] as const;
export type Measure = (typeof measures)[number];

/** Figures of one cell; what is absent is 0. */
export const counted = z.object(
  Object.fromEntries(measures.map((name) => [name, z.number().optional()])) as Record<
    Measure,
    z.ZodOptional<z.ZodNumber>
  >,
);
export type Counted = z.infer<typeof counted>;

/** One sum of figures; both stay as they are. */
export function plus(one: Counted, other: Counted, sign: 1 | -1 = 1): Counted {
  const sum: Counted = { ...one };
  for (const name of measures) {
    const value = other[name];
    if (value !== undefined && value !== 0) sum[name] = (sum[name] ?? 0) + sign * value;
  }
  return sum;
}

/** Adds figures to a sum of one's own, in place: for the very many cells of a long period. */
export function addTo(sum: Counted, other: Counted): void {
  for (const name of measures) {
    const value = other[name];
    if (value !== undefined) sum[name] = (sum[name] ?? 0) + value;
  }
}

/** Only what is not 0. */
export const present = (figures: Counted): Counted =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0 && value !== undefined));
