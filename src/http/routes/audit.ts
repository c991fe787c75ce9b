import { z } from 'zod';
import { audit, auditEntry } from '../../agent/audit.ts';
import type { Query } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { opaqueId, pageFields, pageOf } from '../fields.ts';
import { findPage } from '../find-page.ts';
import { type AnyRoute, route } from '../route.ts';

const auditReply = auditEntry.omit({ version: true }).meta({ id: 'AuditEntry' });

const filters = z
  .strictObject({ ...pageFields, actorId: opaqueId.optional(), subject: opaqueId.optional() })
  .refine(({ actorId, subject }) => actorId === undefined || subject === undefined, 'ask for actorId or subject');

function choose({ actorId, subject }: z.output<typeof filters>): Pick<Query, 'index' | 'where'> {
  if (actorId !== undefined) return { index: 'by-actor', where: { actorId } };
  if (subject !== undefined) return { index: 'by-subject', where: { subject } };
  return { index: 'by-at' };
}

/** Who did what. */
export const auditRoutes = ({ store }: HttpDeps): AnyRoute[] => [
  route({
    method: 'get',
    path: '/audit',
    summary: 'Who did what, newest first',
    tag: 'Audit',
    access: 'audit.read',
    query: filters,
    reply: pageOf(auditReply),
    async handle({ query }) {
      const { limit, cursor } = query;
      const page = await findPage(store, audit, { ...choose(query), order: 'desc', limit, cursor });
      return { ...page, items: page.items.map(({ version: _, ...shown }) => shown) };
    },
  }),
];
