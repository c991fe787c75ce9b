import { isoOf } from '../../calendar/zone.ts';
import { clockNames, clocksOf } from '../../sla/clocks.ts';
import { warningTime } from '../../sla/warning-time.ts';
import { workingCalendar } from '../../sla/working-calendar.ts';
import type { Duty, FindDuties } from '../scene.ts';
import { whoHasIt } from '../who-has-it.ts';

/**
 * Whoever has a ticket is warned when most of its promised time is gone (`times.warnAt`): of a clock that runs, once for each
 * deadline, so that one which was moved warns again. Where the deadline has passed as well, only the breach is told.
 */
export const warn: FindDuties = (ticket, organisation) => {
  const clocks = clocksOf(organisation, ticket);
  return clockNames.flatMap((name): Duty[] => {
    const clock = clocks[name];
    if (clock?.state !== 'running') return [];
    const { dueAt } = clock;
    const isTold = [...ticket.warned, ...ticket.breached].some((one) => one.clock === name && one.dueAt === dueAt);
    const at = isTold ? null : warningTime(clock, workingCalendar(organisation), organisation.casework.times.warnAt);
    if (at === null) return [];
    return [
      {
        what: `warn:${name}:${dueAt}`,
        at: isoOf(at),
        outcome: (scene) => ({
          changes: [{ kind: 'warned', clock: name, dueAt }],
          alerts: (scene.now < dueAt ? whoHasIt(scene) : []).map((agentId) => ({
            kind: 'warned',
            agentId,
            values: { clock: name, expectedAt: dueAt },
          })),
        }),
      },
    ];
  });
};
