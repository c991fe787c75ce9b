import type { Principal } from '../agent/principal.ts';
import type { Alert } from '../alert/alert.ts';
import type { NoticeKind } from '../notice/kinds.ts';
import type { NoticeValues } from '../notice/notice.ts';
import type { Department } from '../organisation/organisation.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Op } from '../store/port.ts';
import type { TicketChange } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Staff } from './staff.ts';

/** All that a step or a duty may look at. Nothing in it does I/O; the same scene gives the same outcome. */
export interface CaseScene {
  ticket: Ticket;
  /** ISO. */
  now: string;
  /** What keys the effects: the same cause gives the same ids. */
  cause: string;
  organisation: OrganisationSnapshot;
  staff: Staff;
  /** The category of the ticket's person, for who may ask (IN-21). */
  category: string | null;
  /** Another ticket that the step names: the earlier request, the one to merge. */
  other: Ticket | null;
  /** The tickets that object to this one; absent where none were read. */
  objections?: readonly Ticket[];
}

/** Who takes a step: somebody of staff. */
export type Actor = Pick<Principal, 'id' | 'name' | 'role' | 'departments'>;

/** What is to be told to staff, and why. */
export type AlertDraft = Pick<Alert, 'kind' | 'agentId'> & { values?: Alert['values'] };

/** What a step or a duty makes of a ticket: all of it is one unit of writes, each effect keyed by cause and place. */
export interface StepOutcome {
  changes: TicketChange[];
  /** What the person is told of it. */
  news?: { kind: NoticeKind; values: NoticeValues } | null;
  alerts?: AlertDraft[];
  /** What happens to other tickets in the same unit; with `seen` only to the ticket as it was looked at. */
  also?: { number: string; changes: TicketChange[]; seen?: Ticket }[];
  /** Other documents of the same unit, such as a referral or a survey. */
  ops?: Op[];
}

/** Something that time brings to a ticket. `outcome` must hold a change after which the duty is not found again. */
export interface Duty {
  /** For reasons and keys: unique among the duties of a ticket at a time. */
  what: string;
  /** ISO. */
  at: string;
  outcome(scene: CaseScene): StepOutcome;
}

/** The duties of a ticket as it stands, by what the organisation has decided. Pure. */
export type FindDuties = (ticket: Ticket, organisation: OrganisationSnapshot) => Duty[];

export const departmentOf = ({ organisation }: Pick<CaseScene, 'organisation'>, id: string): Department | null =>
  organisation.departments.find((one) => one.id === id) ?? null;

export const careUnitOf = ({ organisation }: Pick<CaseScene, 'organisation'>): Department | null =>
  organisation.departments.find(({ careUnit }) => careUnit) ?? null;
