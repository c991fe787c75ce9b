import type { Clock } from '../../../src/clock.ts';
import type { Posted } from './callbacks.ts';
import type { Bent, Report, ReportStatus, SentSms } from './model.ts';

/** Which reports follow a message by themselves, in this order and after these times; null: none. */
export interface ReportPlan {
  statuses: readonly ReportStatus[];
  /** For each status, counted from acceptance. */
  afterMs: readonly number[];
}

/** Reports on messages, planned and asked for. */
export interface Reports {
  follow(message: SentSms, plan: ReportPlan | null): void;
  /** The answer to the first post; null where the provider tells nobody. */
  tell(report: Report, bent?: Bent): Promise<Posted | null>;
  pending(): number;
  stop(): void;
}

interface ReportsOptions {
  clock: Clock;
  post(report: Report, bent?: Bent): Promise<Posted | null>;
  noticed(report: Report): void;
  /** The code with which messages to a number fail; null where they arrive. */
  blocked(number: string): string | null;
}

const isOutcome = (status: ReportStatus): boolean => status === 'delivered' || status === 'undelivered';

export function createReports({ clock, post, noticed, blocked }: ReportsOptions): Reports {
  const waits = new Set<() => void>();
  const tell = (report: Report, bent?: Bent): Promise<Posted | null> => {
    report.message.reports.push(report.status);
    report.message.error = report.error;
    noticed(report);
    return post(report, bent);
  };
  const step = (message: SentSms, status: ReportStatus): Report => {
    const error = blocked(message.to);
    return error !== null && isOutcome(status)
      ? { message, status: 'undelivered', error }
      : { message, status, error: null };
  };
  return {
    follow(message, plan) {
      for (const [at, status] of (plan?.statuses ?? []).entries()) {
        const cancel = clock.after(plan?.afterMs[at] ?? 0, () => {
          waits.delete(cancel);
          void tell(step(message, status));
        });
        waits.add(cancel);
      }
    },
    tell,
    pending: () => waits.size,
    stop() {
      for (const cancel of waits) cancel();
      waits.clear();
    },
  };
}
