import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import type { Principal } from '../../agent/principal.ts';
import { mayOpenSealed } from '../../casework/path.ts';
import { isSealed, openSealed } from '../../casework/seal.ts';
import { WaslError } from '../../errors.ts';
import { sceneOf } from '../../flow/casework/scene-of.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { HttpDeps } from '../deps.ts';
import { opaqueId } from '../fields.ts';
import { type AnyRoute, route } from '../route.ts';
import { ticketFor } from './ticket-for.ts';

async function requireOpener(deps: HttpDeps, ticket: Ticket, by: Principal): Promise<void> {
  if (mayOpenSealed(await sceneOf({ ...deps, content: deps }, ticket, { cause: '' }), by)) return;
  const sentence =
    'Whole values are for the care unit, and for the head and the assignee of the department that has it.';
  throw new WaslError('forbidden', sentence, { details: { reason: 'not-your-ticket' } });
}

/** The value of one field of a form, whole: for those who work with people and must look somebody up elsewhere. */
export const ticketFieldRoutes = (deps: HttpDeps): AnyRoute[] => [
  route({
    method: 'get',
    path: '/tickets/:number/fields/:field',
    summary:
      'One value of a ticket’s form, whole, for the care unit, and for the head and the assignee of the ticket’s own department; of a national ID it is noted in the audit',
    tag: 'Tickets',
    access: 'tickets.step',
    params: z.strictObject({ number: opaqueId, field: z.string().min(1).max(100) }),
    reply: z.object({ field: z.string(), value: z.string() }),
    async handle({ params: { number, field }, by, header }) {
      const ticket = await ticketFor(deps.store, by, number);
      await requireOpener(deps, ticket, by);
      const { fields } = ticket;
      const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
      if (value === undefined) throw new WaslError('not-found', 'The ticket has no such field.');
      header('Cache-Control', 'no-store');
      if (!isSealed(value)) return { field, value };
      await note(deps, by, 'ticket.field-read', { subject: number, fields: [field] });
      return { field, value: openSealed(deps.secret, value) };
    },
  }),
];
