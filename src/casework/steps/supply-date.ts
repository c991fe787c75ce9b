import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import { step } from '../declare.ts';
import { day } from '../given.ts';
import { noonOf } from '../local-day.ts';
import { todayOf } from '../today.ts';

/** Only what stands on the list of lacking stock, and was not done for it. */
export function requireStock({
  stock,
  stockOf,
  outcome,
}: Pick<Ticket, 'stock' | 'stockOf' | 'outcome'>): NonNullable<Ticket['stock']> {
  if (stock !== null && stockOf !== null && outcome === 'not_done') return stock;
  throw new WaslError('not-allowed', 'This ticket does not wait for stock.', { details: { reason: 'no-stock' } });
}

/** The head says when the stock comes; the person is told (TK-08). */
export const supplyDate = step({
  name: 'supply-date',
  summary: 'Say when the stock that a ticket lacks is expected; its person is told',
  given: z.strictObject({ supplyOn: day }),
  take({ ticket, organisation, now }, _by, { supplyOn }) {
    requireStock(ticket);
    const today = todayOf({ organisation, now });
    if (supplyOn < today) {
      throw new WaslError('invalid', `body.supplyOn: a day that has passed; write today (${today}) or later.`);
    }
    return {
      changes: [{ kind: 'supply-dated', supplyOn }],
      news: { kind: 'supply', values: { expectedAt: noonOf(organisation, supplyOn) } },
    };
  },
});
