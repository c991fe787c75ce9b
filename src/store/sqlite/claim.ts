import type { AnyCollection, Claim, Document } from '../port.ts';
import { StoreError } from '../port.ts';
import { pageSize, planClaim } from '../query-plan.ts';
import { rows } from './connection.ts';
import { selectPage } from './select.ts';
import { replaceDocument, type Writer } from './unit.ts';

/** Takes the oldest due documents; see `Claim`. Runs inside a transaction. */
export function claimDue(writer: Writer, from: AnyCollection, claim: Claim): Document[] {
  const plan = planClaim(from, claim);
  const until = new Date(Date.parse(claim.now) + claim.leaseMs).toISOString();
  const { text, values } = selectPage(from, plan, plan.ways[0] ?? [], {
    order: 'asc',
    after: null,
    limit: pageSize(claim.limit),
  });
  return rows(writer.connection, text, ...values).map(([doc]) => {
    const before: Document = JSON.parse(String(doc));
    const changed = { ...before, [claim.field]: until, claimedBy: claim.owner } as Document;
    const step = replaceDocument(writer, from, { before, changed, fields: [claim.field, 'claimedBy'] });
    if ('document' in step && step.document) return step.document;
    throw new StoreError(
      'failed',
      `${from.name}: a claim would break a unique index; leave ${claim.field} out of those.`,
    );
  });
}
