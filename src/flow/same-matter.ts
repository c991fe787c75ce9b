import type { PublicMatter } from '../conversation/conversation.ts';
import { tokens } from '../language/fold.ts';
import { stopWords } from '../language/stop-words.ts';

type Told = Pick<PublicMatter, 'words' | 'type' | 'service'>;

const matterWords = (text: string): Set<string> => {
  const all = tokens(text);
  const telling = all.filter((word) => !stopWords.has(word));
  return new Set(telling.length > 0 ? telling : all);
};

/** Which part of the fewer words stand in both. */
function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): { ofFewer: number; ofAll: number } {
  const both = [...one].filter((word) => other.has(word)).length;
  const fewer = Math.min(one.size, other.size);
  return { ofFewer: fewer === 0 ? 0 : both / fewer, ofAll: fewer === 0 ? 0 : both / (one.size + other.size - both) };
}

/**
 * Whether two texts of one person tell the same: of the same service, of the same sort and half of their words alike, or
 * nearly the same words.
 */
export function isSameMatter(one: Told, other: Told): boolean {
  if (one.service !== null && one.service === other.service) return true;
  const { ofFewer, ofAll } = shared(matterWords(one.words), matterWords(other.words));
  return ofAll >= 0.8 || (one.type === other.type && ofFewer >= 0.5);
}
