import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { notices } from '../../notice/notice.ts';
import type { TicketChange } from '../../ticket/events.ts';
import type { TicketStatus } from '../../ticket/types.ts';
import type { HttpDeps } from '../deps.ts';
import { pageFields, pageOf, version, words } from '../fields.ts';
import { noticeReply, presentNotices } from '../present/notice.ts';
import { ticketReply } from '../present/ticket.ts';
import { type AnyRoute, route } from '../route.ts';
import { pageOfTicket } from './ticket-for.ts';
import { byNumber, changeTicket } from './tickets.ts';

const steps: readonly { name: string; status: TicketStatus; summary: string }[] = [
  { name: 'start', status: 'in_progress', summary: 'Work on a ticket has begun; its person is told' },
  { name: 'resolve', status: 'resolved', summary: 'A ticket has its answer; its person is told' },
  { name: 'close', status: 'closed', summary: 'A ticket is over; its person is told, if they were not yet' },
];

const step = (deps: HttpDeps, { name, status, summary }: (typeof steps)[number]) =>
  route({
    method: 'post',
    path: `/tickets/:number/${name}`,
    summary,
    tag: 'Tickets',
    access: 'tickets.work',
    params: byNumber,
    body: z.strictObject({ version, note: words(10_000).optional() }),
    reply: ticketReply,
    async handle({ params, body: { version: at, note }, by }) {
      const changes: TicketChange[] = [{ kind: 'status-changed', status, ...(note === undefined ? {} : { note }) }];
      return changeTicket(deps, by, params.number, { changes, version: at });
    },
  });

const farthestMs = 366 * 86_400_000;

/** The day by which an answer is promised is one to come, and no slip of the pen. */
function requireToCome({ clock }: HttpDeps, expectedAt: string): string {
  const ms = Date.parse(expectedAt);
  const now = clock.now();
  if (ms > now && ms <= now + farthestMs) return new Date(ms).toISOString();
  throw new WaslError('invalid', 'body.expectedAt: it must be a time to come, at most a year from now.');
}

const delay = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/tickets/:number/delay',
    summary: 'It takes longer: the person is told why, and when an answer may be expected',
    tag: 'Tickets',
    access: 'tickets.work',
    params: byNumber,
    body: z.strictObject({
      version,
      reason: words(500).meta({ description: 'Is told to the person, unless the ticket is restricted.' }),
      expectedAt: z.iso.datetime({ offset: true }),
    }),
    reply: ticketReply,
    async handle({ params, body, by }) {
      const expectedAt = requireToCome(deps, body.expectedAt);
      const changes: TicketChange[] = [{ kind: 'delay-told', reason: body.reason.trim(), expectedAt }];
      return changeTicket(deps, by, params.number, { changes, version: body.version });
    },
  });

const listNotices = ({ store }: HttpDeps) =>
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
  });

/** The steps of a ticket of which its person is told, and what they were told. */
export const ticketStepRoutes = (deps: HttpDeps): AnyRoute[] => [
  ...steps.map((one) => step(deps, one)),
  delay(deps),
  listNotices(deps),
];
