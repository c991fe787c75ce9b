import type { InboundMessage } from '../channel/inbound.ts';
import { keyed } from '../ids.ts';
import { fold } from '../language/fold.ts';

/** Fewer folded letters than this say nothing of a machine: "yes", "thank you", "any news?". */
const shortest = 24;

/** What two letters of the same words share; numbers (dates, case numbers) do not count. Null for short ones. */
export function fingerprintOf({ letter, thread }: Pick<InboundMessage, 'letter' | 'thread'>): string | null {
  if (!letter) return null;
  const words = fold(letter.newText).replace(/\d+/g, '').replace(/ +/g, ' ').trim();
  return words.length < shortest ? null : keyed('fingerprint', thread?.topic.replace(/\d+/g, '') ?? '', words);
}
