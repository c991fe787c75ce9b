import type { TicketMove } from '../api/tickets.ts';

/** The steps that this page offers, what is most likely next first. */
const offered: readonly TicketMove['step'][] = ['start', 'resolve', 'delay', 'close'];

/** Of the steps that are possible now those that this page offers. */
export const stepsOf = (possible: readonly string[]): TicketMove['step'][] =>
  offered.filter((step) => possible.includes(step));
