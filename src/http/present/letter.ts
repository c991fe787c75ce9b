import { z } from 'zod';
import type { MessageLetter } from '../../message/message.ts';

const person = z.object({ address: z.string(), name: z.string() });
type Person = z.infer<typeof person>;

/** What a message has besides its words where it is a letter. */
export const letterReply = z.object({
  subject: z.string().nullable(),
  /** What is new in it, without what was quoted and signed; the whole stands in `text`. */
  newText: z.string().nullable(),
  from: person.nullable(),
  to: z.array(person),
  cc: z.array(person),
  /** Why it could not be read whole. */
  problem: z.enum(['partly', 'unreadable', 'too-large']).nullable(),
});
export type LetterReply = z.infer<typeof letterReply>;

/** An address with all but the first sign of its name hidden: `n•••@example.org`. */
export const maskEmail = (address: string): string => address.replace(/^([^@])[^@]*(?=@)/u, '$1•••');

/** A letter as the API shows it; `masked` hides addresses. Nothing of it where the message is none. */
export function presentLetter(letter: MessageLetter | null, { masked }: { masked: boolean }): LetterReply {
  if (!letter) return { subject: null, newText: null, from: null, to: [], cc: [], problem: null };
  const shown = ({ address, name }: Person): Person =>
    masked ? { address: maskEmail(address), name: name.includes('@') ? maskEmail(name) : name } : { address, name };
  const { subject, newText, from, to, cc, problem } = letter;
  return { subject, newText, from: from && shown(from), to: to.map(shown), cc: cc.map(shown), problem };
}
