import { type Clock, systemClock } from '../clock.ts';
import type { SaidArticle } from '../content/said-article.ts';
import type { Article } from '../knowledge/article.ts';
import { articles } from '../knowledge/articles.ts';
import { plainText, renderMarkdown } from '../knowledge/markdown.ts';
import { inLanguage, type Language } from '../language/language.ts';
import { type OrganisationSnapshot, readSettings, readTemplates } from '../organisation/settings.ts';
import { type Change, type Collection, type Document, type Store, StoreError } from '../store/port.ts';
import { createRender, type Render, type Template } from '../template/template.ts';
import type { UnderstandingFiles } from '../understanding/files.ts';
import { createUnderstanding } from '../understanding/understand.ts';
import type { Understanding } from '../understanding/understanding.ts';
import { type BankInUse, openBankInUse, type Sources } from './bank-in-use.ts';
import type { Content } from './content.ts';

interface Parts {
  organisation: OrganisationSnapshot;
  articles: Map<string, Article>;
  templates: Template[];
  render: Render;
  understand(text: string): Understanding;
}

async function all<T extends Document>(store: Store, from: Collection<T>, index: string): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await store.find(from, { index, limit: 1000, cursor });
    found.push(...page.items);
    if (!page.nextCursor) return found;
    cursor = page.nextCursor;
  }
}

/** The organisation's content as it stands in the store, kept at hand and taken anew when somebody edits it. */
export interface LiveContent extends Content {
  /** Short texts of one prefix, such as `widget`, by key. */
  words(prefix: string, language: Language): Record<string, string>;
  /** All articles, by id; another map whenever one was edited. */
  articles(): ReadonlyMap<string, Article>;
  /** Resolves when what was stored before the call is in use, as far as it could be read. */
  settled(): Promise<void>;
  stop(): void;
}

interface Fixed {
  timeZone: string;
  files: UnderstandingFiles;
  /** A directory for what was learned, so that the next start need not learn it again; none where it is left out. */
  keptIn?: string;
  clock?: Clock;
  onError(error: unknown): void;
}

const readOrganisation = async (store: Store, { files }: Fixed) => {
  const organisation = await readSettings(store);
  const { categories } = organisation.organisation;
  const { understand } = createUnderstanding(files, { categories, services: organisation.services });
  return { organisation, understand };
};

const readTexts = async (store: Store, { timeZone }: Fixed) => {
  const found = await readTemplates(store);
  return { templates: found, render: createRender(found, timeZone) };
};

const readArticles = async (store: Store) => {
  const found = await all(store, articles, 'by-status');
  return { articles: new Map(found.map((one) => [one.id, one])) };
};

const readers = { organisation: readOrganisation, templates: readTexts, articles: readArticles } as const;

const said = (article: Article | undefined, language: Language): SaidArticle | null => {
  if (article?.status !== 'published') return null;
  const body = inLanguage(article.body, language);
  const { service = null, outside = false } = article;
  return { text: plainText(body), html: renderMarkdown(body), service, outside };
};

const wordsOf = (found: readonly Template[], prefix: string, language: Language): Record<string, string> => {
  const own = found.filter(({ id }) => id.startsWith(`${prefix}.`));
  return Object.fromEntries(own.map(({ id, texts }) => [id.slice(prefix.length + 1), texts[language] ?? '']));
};

type Reader = keyof typeof readers;

/** Which part a change makes stale. */
const partOf = ({ collection, id }: Change): Reader | null => {
  if (collection === 'settings') return id === 'templates' ? 'templates' : 'organisation';
  return collection === 'articles' ? 'articles' : null;
};

interface Refreshing {
  take(changes: readonly Change[]): void;
  /** Takes every part anew. */
  takeAll(): void;
  /** Resolves when no part that was taken is being read any more. */
  settled(): Promise<void>;
  stop(): void;
}

const againMs = 1000;

