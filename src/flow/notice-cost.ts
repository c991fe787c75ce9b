import type { Cost } from '../channel/inbound.ts';
import { deliveries } from '../message/message.ts';
import { notices } from '../notice/notice.ts';
import type { FlowDeps } from './deps.ts';
import { noticeOf } from './notice-loss.ts';
import { retrying } from './retrying.ts';

/** Costs in one sum; money of two currencies cannot be added, so it is then not told. Pure. */
export const sumOf = (costs: readonly Cost[]): Cost | null => {
  const [first] = costs;
  if (!first) return null;
  const units = costs.reduce((sum, one) => sum + one.units, 0);
  const isKnown = costs.every(({ amount, currency }) => amount !== null && currency === first.currency);
  if (!isKnown) return { units, amount: null, currency: null };
  // a provider's fractions of a halala stay, those of the machine do not
  const amount = Number(costs.reduce((sum, one) => sum + (one.amount ?? 0), 0).toFixed(6));
  return { units, amount, currency: first.currency };
};

export const isSameCost = (one: Cost | null, other: Cost | null): boolean =>
  one?.units === other?.units && one?.amount === other?.amount && one?.currency === other?.currency;

/** Sums on a notice what the sendings of its messages cost, once it is told of one of them; counted anew each time. */
export async function countCost(deps: Pick<FlowDeps, 'store' | 'clock'>, messageId: string): Promise<void> {
  await retrying(async () => {
    const notice = await noticeOf(deps, messageId);
    if (!notice) return { ops: [], result: null };
    const where = { messageId: { in: notice.messageIds } };
    const sent = (await deps.store.find(deliveries, { index: 'by-message', where, limit: 100 })).items;
    const cost = sumOf(sent.flatMap((one) => one.cost ?? []));
    if (isSameCost(cost, notice.cost)) return { ops: [], result: null };
    return { ops: [{ op: 'update', in: notices, id: notice.id, expect: notice.version, set: { cost } }], result: null };
  }, deps);
}
