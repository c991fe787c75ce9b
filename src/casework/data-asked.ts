import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { TicketChange } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { later } from './later.ts';
import { isWithCare } from './path.ts';
import type { AlertDraft, CaseScene, StepOutcome } from './scene.ts';
import { whoHasIt } from './who-has-it.ts';

/** What the person is asked for: words, and the fields of the form that are missing. */
export type Asked = Pick<NonNullable<Ticket['asked']>, 'text' | 'fields'>;

/** Asks the person: first, or (from the second time on) with the day by which it is closed without an answer (IN-14, IN-15). Pure. */
export function askPerson({ ticket, now, organisation }: CaseScene, { text, fields }: Asked): StepOutcome {
  const isAgain = ticket.status === 'pending_customer' && ticket.asked !== null;
  const expectedAt = later(organisation, now, organisation.casework.times.closeWithoutData);
  return {
    changes: [{ kind: 'data-asked', text, fields, round: isAgain ? 2 : 1 }],
    news: isAgain ? { kind: 'askedAgain', values: { text, expectedAt } } : { kind: 'asked', values: { text } },
  };
}

/** Those who have the ticket are told that the person gave what was missing. */
const dataAlerts = (scene: CaseScene, except: string | null): AlertDraft[] =>
  whoHasIt(scene)
    .filter((id) => id !== except)
    .map((agentId) => ({ kind: 'data-given', agentId }));

/** An outside body that was asked before is still waited for. */
export const stillOutside = ({ referralId, status }: Ticket): TicketChange[] =>
  referralId === null || status !== 'pending_customer'
    ? []
    : [{ kind: 'paused', reason: 'third_party', status: 'pending_third_party', stops: true }];

/**
 * The person gave what a waiting ticket asked for: it goes on where it was, and whoever has it hears of it. `messageId`: in
 * which message; null where it was told by phone, to the agent `by`. For tickets that are `pending_customer`. Pure.
 */
export const giveData = (scene: CaseScene, messageId: string | null, by: string | null = null): StepOutcome => ({
  changes: [{ kind: 'data-given', messageId }, ...stillOutside(scene.ticket)],
  alerts: dataAlerts(scene, by),
});

/** Whether a ticket was closed because the person did not give what it asked for. */
const isWithoutData = ({ status, asked, mergedInto }: Ticket): boolean =>
  status === 'closed' && asked !== null && mergedInto === null;

/** Until when the person may come back to a ticket that is closed for want of data at `closedAt`; ISO. Pure. */
export const backUntil = (organisation: OrganisationSnapshot, closedAt: string): string =>
  later(organisation, closedAt, organisation.casework.times.grace);

/**
 * Whether what the person writes now (ISO) opens a ticket again that was closed for want of data, and until when it does
 * (IN-15). Null for a ticket that was not closed for that. Pure.
 */
export function comesBack(
  ticket: Ticket,
  organisation: OrganisationSnapshot,
  now: string,
): { back: boolean; until: string } | null {
  if (!isWithoutData(ticket) || ticket.closedAt === null) return null;
  const until = backUntil(organisation, ticket.closedAt);
  return { back: now < until, until };
}

/** What a ticket goes on as that waited for data when it was closed. */
const goesOnAs = (scene: CaseScene): Ticket['status'] =>
  scene.ticket.resumesAs ?? (isWithCare(scene) || scene.ticket.routedAt === null ? 'open' : 'transferred');

/** The person came back to a ticket that was closed for want of data (`comesBack`): it is open again where it was. Pure. */
export const reopenWithData = (scene: CaseScene): StepOutcome => ({
  changes: [{ kind: 'reopened', why: 'data', status: goesOnAs(scene) }, ...stillOutside(scene.ticket)],
  news: { kind: 'reopened', values: {} },
  alerts: dataAlerts(scene, null),
});
