import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { type Arrival, arrivals } from '../../message/arrival.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageFields, pageOf, time } from '../fields.ts';
import { findPage } from '../find-page.ts';
import { type AnyRoute, route, silentRoute } from '../route.ts';

const arrivalReply = z
  .object({
    id: z.string(),
    /** What the provider posted, as it came. */
    body: z.string(),
    reason: z.string().nullable(),
    /** When it came, and when it was put aside. */
    at: time,
    oddAt: time.nullable(),
    /** It is removed after this time. */
    expiresAt: time.nullable(),
  })
  .meta({ id: 'Arrival' });

const present = ({ id, body, reason, at, oddAt, expiresAt }: Arrival): z.infer<typeof arrivalReply> => ({
  id,
  body,
  reason,
  at,
  oddAt,
  expiresAt,
});

/** A body may be long, so that few make a page. */
const query = z.strictObject({ ...pageFields, limit: z.coerce.number().int().min(1).max(50).default(20) });

const list = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/inboxes/:id/arrivals',
    summary: 'What the provider posted to an inbox and could not be read, or not all of it; newest first',
    tag: 'Inboxes',
    access: 'inboxes.change',
    params: byId,
    query,
    reply: pageOf(arrivalReply),
    async handle({ params: { id: inboxId }, query: { limit, cursor }, by }) {
      const where = { inboxId };
      const page = await findPage(deps.store, arrivals, { index: 'by-inbox', where, order: 'desc', limit, cursor });
      await note(deps, by, 'arrivals.read', { subject: inboxId });
      return { items: page.items.map(present), nextCursor: page.nextCursor };
    },
  });

const retry = (deps: HttpDeps) =>
  silentRoute({
    method: 'post',
    path: '/inboxes/:id/arrivals/:arrivalId/retry',
    summary: 'Have such a post read again',
    tag: 'Inboxes',
    access: 'inboxes.change',
    params: byId.extend({ arrivalId: opaqueId }),
    async handle({ params: { id, arrivalId }, by }) {
      await deps.flow.readAgain(id, arrivalId);
      await note(deps, by, 'arrival.retried', { subject: id, fields: [arrivalId] });
    },
  });

/** The posts of providers that nobody could read. */
export const arrivalRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), retry(deps)];
