import { z } from 'zod';
import { note, words } from '../../casework/given.ts';
import type { HttpDeps } from '../deps.ts';
import { version } from '../fields.ts';
import { withCurrent } from '../find-page.ts';
import { presentTicket, ticketReply } from '../present/ticket.ts';
import { type AnyRoute, route } from '../route.ts';
import { ticketFor } from './ticket-for.ts';
import { byNumber } from './tickets.ts';

const object = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/tickets/:number/object',
    summary: 'Enter the objection of a person to what they were answered: it is a ticket of its own, one level up',
    tag: 'Tickets',
    access: 'tickets.step',
    params: byNumber,
    body: z.strictObject({
      text: words().meta({ description: 'What the person says against the answer.' }),
      note,
      version,
    }),
    status: 201,
    reply: ticketReply,
    async handle({ params: { number }, body, by, key }) {
      await ticketFor(deps.store, by, number);
      return withCurrent(deps.flow.staff.openObjection(number, by, body, key), presentTicket);
    },
  });

/** Objections to answers. */
export const objectionRoutes = (deps: HttpDeps): AnyRoute[] => [object(deps)];
