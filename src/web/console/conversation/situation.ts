import type { Conversation } from '../api/shapes.ts';

/** What matters to somebody who is about to take a step: who has the conversation, and whether it is open. */
export type Situation = Pick<Conversation, 'status' | 'handledBy' | 'assigneeId'>;

export const isSameSituation = (one: Situation, other: Situation): boolean =>
  one.status === other.status && one.handledBy === other.handledBy && one.assigneeId === other.assigneeId;

/** Who has a conversation, seen by an agent. */
export type Holder = 'assistant' | 'nobody' | 'you' | 'other' | 'closed';

export function holderOf({ status, handledBy, assigneeId }: Situation, agentId: string): Holder {
  if (status === 'closed') return 'closed';
  if (handledBy !== 'agent') return handledBy;
  return assigneeId === agentId ? 'you' : 'other';
}

/** Since when a person waits for somebody of ours, whoever has the conversation; null where nobody waits. */
export const waitsSince = ({ status, waitingSince }: Pick<Conversation, 'status' | 'waitingSince'>): string | null =>
  status === 'closed' ? null : waitingSince;
