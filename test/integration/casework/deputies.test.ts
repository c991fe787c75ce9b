import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgent } from '../../../src/agent/change-agents.ts';
import type { AgentRole } from '../../../src/agent/roles.ts';
import { deputies } from '../../../src/casework/deputies.ts';
import { asAdministrator, asking, openWorld, password, type World } from '../http-harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Somebody of a department who has signed in. */
async function signedIn(email: string, role: AgentRole, departments: string[]) {
  const { store, deps, clock } = world;
  const facts = { email: `${email}@example.org`, name: email, role, departments, password };
  const agent = await createAgent({ store, ids: deps.ids, now: clock.now() }, facts);
  const began = await asking(world)('POST', '/api/v1/session', { body: { email: facts.email, password } });
  const cookie = began.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { id: agent.id, ask: asking(world, { cookie, 'x-csrf-token': began.body.csrfToken as string }) };
}

describe('a deputy', () => {
  it('is named and ended by the head they stand in for, by those above for anybody, and by nobody else', async () => {
    const head = await signedIn('head', 'head', ['halls']);
    const other = await signedIn('other', 'head', ['stores']);
    const member = await signedIn('member', 'member', ['halls']);
    const to = '2026-12-06T08:00:00+03:00';
    const named = await head.ask('POST', '/api/v1/deputies', { body: { deputyId: member.id, to } });
    expect(named.status).toBe(201);
    expect(named.body).toMatchObject({
      agentName: 'head',
      deputyName: 'member',
      from: '2026-11-25T08:00:00.000Z',
      to: '2026-12-06T05:00:00.000Z',
    });
    const forHead = { agentId: head.id, deputyId: other.id, from: '2026-12-07T00:00:00Z', to: null };
    expect((await other.ask('POST', '/api/v1/deputies', { body: forHead })).status).toBe(403);
    expect((await member.ask('POST', '/api/v1/deputies', { body: forHead })).status).toBe(403);
    const above = asAdministrator(world);
    const later = await above('POST', '/api/v1/deputies', { body: forHead });
    expect(later.status).toBe(201);
    expect((await above('POST', '/api/v1/deputies', { body: forHead })).status).toBe(422);
    const list = await member.ask('GET', `/api/v1/deputies?agentId=${head.id}`);
    expect(list.body.items.map(({ deputyName }: { deputyName: string }) => deputyName)).toEqual(['other', 'member']);

    expect((await other.ask('DELETE', `/api/v1/deputies/${named.body.id}`)).status).toBe(403);
    world.clock.advance(3_600_000);
    expect((await head.ask('DELETE', `/api/v1/deputies/${named.body.id}`)).status).toBe(204);
    expect((await above('DELETE', `/api/v1/deputies/${later.body.id}`)).status).toBe(204);
    expect(await world.store.get(deputies, named.body.id)).toMatchObject({ to: '2026-11-25T09:00:00.000Z' });
    expect(await world.store.get(deputies, later.body.id)).toBeNull();
  });
});

describe('the note of a shift', () => {
  it('is read by those who work in the department after it, and by nobody of another', async () => {
    const morning = await signedIn('morning', 'member', ['labs']);
    const evening = await signedIn('evening', 'member', ['labs']);
    const elsewhere = await signedIn('elsewhere', 'head', ['housing']);
    const note = 'المعمل الثالث ينتظر قطعة الشبكة.';
    const left = await morning.ask('POST', '/api/v1/handovers', { body: { departmentId: 'labs', note } });
    expect(left.status).toBe(201);
    const read = await evening.ask('GET', '/api/v1/handovers?departmentId=labs');
    expect(read.body.items).toMatchObject([{ note, byName: 'morning', departmentId: 'labs' }]);
    expect((await elsewhere.ask('GET', '/api/v1/handovers?departmentId=labs')).status).toBe(403);
    expect((await elsewhere.ask('POST', '/api/v1/handovers', { body: { departmentId: 'labs', note } })).status).toBe(
      403,
    );
    expect((await morning.ask('POST', '/api/v1/handovers', { body: { departmentId: 'nothing', note } })).status).toBe(
      400,
    );
  });

  it('of the care unit is for all its agents, whatever departments stand at their names', async () => {
    const agent = await signedIn('agent', 'agent', []);
    const left = await agent.ask('POST', '/api/v1/handovers', { body: { departmentId: 'care', note: 'x' } });
    expect(left.status).toBe(201);
    expect((await asAdministrator(world)('GET', '/api/v1/handovers?departmentId=care')).body.items).toHaveLength(1);
  });
});
