import { z } from 'zod';
import type { Collection } from '../store/port.ts';

export const weeklyReport = z.object({
  /** By department and day, so that it goes once. */
  id: z.string(),
  version: z.number().int(),
  departmentId: z.string(),
  /** The local day on which it was due. */
  day: z.string(),
  at: z.string(),
  /** Agents to whom it went; none where there was nobody. */
  to: z.array(z.string()),
});
/** A department's report of a week that went to its head (1.11). */
export type WeeklyReport = z.infer<typeof weeklyReport>;

export const weeklyReports: Collection<WeeklyReport> = {
  name: 'weeklyReports',
  schema: weeklyReport,
  indexes: [{ name: 'by-department', on: ['departmentId', 'day'] }],
};

export const weeklyPlan = z.object({
  id: z.literal('weekly'),
  version: z.number().int(),
  /** The setting that it follows: the day and clock time, and the zone. */
  plan: z.string(),
  /** Since when it is followed: what was due before is not sent. */
  since: z.string(),
  /** The day of which all reports have gone; null before the first. */
  doneDay: z.string().nullable(),
});
/** How far the weekly reports are. */
export type WeeklyPlan = z.infer<typeof weeklyPlan>;

export const weeklyPlans: Collection<WeeklyPlan> = { name: 'weeklyPlans', schema: weeklyPlan, indexes: [] };
