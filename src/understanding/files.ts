import { z } from 'zod';
import type { WordLists } from '../learning/words.ts';
import { ticketTypes } from '../ticket/types.ts';

const phrases = z.array(z.string().min(1));
const inBoth = z.object({ ar: phrases, en: phrases });

export const commandNames = [
  'status',
  'agent',
  'stop',
  'new-request',
  'escalate',
  'object',
  'assistant',
  'language-ar',
  'language-en',
] as const;

/** What a public post sounds like, or an answer that does not fit there. */
export const postSigns = [
  'spam',
  'promotion',
  'hostile',
  'idle',
  'wishes',
  'wanting',
  'chasing',
  'referring',
  'private',
] as const;
export type PostSign = (typeof postSigns)[number];

const typeWords = z.object({ cues: inBoth, examples: inBoth });

/** The files of `knowledge-base/understanding/`, one schema each; `src/language/phrases.ts` says how phrases are written. */
export const understandingFiles = {
  commands: z.object({
    lists: z.record(z.string(), phrases),
    commands: z.record(z.enum(commandNames), phrases),
    aroundNumber: phrases,
    ofRequest: phrases.default([]),
  }),
  pleasantries: z.object({
    salam: phrases,
    hello: phrases,
    wellbeing: phrases,
    thanks: phrases,
    farewell: phrases,
    ok: phrases,
    politeness: phrases,
    filler: phrases,
    signs: z.object({ yes: phrases, no: phrases, thanks: phrases }),
  }),
  'yes-no': z.object({
    yes: phrases,
    no: phrases,
    unhelped: phrases.default([]),
    unsure: phrases.default([]),
    announcing: phrases.default([]),
  }),
  types: z.object({
    questions: inBoth,
    idle: inBoth.default({ ar: [], en: [] }),
    types: z.record(z.enum(ticketTypes), typeWords),
  }),
  tone: z.object({
    urgent: phrases,
    standstill: phrases.default([]),
    danger: phrases,
    relaxed: phrases,
    abuse: phrases,
    sober: phrases,
    sensitive: phrases,
  }),
  public: z.record(z.enum(postSigns), phrases),
  people: z.object({ alike: z.array(phrases), before: phrases, after: phrases }),
  synonyms: z.object({ ar: z.array(phrases), en: z.array(phrases) }),
} as const;

export type UnderstandingFiles = {
  [Name in keyof typeof understandingFiles]: z.output<(typeof understandingFiles)[Name]>;
} & {
  /** `dialects.txt`, `plurals.txt` and `ideas/`: what is known of words in general. */
  lists: WordLists;
};
