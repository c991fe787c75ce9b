import type { AnyCollection, Claim, Document, Update, WriteResult } from '../port.ts';
import { StoreError } from '../port.ts';
import { pageSize, planClaim } from '../query-plan.ts';
import { filterOf, sortOf } from './filter.ts';
import { type Reader, readSome } from './read.ts';
import type { Turns } from './turns.ts';

export interface Claiming extends Reader {
  write(unit: readonly Update[]): Promise<WriteResult>;
  turns: Turns;
}

/** Takes one document if it is still as it was found; null where somebody else was quicker. */
async function take({ write }: Claiming, op: Update): Promise<Document | null> {
  const result = await write([op]);
  if (result.ok) return result.documents[0] ?? null;
  if (result.reason !== 'duplicate') return null;
  throw new StoreError(
    'failed',
    `${op.in.name}: a claim would break a unique index; leave the claimed field out of those.`,
  );
}

async function takeDue(claiming: Claiming, from: AnyCollection, claim: Claim): Promise<Document[]> {
  const plan = planClaim(from, claim);
  const filter = filterOf(plan) ?? {};
  const until = new Date(Date.parse(claim.now) + claim.leaseMs).toISOString();
  const set = { [claim.field]: until, claimedBy: claim.owner };
  const limit = pageSize(claim.limit);
  const taken: Document[] = [];
  for (let isMore = true; isMore; ) {
    const wanted = limit - taken.length;
    const due = await readSome(claiming, from, { filter, sort: sortOf(plan, 'asc'), limit: wanted });
    const ops = due.map((stored): Update => ({ op: 'update', in: from, id: stored._id, expect: stored.version, set }));
    const won = (await Promise.all(ops.map((op) => take(claiming, op)))).filter((document) => document !== null);
    taken.push(...won);
    // without a lost one there is nothing further, and a lease without length would be taken again and again
    isMore = won.length < due.length && until > claim.now;
  }
  return taken;
}

/**
 * Takes the oldest due documents; see `Claim`. Each is taken by a change of exactly the version that was found, so that one
 * claimer gets it; what others took first is made up for by the next ones. Claims of this process on one collection wait for
 * each other, since they would all try for the same documents.
 */
export function claimDue(claiming: Claiming, from: AnyCollection, claim: Claim): Promise<Document[]> {
  return claiming.turns.run(`claim/${from.name}`, () => takeDue(claiming, from, claim));
}
