import type { OrganisationSnapshot } from '../../organisation/settings.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import { creditFor } from '../answer.ts';
import { askPerson, backUntil, stillOutside } from '../data-asked.ts';
import { later } from '../later.ts';
import type { CaseScene, Duty, StepOutcome } from '../scene.ts';
import { whoHasIt } from '../who-has-it.ts';

function closeWithoutData(scene: CaseScene): StepOutcome {
  const { ticket, now, organisation } = scene;
  const outside = stillOutside(ticket);
  const alerts = whoHasIt(scene).map((agentId) => ({ kind: 'no-data' as const, agentId }));
  // as long as a body outside works on it, it is not over
  if (outside.length > 0) return { changes: outside, alerts };
  return {
    changes: [{ kind: 'closed', how: 'no-data', outcome: 'other', creditedTo: creditFor(ticket) }],
    news: { kind: 'closedWithoutData', values: { expectedAt: backUntil(organisation, now) } },
    alerts,
  };
}

/**
 * Who does not give what was asked is asked again; so long after this second contact the ticket is closed (IN-15). Nothing
 * runs against somebody whom the last asking did not reach: they are called (TK-12).
 */
export function missingData({ status, asked }: Ticket, organisation: OrganisationSnapshot): Duty[] {
  if (status !== 'pending_customer' || asked === null || asked.told === false) return [];
  const { askAgain, closeWithoutData: untilClosed } = organisation.casework.times;
  return asked.round === 1
    ? [{ what: 'ask-again', at: later(organisation, asked.at, askAgain), outcome: (scene) => askPerson(scene, asked) }]
    : [{ what: 'close-without-data', at: later(organisation, asked.at, untilClosed), outcome: closeWithoutData }];
}
