import type { SlaRow } from '../organisation/organisation.ts';

/** What a ticket is, as far as the SLA matrix asks. */
export interface SlaFacts {
  channel: string;
  type: NonNullable<SlaRow['type']>;
  complexity: NonNullable<SlaRow['complexity']>;
  importance: NonNullable<SlaRow['importance']>;
}

const conditions = ['channel', 'type', 'complexity', 'importance'] as const;

const matches = (row: SlaRow, facts: SlaFacts): boolean =>
  conditions.every((name) => row[name] === undefined || row[name] === facts[name]);

const specificity = (row: SlaRow): number => conditions.filter((name) => row[name] !== undefined).length;

/** The matching row with the most conditions, of equals the first; null when none matches (SL-01). */
export function chooseRow(rows: readonly SlaRow[], facts: SlaFacts): SlaRow | null {
  const [first, ...others] = rows.filter((row) => matches(row, facts));
  if (first === undefined) return null;
  return others.reduce((best, row) => (specificity(row) > specificity(best) ? row : best), first);
}
