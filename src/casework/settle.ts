import type { OrganisationSnapshot } from '../organisation/settings.ts';
import { type Clocks, clockNames, clocksOf, keepClocks } from '../sla/clocks.ts';
import type { Settle } from '../ticket/ledger.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { dutiesOf } from './duties.ts';

const dueTimesOf = ({ firstResponse, routing, resolution }: Clocks): Ticket['dueAt'] => ({
  firstResponse: firstResponse?.dueAt ?? null,
  routing: routing?.dueAt ?? null,
  resolution: resolution?.dueAt ?? null,
});

/** The running deadline that comes first; none while all stand, are met or over. */
function burnsAtOf(clocks: Clocks): string | null {
  let first: string | null = null;
  for (const name of clockNames) {
    const clock = clocks[name];
    if (clock?.state === 'running' && (first === null || clock.dueAt < first)) first = clock.dueAt;
  }
  return first;
}

/**
 * A ticket's clocks and what time next brings to it, by what the organisation has decided now: a pure function of its ledger
 * (of the fold, which keeps starts and pauses). `dueAt` of a paused clock is where it stood when it stopped. Where the
 * calendar has no open time, what runs on it is not promised: null.
 */
export const settleBy =
  (organisation: OrganisationSnapshot): Settle =>
  (ticket) => {
    const clocks = clocksOf(organisation, ticket);
    const settled: Ticket = { ...ticket, dueAt: dueTimesOf(clocks), burnsAt: burnsAtOf(clocks) };
    keepClocks(settled, organisation, clocks);
    settled.nextAt = dutiesOf(settled, organisation)[0]?.at ?? null;
    return settled;
  };
