import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planImport } from '../../../src/http/import-articles.ts';
import type { Article } from '../../../src/knowledge/article.ts';
import type { StoredArticle } from '../../../src/knowledge/articles.ts';
import type { Op } from '../../../src/store/port.ts';

const anArticle = (id: string, facts: Partial<Article> = {}): Article => ({
  id,
  status: 'published',
  title: { ar: 'عنوان' },
  body: { ar: 'نص' },
  phrasings: {},
  ...facts,
});
const kept = (one: Article, version = 1): StoredArticle => ({ ...one, version });

/** The bank after the operations of a plan. */
function carryOut(bank: readonly StoredArticle[], ops: readonly Op[]): Map<string, StoredArticle> {
  const after = new Map(bank.map((one) => [one.id, one]));
  for (const op of ops) {
    if (op.op === 'insert') after.set(op.document.id, op.document);
    else if (op.op === 'remove') after.delete(op.id);
    else after.set(op.id, { ...(after.get(op.id) as StoredArticle), ...op.set });
  }
  return after;
}

describe('an import', () => {
  it('changes only what differs; null says the same as nothing', () => {
    const bank = [kept(anArticle('a'), 3), kept(anArticle('b', { service: null }), 2)];
    const wanted = [anArticle('a', { title: { ar: 'آخر' } }), anArticle('b'), anArticle('c')];
    const { counts, ops } = planImport(bank, wanted, false);
    expect(counts).toEqual({ created: 1, changed: 1, unchanged: 1, removed: 0 });
    expect(ops).toMatchObject([
      { op: 'update', id: 'a', expect: 3 },
      { op: 'insert', document: { id: 'c', version: 1 } },
    ]);
  });

  it('takes what an article had and has no more out of it', () => {
    const bank = [kept(anArticle('a', { departmentId: 'halls', outside: true }))];
    const after = carryOut(bank, planImport(bank, [anArticle('a')], false).ops).get('a');
    expect([after?.departmentId, after?.outside]).toEqual([undefined, undefined]);
  });

  it('leaves exactly what was wanted where it replaces, and adds to the rest where it does not', () => {
    const bank = fc.uniqueArray(
      fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), text: fc.constantFrom('x', 'y') }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(bank, bank, fc.boolean(), (before, wanted, replace) => {
        const written = wanted.map(({ id, text }) => anArticle(id, { body: { en: text } }));
        const stored = before.map(({ id, text }) => kept(anArticle(id, { body: { en: text } })));
        const { counts, ops } = planImport(stored, written, replace);
        const after = carryOut(stored, ops);
        for (const one of written) expect(after.get(one.id)?.body).toEqual(one.body);
        const others = replace ? [] : before.filter(({ id }) => !wanted.some((one) => one.id === id));
        expect(after.size).toBe(wanted.length + others.length);
        expect(counts.created + counts.changed + counts.unchanged).toBe(wanted.length);
        expect(counts.created + counts.changed + counts.removed).toBe(ops.length);
      }),
    );
  });
});
