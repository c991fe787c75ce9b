import type { Article } from '../knowledge/article.ts';
import { articles } from '../knowledge/articles.ts';
import { createKnowledge, type Knowledge } from '../knowledge/engine.ts';
import { plainText, renderMarkdown } from '../knowledge/markdown.ts';
import { inLanguage, type Language } from '../language/language.ts';
import { type OrganisationSnapshot, readSettings, readTemplates } from '../organisation/settings.ts';
import type { Change, Collection, Document, Store } from '../store/port.ts';
import { createRender, type Render, type Template } from '../template/template.ts';
import type { UnderstandingFiles } from '../understanding/files.ts';
import { createUnderstanding } from '../understanding/understand.ts';
import type { Understanding } from '../understanding/understanding.ts';
import type { Content } from './content.ts';

interface Parts {
  organisation: OrganisationSnapshot;
  articles: Map<string, Article>;
  knowledge: Knowledge;
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
  stop(): void;
}

interface Fixed {
  timeZone: string;
  files: UnderstandingFiles;
  onError(error: unknown): void;
}

const readOrganisation = async (store: Store, { files }: Fixed) => {
  const organisation = await readSettings(store);
  const { categories } = organisation.organisation;
  const { understand } = await createUnderstanding(files, { categories, services: organisation.services });
  return { organisation, understand };
};

const readTexts = async (store: Store, { timeZone }: Fixed) => {
  const found = await readTemplates(store);
  return { templates: found, render: createRender(found, timeZone) };
};

const readArticles = async (store: Store, { files }: Fixed) => {
  const found = await all(store, articles, 'by-status');
  return {
    articles: new Map(found.map((one) => [one.id, one])),
    knowledge: createKnowledge(found, { synonyms: files.synonyms }),
  };
};

const readers = { organisation: readOrganisation, templates: readTexts, articles: readArticles } as const;

const said = (article: Article | undefined, language: Language) => {
  if (article?.status !== 'published') return null;
  const body = inLanguage(article.body, language);
  return { text: plainText(body), html: renderMarkdown(body) };
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

/** Takes edited parts anew: one reading of a part at a time, and once more where it was edited meanwhile. */
const refreshing = (read: (name: Reader) => Promise<void>, onError: (error: unknown) => void) => {
  const running = new Map<Reader, { again: boolean }>();
  const refresh = async (name: Reader): Promise<void> => {
    const before = running.get(name);
    if (before) {
      before.again = true;
      return;
    }
    const state = { again: true };
    running.set(name, state);
    while (state.again) {
      state.again = false;
      await read(name).catch(onError);
    }
    running.delete(name);
  };
  return (changes: readonly Change[]): void => {
    const stale = new Set(changes.map(partOf));
    for (const name of Object.keys(readers) as Reader[]) if (stale.has(name)) void refresh(name);
  };
};

/** Reads the content once and follows its changes. An edit that cannot be read leaves what was there, and is told. */
export async function followContent(store: Store, fixed: Fixed): Promise<LiveContent> {
  const parts: Parts = {
    ...(await readOrganisation(store, fixed)),
    ...(await readTexts(store, fixed)),
    ...(await readArticles(store, fixed)),
  };
  const stop = store.watch(
    refreshing(async (name) => {
      Object.assign(parts, await readers[name](store, fixed));
    }, fixed.onError),
  );
  return {
    organisation: () => parts.organisation,
    render: () => parts.render,
    understand: (text) => parts.understand(text),
    knowledge: () => parts.knowledge,
    article: (id, language) => said(parts.articles.get(id), language),
    words: (prefix, language) => wordsOf(parts.templates, prefix, language),
    stop,
  };
}
