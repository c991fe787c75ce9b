import { dayAfter } from './office.ts';
import type { Span } from './tally.ts';

/** Local dates from the first to before the second, YYYY-MM-DD. */
export interface Period {
  from: string;
  to: string;
}

/** Cells of one span from a time to before another. */
export interface SpanOf {
  span: Span;
  from: string;
  to: string;
}

const monthAfter = (month: string): string => dayAfter(`${month}-28`, 4).slice(0, 7);
const firstOf = (month: string): string => `${month}-01`;

/** A period as whole months and the days at its ends, so that a long one is few cells. Pure. */
export function spansOf({ from, to }: Period): SpanOf[] {
  const firstMonth = from.endsWith('-01') ? from.slice(0, 7) : monthAfter(from.slice(0, 7));
  const endMonth = to.slice(0, 7);
  if (firstMonth >= endMonth) return [{ span: 'day', from, to }];
  const parts: SpanOf[] = [
    { span: 'day', from, to: firstOf(firstMonth) },
    { span: 'month', from: firstMonth, to: endMonth },
    { span: 'day', from: firstOf(endMonth), to },
  ];
  return parts.filter((one) => one.from < one.to);
}
