import { WaslError } from '../errors.ts';
import { referrals } from '../referral/referral.ts';
import type { Op } from '../store/port.ts';
import type { TicketChange } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';

type Facts = Pick<Ticket, 'referralId'>;

/** An outside body is waited for. Throws `not-allowed` where none is. */
export function requireReferral({ referralId }: Facts): string {
  if (referralId !== null) return referralId;
  throw new WaslError('not-allowed', 'The ticket waits for no outside body: resume it.', {
    details: { reason: 'no-referral' },
  });
}

/** No ticket ends or moves on while an outside body works on it, nor is a second one asked. Throws `not-allowed`. */
export function requireNoReferral({ referralId }: Facts): void {
  if (referralId === null) return;
  throw new WaslError('not-allowed', 'An outside body has been asked: withdraw the referral first.', {
    details: { reason: 'referral-open' },
  });
}

/** What an outside body has is taken back first. Throws `not-allowed`. */
export function requireNotOutside({ status, referralId }: Pick<Ticket, 'status' | 'referralId'>): void {
  if (status !== 'pending_third_party' || referralId === null) return;
  throw new WaslError('not-allowed', 'An outside body has it: "withdraw-referral" first.', {
    details: { reason: 'withdraw-first' },
  });
}

/** What ends the referral of a ticket before it was answered, its link with it; nothing where none is open. Pure. */
export function endReferral({ referralId }: Facts): { changes: TicketChange[]; ops: Op[] } {
  if (referralId === null) return { changes: [], ops: [] };
  return {
    changes: [{ kind: 'referral-ended', referralId, why: 'withdrawn' }],
    ops: [
      {
        op: 'update',
        in: referrals,
        id: referralId,
        when: { state: 'waiting' },
        set: { state: 'withdrawn', nextAt: null, mailAt: null },
      },
    ],
  };
}
