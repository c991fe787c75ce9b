import { WaslError } from '../errors.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Actor } from './scene.ts';

const freeTransfers = 3;
const freeReturns = 4;
/** From this return to the same department on those above are told. */
export const toldReturns = 3;

const above: readonly Actor['role'][] = ['supervisor', 'administrator'];

/** What went from department to department several times is moved on by somebody above only. Throws `not-allowed`. */
export function requireFewTransfers({ counts: { transfers } }: Pick<Ticket, 'counts'>, { role }: Actor): void {
  if (transfers < freeTransfers || above.includes(role)) return;
  const sentence = `Loops of transfers: it was transferred ${transfers} times already. Only a supervisor may transfer it on.`;
  throw new WaslError('not-allowed', sentence, { details: { reason: 'transfer-loop' } });
}

/** What was sent back to its department again and again is sent back by somebody above only. Throws `not-allowed`. */
export function requireFewReturns({ counts: { sentBack } }: Pick<Ticket, 'counts'>, { role }: Actor): void {
  if (sentBack < freeReturns || above.includes(role)) return;
  const sentence = `Loops of returns: it was sent back ${sentBack} times already. Only a supervisor may send it back once more.`;
  throw new WaslError('not-allowed', sentence, { details: { reason: 'return-loop' } });
}
