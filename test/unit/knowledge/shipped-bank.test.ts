import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createKnowledge, type KnowledgeResult } from '../../../src/knowledge/engine.ts';
import { loadArticles } from '../../../src/knowledge/load.ts';
import { loadUnderstanding } from '../../../src/understanding/load.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

const set = z.object({
  inScope: z.array(z.object({ text: z.string(), ids: z.array(z.string()) })),
  outOfScope: z.array(z.string()),
});
const raw: unknown = JSON.parse(await readFile(path('test/fixtures/knowledge/questions.json'), 'utf8'));
const { fresh, unseen, ...first } = set.extend({ fresh: set, unseen: set }).parse(raw);
const articles = await loadArticles(path('knowledge-base/articles'));
const { synonyms, lists } = await loadUnderstanding(path('knowledge-base/understanding'));
const knowledge = createKnowledge(articles, { synonyms, lists });

const all = [...first.inScope, ...fresh.inScope, ...unseen.inScope].map(({ text, ids }) => ({
  text,
  ids,
  result: knowledge.answer(text),
}));
const outside = [...first.outOfScope, ...fresh.outOfScope, ...unseen.outOfScope].map((text) => ({
  text,
  result: knowledge.answer(text),
}));
const isRight = ({ ids, result }: { ids: string[]; result: KnowledgeResult }): boolean =>
  ids.includes(result.articles[0]?.id ?? '');
const share = (part: number, whole: number): number => part / whole;

/** Floors stand a few points under what was measured, so that editing an article does not break the build. */
describe('the shipped bank, asked in other words than its own', () => {
  it('is asked for articles that exist', () => {
    const known = new Set(articles.map(({ id }) => id));
    expect(all.flatMap(({ ids }) => ids).filter((id) => !known.has(id))).toEqual([]);
  });

  it('is not asked in the words of its phrasings', () => {
    const phrasings = new Set(articles.flatMap(({ phrasings: { ar = [], en = [] } }) => [...ar, ...en]));
    expect(all.filter(({ text }) => phrasings.has(text))).toEqual([]);
  });

  it('puts the right article first for nine questions of ten', () => {
    expect(share(all.filter(isRight).length, all.length)).toBeGreaterThanOrEqual(0.9);
  });

  it('answers three quarters and more, and is right in what it answers', () => {
    const answered = all.filter(({ result }) => result.outcome === 'answer');
    expect(share(answered.length, all.length)).toBeGreaterThanOrEqual(0.76);
    expect(share(answered.filter(isRight).length, answered.length)).toBeGreaterThanOrEqual(0.96);
  });

  it('answers or offers the right article for almost nine questions of ten', () => {
    const helped = all.filter(({ ids, result }) =>
      result.outcome === 'answer'
        ? isRight({ ids, result })
        : result.outcome === 'choose' && result.articles.some(({ id }) => ids.includes(id)),
    );
    expect(share(helped.length, all.length)).toBeGreaterThanOrEqual(0.88);
  });

  it('never answers what has nothing to do with the organisation, and hardly ever offers anything', () => {
    expect(outside.filter(({ result }) => result.outcome === 'answer')).toEqual([]);
    expect(
      share(outside.filter(({ result }) => result.outcome === 'none').length, outside.length),
    ).toBeGreaterThanOrEqual(0.9);
  });

  it('is right at least as often as it says', () => {
    const bold = all
      .map((one) => ({ ...one, confidence: one.result.articles[0]?.confidence ?? 0 }))
      .filter(({ confidence }) => confidence >= 0.5);
    const said = bold.reduce((sum, { confidence }) => sum + confidence, 0) / bold.length;
    expect(share(bold.filter(isRight).length, bold.length)).toBeGreaterThanOrEqual(said - 0.05);
  });
});
