import { WaslError } from '../errors.ts';
import { mayObject, type NoObjection } from './may-object.ts';
import type { CaseScene } from './scene.ts';

const sentences: Readonly<Record<NoObjection['reason'], string>> = {
  merged: 'The ticket was merged into another: object to that one.',
  'no-answer-yet': 'There is no answer yet to object to; it may be escalated once the promised time has passed.',
  'too-late': 'The time to object to this answer is over: open a new ticket.',
  'objection-open': 'An objection to this answer is being looked at already.',
  'objection-answered': 'An objection to this answer was answered: object to that one.',
  'highest-decided': 'The highest level has decided on this objection: there is none above it.',
};

/** The level that decides on an objection to a ticket. Throws `not-allowed` with the reason (`NoObjection`) in its details. */
export function requireObjection({ ticket, organisation, now, objections }: CaseScene): number {
  const may = mayObject(ticket, organisation, now, objections);
  if (may.eligible) return may.level;
  const { eligible: _no, ...details } = may;
  throw new WaslError('not-allowed', sentences[may.reason], { details });
}
