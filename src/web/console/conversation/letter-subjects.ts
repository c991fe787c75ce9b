import type { Message } from '../api/shapes.ts';

const prefix =
  /^[\s\p{Cf}]*(?:(?:re|aw|sv|fw|fwd|رد|إعادة|اعادة|إعادة توجيه|اعادة توجيه)\s*(?:\[\d+\])?\s*[:：][\s\p{Cf}]*)+/iu;

const bare = (subject: string): string => subject.replace(prefix, '').trim().toLowerCase();

/** The messages at which a list says the subject: the first letter, and each whose matter is another than the one before. */
export function subjectsShown(messages: readonly Message[]): ReadonlySet<string> {
  const shown = new Set<string>();
  let before: string | null = null;
  for (const { id, subject } of messages) {
    if (subject === null) continue;
    const now = bare(subject);
    if (now !== before) shown.add(id);
    before = now;
  }
  return shown;
}
