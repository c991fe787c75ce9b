import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import type { OrganisationSnapshot } from '../../organisation/settings.ts';
import type { TicketChange } from '../../ticket/events.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import { complexity, importance, neededAction, ticketType } from '../../ticket/types.ts';
import { step } from '../declare.ts';
import { checkFields } from '../forms.ts';
import { isWithCare } from '../path.ts';
import { type CaseScene, departmentOf } from '../scene.ts';
import { todayOf } from '../today.ts';

const id = z.string().max(100);

/** What of a matter may be corrected; what is absent stays. */
export const facts = z.strictObject({
  type: ticketType.optional(),
  service: id.nullable().optional(),
  complexity: complexity.optional(),
  importance: importance.optional(),
  action: neededAction.optional(),
  rootCause: id.nullable().optional().meta({ description: 'One of the root causes of the casework setting.' }),
  urgent: z.boolean().optional(),
  fields: z
    .record(id, z.string().nullable())
    .optional()
    .meta({ description: 'Values of the form; what is not named stays, null takes a value away.' }),
  departmentId: id
    .optional()
    .meta({ description: 'Where it belongs, as long as it did not go to a department; after that it is transferred.' }),
});
type Facts = z.output<typeof facts>;

function requireKnown({ organisation }: CaseScene, { service, departmentId, rootCause }: Facts): void {
  const faults: [string, string | null | undefined, readonly { id: string }[]][] = [
    ['service', service, organisation.services],
    ['departmentId', departmentId, organisation.departments],
    ['rootCause', rootCause, organisation.casework.rootCauses],
  ];
  for (const [field, value, known] of faults) {
    if (!value || known.some((one) => one.id === value)) continue;
    const kind = { service: 'service', departmentId: 'department', rootCause: 'root cause' }[field];
    const ids = known.map((one) => one.id).join(', ') || 'none';
    throw new WaslError('invalid', `body.${field}: there is no such ${kind}. Known: ${ids}.`);
  }
}

function requireMovable(scene: CaseScene, departmentId: string | undefined): void {
  const { ticket } = scene;
  if (departmentId === undefined || departmentId === ticket.departmentId) return;
  const isCareUnit = departmentOf(scene, departmentId)?.careUnit === true;
  if (ticket.routedAt === null || (isCareUnit && isWithCare(scene))) return;
  throw new WaslError('not-allowed', 'It went to a department already: "transfer" it to the other one.', {
    details: { reason: 'transfer-it' },
  });
}

/** All values of the form after the change: those that are given are read by their kind, the others stay. */
function fieldsAfter(
  organisation: OrganisationSnapshot,
  { fields, type, service }: Pick<Ticket, 'fields' | 'type' | 'service'>,
  { given, now }: { given: Record<string, string | null>; now: string },
): Record<string, string> {
  const removed = new Set(Object.entries(given).flatMap(([field, value]) => (value === null ? [field] : [])));
  const written = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null);
  const today = todayOf({ organisation, now });
  const checked = checkFields(organisation, { type, service }, Object.fromEntries(written), today);
  const kept = Object.entries(fields).filter(([field]) => !removed.has(field));
  return { ...Object.fromEntries(kept), ...checked };
}

/** Corrects what a ticket is about (TY-08..15): pure; `invalid` for what there is not, `not-allowed` for what is transferred. */
export const classify = step({
  name: 'classify',
  summary: 'Correct what a ticket is about: its type, service, complexity, importance, action, root cause and form',
  given: facts,
  take(scene, _by, given) {
    if (Object.keys(given).length === 0) throw new WaslError('invalid', 'body: say what is to change.');
    requireKnown(scene, given);
    requireMovable(scene, given.departmentId);
    const { fields, ...others } = given;
    const { organisation, ticket, now } = scene;
    const about = { fields: ticket.fields, type: given.type ?? ticket.type, service: given.service ?? ticket.service };
    if (given.service === null) about.service = null;
    const known = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
    const after = fields && { fields: fieldsAfter(organisation, about, { given: fields, now }) };
    return { changes: [{ kind: 'classified', ...known, ...after } as TicketChange] };
  },
});
