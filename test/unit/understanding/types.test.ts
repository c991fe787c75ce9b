import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { detectLanguage } from '../../../src/language/detect.ts';
import { tokens } from '../../../src/language/fold.ts';
import { compileWords } from '../../../src/learning/words.ts';
import { ticketTypes } from '../../../src/ticket/types.ts';
import { createTypeFinder } from '../../../src/understanding/find-type.ts';
import { loadUnderstanding } from '../../../src/understanding/load.ts';

const sentences = z.record(z.enum([...ticketTypes, 'none']), z.array(z.string()));
const fixture = new URL('../../fixtures/types/sentences.json', import.meta.url);
const { none, ...typed } = sentences.parse(JSON.parse(readFileSync(fixture, 'utf8')));

const { types, lists } = await loadUnderstanding(
  new URL('../../../knowledge-base/understanding', import.meta.url).pathname,
);
const find = createTypeFinder(types, compileWords(lists));
const typeOf = (text: string) => find(tokens(text), detectLanguage(text).language ?? 'ar', new Set());
const judged = ticketTypes.flatMap((type) => typed[type].map((text) => ({ text, type, found: typeOf(text) })));

const share = (part: number, whole: number): number => part / whole;
const rightOf = (some: typeof judged) => some.filter(({ type, found }) => found.id === type);

/** Written before the examples were added that they are judged by. */
describe('the type of a sentence', () => {
  it('is found for three of four and more', () => {
    expect(share(rightOf(judged).length, judged.length)).toBeGreaterThanOrEqual(0.75);
  });

  it('is right nine times of ten where it was learned from examples', () => {
    const learned = judged.filter(({ found }) => found.by === 'examples');
    expect(learned.length).toBeGreaterThan(judged.length / 2);
    expect(share(rightOf(learned).length, learned.length)).toBeGreaterThanOrEqual(0.9);
  });

  it('is right at least as often as its confidence says', () => {
    const learned = judged.filter(({ found }) => found.by === 'examples');
    const said = learned.reduce((sum, { found }) => sum + found.confidence, 0);
    expect(rightOf(learned).length).toBeGreaterThanOrEqual(said);
  });

  it('is not guessed for talk that wants nothing, nor for what people ask any machine', () => {
    const asked = [...none, ...lists.elsewhere.ar, ...lists.elsewhere.en];
    const learned = asked.filter((text) => typeOf(text).by === 'examples');
    expect(none.filter((text) => learned.includes(text))).toEqual([]);
    expect(share(learned.length, asked.length)).toBeLessThanOrEqual(0.02);
  });

  it('is an inquiry where nothing tells another', () => {
    expect(typeOf('')).toEqual({ id: 'inquiry', confidence: 0.3, by: 'default' });
    expect(typeOf('زمردة')).toEqual({ id: 'inquiry', confidence: 0.5, by: 'default' });
  });
});
