import { WaslError } from '../errors.ts';
import { requireAnswered, requireNoDraft, requireOwnVoice } from './answer.ts';
import { requireNoReferral, requireNotOutside, requireReferral } from './end-referral.ts';
import { requireFewReturns, requireFewTransfers } from './loops.ts';
import type { StepName } from './path.ts';
import { requireObjection } from './require-objection.ts';
import type { Actor, CaseScene } from './scene.ts';
import { requireDraft } from './steps/approve-reply.ts';
import { requireStock } from './steps/supply-date.ts';
import { requireParts } from './steps/unmerge.ts';

/** Throws why a step cannot be taken on the ticket as it stands, whatever is given for it. */
type Guard = (scene: CaseScene, by: Actor) => void;

const ownVoice: Guard = ({ ticket }) => requireOwnVoice(ticket);
const noReferral: Guard = ({ ticket }) => requireNoReferral(ticket);

const guards: Readonly<Partial<Record<StepName, Guard>>> = {
  reject: noReferral,
  transfer({ ticket }, by) {
    requireNoReferral(ticket);
    requireFewTransfers(ticket, by);
  },
  return: noReferral,
  'send-back': ({ ticket }, by) => requireFewReturns(ticket, by),
  'approve-reply': requireDraft,
  'decline-reply': requireDraft,
  pause: noReferral,
  resume: ({ ticket }) => requireNotOutside(ticket),
  resolve: noReferral,
  close(scene) {
    const { ticket } = scene;
    requireNoReferral(ticket);
    requireNoDraft(ticket);
    if (ticket.status !== 'resolved') requireAnswered(scene);
  },
  reopen: ownVoice,
  escalate: ownVoice,
  object: requireObjection,
  refer: noReferral,
  'withdraw-referral': ({ ticket }) => requireReferral(ticket),
  unmerge: ({ ticket }) => requireParts(ticket),
  'await-stock': noReferral,
  'supply-date': ({ ticket }) => requireStock(ticket),
  'stock-arrived'({ ticket }) {
    requireStock(ticket);
    requireOwnVoice(ticket);
  },
  restrict: ownVoice,
};

/** Refuses a step for what the ticket itself shows, in the words and with the code of the step. */
export const requireReady = (scene: CaseScene, by: Actor, name: StepName): void => guards[name]?.(scene, by);

/** Whether nothing that the ticket shows stands in the way of a step. Whose step it is, and from where, is the path's part. */
export function isReady(scene: CaseScene, by: Actor, name: StepName): boolean {
  try {
    requireReady(scene, by, name);
    return true;
  } catch (error) {
    if (error instanceof WaslError) return false;
    throw error;
  }
}
