import type { Conversation } from '../../conversation/conversation.ts';
import type { FlowDeps } from '../deps.ts';
import { findRepetitions } from './find-repetitions.ts';
import { keepIncidents } from './incidents.ts';
import { keepDuties } from './keep-duties.ts';
import { recompute } from './recompute.ts';
import { keepReferrals } from './referrals.ts';
import { sendAlerts } from './send-alerts.ts';
import { keepSurveys } from './surveys.ts';
import { countTickets } from './tally.ts';
import { sendWeeklyReports } from './weekly-report.ts';

/** What a job is handed besides the flow's own: how what it says is sent, and whether the process is being stopped. */
export interface JobTools {
  deliver(one: Conversation): void;
  isStopped(): boolean;
}

/** Looks for what is due and does it; called every few seconds, never twice at a time. What is not due costs it nothing. */
export type Job = (deps: FlowDeps, tools: JobTools) => Promise<void>;

/** Everything that time brings, in this order. */
export const jobs: readonly Job[] = [
  recompute,
  keepDuties,
  keepReferrals,
  keepSurveys,
  countTickets,
  sendWeeklyReports,
  keepIncidents,
  findRepetitions,
  sendAlerts,
];
