import { z } from 'zod';
import { agents } from '../../agent/agent.ts';
import { note } from '../../agent/audit.ts';
import { changeAgent, createAgent } from '../../agent/change-agents.ts';
import { leastPasswordLength } from '../../agent/password.ts';
import { agentRole } from '../../agent/roles.ts';
import { WaslError } from '../../errors.ts';
import { isMobile } from '../../language/mobile.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageFields, pageOf, version, words } from '../fields.ts';
import { findPage, withCurrent } from '../find-page.ts';
import { handOver, requireHandOver } from '../leaving-agent.ts';
import { agentReply, presentAgent, presentInList } from '../present/agent.ts';
import { type AnyRoute, route } from '../route.ts';

const password = z.string().min(leastPasswordLength, `at least ${leastPasswordLength} characters`).max(1024);
const phone = z
  .string()
  .refine((number) => /^\+\d{7,15}$/.test(number) && isMobile(number), 'write a mobile number as +966…')
  .nullable()
  .optional()
  .meta({ description: 'A mobile number for alerts that go to phones.' });
const departments = z.array(z.string().max(100)).max(100);

function requireDepartments({ organisation }: HttpDeps, wanted: readonly string[] = []): void {
  const known = new Set(organisation().departments.map(({ id }) => id));
  const unknown = wanted.find((id) => !known.has(id));
  if (unknown !== undefined) throw new WaslError('invalid', 'body.departments: there is no such department.');
}

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/agents',
    summary: 'Agents; phones are masked',
    tag: 'Agents',
    access: 'agents.read',
    query: z.strictObject(pageFields),
    reply: pageOf(agentReply),
    async handle({ query }) {
      const page = await findPage(store, agents, { index: 'by-created', ...query });
      return { ...page, items: page.items.map(presentInList) };
    },
  });

const create = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/agents',
    summary: 'Add an agent',
    tag: 'Agents',
    access: 'agents.change',
    body: z.strictObject({
      email: z.email().max(320),
      name: words(200),
      role: agentRole,
      departments: departments.default([]),
      phone,
      password,
    }),
    status: 201,
    reply: agentReply,
    async handle({ body, by }) {
      requireDepartments(deps, body.departments);
      const created = await createAgent({ ...deps, now: deps.clock.now() }, body);
      await note(deps, by, 'agent.created', { subject: created.id, fields: [created.role] });
      return presentAgent(created);
    },
  });

const change = (deps: HttpDeps) =>
  route({
    method: 'patch',
    path: '/agents/:id',
    summary: 'Change, disable or enable an agent',
    tag: 'Agents',
    access: 'agents.change',
    params: byId,
    body: z.strictObject({
      version,
      name: words(200).optional(),
      role: agentRole.optional(),
      departments: departments.optional(),
      phone,
      disabled: z.boolean().optional(),
      password: password.optional(),
      handOver: opaqueId
        .optional()
        .meta({ description: 'With `disabled`: who gets their open tickets, an agent or `head`.' }),
    }),
    reply: agentReply,
    async handle({ params, body: { version: at, handOver: heir, ...changes }, by }) {
      requireDepartments(deps, changes.departments);
      if (changes.disabled) await requireHandOver(deps, params.id, heir);
      const now = deps.clock.now();
      const changed = await withCurrent(changeAgent({ store: deps.store, now }, params.id, at, changes), presentAgent);
      await note(deps, by, 'agent.changed', { subject: params.id, fields: Object.keys(changes) });
      if (changes.disabled && heir !== undefined) await handOver(deps, by, params.id, heir);
      return changed;
    },
  });

/** The people inside. */
export const agentRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), create(deps), change(deps)];
