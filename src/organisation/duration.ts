import { z } from 'zod';

export const durationUnits = [
  'seconds',
  'minutes',
  'hours',
  'business_minutes',
  'business_hours',
  'business_days',
] as const;
export const duration = z.object({ amount: z.number().nonnegative(), unit: z.enum(durationUnits) });
/** A length of time; business units are counted on a calendar (SL-02). */
export type Duration = z.infer<typeof duration>;
