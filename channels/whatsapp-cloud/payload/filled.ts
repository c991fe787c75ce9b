import type { FilledField } from '../../../src/channel/inbound.ts';
import { short } from './short.ts';
import type { WireMessage } from './wire.ts';

/** A line with a name, of whatever value; what the contract has no longer room for is cut. */
export const field = (name: string, value: unknown): FilledField => ({
  name: short(name, 500),
  value: short(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 4000),
});

/** Lines of what is told; nothing of what is not. */
export const told = (pairs: readonly (readonly [name: string, value: string | undefined])[]): FilledField[] =>
  pairs.flatMap(([name, value]) => (value?.trim() ? [field(name, value)] : []));

function jsonIn(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What was filled in; some clients write it as JSON within JSON. The token of the form is ours and no answer. */
export function answersOf(given: unknown): FilledField[] {
  const once = jsonIn(given);
  const answers = jsonIn(once);
  if (typeof answers !== 'object' || answers === null)
    return given === undefined || given === null || given === '' || answers === null ? [] : [field('response', once)];
  const named = Object.entries(answers).filter(([name]) => name !== 'flow_token');
  return named.map(([name, value]) => field(name, value)).slice(0, 200);
}

/** What stands beside any message: the product that is asked about, and the advertisement that led here. */
export const besideOf = ({ context, referral }: WireMessage): FilledField[] =>
  told([
    ['product', context?.referred_product?.product_retailer_id],
    ['catalog', context?.referred_product?.catalog_id],
    ['advertisement', referral?.headline],
    ['advertisement_text', referral?.body],
    ['advertisement_link', referral?.source_url],
  ]);
