import type { Path } from '../content/unknown-fields.ts';
import type { Casework, Ladder } from './casework.ts';
import type { Duration } from './duration.ts';
import type { Sla, SlaRow } from './organisation.ts';

/** A length of time that makes no sense where it stands, and what to do there. */
export interface LengthFault {
  path: Path;
  message: string;
}

const dayMs = 86_400_000;
const unitMs = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  business_minutes: 60_000,
  business_hours: 3_600_000,
  business_days: dayMs,
} as const satisfies Record<Duration['unit'], number>;

const lengthOf = ({ amount, unit }: Duration): number => amount * unitMs[unit];

/** What runs alike is compared to the instant: around the clock, in open time, by days. */
const paceOf = ({ unit }: Duration): string =>
  unit.startsWith('business_') ? unit.replace('minutes', 'hours') : 'clock';

/** Open time takes longer on the clock: so many times, where one day of the week is open. */
const slowest = 7;
const atMost = (one: Duration): number => lengthOf(one) * (paceOf(one) === 'clock' ? 1 : slowest);

/** Whether one may be over before the other, on one calendar or another. */
const mayEndFirst = (one: Duration, other: Duration): boolean =>
  paceOf(one) === paceOf(other) ? lengthOf(one) < lengthOf(other) : lengthOf(one) < atMost(other);

/** Whether one is over before the other on whatever calendar. */
const endsFirst = (one: Duration, other: Duration): boolean =>
  paceOf(one) === paceOf(other) ? lengthOf(one) < lengthOf(other) : atMost(one) < lengthOf(other);

/** Nobody promises more (ms); business days count as days. */
const longest = 5 * 366 * dayMs;

const tooLong = (path: Path, length: Duration | undefined): LengthFault[] =>
  length === undefined || lengthOf(length) <= longest ? [] : [{ path, message: 'Write five years at most.' }];

const notPositive = (path: Path, { amount }: Duration): LengthFault[] =>
  amount > 0 ? [] : [{ path, message: 'It must be longer than nothing.' }];

const notBefore = (path: Path, one: Duration, other: Duration, name: string): LengthFault[] =>
  mayEndFirst(one, other) ? [] : [{ path, message: `It must be shorter than "${name}": nobody waits for it by then.` }];

function levelFaults({ levels }: Ladder, at: number): LengthFault[] {
  return levels.flatMap(({ after }, place) => {
    const path: Path = ['ladders', at, 'levels', place, 'after'];
    const before = levels[place - 1];
    const isEarlier = before !== undefined && endsFirst(after, before.after);
    const message = 'It comes before the level above it: write the levels in the order of their times.';
    return [...tooLong(path, after), ...(isEarlier ? [{ path, message }] : [])];
  });
}

/** Lengths of the casework setting without sense: too long, nothing at all, or in the wrong order. Pure. */
export function caseworkLengthFaults({ times, ladders }: Pick<Casework, 'times' | 'ladders'>): LengthFault[] {
  const { referral, survey } = times;
  const single = ['askAgain', 'closeWithoutData', 'grace', 'confirm'] as const;
  const outside = ['due', 'remind', 'expires'] as const;
  const asking = ['remind', 'expires'] as const;
  const late = 'The link must live as long as the body has to answer: "expires" may not come before "due".';
  return [
    ...single.flatMap((name) => tooLong(['times', name], times[name])),
    ...outside.flatMap((name) => tooLong(['times', 'referral', name], referral[name])),
    ...asking.flatMap((name) => tooLong(['times', 'survey', name], survey[name])),
    ...(['closeWithoutData', 'grace', 'confirm'] as const).flatMap((name) => notPositive(['times', name], times[name])),
    ...notPositive(['times', 'survey', 'remind'], survey.remind),
    ...notBefore(['times', 'survey', 'remind'], survey.remind, survey.expires, 'expires'),
    ...notBefore(['times', 'referral', 'remind'], referral.remind, referral.due, 'due'),
    ...(endsFirst(referral.expires, referral.due) ? [{ path: ['times', 'referral', 'expires'], message: late }] : []),
    ...ladders.flatMap(levelFaults),
  ];
}

const promised = ['firstResponse', 'routing', 'resolution'] as const satisfies (keyof SlaRow)[];

/** Promises that nobody lives to see. Pure. */
export const slaLengthFaults = ({ rows }: Sla): LengthFault[] =>
  rows.flatMap((row, at) => promised.flatMap((clock) => tooLong(['rows', at, clock], row[clock])));
