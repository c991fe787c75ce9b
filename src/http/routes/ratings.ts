import { z } from 'zod';
import type { Query } from '../../store/port.ts';
import { rating, ratings } from '../../survey/rating.ts';
import type { HttpDeps } from '../deps.ts';
import { pageFields, pageOf } from '../fields.ts';
import { findPage } from '../find-page.ts';
import { hiddenTickets } from '../present/hidden-tickets.ts';
import { type AnyRoute, route } from '../route.ts';

const when = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const ratingReply = rating.omit({ version: true, inboxId: true }).meta({ id: 'Rating' });

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/ratings',
    summary: 'What people thought of the service, the last asked first; `score` is null where nobody answered',
    tag: 'Ratings',
    access: 'ratings.read',
    query: z.strictObject({
      ...pageFields,
      from: when.optional().meta({ description: 'Asked at this time or later.' }),
      to: when.optional().meta({ description: 'Asked before this time.' }),
    }),
    reply: pageOf(ratingReply),
    async handle({ query: { from, to, ...paging }, by }) {
      const range = { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) };
      const where: Query['where'] = from || to ? { askedAt: range } : {};
      const page = await findPage(store, ratings, { index: 'by-asked', where, order: 'desc', ...paging });
      const numbers = page.items.map(({ ticketNumber }) => ticketNumber);
      const hidden = await hiddenTickets(store, by, numbers);
      const items = page.items.filter(({ ticketNumber }) => ticketNumber === null || !hidden.has(ticketNumber));
      return { ...page, items: items.map(({ version: _v, inboxId: _i, ...shown }) => shown) };
    },
  });

/** Ratings, for those who look after the service. */
export const ratingRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps)];
