import { z } from 'zod';
import { agents } from '../../agent/agent.ts';
import { note } from '../../agent/audit.ts';
import type { Principal } from '../../agent/principal.ts';
import { deputies, deputy, type KeptDeputy } from '../../casework/deputies.ts';
import { requireDeputy } from '../../casework/name-deputy.ts';
import { iso } from '../../clock.ts';
import { WaslError } from '../../errors.ts';
import { readStaff } from '../../flow/casework/scene-of.ts';
import type { Op, Store } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageFields, pageOf } from '../fields.ts';
import { findPage, getOr404 } from '../find-page.ts';
import { type AnyRoute, route, silentRoute } from '../route.ts';

const deputyReply = deputy
  .omit({ version: true, at: true })
  .extend({ agentName: z.string(), deputyName: z.string() })
  .meta({ id: 'Deputy' });

async function present(store: Store, found: readonly KeptDeputy[]): Promise<z.infer<typeof deputyReply>[]> {
  const ids = [...new Set(found.flatMap(({ agentId, deputyId }) => [agentId, deputyId]))];
  const names = new Map((await store.getMany(agents, ids)).map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? '';
  return found.map(({ id, agentId, deputyId, from, to }) => ({
    ...{ id, agentId, deputyId, from, to },
    agentName: nameOf(agentId),
    deputyName: nameOf(deputyId),
  }));
}

/** A head names a deputy for themselves; those above for anybody. */
function requireOwn({ id, role }: Principal, agentId: string): void {
  if (id === agentId || role === 'supervisor' || role === 'administrator') return;
  throw new WaslError('forbidden', 'Only those above name or end a deputy for somebody else.');
}

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/deputies',
    summary: 'Who stands in for whom, and when; the latest beginning first',
    tag: 'Agents',
    access: 'tickets.read',
    query: z.strictObject({ ...pageFields, agentId: opaqueId.optional() }),
    reply: pageOf(deputyReply),
    async handle({ query: { agentId, ...paging } }) {
      const by = agentId === undefined ? { index: 'by-from' } : { index: 'by-agent', where: { agentId } };
      const page = await findPage(store, deputies, { ...by, order: 'desc', ...paging });
      return { ...page, items: await present(store, page.items) };
    },
  });

const when = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const name = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/deputies',
    summary: 'Somebody stands in for an agent: they have the agent’s steps and hear what the agent would hear',
    tag: 'Agents',
    access: 'deputies.change',
    body: z.strictObject({
      agentId: opaqueId.optional().meta({ description: 'Default: yourself.' }),
      deputyId: opaqueId,
      from: when.optional().meta({ description: 'Default: now.' }),
      to: when.nullable().meta({ description: 'Not included; null until further notice.' }),
    }),
    status: 201,
    reply: deputyReply,
    async handle({ body, by }) {
      const { store, clock, ids } = deps;
      const at = iso(clock.now());
      const wanted = { agentId: by.id, from: at, ...body };
      requireOwn(by, wanted.agentId);
      requireDeputy(await readStaff(deps), wanted, at);
      const document: KeptDeputy = { ...wanted, id: ids.next(), version: 1, at };
      await store.write([{ op: 'insert', in: deputies, document }]);
      await note(deps, by, 'deputy.named', { subject: wanted.agentId, fields: [wanted.deputyId] });
      const [shown] = await present(store, [document]);
      if (!shown) throw new Error('a deputy was lost while being shown');
      return shown;
    },
  });

/** What ends standing in: what has begun is kept with its end, what has not never was. */
const ending = ({ id, version, from }: KeptDeputy, now: string): Op =>
  from < now
    ? { op: 'update', in: deputies, id, expect: version, set: { to: now } }
    : { op: 'remove', in: deputies, id, expect: version };

const end = (deps: HttpDeps) =>
  silentRoute({
    method: 'delete',
    path: '/deputies/:id',
    summary: 'A deputy stands in no longer',
    tag: 'Agents',
    access: 'deputies.change',
    params: byId,
    async handle({ params: { id }, by }) {
      const { store, clock } = deps;
      const found = await getOr404(store, deputies, id, 'deputy');
      requireOwn(by, found.agentId);
      const now = iso(clock.now());
      if (found.to !== null && found.to <= now) return;
      await store.write([ending(found, now)]);
      await note(deps, by, 'deputy.ended', { subject: found.agentId, fields: [found.deputyId] });
    },
  });

/** Who stands in for whom (EX-08). */
export const deputyRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), name(deps), end(deps)];
