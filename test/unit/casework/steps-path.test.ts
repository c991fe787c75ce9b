import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithCare, mayTake, path, requireStep, stepNames, stepsNow } from '../../../src/casework/path.ts';
import type { CaseScene } from '../../../src/casework/scene.ts';
import { steps } from '../../../src/casework/steps.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { ticketStatuses } from '../../../src/ticket/types.ts';
import { actor, aScene, aTicket, everybody, refusal } from './builders.ts';

const before = '2026-11-25T07:00:00.000Z';
const at = (facts: Partial<Ticket>): CaseScene => aScene({ ticket: aTicket(facts) });
const scenes = fc.record({
  status: fc.constantFrom(...ticketStatuses),
  departmentId: fc.constantFrom('care', 'halls', 'maintenance'),
  assigneeId: fc.constantFrom(null, 'sara', 'huda', 'majed'),
  routedAt: fc.constantFrom(null, before),
  resumesAs: fc.constantFrom(
    null,
    'open' as const,
    'transferred' as const,
    'in_progress' as const,
    'returned' as const,
  ),
  notBy: fc.constantFrom<string[]>([], ['majed'], ['huda', 'sara']),
  hiddenFrom: fc.constantFrom<string[]>([], ['huda', 'majed']),
});
const people = fc.constantFrom(...everybody.map(({ id }) => id));

describe('the path', () => {
  it('offers exactly the steps that it then allows', () => {
    fc.assert(
      fc.property(scenes, people, fc.constantFrom(...stepNames), (facts, id, name) => {
        const scene = at(facts);
        const isOffered = stepsNow(scene, actor(id)).includes(name);
        expect(refusal(() => requireStep(scene, actor(id), name)) === null).toBe(isOffered);
      }),
      { numRuns: 500 },
    );
  });

  it('offers nothing to those who only read, nor to whom the matter is kept from', () => {
    fc.assert(
      fc.property(scenes, people, (facts, id) => {
        expect(stepsNow(at(facts), actor('maha'))).toEqual([]);
        expect(stepsNow(at({ ...facts, hiddenFrom: [id] }), actor(id))).toEqual([]);
      }),
    );
  });

  it('lets nobody treat a matter who may not', () => {
    fc.assert(
      fc.property(scenes, people, (facts, id) => {
        const scene = at({ ...facts, notBy: [id] });
        for (const name of ['start', 'return', 'reply', 'resolve', 'approve-reply'] as const)
          expect(mayTake(scene, actor(id), name)).toBe(false);
      }),
    );
  });

  it('leaves to a department only what is with it', () => {
    fc.assert(
      fc.property(scenes, fc.constantFrom('majed', 'mona', 'mishari'), (facts, id) => {
        const scene = at(facts);
        if (isWithCare(scene) || !actor(id).departments.includes(facts.departmentId))
          expect(stepsNow(scene, actor(id))).toEqual([]);
      }),
    );
  });

  it('always leads on from a ticket that is not over: to a supervisor some step is possible', () => {
    fc.assert(
      fc.property(scenes, (facts) => {
        expect(stepsNow(at({ ...facts, notBy: [], hiddenFrom: [] }), actor('samia')).length).toBeGreaterThan(0);
      }),
    );
  });

  it('tells what is possible where a step is not', () => {
    const error = refusal(() => requireStep(at({ status: 'closed' }), actor('sara'), 'transfer'));
    expect(error).toMatchObject({ code: 'not-allowed', details: { reason: 'ticket-over', status: 'closed' } });
    expect(error?.message).toContain('Possible now: ');
    expect(error?.message).toContain('reopen');
  });

  it('knows with whom a ticket is that waits', () => {
    const waits = { status: 'on_hold', departmentId: 'halls', routedAt: before } as const;
    expect(isWithCare(at({ ...waits, resumesAs: 'returned' }))).toBe(true);
    expect(isWithCare(at({ ...waits, resumesAs: 'in_progress' }))).toBe(false);
    expect(isWithCare(at({ ...waits, departmentId: 'care', resumesAs: 'in_progress' }))).toBe(true);
  });

  it('names each step once, and every step that is built stands in it', () => {
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
    for (const { name } of steps) expect(path[name]).toBeDefined();
  });
});
