import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import type { TicketChange } from '../../ticket/events.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import { datesToTell, requireOwnVoice, solvedChoices } from '../answer.ts';
import { acceptingOnTheWay, referenceIn } from '../conditions.ts';
import { step } from '../declare.ts';
import { note, noted } from '../given.ts';
import type { Actor, CaseScene } from '../scene.ts';

/** The answer that waits, for somebody else than its author; administrators excepted, so that no answer waits for nobody. */
export function requireDraft({ ticket }: CaseScene, by: Actor): NonNullable<Ticket['draft']> {
  if (ticket.draft === null) {
    throw new WaslError('not-allowed', 'No answer waits for approval.', { details: { reason: 'no-draft' } });
  }
  if (ticket.draft.byId === by.id && by.role !== 'administrator') {
    throw new WaslError('forbidden', 'Somebody else than its author decides on an answer.', {
      details: { reason: 'own-draft' },
    });
  }
  return ticket.draft;
}

/** What follows an answer that is to end the ticket. */
function resolving(scene: CaseScene, by: Actor, { resolves, note: remark }: NonNullable<Ticket['draft']>) {
  if (resolves === undefined || scene.ticket.status === 'resolved') return null;
  const resolved: TicketChange = { kind: 'resolved', outcome: resolves, ...noted(remark) };
  return { before: acceptingOnTheWay(scene, by), resolved };
}

/** A sensitive answer leaves (EX-09), and ends the ticket where it was written for that. */
export const approveReply = step({
  name: 'approve-reply',
  summary:
    'Approve the answer that waits; it is sent to the person, and the ticket resolved where it was written for that',
  given: z.strictObject({ note }),
  other: (_given, { ticket, organisation }) => referenceIn(organisation, ticket),
  take(scene, by, given) {
    const draft = requireDraft(scene, by);
    const { text } = draft;
    requireOwnVoice(scene.ticket);
    const remark = given.note === undefined ? [] : [{ kind: 'noted' as const, text: given.note.trim() }];
    const replied = { kind: 'replied' as const, text };
    const ending = resolving(scene, by, draft);
    if (!ending)
      return {
        changes: [...remark, replied],
        news: { kind: 'answered', values: { text, ...datesToTell(scene.ticket) } },
      };
    return {
      changes: [...ending.before, ...remark, replied, ending.resolved],
      news: { kind: 'resolved', values: { text, ...datesToTell(scene.ticket), choices: solvedChoices } },
    };
  },
});
