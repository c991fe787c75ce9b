import { WaslError } from '../errors.ts';
import { inLanguage } from '../language/language.ts';
import type { AcceptanceRule } from '../organisation/casework.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { TicketChange } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { missingFields } from './forms.ts';
import { noted } from './given.ts';
import type { Actor, CaseScene } from './scene.ts';

/** Why a condition is not met. */
export type WhyUnmet =
  | 'field-missing'
  | 'field-differs'
  /** No ticket has the number that was given. */
  | 'reference-unknown'
  /** The earlier request was, or still is, within its promised time. */
  | 'reference-in-time'
  | 'category';

export interface UnmetCondition {
  id: string;
  name: AcceptanceRule['name'];
  /** Of all unmet conditions with the same group one is enough. */
  group: string | null;
  why: WhyUnmet;
}

type Asked = Pick<CaseScene, 'ticket' | 'organisation' | 'category' | 'other' | 'now'>;

const isAbout = (
  { types, services }: Pick<AcceptanceRule, 'types' | 'services'>,
  { type, service }: Pick<Ticket, 'type' | 'service'>,
): boolean =>
  (types === undefined || types.includes(type)) &&
  (services === undefined || (service !== null && services.includes(service)));

/** The conditions under which a matter is accepted (IN-11, IN-21), those of its type and service. Pure. */
export const conditionsFor = (
  { casework }: Pick<OrganisationSnapshot, 'casework'>,
  facts: Pick<Ticket, 'type' | 'service'>,
): AcceptanceRule[] => casework.conditions.filter((one) => isAbout(one, facts));

/** The promised time passed before the request was answered; time in which its clock stood does not count against it. */
function isOverdue({ dueAt, pauses, resolvedAt, closedAt }: Ticket, now: string): boolean {
  const stood = pauses.find(({ to, stops }) => to === null && stops);
  const until = resolvedAt ?? closedAt ?? stood?.from ?? now;
  return dueAt.resolution !== null && until > dueAt.resolution;
}

const writtenIn = ({ fields }: Ticket, id: string): string | null =>
  Object.hasOwn(fields, id) ? (fields[id]?.trim() ?? '') || null : null;

function whyUnmet({ rule }: AcceptanceRule, { ticket, category, other, now }: Asked): WhyUnmet | null {
  if (rule.is === 'category') return category !== null && rule.in.includes(category) ? null : 'category';
  const value = writtenIn(ticket, rule.field);
  if (value === null) return 'field-missing';
  if (rule.is === 'field-given') return null;
  if (rule.is === 'field-equals') return value === rule.value ? null : 'field-differs';
  if (other === null) return 'reference-unknown';
  return isOverdue(other, now) ? null : 'reference-in-time';
}

/** The number of the earlier request that has to be read to judge the conditions of a ticket; undefined where none has. Pure. */
export function referenceIn(organisation: Pick<OrganisationSnapshot, 'casework'>, ticket: Ticket): string | undefined {
  for (const { rule } of conditionsFor(organisation, ticket)) {
    const number = rule.is === 'reference-overdue' ? writtenIn(ticket, rule.field) : null;
    if (number !== null) return number;
  }
  return undefined;
}

/**
 * The conditions that a ticket does not meet, and why. Conditions of one group stand for one another: where one of them is
 * met the others are not missed. `scene.other` is the ticket of `referenceIn`. Pure.
 */
export function unmetConditions(scene: Asked): UnmetCondition[] {
  const judged = conditionsFor(scene.organisation, scene.ticket).map((one) => ({ one, why: whyUnmet(one, scene) }));
  const met = new Set(judged.flatMap(({ one: { group }, why }) => (why === null && group ? [group] : [])));
  return judged.flatMap(({ one: { id, name, group = null }, why }) =>
    why === null || (group !== null && met.has(group)) ? [] : [{ id, name, group, why }],
  );
}

/** What of an acceptance is given: whether it is accepted all the same, and the remark that says why. */
export interface Acceptance {
  override?: boolean | undefined;
  note?: string | undefined;
}

const above: readonly Actor['role'][] = ['supervisor', 'administrator'];

/**
 * The change that accepts a ticket. Throws `not-allowed` where its form is not filled or a condition is not met, naming
 * them in `details`; somebody above may override that with a remark. Pure.
 */
export function acceptanceOf(scene: CaseScene, by: Actor, { override = false, note }: Acceptance = {}): TicketChange {
  const accepted: TicketChange = { kind: 'accepted', ...noted(note) };
  const { organisation, ticket } = scene;
  const fields = missingFields(organisation, ticket, ticket.fields).map(({ id, name }) => ({ id, name }));
  const conditions = unmetConditions(scene);
  if (fields.length === 0 && conditions.length === 0) return accepted;
  if (override && above.includes(by.role)) {
    if (note?.trim()) return accepted;
    throw new WaslError('invalid', 'body.note: say why the case is accepted against its conditions.');
  }
  if (fields.length > 0) {
    const ids = fields.map(({ id }) => id).join(', ');
    throw new WaslError(
      'not-allowed',
      `Missing: ${ids}. Ask the person for it ("ask"), or fill it in ("classify" with fields).`,
      { details: { reason: 'fields-missing', fields, conditions } },
    );
  }
  const names = conditions.map(({ name }) => inLanguage(name, 'en')).join('; ');
  throw new WaslError(
    'not-allowed',
    `Conditions that are not met: ${names}. Reject the case, correct it, or have a supervisor accept it ("override").`,
    { details: { reason: 'conditions-unmet', fields, conditions } },
  );
}

/** Accepts a ticket on the way to another step, also one that waits since it was new: nothing where it is accepted already. */
export const acceptingOnTheWay = (scene: CaseScene, by: Actor): TicketChange[] =>
  scene.ticket.status === 'new' || scene.ticket.resumesAs === 'new' ? [acceptanceOf(scene, by)] : [];
