import { isDeepStrictEqual } from 'node:util';
import { type Clock, iso } from '../clock.ts';
import { WaslError } from '../errors.ts';
import type { Article } from '../knowledge/article.ts';
import { type ArticleImport, articleImports, articles, type StoredArticle } from '../knowledge/articles.ts';
import type { Op, Store } from '../store/port.ts';

/** What an import does to the bank, in articles. */
export interface ImportCounts {
  created: number;
  changed: number;
  unchanged: number;
  removed: number;
}

interface Plan {
  counts: ImportCounts;
  ops: Op[];
}

/** Null and absent say the same. */
const matter = ({ status, title, body, phrasings, service, departmentId, outside }: Article) => ({
  status,
  title,
  body,
  phrasings,
  service: service ?? null,
  departmentId: departmentId ?? null,
  outside: outside ?? false,
});

function opFor(one: Article, before: StoredArticle | undefined): Op | null {
  if (!before) return { op: 'insert', in: articles, document: { ...one, version: 1 } };
  if (isDeepStrictEqual(matter(before), matter(one))) return null;
  const { status, title, body, phrasings, service, departmentId, outside } = one;
  const set = { status, title, body, phrasings, service, departmentId, outside };
  return { op: 'update', in: articles, id: one.id, expect: before.version, set };
}

/** What makes a bank hold the wanted articles as they are given, and with `replace` no others. */
export function planImport(bank: readonly StoredArticle[], wanted: readonly Article[], replace: boolean): Plan {
  const before = new Map(bank.map((one) => [one.id, one]));
  const puts = wanted.flatMap((one) => opFor(one, before.get(one.id)) ?? []);
  const kept = new Set(wanted.map(({ id }) => id));
  const gone = replace ? bank.filter(({ id }) => !kept.has(id)) : [];
  const created = puts.filter(({ op }) => op === 'insert').length;
  const counts = {
    created,
    changed: puts.length - created,
    unchanged: wanted.length - puts.length,
    removed: gone.length,
  };
  return {
    counts,
    ops: [...puts, ...gone.map(({ id, version: expect }): Op => ({ op: 'remove', in: articles, id, expect }))],
  };
}

const part = 1000;

async function readWanted(store: Store, wanted: readonly Article[]): Promise<StoredArticle[]> {
  const found: StoredArticle[] = [];
  for (let at = 0; at < wanted.length; at += part) {
    const ids = wanted.slice(at, at + part).map(({ id }) => id);
    found.push(...(await store.getMany(articles, ids)));
  }
  return found;
}

async function readBank(store: Store): Promise<StoredArticle[]> {
  const found: StoredArticle[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await store.find(articles, { index: 'by-status', limit: part, cursor });
    found.push(...page.items);
    if (!page.nextCursor) return found;
    cursor = page.nextCursor;
  }
}

const last = 'last';

/** Of two imports at once one finds that the other was there, and reads the bank again. */
function takeTurn(before: ArticleImport | null, at: string): Op {
  if (!before) return { op: 'insert', in: articleImports, document: { id: last, version: 1, at } };
  return { op: 'update', in: articleImports, id: last, expect: before.version, set: { at } };
}

/** Each time somebody else changed the bank meanwhile. */
const mostAttempts = 20;

/**
 * Puts articles into the bank by id, all or nothing; with `replace` those that are not among them go. Imports at once are done
 * one after the other, whichever process has them. Rejects with `conflict` where the bank is being changed without pause.
 */
export async function importArticles(
  { store, clock }: { store: Store; clock: Clock },
  wanted: readonly Article[],
  replace: boolean,
): Promise<ImportCounts> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const before = await store.get(articleImports, last);
    const bank = replace ? await readBank(store) : await readWanted(store, wanted);
    const { counts, ops } = planImport(bank, wanted, replace);
    const result = await store.write([takeTurn(before, iso(clock.now())), ...ops]);
    if (result.ok) return counts;
  }
  throw new WaslError('conflict', 'The knowledge bank is being changed by others: import again in a moment.', {
    details: { retryAfterMs: 1000 },
  });
}
