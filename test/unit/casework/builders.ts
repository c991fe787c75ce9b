import { join } from 'node:path';
import type { DeclaredStep } from '../../../src/casework/declare.ts';
import { requireStep } from '../../../src/casework/path.ts';
import type { Actor, CaseScene, StepOutcome } from '../../../src/casework/scene.ts';
import type { Deputy, Staff, StaffMember } from '../../../src/casework/staff.ts';
import { WaslError } from '../../../src/errors.ts';
import type { Casework } from '../../../src/organisation/casework.ts';
import { loadOrganisation } from '../../../src/organisation/load.ts';
import type { OrganisationSnapshot } from '../../../src/organisation/settings.ts';
import { applyEvent } from '../../../src/ticket/fold.ts';
import { type Ticket, ticket as ticketSchema, untouched } from '../../../src/ticket/ticket.ts';

const shipped = await loadOrganisation(join(import.meta.dirname, '../../../knowledge-base/organisation'));

/** A Wednesday morning within office hours (11:00 in Riyadh). */
export const now = '2026-11-25T08:00:00.000Z';

/** The organisation that ships, with what a test decides otherwise. */
export const anOrganisation = (
  casework: Partial<Casework> = {},
  others: Partial<OrganisationSnapshot> = {},
): OrganisationSnapshot => ({
  ...structuredClone(shipped),
  ...others,
  casework: { ...structuredClone(shipped.casework), ...casework },
});

/** A ticket on which nothing has happened yet, with what a test needs. */
export const aTicket = (facts: Partial<Ticket> = {}): Ticket => ({
  ...untouched,
  id: facts.number ?? '26000010',
  version: 1,
  number: '26000010',
  type: 'complaint',
  service: null,
  subject: 'لم يصلني رد',
  status: 'new',
  importance: 'medium',
  complexity: 'routine',
  restricted: false,
  departmentId: 'care',
  contactId: 'noura',
  conversationId: null,
  channel: 'desk',
  language: 'ar',
  openedAt: '2026-11-25T06:00:00.000Z',
  statusAt: '2026-11-25T06:00:00.000Z',
  dueAt: { firstResponse: null, routing: null, resolution: null },
  eventCount: 1,
  causeKey: facts.number ?? '26000010',
  ...facts,
});

/** Somebody of staff; with a member's name for an id. */
export const aMember = (id: string, facts: Partial<StaffMember> = {}): StaffMember => ({
  id,
  name: id,
  email: `${id}@example.org`,
  role: 'agent',
  departments: [],
  disabledAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...facts,
});

/** One of each: care agents Sara and Salem, head Huda and members Majed and Mona of the halls, and those above. */
export const everybody: readonly StaffMember[] = [
  aMember('sara', { role: 'agent', departments: ['care'] }),
  aMember('salem', { role: 'agent', departments: ['care'], createdAt: '2026-01-02T00:00:00.000Z' }),
  aMember('huda', { role: 'head', departments: ['halls'] }),
  aMember('majed', { role: 'member', departments: ['halls'] }),
  aMember('mona', { role: 'member', departments: ['halls'] }),
  aMember('hamad', { role: 'head', departments: ['maintenance'], createdAt: '2026-01-02T00:00:00.000Z' }),
  aMember('mishari', { role: 'member', departments: ['maintenance'] }),
  aMember('samia', { role: 'supervisor', departments: ['care'] }),
  aMember('adel', { role: 'administrator' }),
  aMember('maha', { role: 'management' }),
];

/** Who works here: everybody above, with some changed (by id) or added, and who stands in for whom. */
export function aStaff(changed: readonly StaffMember[] = [], deputies: readonly Deputy[] = []): Staff {
  const others = everybody.filter(({ id }) => !changed.some((one) => one.id === id));
  return { members: [...others, ...changed], deputies };
}

/** What a step looks at. */
export const aScene = (facts: Partial<CaseScene> = {}): CaseScene => ({
  ticket: aTicket(),
  now,
  cause: 'cause-1',
  organisation: facts.organisation ?? anOrganisation(),
  staff: aStaff(),
  category: null,
  other: null,
  ...facts,
});

/** Somebody of the scene's staff as the one who acts. */
export function actor(id: string, staff: Staff = aStaff()): Actor {
  const member = staff.members.find((one) => one.id === id);
  if (!member) throw new Error(`nobody is called ${id}`);
  const { name, role, departments } = member;
  return { id, name, role, departments };
}

export interface Taken {
  outcome: StepOutcome;
  /** The ticket after it. */
  ticket: Ticket;
}

/** Takes a step as the flow does: what is given is parsed, the path asked, the changes folded. */
export function take(step: DeclaredStep, scene: CaseScene, by: string, given: object = {}): Taken {
  const who = actor(by, scene.staff);
  const parsed = step.given.parse(given);
  requireStep(scene, who, step.name);
  const outcome = step.take(scene, who, parsed);
  return { outcome, ticket: after(scene, outcome, by) };
}

/** The ticket of a scene after what was made of it. */
export function after({ ticket, now: at, cause }: CaseScene, { changes }: StepOutcome, by: string | null = null) {
  const folded = changes.reduce<Ticket>(
    (one, change) =>
      applyEvent(one, {
        id: `${one.eventCount + 1}`,
        version: 1,
        ticketNumber: one.number,
        seq: one.eventCount + 1,
        at,
        actor: { kind: by === null ? 'system' : 'agent', id: by },
        cause,
        change,
      }),
    ticket,
  );
  return ticketSchema.parse(folded);
}

/** The error that something throws, or null. */
export function refusal(run: () => unknown): WaslError | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof WaslError) return error;
    throw error;
  }
}
