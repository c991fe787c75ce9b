import type { Channel } from '../channel/channel.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import type { NoticeKind } from '../notice/kinds.ts';
import { type Notice, notices } from '../notice/notice.ts';
import type { Op, Store } from '../store/port.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { FlowDeps } from './deps.ts';

/** A notice that is due at once. The same cause makes the same notice. */
export const newNotice = (
  { ticketNumber, contactId, kind, values }: Pick<Notice, 'ticketNumber' | 'contactId' | 'kind' | 'values'>,
  cause: string,
  at: string,
): Notice => ({
  id: keyed('notice', ticketNumber, kind, cause),
  version: 1,
  ticketNumber,
  contactId,
  kind,
  values,
  state: 'waiting',
  dueAt: at,
  tried: [],
  messageIds: [],
  faults: 0,
  cost: null,
  at,
});

/** Whether the organisation wants people to be told this. */
export const isWanted = ({ content }: Pick<FlowDeps, 'content'>, kind: NoticeKind): boolean =>
  content.organisation().organisation.notices?.[kind] ?? true;

/** A medium in which each message costs and reaches whoever holds the number, known there or not. */
export const isPaidPhone = ({ capabilities: { paid, phones, canStart } }: Channel): boolean =>
  paid && phones && canStart;

/**
 * What lets the number of a new ticket go to the person's mobile (IN-08, IN-10), where there is a medium for it; to be kept
 * with the ticket. Not where the person was just told the number by that medium: `inboxId` is where the ticket came from.
 */
export function numberNoticeOps(
  deps: Pick<FlowDeps, 'channels' | 'content'>,
  { number, contactId }: Pick<Ticket, 'number' | 'contactId'>,
  { inboxId, at }: { inboxId: string | null; at: string },
): Op[] {
  const own = inboxId === null ? undefined : deps.channels.get(inboxId);
  const isPossible = [...deps.channels.values()].some(isPaidPhone) && !(own && isPaidPhone(own));
  if (!isPossible || !isWanted(deps, 'number')) return [];
  const document = newNotice({ ticketNumber: number, contactId, kind: 'number', values: {} }, 'opened', at);
  return [{ op: 'insert', in: notices, document, onDuplicate: 'keep' }];
}

/** The numbers of tickets that nobody could be told, now that the person's mobile is known. */
export async function numberAgainOps(
  store: Store,
  { ticketNumbers }: Pick<Conversation, 'ticketNumbers'>,
  at: string,
): Promise<Op[]> {
  const ops: Op[] = [];
  for (const ticketNumber of ticketNumbers.slice(-10)) {
    const found = await store.find(notices, { index: 'by-ticket', where: { ticketNumber }, limit: 50 });
    const untold = found.items.filter(({ kind, state }) => kind === 'number' && state === 'nobody');
    for (const { id } of untold) {
      ops.push({ op: 'update', in: notices, id, when: { state: 'nobody' }, set: { state: 'waiting', dueAt: at } });
    }
  }
  return ops;
}
