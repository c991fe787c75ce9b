import { z } from 'zod';
import type { Peers } from '../../../src/channel/kind.ts';
import { said } from '../shown.ts';

const hint = z.enum(['typing', 'conversation']);
const gift = z.object({ said, deliveryId: z.string().optional() });

/** A message, and our delivery to confirm once the visitor has it. */
export type Gift = z.infer<typeof gift>;
export type HintName = z.infer<typeof hint>;

/** What the processes of one web chat tell each other. */
const words = z.discriminatedUnion('word', [
  z.object({ word: z.literal('entered'), visitor: z.string() }),
  z.object({ word: z.literal('here'), visitor: z.string(), to: z.string(), still: z.boolean() }),
  z.object({ word: z.literal('left'), visitor: z.string() }),
  z.object({ word: z.literal('give'), visitor: z.string(), gift, ask: z.string().optional() }),
  z.object({ word: z.literal('answer'), ask: z.string(), has: z.boolean() }),
  z.object({ word: z.literal('tell'), visitor: z.string(), hint, payload: z.unknown() }),
  z.object({ word: z.literal('beat') }),
]);
export type Word = z.infer<typeof words>;
export type WordOf<Name extends Word['word']> = Extract<Word, { word: Name }>;
/** What is done at each word; `from` is the process that says it. */
export type Answers = { [Name in Word['word']]: (word: WordOf<Name>, from: string) => void };

/** Each process counts its words, so that the others notice when some did not reach them. */
const counted = z.object({ from: z.string(), count: z.number().int(), said: z.unknown() });

/** Says words to all others. `self` is the name of this process among them, for as long as it runs. */
export function createSpeech(peers: Peers, topic: string, self: string): (word: Word) => void {
  let count = 0;
  return (word) => peers.publish(topic, { from: self, count: ++count, said: word } satisfies z.infer<typeof counted>);
}

/**
 * Hears the words of all others. `missed` is called before the word that shows that some before it are missing; they will
 * not come any more. Gives a function that stops it.
 */
export function hear(peers: Peers, topic: string, { answers, missed }: { answers: Answers; missed(): void }) {
  const lastOf = new Map<string, number>();
  return peers.subscribe(topic, (payload) => {
    const { from, count, said } = counted.parse(payload);
    const last = lastOf.get(from) ?? 0;
    lastOf.set(from, Math.max(last, count));
    if (count > last + 1) missed();
    const { data } = words.safeParse(said);
    // a newer version may say what this one does not know
    if (data) (answers[data.word] as (word: Word, from: string) => void)(data, from);
  });
}
