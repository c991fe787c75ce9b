import type { OrganisationSnapshot } from '../organisation/settings.ts';
import { promise } from '../sla/promise.ts';
import type { Settle } from '../ticket/ledger.ts';
import { dutiesOf } from './duties.ts';

/**
 * A ticket's clocks and what time next brings to it, by what the organisation has decided now: a pure function of its ledger
 * (of the fold, which keeps starts and pauses). `dueAt` of a paused clock is where it stood when it stopped.
 */
export const settleBy =
  (organisation: OrganisationSnapshot): Settle =>
  (ticket) => {
    const { firstResponse, routing, resolution } = promise(
      organisation.sla,
      organisation.calendars,
      ticket,
      Date.parse(ticket.openedAt),
    );
    const dueAt = {
      firstResponse: firstResponse?.dueAt ?? null,
      routing: routing?.dueAt ?? null,
      resolution: resolution?.dueAt ?? null,
    };
    const settled = { ...ticket, dueAt };
    return { ...settled, nextAt: dutiesOf(settled, organisation)[0]?.at ?? null };
  };
