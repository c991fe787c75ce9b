import type { TicketStatus } from '../ticket/types.ts';
import { requireOwnVoice } from './answer.ts';
import { noted } from './given.ts';
import { type Climbed, climb } from './ladder.ts';
import { type Actor, type CaseScene, careUnitOf, type StepOutcome } from './scene.ts';

export interface Raising {
  why: 'person' | 'untreated' | 'staff';
  /** What the person said, where it was the person. */
  text?: string | undefined;
  note?: string | undefined;
  by?: Pick<Actor, 'id'> | null;
}

const ended: readonly TicketStatus[] = ['resolved', 'closed', 'rejected'];

/** A level within the department has it there; whoever is above has it in the care unit, where they may take steps. */
function statusAt(scene: CaseScene, { at }: Climbed): TicketStatus {
  const { departmentId, routedAt } = scene.ticket;
  const isThere = routedAt !== null && departmentId !== careUnitOf(scene)?.id;
  return isThere && (at?.to === 'head' || at?.to === 'assignee') ? 'transferred' : 'open';
}

/**
 * A ticket is raised to the next level now (ES-01, ES-02). One that is over is opened again and goes to somebody of the
 * level. Whether the person may is `mayEscalate`'s part; staff may at any time. Pure. Throws `not-allowed` for a ticket that
 * was merged into another.
 */
export function raise(scene: CaseScene, { why, text, note, by = null }: Raising): StepOutcome {
  const { ticket } = scene;
  requireOwnVoice(ticket);
  const isOver = ended.includes(ticket.status);
  const told = text?.trim();
  const climbed = climb(scene, {
    from: ticket.escalation?.level ?? 0,
    why,
    takes: isOver,
    by,
    values: note === undefined ? {} : { note: note.trim() },
  });
  return {
    changes: [
      ...(told ? [{ kind: 'escalation-asked' as const, text: told }] : []),
      ...(note === undefined || isOver ? [] : [{ kind: 'noted' as const, text: note.trim() }]),
      ...(isOver
        ? [{ kind: 'reopened' as const, why: 'escalated' as const, status: statusAt(scene, climbed), ...noted(note) }]
        : []),
      ...climbed.changes,
    ],
    news: { kind: 'escalated', values: {} },
    alerts: climbed.alerts,
  };
}
