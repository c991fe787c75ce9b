import { z } from 'zod';
import { complexities, complexity, type TicketType, ticketType, ticketTypes } from '../ticket/types.ts';
import { type Counted, type Measure, plus } from './measures.ts';
import type { PlaceFigures } from './read-tallies.ts';

const number = z.number().int();
/** From 0 to 1; null where there is nothing to count. */
const rate = z.number().nullable();

const share = z.object({ count: number, of: number, rate });
type Share = z.infer<typeof share>;
const verdict = z.object({ onTime: number, late: number, rate });
/** Mean times in ms: as the clock on the wall counts, and open time. */
const lasting = z.object({ count: number, meanMs: number.nullable(), meanWorkMs: number.nullable() });
const liking = z.object({ rated: number, mean: z.number().nullable(), satisfied: number, rate });

/** The figures of KP-01 to KP-10 of a period. What a share is of, is said with it. */
export const kpiFigures = z.object({
  received: number,
  treated: number,
  closed: number,
  merged: number,
  outcomes: z.object({ done: number, notDone: number, other: number }),
  /** KP-01: treated at first contact, of all treated. */
  firstContact: share,
  /** KP-02. */
  acceptance: z.object({ accepted: number, rejected: number, rate }),
  /** KP-03: by complaint type (complexity), by type of request, and of all. */
  onTime: z.object({
    response: verdict,
    routing: verdict,
    treatment: verdict,
    complaints: z.array(z.object({ complexity, response: verdict, treatment: verdict })),
    types: z.array(z.object({ type: ticketType, response: verdict, treatment: verdict })),
  }),
  /** KP-04: the department's first answer was not sent back, of all that a department answered. */
  rightFirst: share,
  /** KP-05: inquiries settled at first contact within a quarter of an hour, of all inquiries treated. */
  inquiriesAtOnce: share,
  /** KP-06: inquiries treated within the promised time. */
  inquiriesOnTime: verdict,
  /** KP-07. */
  satisfaction: z.object({ inquiries: liking, complaints: liking, all: liking }),
  /** KP-08: answers that the person let stand (neither "not solved" nor an objection), of all treated. */
  accuracy: share,
  /** KP-09 (SL-06). */
  treatment: lasting.extend({ channels: z.array(lasting.extend({ channel: z.string() })) }),
  /** KP-10. */
  response: lasting.extend({ channels: z.array(lasting.extend({ channel: z.string() })) }),
});
export type KpiFigures = z.infer<typeof kpiFigures>;

const rateOf = (count: number, of: number): number | null =>
  of === 0 ? null : Math.round((count / of) * 10_000) / 10_000;
const meanOf = (sum: number, count: number): number | null => (count === 0 ? null : sum / count);
const whole = (value: number | null): number | null => (value === null ? null : Math.round(value));

type Figures = (name: Measure) => number;

function sumOf(all: readonly PlaceFigures[], isCounted: (one: PlaceFigures) => boolean = () => true): Figures {
  const sum = all.filter(isCounted).reduce<Counted>((sofar, { counted }) => plus(sofar, counted), {});
  return (name) => sum[name] ?? 0;
}

const shareOf = (count: number, of: number): Share => ({ count, of, rate: rateOf(count, of) });

const verdictOf = (figures: Figures, clock: 'response' | 'routing' | 'treatment'): z.infer<typeof verdict> => {
  const [onTime, late] = [figures(`${clock}OnTime`), figures(`${clock}Late`)];
  return { onTime, late, rate: rateOf(onTime, onTime + late) };
};

const lastingOf = (figures: Figures, what: 'treatment' | 'response'): z.infer<typeof lasting> => {
  const count = figures(what === 'treatment' ? 'treated' : 'responded');
  return {
    count,
    meanMs: whole(meanOf(figures(`${what}Ms`), count)),
    meanWorkMs: whole(meanOf(figures(`${what}WorkMs`), count)),
  };
};

const likingOf = (figures: Figures): z.infer<typeof liking> => {
  const [rated, satisfied] = [figures('rated'), figures('satisfied')];
  const mean = meanOf(figures('ratingSum'), rated);
  return {
    rated,
    mean: mean === null ? null : Math.round(mean * 100) / 100,
    satisfied,
    rate: rateOf(satisfied, rated),
  };
};

const channelsOf = (all: readonly PlaceFigures[], what: 'treatment' | 'response') =>
  [...new Set(all.map(({ channel }) => channel))]
    .sort()
    .map((channel) => ({
      channel,
      ...lastingOf(
        sumOf(all, (one) => one.channel === channel),
        what,
      ),
    }))
    .filter(({ count }) => count > 0);

const onTimeOf = (figures: Figures) => ({
  response: verdictOf(figures, 'response'),
  treatment: verdictOf(figures, 'treatment'),
});

function punctuality(all: readonly PlaceFigures[], figures: Figures): KpiFigures['onTime'] {
  const ofType = (type: TicketType) => (one: PlaceFigures) => one.type === type;
  const types = ticketTypes.filter((type) => all.some(ofType(type)));
  const complaints = all.filter(ofType('complaint'));
  return {
    ...onTimeOf(figures),
    routing: verdictOf(figures, 'routing'),
    complaints: complexities.map((kind) => ({
      complexity: kind,
      ...onTimeOf(sumOf(complaints, (one) => one.complexity === kind)),
    })),
    types: types.map((type) => ({ type, ...onTimeOf(sumOf(all, ofType(type))) })),
  };
}

/** The key figures of what was read of a period. Pure. */
export function kpiOf(all: readonly PlaceFigures[]): KpiFigures {
  const figures = sumOf(all);
  const inquiries = sumOf(all, ({ type }) => type === 'inquiry');
  const complaints = sumOf(all, ({ type }) => type === 'complaint');
  const [accepted, rejected, treated] = [figures('accepted'), figures('rejected'), figures('treated')];
  return {
    received: figures('received'),
    treated,
    closed: figures('closed'),
    merged: figures('merged'),
    outcomes: { done: figures('done'), notDone: figures('notDone'), other: figures('otherwise') },
    firstContact: shareOf(figures('firstContact'), treated),
    acceptance: { accepted, rejected, rate: rateOf(accepted, accepted + rejected) },
    onTime: punctuality(all, figures),
    rightFirst: shareOf(figures('rightFirst'), figures('rightFirst') + figures('sentBack')),
    inquiriesAtOnce: shareOf(inquiries('atOnce'), inquiries('treated')),
    inquiriesOnTime: verdictOf(inquiries, 'treatment'),
    satisfaction: { inquiries: likingOf(inquiries), complaints: likingOf(complaints), all: likingOf(figures) },
    accuracy: shareOf(figures('stood'), treated),
    treatment: { ...lastingOf(figures, 'treatment'), channels: channelsOf(all, 'treatment') },
    response: { ...lastingOf(figures, 'response'), channels: channelsOf(all, 'response') },
  };
}
