import { z } from 'zod';
import { iso } from '../clock.ts';
import { WaslError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { Collection, Op, Store } from '../store/port.ts';
import { type Agent, agents, foldEmail } from './agent.ts';
import { hashPassword } from './password.ts';
import type { AgentRole } from './roles.ts';
import { endSessions } from './session.ts';

const guard = z.object({ id: z.string(), version: z.number().int() });

/**
 * One document that every change which takes an administrator away must pass by its version, so that two such changes
 * at once cannot leave nobody.
 */
export const agentGuards: Collection<z.infer<typeof guard>> = { name: 'agentGuards', schema: guard, indexes: [] };
const guardId = 'administrators';

export interface NewAgent {
  email: string;
  name: string;
  role: AgentRole;
  departments: string[];
  /** E.164. */
  phone?: string | null | undefined;
  password: string;
}

/** Creates an agent; rejects with `conflict` where the address is taken. `now` in ms. */
export async function createAgent(
  { store, ids, now }: { store: Store; ids: Ids; now: number },
  { password, phone, ...facts }: NewAgent,
): Promise<Agent> {
  const document: Agent = {
    ...facts,
    ...(phone ? { phone } : {}),
    email: foldEmail(facts.email),
    id: ids.next(),
    version: 1,
    passwordHash: await hashPassword(password),
    disabledAt: null,
    createdAt: iso(now),
  };
  const result = await store.write([{ op: 'insert', in: agents, document }]);
  if (!result.ok) throw new WaslError('conflict', 'An agent with this e-mail address exists already.');
  return document;
}

export interface AgentChange {
  name?: string | undefined;
  role?: AgentRole | undefined;
  departments?: string[] | undefined;
  /** E.164; null takes it away. */
  phone?: string | null | undefined;
  disabled?: boolean | undefined;
  password?: string | undefined;
}

async function requireAnotherAdministrator(store: Store, id: string): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await store.find(agents, { index: 'by-role', where: { role: 'administrator' }, limit: 200, cursor });
    if (page.items.some((one) => one.id !== id && !one.disabledAt)) return;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  throw new WaslError('not-allowed', 'This is the last administrator: give the role to another agent first.');
}

/** The operation that lets only one such change through at a time. */
async function passGuard(store: Store): Promise<Op> {
  const found = await store.get(agentGuards, guardId);
  return found
    ? { op: 'update', in: agentGuards, id: guardId, expect: found.version, set: {} }
    : { op: 'insert', in: agentGuards, document: { id: guardId, version: 1 } };
}

async function fieldsOf(before: Agent, change: AgentChange, now: number): Promise<Partial<Agent>> {
  const { disabled, password, ...facts } = change;
  const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return {
    ...given,
    ...(disabled === undefined ? {} : { disabledAt: disabled ? (before.disabledAt ?? iso(now)) : null }),
    ...(password === undefined ? {} : { passwordHash: await hashPassword(password) }),
  };
}

const takesAdministrator = (before: Agent, after: Partial<Agent>): boolean =>
  before.role === 'administrator' &&
  !before.disabledAt &&
  (Boolean(after.disabledAt) || (after.role !== undefined && after.role !== 'administrator'));

/**
 * Changes an agent at the given version. Rejects with `not-found`, `conflict` (with the agent as it now is in
 * `details.current`) or `not-allowed` (the last administrator). A new password or role, and disabling, end the agent's sessions.
 */
export async function changeAgent(
  { store, now }: { store: Store; now: number },
  id: string,
  version: number,
  change: AgentChange,
): Promise<Agent> {
  for (;;) {
    const before = await store.get(agents, id);
    if (!before) throw new WaslError('not-found', 'There is no such agent.');
    const set = await fieldsOf(before, change, now);
    const unit: Op[] = [{ op: 'update', in: agents, id, expect: version, set }];
    if (takesAdministrator(before, set)) {
      unit.push(await passGuard(store));
      await requireAnotherAdministrator(store, id);
    }
    const result = await store.write(unit);
    if (result.ok) {
      if (change.disabled || change.password !== undefined || set.role !== undefined) await endSessions(store, id);
      return result.documents[0] as Agent;
    }
    if (result.at === 0) {
      throw new WaslError('conflict', 'The agent was changed meanwhile.', { details: { current: result.current } });
    }
  }
}
