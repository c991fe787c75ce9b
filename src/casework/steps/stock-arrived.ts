import { z } from 'zod';
import type { TicketChange } from '../../ticket/events.ts';
import { requireOwnVoice } from '../answer.ts';
import { step } from '../declare.ts';
import { note, noted } from '../given.ts';
import { toHead } from '../hand-over.ts';
import { departmentOf } from '../scene.ts';
import { requireStock } from './supply-date.ts';

/** What was lacking is there: the ticket is open again, with the head of its department (TK-08). */
export const stockArrived = step({
  name: 'stock-arrived',
  summary: 'The stock that a ticket waited for has arrived: it opens again at its department',
  given: z.strictObject({ note }),
  take(scene, by, given) {
    const { ticket } = scene;
    const { item } = requireStock(ticket);
    requireOwnVoice(ticket);
    const arrived: TicketChange = { kind: 'stock-arrived' };
    const department = departmentOf(scene, ticket.departmentId);
    if (!department) return { changes: [arrived] };
    const reopened = { kind: 'reopened' as const, why: 'stock' as const, ...noted(given.note) };
    const news = { kind: 'reopened' as const, values: { item } };
    if (department.careUnit) return { changes: [arrived, { ...reopened, status: 'open' }], news };
    const alert = { kind: 'stock-arrived' as const, values: { item } };
    const { assigneeId, alerts } = toHead(scene, { department, by, alert });
    const changes: TicketChange[] = [arrived, { ...reopened, status: 'transferred' }, { kind: 'assigned', assigneeId }];
    return { changes, news, alerts };
  },
});
