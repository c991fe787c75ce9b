import { conversations, decisions } from '../../../src/conversation/conversation.ts';
import { arrivals } from '../../../src/message/arrival.ts';
import { deliveries, messages } from '../../../src/message/message.ts';
import { openStoreOf } from '../../support/store-env.ts';
import { readAll } from './read-all.ts';

/**
 * What is wrong in a data directory after posts with the given messages were answered with 200. All must be 0. With
 * `inboxId`, what belongs to that inbox alone.
 */
export async function auditPosts(
  directory: string,
  acknowledged: readonly string[],
  inboxId?: string,
): Promise<Record<string, number>> {
  const isAsked = (one: { inboxId: string }): boolean => inboxId === undefined || one.inboxId === inboxId;
  const store = await openStoreOf(directory);
  try {
    const inbound = (await readAll(store, messages, 'by-external-id')).filter(
      (one) => one.direction === 'inbound' && isAsked(one),
    );
    const known = new Set(inbound.map(({ externalId }) => externalId));
    const talks = (await readAll(store, conversations, 'by-last-message')).filter(isAsked);
    const isTalk = new Set(talks.map(({ id }) => id));
    const decided = (await readAll(store, decisions, 'by-conversation'))
      .filter(({ conversationId }) => isTalk.has(conversationId))
      .flatMap(({ messageIds }) => messageIds);
    const isDecided = new Set(decided);
    const left = await store.count(arrivals, { index: 'by-due', where: {} });
    const sendings = (await readAll(store, deliveries, 'by-message')).filter(isAsked);
    return {
      'acknowledged and lost': acknowledged.filter((wamid) => !known.has(wamid)).length,
      'stored twice': inbound.length - known.size,
      'never decided': inbound.filter(({ id }) => !isDecided.has(id)).length,
      'decided twice': decided.length - isDecided.size,
      'turns left waiting': talks.filter(({ turnDueAt }) => turnDueAt !== null).length,
      'posts left unread': left,
      'sendings left open': sendings.filter(({ open }) => open).length,
      'sendings that failed': sendings.filter(({ status }) => status === 'failed').length,
    };
  } finally {
    await store.close();
  }
}
