import { clockNames, clocksOf } from '../../sla/clocks.ts';
import type { Duty, FindDuties } from '../scene.ts';
import { whoHasIt } from '../who-has-it.ts';

/** A deadline that passes while its clock runs is written into the ledger, once for each deadline, and told to whoever has the ticket. */
export const breach: FindDuties = (ticket, organisation) => {
  const clocks = clocksOf(organisation, ticket);
  return clockNames.flatMap((name): Duty[] => {
    const clock = clocks[name];
    if (clock?.state !== 'running') return [];
    const { dueAt } = clock;
    if (ticket.breached.some((one) => one.clock === name && one.dueAt === dueAt)) return [];
    return [
      {
        what: `breach:${name}:${dueAt}`,
        at: dueAt,
        outcome: (scene) => ({
          changes: [{ kind: 'breached', clock: name, dueAt }],
          alerts: whoHasIt(scene).map((agentId) => ({
            kind: 'breached',
            agentId,
            values: { clock: name, expectedAt: dueAt },
          })),
        }),
      },
    ];
  });
};
