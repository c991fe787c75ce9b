import { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import { WaslError } from '../../errors.ts';
import { tickets } from '../../ticket/ticket.ts';
import type { HttpDeps } from '../deps.ts';
import { opaqueId, pageFields, pageOf } from '../fields.ts';
import { findPage } from '../find-page.ts';
import { maySee, presentTicket, ticketReply } from '../present/ticket.ts';
import { type AnyRoute, route } from '../route.ts';
import { ticketFor } from './ticket-for.ts';

const listStock = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/tickets/stock',
    summary: 'Tickets that were not done for lack of stock and wait for it, the oldest first',
    tag: 'Tickets',
    access: 'tickets.read',
    query: z.strictObject({ ...pageFields, departmentId: opaqueId.optional() }),
    reply: pageOf(ticketReply),
    async handle({ query: { departmentId, ...paging }, by }) {
      const where: Record<string, string> = departmentId === undefined ? {} : { stockOf: departmentId };
      const page = await findPage(store, tickets, { index: 'by-stock', where, ...paging });
      return { ...page, items: page.items.filter((one) => maySee(by, one)).map(presentTicket) };
    },
  });

const arrived = z.object({
  ticketNumber: z.string(),
  done: z.boolean(),
  /** Why not; null where it is done. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

async function reopenOne(deps: HttpDeps, by: Principal, ticketNumber: string): Promise<z.output<typeof arrived>> {
  try {
    await ticketFor(deps.store, by, ticketNumber);
    await deps.flow.staff.takeStep(ticketNumber, by, { name: 'stock-arrived', given: {}, version: undefined });
    return { ticketNumber, done: true, error: null };
  } catch (error) {
    if (!(error instanceof WaslError)) throw error;
    return { ticketNumber, done: false, error: { code: error.code, message: error.message } };
  }
}

const stockArrived = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/stock/arrived',
    summary: 'Stock has arrived for several tickets: each opens again by itself, and one that cannot holds up no other',
    tag: 'Tickets',
    access: 'tickets.step',
    body: z.strictObject({ ticketNumbers: z.array(opaqueId).min(1).max(100) }),
    reply: z.object({ items: z.array(arrived) }),
    async handle({ body, by }) {
      const items: z.output<typeof arrived>[] = [];
      for (const number of new Set(body.ticketNumbers)) items.push(await reopenOne(deps, by, number));
      return { items };
    },
  });

/** What waits for stock (TK-08). Comes before the routes of one ticket, for `stock` is no number. */
export const stockRoutes = (deps: HttpDeps): AnyRoute[] => [listStock(deps), stockArrived(deps)];
