import { may } from '../../agent/roles.ts';
import type { Alert, AlertKind } from '../../alert/alert.ts';
import { nextOpening } from '../../calendar/hours.ts';
import { maySee } from '../../casework/may-see.ts';
import { actingFor, memberOf, type Staff, type StaffMember } from '../../casework/staff.ts';
import type { OrganisationSnapshot } from '../../organisation/settings.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import { workingCalendar } from '../hours.ts';

/** What is done with an alert that is due: who gets it, until when it waits, or that nobody is told any more. */
export type Fate =
  | { do: 'send'; to: StaffMember; insteadOf: StaffMember | null }
  | { do: 'wait'; until: string }
  | { do: 'drop' };

/** What a fate depends on besides the alert. */
export interface FateScene {
  /** The ticket that it speaks of; null where it speaks of none, or of one that is not there. */
  ticket: Ticket | null;
  staff: Staff;
  organisation: OrganisationSnapshot;
  /** ISO. */
  now: string;
}

/** May somebody of staff be told of this ticket (EX-01)? */
export const mayBeTold = (one: Pick<StaffMember, 'id' | 'role' | 'disabledAt'>, ticket: Ticket | null): boolean =>
  one.disabledAt === null && may(one.role, 'tickets.read') && (ticket === null || maySee(one, ticket));

/** Who is told in the place of an agent: who acts for them, as long as that one may know of it; else they themselves. */
function recipientOf({ agentId }: Alert, { ticket, staff, now }: FateScene): StaffMember | null {
  const possible = [actingFor(staff, agentId, now), memberOf(staff, agentId)];
  return possible.find((one) => one !== null && mayBeTold(one, ticket)) ?? null;
}

/** What asks for something that a ticket which is over needs no more. */
const whileOpen: ReadonlySet<AlertKind> = new Set(['warned', 'nudged', 'approval-wanted', 'nobody-there', 'no-data']);
const isMoot = ({ kind, ticketNumber }: Alert, { ticket }: FateScene): boolean =>
  (ticketNumber !== null && ticket === null) ||
  (whileOpen.has(kind) && (ticket?.status === 'closed' || ticket?.status === 'rejected'));

/** Until when a letter waits so that nobody is written to outside working hours; null where it may go now. */
function waitsUntil({ kind }: Alert, { ticket, organisation, now }: FateScene): string | null {
  if (ticket?.urgent || kind === 'confidential') return null;
  const opening = nextOpening(workingCalendar(organisation), Date.parse(now))?.at ?? now;
  return opening > now ? opening : null;
}

/** Decides over one alert that is due. Pure. */
export function fateOf(alert: Alert, scene: FateScene): Fate {
  const to = isMoot(alert, scene) ? null : recipientOf(alert, scene);
  if (!to) return { do: 'drop' };
  const until = waitsUntil(alert, scene);
  if (until !== null) return { do: 'wait', until };
  return { do: 'send', to, insteadOf: to.id === alert.agentId ? null : memberOf(scene.staff, alert.agentId) };
}
