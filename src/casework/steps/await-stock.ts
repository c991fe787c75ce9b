import { z } from 'zod';
import { acceptingOnTheWay, referenceIn } from '../conditions.ts';
import { step } from '../declare.ts';
import { note, noted, words } from '../given.ts';
import { alertTo, headFor } from '../hand-over.ts';
import { departmentOf } from '../scene.ts';

/** Not done for lack of stock: the person is told, and the ticket waits on its department's list for a supply date (TK-08). */
export const awaitStock = step({
  name: 'await-stock',
  summary: 'Resolve a ticket as not done for lack of stock; it stands on its department’s list until the stock arrives',
  given: z.strictObject({
    item: words(300).meta({ description: 'What is lacking.' }),
    text: words().optional().meta({ description: 'Further words to the person.' }),
    note,
  }),
  other: (_given, { ticket, organisation }) => referenceIn(organisation, ticket),
  take(scene, by, given) {
    const item = given.item.trim();
    const text = given.text?.trim();
    const department = departmentOf(scene, scene.ticket.departmentId);
    const head = department && headFor(scene, department, scene.ticket.hiddenFrom);
    return {
      changes: [
        ...acceptingOnTheWay(scene, by),
        { kind: 'stock-awaited', item },
        { kind: 'resolved', outcome: 'not_done', ...noted(given.note) },
      ],
      news: { kind: 'supply', values: text === undefined ? {} : { text } },
      alerts: alertTo(head ? [head] : [], by, { kind: 'stock-list', values: { item } }),
    };
  },
});
