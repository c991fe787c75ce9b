import { WaslError } from '../errors.ts';
import { promise } from '../sla/promise.ts';
import type { TicketChange } from '../ticket/events.ts';
import { opening } from '../ticket/ledger.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { confidantsOf, type Kept, keptFrom, namedIn } from './about-a-person.ts';
import { checkFields } from './forms.ts';
import { type AlertDraft, type CaseScene, careUnitOf, departmentOf } from './scene.ts';
import { allIn, headOf, memberOf } from './staff.ts';
import { todayOf } from './today.ts';

/** What is told of a new matter, by staff or by the assistant. What is absent is decided here. */
export interface OpeningFacts {
  type: Ticket['type'];
  service?: string | null | undefined;
  subject: string;
  /** Absent: that of the service, else of the care unit. */
  departmentId?: string | undefined;
  importance?: Ticket['importance'] | undefined;
  complexity?: Ticket['complexity'] | undefined;
  /** In the lane of what cannot wait (EX-05): of high importance, and the head hears of it at once. */
  urgent?: boolean | undefined;
  restricted?: boolean | undefined;
  /** As they were written, by field. */
  fields?: Readonly<Record<string, string>> | undefined;
  behalf?: Ticket['behalf'] | undefined;
  origin?: Ticket['origin'] | undefined;
  /** The agents whom it is about, by id (EX-01). */
  about?: readonly string[] | undefined;
  objectionTo?: string | undefined;
  notBy?: readonly string[] | undefined;
  contactId: string;
  conversationId?: string | null | undefined;
  channel: string;
  language: Ticket['language'];
}

/** What a matter begins with, all of it one unit. */
export interface Opening {
  /** The first is `opened`. A national ID is in the clear here: `sealedChanges` comes before the ledger. */
  changes: TicketChange[];
  alerts: AlertDraft[];
}

type Scene = Pick<CaseScene, 'organisation' | 'staff' | 'now'>;

const departmentFor = ({ organisation }: Scene, { departmentId, service }: OpeningFacts): string =>
  departmentId ??
  organisation.services.find(({ id }) => id === service)?.departmentId ??
  careUnitOf({ organisation })?.id ??
  'care';

/** From whom it is kept; a restricted one is seen by the confidants besides. */
function standingOf(scene: Scene, facts: OpeningFacts): Kept {
  const { about = [], restricted = false } = facts;
  about.forEach((id, at) => {
    if (memberOf(scene.staff, id) === null) throw new WaslError('invalid', `body.about.${at}: there is no such agent.`);
  });
  const kept = keptFrom(scene.staff, scene.organisation, { about, departmentId: departmentFor(scene, facts) });
  if (!restricted || kept.restricted) return kept;
  return { ...kept, restricted, visibleTo: confidantsOf(scene.staff, scene.organisation, kept.hiddenFrom) };
}

const importanceOf = ({ organisation }: Scene, { urgent, importance, service }: OpeningFacts): Ticket['importance'] =>
  urgent ? 'high' : (importance ?? organisation.services.find(({ id }) => id === service)?.importance ?? 'medium');

function openedBy(scene: Scene, facts: OpeningFacts, { departmentId, restricted, hiddenFrom }: Kept) {
  const { organisation, now } = scene;
  const { type, service = null, subject, channel, contactId, conversationId = null, language } = facts;
  const { urgent, behalf, origin, objectionTo, notBy = [], complexity = 'routine' } = facts;
  const importance = importanceOf(scene, facts);
  const fields = checkFields(organisation, { type, service }, facts.fields ?? {}, todayOf(scene));
  const promised = promise(
    organisation.sla,
    organisation.calendars,
    { channel, type, complexity, importance },
    Date.parse(now),
  );
  return {
    kind: 'opened' as const,
    ...{ type, service, subject, importance, restricted, departmentId, contactId, conversationId, channel, language },
    dueAt: {
      firstResponse: promised.firstResponse?.dueAt ?? null,
      routing: promised.routing?.dueAt ?? null,
      resolution: promised.resolution?.dueAt ?? null,
    },
    ...(complexity === 'routine' ? {} : { complexity }),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(urgent ? { urgent } : {}),
    ...(behalf ? { behalf } : {}),
    ...(origin ? { origin } : {}),
    ...(objectionTo === undefined ? {} : { objectionTo }),
    ...(notBy.length > 0 ? { notBy: [...notBy] } : {}),
    ...(hiddenFrom.length > 0 ? { hiddenFrom } : {}),
    ...(facts.about && facts.about.length > 0 ? { about: [...facts.about] } : {}),
  };
}

/** Those above who may know of it, where nobody nearer is there to hear of it. */
const aboveOf = (scene: Scene, except: readonly string[]): string[] =>
  (['supervisor', 'administrator', 'management'] as const)
    .map((role) => allIn(scene.staff, role, { now: scene.now, except }).map(({ id }) => id))
    .find((found) => found.length > 0) ?? [];

/** What cannot wait is told to the head of its department; a restricted one and one without a head to those above. */
function urgentAlerts(scene: Scene, { departmentId, restricted, hiddenFrom }: Kept): AlertDraft[] {
  const department = departmentOf(scene, departmentId);
  const head = department && headOf(scene.staff, department, { now: scene.now, except: hiddenFrom });
  const to = restricted || !head ? aboveOf(scene, hiddenFrom) : [head.id];
  return to.map((agentId) => ({ kind: 'transferred', agentId, values: { urgent: true } }));
}

/** What came from another platform is told to the coordinators (WF-16): those named, else all who have that role. */
function platformAlerts(
  scene: Scene,
  origin: NonNullable<Ticket['origin']>,
  { restricted, hiddenFrom }: Kept,
): AlertDraft[] {
  if (restricted) return [];
  const { staff, organisation, now } = scene;
  const named = namedIn(staff, organisation.casework.coordinators);
  const found = named.length > 0 ? named : allIn(staff, 'coordinator', { now });
  return found
    .filter(({ id }) => !hiddenFrom.includes(id))
    .map(({ id }) => ({ kind: 'platform-ticket', agentId: id, values: { ...origin } }));
}

const confidentialAlerts = (scene: Scene, { visibleTo, hiddenFrom }: Kept): AlertDraft[] =>
  (visibleTo.length > 0 ? visibleTo : aboveOf(scene, hiddenFrom)).map((agentId) => ({ kind: 'confidential', agentId }));

/**
 * What makes a ticket of a matter: its ledger's first changes, and who of staff is told. Pure. Throws `invalid` for a field
 * that its form does not have or a value that is none, and for somebody whom it cannot be about.
 */
export function openCase(scene: Scene, facts: OpeningFacts): Opening {
  const kept = standingOf(scene, facts);
  const changes = opening(openedBy(scene, facts, kept), scene.now);
  const { restricted, visibleTo, hiddenFrom } = kept;
  if (visibleTo.length > 0) changes.push({ kind: 'kept', restricted, visibleTo, hiddenFrom });
  return {
    changes,
    alerts: [
      ...(facts.urgent ? urgentAlerts(scene, kept) : []),
      ...(facts.origin ? platformAlerts(scene, facts.origin, kept) : []),
      ...(restricted ? confidentialAlerts(scene, kept) : []),
    ],
  };
}
