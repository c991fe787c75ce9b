import { describe, expect, it } from 'vitest';
import { weeksIn } from '../../../src/question/effect.ts';

const at = (text: string): number => Date.parse(text);
const weeks = (from: string, to: string, zone: string) =>
  weeksIn({ from: at(from), to: at(to) }, zone).map((one) => ({
    week: one.week,
    from: new Date(one.from).toISOString(),
    to: new Date(one.to).toISOString(),
  }));

describe('weeks', () => {
  it('begin on Monday at midnight by the clock of the zone, and end where the time does', () => {
    expect(weeks('2026-11-18T10:00:00.000Z', '2026-12-01T00:00:00.000Z', 'Asia/Riyadh')).toEqual([
      { week: '2026-11-16', from: '2026-11-18T10:00:00.000Z', to: '2026-11-22T21:00:00.000Z' },
      { week: '2026-11-23', from: '2026-11-22T21:00:00.000Z', to: '2026-11-29T21:00:00.000Z' },
      { week: '2026-11-30', from: '2026-11-29T21:00:00.000Z', to: '2026-12-01T00:00:00.000Z' },
    ]);
  });

  it('are an hour longer where the clock is set back', () => {
    const [week] = weeks('2026-10-19T00:00:00.000Z', '2026-10-30T00:00:00.000Z', 'Europe/Berlin');
    expect(week).toEqual({ week: '2026-10-19', from: '2026-10-19T00:00:00.000Z', to: '2026-10-25T23:00:00.000Z' });
  });

  it('follow one another without a gap, from the first moment to the last', () => {
    const found = weeks('2026-01-01T00:00:00.000Z', '2026-12-31T00:00:00.000Z', 'Asia/Riyadh');
    expect(found.slice(1).map(({ from }) => from)).toEqual(found.slice(0, -1).map(({ to }) => to));
    expect([found[0]?.from, found.at(-1)?.to]).toEqual(['2026-01-01T00:00:00.000Z', '2026-12-31T00:00:00.000Z']);
  });
});
