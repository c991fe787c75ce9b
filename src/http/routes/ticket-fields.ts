import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { isSealed, openSealed } from '../../casework/seal.ts';
import { WaslError } from '../../errors.ts';
import type { HttpDeps } from '../deps.ts';
import { opaqueId } from '../fields.ts';
import { type AnyRoute, route } from '../route.ts';
import { ticketFor } from './ticket-for.ts';

/** The value of one field of a form, whole: for those who work with people and must look somebody up elsewhere. */
export const ticketFieldRoutes = (deps: HttpDeps): AnyRoute[] => [
  route({
    method: 'get',
    path: '/tickets/:number/fields/:field',
    summary: 'One value of a ticket’s form, whole; of a national ID it is noted in the audit',
    tag: 'Tickets',
    access: 'contacts.full',
    params: z.strictObject({ number: opaqueId, field: z.string().min(1).max(100) }),
    reply: z.object({ field: z.string(), value: z.string() }),
    async handle({ params: { number, field }, by, header }) {
      const { fields } = await ticketFor(deps.store, by, number);
      const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
      if (value === undefined) throw new WaslError('not-found', 'The ticket has no such field.');
      header('Cache-Control', 'no-store');
      if (!isSealed(value)) return { field, value };
      await note(deps, by, 'ticket.field-read', { subject: number, fields: [field] });
      return { field, value: openSealed(deps.secret, value) };
    },
  }),
];
