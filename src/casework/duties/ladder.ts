import type { Duration } from '../../organisation/duration.ts';
import type { OrganisationSnapshot } from '../../organisation/settings.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { TicketStatus } from '../../ticket/types.ts';
import { climb, ladderOf } from '../ladder.ts';
import { later } from '../later.ts';
import type { Duty } from '../scene.ts';

const ended: readonly TicketStatus[] = ['resolved', 'closed', 'rejected'];

/** Nobody is behind with it: it is over, or its treatment clock stands. */
const isAtRest = ({ status, pauses }: Ticket): boolean =>
  ended.includes(status) || pauses.some(({ to, stops }) => to === null && stops);

const noTime = { amount: 0, unit: 'business_minutes' } as const;

/** When a level is due: at the next opening where it is not open then, for nobody is told at midnight (lesson 49). */
function levelAt(organisation: OrganisationSnapshot, due: string, { amount, unit }: Duration): string {
  const isAtOnce = amount === 0 && unit.startsWith('business_');
  return later(organisation, isAtOnce ? due : later(organisation, due, { amount, unit }), noTime);
}

/**
 * An overdue ticket climbs, level after level, each so long after its treatment was due (ES-01, ES-06). What somebody has
 * raised before goes on from there. A deadline that moves later takes with it the levels that are not reached yet.
 */
export function ladder(ticket: Ticket, organisation: OrganisationSnapshot): Duty[] {
  const due = ticket.dueAt.resolution;
  if (due === null || isAtRest(ticket)) return [];
  const from = ticket.escalation?.level ?? 0;
  const level = ladderOf(organisation, ticket.type)?.levels[from];
  if (!level) return [];
  return [
    {
      what: `level-${from + 1}`,
      at: levelAt(organisation, due, level.after),
      outcome(scene) {
        const { changes, alerts } = climb(scene, { from: scene.ticket.escalation?.level ?? 0, why: 'overdue' });
        return { changes, alerts };
      },
    },
  ];
}
