import type { TicketChange } from '../ticket/events.ts';
import { opening } from '../ticket/ledger.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { formFor } from './forms.ts';
import { alertTo, thoseAbove } from './hand-over.ts';
import { peopleAt } from './ladder.ts';
import { objectionLevels } from './may-object.ts';
import { maySee } from './may-see.ts';
import type { Actor, AlertDraft, CaseScene } from './scene.ts';
import type { StaffMember } from './staff.ts';

export interface ObjectionFacts {
  /** What the person says against the answer. */
  text: string;
  note?: string | undefined;
  /** Where the objection was made. */
  channel: string;
  conversationId: string | null;
  dueAt: Ticket['dueAt'];
  by?: Pick<Actor, 'id'> | null;
}

/** The first ledger lines of the new ticket, and who of staff is told of it. */
export interface Objection {
  changes: TicketChange[];
  alerts: AlertDraft[];
}

/** Everybody who had a hand in the earlier ticket, or may have none in it. */
const handlersOf = ({ handlers, assigneeId, notBy, answer, reply }: Ticket): string[] => [
  ...new Set([...notBy, ...handlers, assigneeId, answer?.byId ?? null, reply?.byId ?? null].flatMap((id) => id ?? [])),
];

const longest = 300;

const subjectOf = ({ subject, language }: Ticket): string => {
  const prefix = language === 'ar' ? 'اعتراض: ' : 'Objection: ';
  const whole = subject.startsWith(prefix) ? subject : `${prefix}${subject}`;
  return [...whole].slice(0, longest).join('');
};

/** Where the form of objections asks for the earlier request, that is known. */
const fieldsOf = ({ organisation, ticket }: CaseScene): Record<string, string> =>
  Object.fromEntries(
    formFor(organisation, { type: 'objection', service: ticket.service })
      .filter(({ kind }) => kind === 'reference')
      .slice(0, 1)
      .map(({ id }) => [id, ticket.number]),
  );

function openedBy(scene: CaseScene, { channel, conversationId, dueAt }: ObjectionFacts) {
  const { ticket } = scene;
  const { service, importance, restricted, departmentId, contactId, language, complexity, behalf, hiddenFrom } = ticket;
  const fields = fieldsOf(scene);
  return {
    kind: 'opened' as const,
    type: 'objection' as const,
    subject: subjectOf(ticket),
    ...{ service, importance, restricted, departmentId, contactId, conversationId, channel, language, dueAt },
    objectionTo: ticket.number,
    notBy: handlersOf(ticket),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(complexity === 'routine' ? {} : { complexity }),
    ...(behalf ? { behalf } : {}),
    ...(hiddenFrom.length > 0 ? { hiddenFrom } : {}),
  };
}

/** Who can decide on it: those who can work on a ticket first. */
const byRank = (one: StaffMember, other: StaffMember): number =>
  Number(one.role === 'management') - Number(other.role === 'management');

/** The lowest level from the given one at which somebody is who had no hand in the earlier ticket. */
function deciders(scene: CaseScene, level: number): { level: number; people: StaffMember[] } {
  const except = handlersOf(scene.ticket);
  const from = objectionLevels(scene.organisation).filter((one) => one.level >= level);
  const found = from.map((one) => ({ level: one.level, people: peopleAt(scene, one.of, except).sort(byRank) }));
  return found.find(({ people }) => people.length > 0) ?? { level, people: [] };
}

/**
 * What the objection to a ticket (the scene's) begins with: a ticket of its own one level up, restricted and hidden as the
 * earlier, with somebody above who did not handle that (ES-03, ES-05). Where nobody is left those above hear that it lies
 * with nobody. Pure.
 */
export function objectionTo(scene: CaseScene, level: number, facts: ObjectionFacts): Objection {
  const { ticket } = scene;
  const { text, note, by = null } = facts;
  const decided = deciders(scene, level);
  const assignee = decided.people[0] ?? null;
  const standing = { ...ticket, assigneeId: assignee?.id ?? null };
  const told = decided.people.filter((one) => maySee(one, standing));
  const { restricted, visibleTo, hiddenFrom } = ticket;
  const values = { other: ticket.number, ...(note === undefined ? {} : { note: note.trim() }) };
  const raised = {
    kind: 'escalated' as const,
    level: decided.level,
    why: 'objection' as const,
    to: told.map(({ id }) => id),
    ...(assignee ? { assigneeId: assignee.id } : {}),
  };
  return {
    changes: [
      ...opening(openedBy(scene, facts), scene.now),
      ...(visibleTo.length > 0 ? [{ kind: 'kept' as const, restricted, visibleTo, hiddenFrom }] : []),
      { kind: 'escalation-asked', text: text.trim() },
      ...(note === undefined ? [] : [{ kind: 'noted' as const, text: note.trim() }]),
      raised,
    ],
    alerts: assignee
      ? alertTo(told, by, { kind: 'objection', values })
      : alertTo(thoseAbove(scene), by, { kind: 'nobody-there', values: { other: ticket.number } }),
  };
}
