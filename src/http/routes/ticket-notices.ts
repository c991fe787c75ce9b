import { z } from 'zod';
import { notices } from '../../notice/notice.ts';
import type { HttpDeps } from '../deps.ts';
import { pageFields, pageOf } from '../fields.ts';
import { noticeReply, presentNotices } from '../present/notice.ts';
import { type AnyRoute, route } from '../route.ts';
import { pageOfTicket } from './ticket-for.ts';
import { byNumber } from './tickets.ts';

/** What the person of a ticket was told of our own accord. */
export const ticketNoticeRoutes = ({ store }: HttpDeps): AnyRoute[] => [
  route({
    method: 'get',
    path: '/tickets/:number/notices',
    summary: 'What the person of a ticket was told without asking, how, and whether it arrived; the oldest first',
    tag: 'Tickets',
    access: 'tickets.read',
    params: byNumber,
    query: z.strictObject(pageFields),
    reply: pageOf(noticeReply),
    async handle({ params: { number }, query, by }) {
      const page = await pageOfTicket(store, by, { number, in: notices, query });
      return { ...page, items: await presentNotices(store, page.items) };
    },
  }),
];
