import { z } from 'zod';
import { messages } from '../../message/message.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId } from '../fields.ts';
import { getOr404, withCurrent } from '../find-page.ts';
import { messageReply, presentMessage } from '../present/message.ts';
import { type AnyRoute, route } from '../route.ts';
import { ticketFor } from './tickets.ts';

/** A message by itself. */
export const messageRoutes = ({ store, flow }: HttpDeps): AnyRoute[] => [
  route({
    method: 'patch',
    path: '/messages/:id',
    summary: 'Move a message to another ticket, or off any',
    tag: 'Messages',
    access: 'tickets.work',
    params: byId,
    body: z.strictObject({ ticketNumber: opaqueId.nullable() }),
    reply: messageReply,
    async handle({ params, body, by }) {
      const { ticketNumber } = await getOr404(store, messages, params.id, 'message');
      for (const number of [ticketNumber, body.ticketNumber]) if (number !== null) await ticketFor(store, by, number);
      const moved = flow.staff.moveMessage(params.id, { id: by.id, name: by.name }, body.ticketNumber);
      return withCurrent(moved, (one) => presentMessage(store, by, one));
    },
  }),
];
