import { WaslError } from '../errors.ts';

const sentences = {
  'never-open': 'The calendar has no open time ahead: add opening times to its week, a range or an exception.',
  'too-far': 'The time span is too long for a calendar: ask for 50 years at most.',
} as const;

/** never-open: no open time ahead to count; too-far: more than `farthestDays` or past the last date there is. */
export type CalendarReason = keyof typeof sentences;

/** A calendar cannot answer. To a caller it is bad input (`invalid`, 400) with the reason in `details.reason`. */
export class CalendarError extends WaslError {
  readonly reason: CalendarReason;
  constructor(reason: CalendarReason) {
    super('invalid', sentences[reason], { details: { reason } });
    this.name = 'CalendarError';
    this.reason = reason;
  }
}

/** Days that a calendar looks ahead at most, so that no request can keep it busy (50 years). */
export const farthestDays = 18_263;
