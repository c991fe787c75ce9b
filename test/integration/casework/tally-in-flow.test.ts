import { expect, it } from 'vitest';
import { contacts } from '../../../src/contact/contact.ts';
import { readCaseloads, readFigures } from '../../../src/report/read-tallies.ts';
import { openFlow } from '../../fakes/flow.ts';

it('what happens to tickets in the gateway is in the figures some seconds later, by itself', async () => {
  const world = await openFlow();
  try {
    const contact = {
      id: 'noura',
      version: 1,
      name: 'نورة',
      entity: null,
      category: null,
      language: 'ar' as const,
      preferredChannel: null,
      phone: null,
      email: null,
      blockedAt: null,
      createdAt: '2026-11-22T06:00:00.000Z',
      privacyVersion: null,
      joinedTo: null,
    };
    await world.store.write([{ op: 'insert', in: contacts, document: contact }]);
    const by = { id: 'sara', name: 'Sara' };
    const facts = { contactId: 'noura', type: 'complaint' as const, subject: 'تأخر الرد', channel: 'desk' };
    const { number } = await world.flow.staff.openTicket(by, { ...facts, departmentId: 'halls' }, 'key-1');
    await world.flow.staff.changeTicket(number, { kind: 'agent', id: 'sara' }, [{ kind: 'accepted' }]);
    // a look that goes on takes the place of the next one
    for (const seconds of [10, 10, 10]) {
      world.clock.advance(seconds * 1_000);
      await world.flow.idle();
    }
    const asked = { from: '2026-11-22', to: '2026-11-23', departmentIds: ['halls'] };
    const [figures] = await readFigures(world.store, asked);
    expect(figures).toMatchObject({ type: 'complaint', channel: 'desk', counted: { received: 1, accepted: 1 } });
    expect((await readCaseloads(world.store, null)).get('halls')).toEqual({ open: 1 });
    expect(world.errors).toEqual([]);
  } finally {
    await world.cleanUp();
  }
});
