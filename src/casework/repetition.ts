import { z } from 'zod';
import { keyed } from '../ids.ts';
import { inLanguage } from '../language/language.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Collection } from '../store/port.ts';
import { againstTypes } from '../ticket/matters.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { AlertDraft } from './scene.ts';
import { allIn, memberOf, type Staff } from './staff.ts';

const repetition = z.object({
  id: z.string(),
  version: z.number().int(),
  /** `service:<id>` or `person:<agent id>`. */
  subject: z.string(),
  at: z.string(),
  /** So many tickets in so many days, when it was told. */
  count: z.number().int(),
  days: z.number().int(),
  ticketNumbers: z.array(z.string()),
  /** Who was told. */
  toldTo: z.array(z.string()),
});
/** A service or a person that tickets speak against again and again, told to those above (ES-07). */
export type Repetition = z.infer<typeof repetition>;

export const repetitions: Collection<Repetition> = {
  name: 'repetitions',
  schema: repetition,
  indexes: [
    { name: 'by-at', on: ['at'] },
    { name: 'by-subject', on: ['subject', 'at'] },
  ],
};

const dayMs = 86_400_000;

/** From when on tickets count at a time; both ISO. Pure. */
export const windowStart = ({ casework }: Pick<OrganisationSnapshot, 'casework'>, now: string): string =>
  new Date(Date.parse(now) - casework.repetition.days * dayMs).toISOString();

/** Whether a ticket still speaks against the subject: not where it was merged, turned away, or turned out to be something else. */
const stillSpeaks = ({ type, service, status, mergedInto }: Ticket, subject: string): boolean =>
  againstTypes.includes(type) &&
  status !== 'rejected' &&
  mergedInto === null &&
  (!subject.startsWith('service:') || subject === `service:${service}`);

const idIn = (subject: string): string => subject.slice(subject.indexOf(':') + 1);

function nameOf(subject: string, organisation: OrganisationSnapshot, staff: Staff): string {
  const id = idIn(subject);
  if (subject.startsWith('person:')) return memberOf(staff, id)?.name ?? id;
  const service = organisation.services.find((one) => one.id === id);
  return service ? inLanguage(service.name, organisation.organisation.defaultLanguage) : id;
}

export interface Repeating {
  subject: string;
  /** The tickets of the window that were marked with it. */
  tickets: readonly Ticket[];
  /** The one that was told before, if any. */
  last: Repetition | null;
  now: string;
}

/**
 * What is told of a subject now: null below the set number, or where it was told within the window. To management and
 * supervisors, never to the person concerned nor to anybody from whom one of the tickets is kept. Pure; the one after the
 * same last one has the same id.
 */
export function findRepetition(
  { subject, tickets, last, now }: Repeating,
  organisation: OrganisationSnapshot,
  staff: Staff,
): { repetition: Repetition; alerts: AlertDraft[] } | null {
  const { count: wanted, days } = organisation.casework.repetition;
  if (last && last.at > windowStart(organisation, now)) return null;
  const found = tickets.filter((one) => stillSpeaks(one, subject));
  if (found.length < wanted) return null;
  const except = [...(subject.startsWith('person:') ? [idIn(subject)] : []), ...found.flatMap((one) => one.hiddenFrom)];
  const told = [...allIn(staff, 'management', { now, except }), ...allIn(staff, 'supervisor', { now, except })];
  const toldTo = [...new Set(told.map(({ id }) => id))];
  const count = found.length;
  const values = { count, days, other: nameOf(subject, organisation, staff) };
  return {
    repetition: {
      id: keyed('repetition', subject, last?.id ?? ''),
      version: 1,
      ...{ subject, at: now, count, days, toldTo },
      ticketNumbers: found.map(({ number }) => number),
    },
    alerts: toldTo.map((agentId) => ({ kind: 'repetition', agentId, values })),
  };
}