/** A store that cannot be reached will be again, and nobody tells of the edit once more. */
const isPassing = (error: unknown): boolean => error instanceof StoreError && error.code === 'unavailable';

/**
 * Takes edited parts anew: one reading of a part at a time, once more where it was edited meanwhile, and until the store
 * can be reached.
 */
function refreshing(read: (name: Reader) => Promise<void>, { clock = systemClock, onError }: Fixed): Refreshing {
  const running = new Map<Reader, Promise<void>>();
  const stale = new Set<Reader>();
  const waits = new Map<Reader, () => void>();
  let isStopped = false;
  const later = (name: Reader): void => {
    if (!isStopped)
      waits.set(
        name,
        clock.after(againMs, () => void refresh(name)),
      );
  };
  /** The first failure is told, not each one. */
  const attempt = async (name: Reader): Promise<void> => {
    try {
      await read(name);
      waits.delete(name);
    } catch (error) {
      if (!waits.has(name)) onError(error);
      if (isPassing(error)) later(name);
      else waits.delete(name);
    }
  };
  const readStale = async (name: Reader): Promise<void> => {
    while (stale.delete(name)) await attempt(name);
    running.delete(name);
  };
  const refresh = (name: Reader): void => {
    stale.add(name);
    if (!running.has(name)) running.set(name, readStale(name));
  };
  const names = Object.keys(readers) as Reader[];
  return {
    take(changes) {
      const parts = new Set(changes.map(partOf));
      for (const name of names) if (parts.has(name)) refresh(name);
    },
    takeAll() {
      for (const name of names) refresh(name);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running.values());
    },
    stop() {
      isStopped = true;
      for (const cancel of waits.values()) cancel();
    },
  };
}

interface Opened extends Pick<Refreshing, 'settled' | 'stop'> {
  parts: Parts;
  bank: BankInUse;
}

async function readAll(store: Store, fixed: Fixed): Promise<Parts> {
  return {
    ...(await readOrganisation(store, fixed)),
    ...(await readTexts(store, fixed)),
    ...(await readArticles(store)),
  };
}

const sourcesOf = ({ articles: found, organisation }: Parts): Sources => ({
  articles: found,
  setting: organisation.knowledge,
});

/** What was edited, by whichever process, while the content is read for the first time is taken after it. */
async function openParts(store: Store, fixed: Fixed): Promise<Opened> {
  const early: Change[] = [];
  let take = (changes: readonly Change[]): void => void early.push(...changes);
  const unwatch = store.watch((changes) => take(changes));
  try {
    const parts = await readAll(store, fixed);
    const { files, keptIn = null, onError } = fixed;
    const bank = await openBankInUse(sourcesOf(parts), { ...files, keptIn, onError });
    const follow = refreshing(async (name) => {
      Object.assign(parts, await readers[name](store, fixed));
      if (name !== 'templates') bank.take(sourcesOf(parts));
    }, fixed);
    take = follow.take;
    take(early);
    const stop = (): void => {
      unwatch();
      follow.stop();
      bank.stop();
    };
    // in a store that is shared, word even of one's own edit may come after its answer
    const settled = async (): Promise<void> => {
      if (!store.exclusive) follow.takeAll();
      await follow.settled();
      await bank.settled();
    };
    return { parts, bank, settled, stop };
  } catch (error) {
    unwatch();
    throw error;
  }
}

/** Reads the content once and follows its changes. An edit that cannot be read leaves what was there, and is told. */
export async function followContent(store: Store, fixed: Fixed): Promise<LiveContent> {
  const { parts, bank, settled, stop } = await openParts(store, fixed);
  return {
    organisation: () => parts.organisation,
    render: () => parts.render,
    understand: (text) => parts.understand(text),
    knowledge: bank.knowledge,
    article: (id, language) => said(parts.articles.get(id), language),
    articles: () => parts.articles,
    words: (prefix, language) => wordsOf(parts.templates, prefix, language),
    settled,
    stop,
  };
}
