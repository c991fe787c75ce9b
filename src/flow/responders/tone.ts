import type { Understanding } from '../../understanding/understanding.ts';
import type { Context } from '../context.ts';

/** How pressing a text is: somebody may come to harm, something stands still now, or it is not for everybody's eyes. */
export type Tone = 'danger' | 'sensitive' | 'urgent' | null;

export function toneOf({ reasons, sensitive }: Pick<Understanding, 'reasons' | 'sensitive'>): Tone {
  if (reasons.includes('tone:danger')) return 'danger';
  if (sensitive) return 'sensitive';
  return reasons.includes('tone:urgent') || standsStill({ reasons }) ? 'urgent' : null;
}

/** Something stands still now, or will within the hour: a lecture, an exam (EX-05). */
export const standsStill = ({ reasons }: Pick<Understanding, 'reasons'>): boolean =>
  reasons.includes('tone:standstill') && !reasons.includes('tone:relaxed');

/** Does the text tell a matter of its own, rather than being an answer that could not be read? */
export function tellsMatter(context: Context, text: string): boolean {
  const { type, service } = context.understand(text);
  const words = text.trim().split(/\s+/).length;
  if (words >= 6 || (service !== null && words >= 2)) return true;
  if (type.confidence >= 0.75 && words >= 2) return true;
  return words >= 2 && context.ask(text).outcome !== 'none';
}
