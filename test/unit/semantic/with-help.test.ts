import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnowledgeResult } from '../../../src/knowledge/engine.ts';
import { withHelp } from '../../../src/semantic/with-help.ts';

const titleOf = (id: string): string | null => (id.startsWith('gone') ? null : `title of ${id}`);

const aResult = (outcome: KnowledgeResult['outcome'], confidences: Record<string, number>): KnowledgeResult => ({
  outcome,
  articles: Object.entries(confidences).map(([id, confidence]) => ({ id, title: titleOf(id) ?? '', confidence })),
  language: 'ar',
  why: ['the bank'],
});

const ids = ({ articles }: KnowledgeResult): string[] => articles.map(({ id }) => id);

describe('what is near in meaning', () => {
  it('turns "none" into an offer, however near it is', () => {
    const result = withHelp(aResult('none', { a: 0.1 }), { near: [{ id: 'b', likeness: 0.99 }] }, 0.95, titleOf);
    expect(result.outcome).toBe('choose');
    expect(ids(result)).toEqual(['b', 'a']);
    expect(result.why).toContain('meaning: near b 0.99');
  });

  it('changes nothing where nothing is near enough', () => {
    const bank = aResult('none', { a: 0.1 });
    const result = withHelp(bank, { near: [{ id: 'b', likeness: 0.4 }] }, 0.95, titleOf);
    expect({ ...result, why: [] }).toEqual({ ...bank, why: [] });
    expect(result.why.at(-1)).toBe('meaning: nothing near enough');
  });

  it('answers where words and meaning name the same article first and both are sure', () => {
    const bank = aResult('choose', { a: 0.7, b: 0.3 });
    const result = withHelp(bank, { near: [{ id: 'a', likeness: 0.97 }] }, 0.95, titleOf);
    expect(result.outcome).toBe('answer');
    expect(result.articles[0]).toMatchObject({ id: 'a', confidence: 0.99 });
  });

  it.each([
    ['the words are not sure', { a: 0.4, b: 0.3 }, 'a', 0.97],
    ['meaning is not sure enough', { a: 0.7, b: 0.3 }, 'a', 0.9],
    ['they name different articles', { a: 0.7, b: 0.6 }, 'b', 0.99],
  ])('only offers where %s', (_, confidences, id, likeness) => {
    const result = withHelp(aResult('choose', confidences), { near: [{ id, likeness }] }, 0.95, titleOf);
    expect(result.outcome).toBe('choose');
  });

  it('never offers an article that is not published', () => {
    const result = withHelp(aResult('none', {}), { near: [{ id: 'gone', likeness: 0.99 }] }, 0.95, titleOf);
    expect(ids(result)).toEqual([]);
    expect(result.outcome).toBe('none');
  });
});

describe('what was chosen', () => {
  it('answers where the bank offers it', () => {
    const result = withHelp(aResult('choose', { a: 0.5, b: 0.4 }), { chosen: 'b' }, 0.95, titleOf);
    expect(result.outcome).toBe('answer');
    expect(ids(result)).toEqual(['b', 'a']);
    expect(result.why.at(-1)).toBe('answer: "b" was chosen among the offered');
  });

  it('is only offered where the bank does not', () => {
    expect(withHelp(aResult('none', { a: 0.1 }), { chosen: 'a' }, 0.95, titleOf).outcome).toBe('choose');
    const other = withHelp(aResult('choose', { a: 0.5 }), { chosen: 'c' }, 0.95, titleOf);
    expect(other.outcome).toBe('choose');
    expect(ids(other)).toEqual(['c', 'a']);
  });

  it('leaves the offer as it is where none was chosen, or one that does not exist', () => {
    const bank = aResult('choose', { a: 0.5, b: 0.4 });
    expect(withHelp(bank, { chosen: null }, 0.95, titleOf)).toMatchObject({
      outcome: 'choose',
      articles: bank.articles,
    });
    expect(withHelp(bank, { chosen: 'gone' }, 0.95, titleOf)).toMatchObject({
      outcome: 'choose',
      articles: bank.articles,
    });
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const anId = fc.constantFrom('a', 'b', 'c', 'd', 'gone');
const confidences = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), share, { maxKeys: 3 });
const nearOnes = fc.uniqueArray(fc.record({ id: anId, likeness: share }), { maxLength: 5, selector: ({ id }) => id });

describe('whatever help says', () => {
  it('an answer of the bank stays as it is', () => {
    fc.assert(
      fc.property(confidences, nearOnes, fc.option(anId), (known, near, chosen) => {
        const bank = aResult('answer', known);
        expect(withHelp(bank, { near, chosen }, 0.95, titleOf)).toBe(bank);
      }),
    );
  });

  it('nothing is answered that only meaning knows, and no more than three published articles are named', () => {
    fc.assert(
      fc.property(fc.constantFrom('none', 'choose'), confidences, nearOnes, share, (outcome, known, near, sureness) => {
        const result = withHelp(aResult(outcome as 'none' | 'choose', known), { near }, sureness, titleOf);
        const first = result.articles[0]?.id ?? '';
        if (result.outcome === 'answer') expect(known[first]).toBeGreaterThanOrEqual(0.5);
        expect(result.articles.length).toBeLessThanOrEqual(3);
        expect(ids(result)).not.toContain('gone');
        for (const { confidence } of result.articles) expect(confidence >= 0 && confidence <= 1).toBe(true);
      }),
    );
  });
});
