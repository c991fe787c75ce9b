import { join } from 'node:path';
import type { Article } from '../knowledge/article.ts';
import { articles } from '../knowledge/articles.ts';
import { loadArticles } from '../knowledge/load.ts';
import { loadLaterSetting, loadOrganisation } from '../organisation/load.ts';
import { readSettings, seedSetting, seedSettings, seedTemplates, settings } from '../organisation/settings.ts';
import type { Collection, Document, Store } from '../store/port.ts';
import { loadTemplates } from '../template/load.ts';

/** Where the content files are. */
export interface ContentDirectories {
  knowledgeBase: string;
  templates: string;
}

const insertNew = async <T extends Document>(
  store: Store,
  into: Collection<T>,
  documents: readonly T[],
): Promise<void> => {
  const known = new Set<string>();
  for (let at = 0; at < documents.length; at += 500) {
    const ids = documents.slice(at, at + 500).map((one) => one.id);
    for (const one of await store.getMany(into, ids)) known.add(one.id);
  }
  const fresh = documents.filter((one) => !known.has(one.id));
  if (fresh.length > 0)
    await store.write(fresh.map((document) => ({ op: 'insert', in: into, document, onDuplicate: 'keep' })));
};

const versioned = (article: Article): Article & Document => ({ ...article, version: 1 });

/**
 * Fills an empty store from the content files: organisation, articles, templates. A store that has an organisation
 * keeps everything that people edited; only what a new version of Wasl brings is added: templates, settings that came later.
 */
export async function seedContent(store: Store, from: ContentDirectories): Promise<{ first: boolean }> {
  const seeded = await store.get(settings, 'organisation');
  await seedTemplates(store, await loadTemplates(from.templates));
  const directory = join(from.knowledgeBase, 'organisation');
  if (seeded) {
    for (const id of ['knowledge', 'casework'] as const)
      await seedSetting(store, id, () => loadLaterSetting(directory, id));
    return { first: false };
  }
  const organisation = await loadOrganisation(directory);
  const all = await loadArticles(join(from.knowledgeBase, 'articles'), organisation);
  await insertNew(store, articles, all.map(versioned));
  await seedSettings(store, organisation);
  await readSettings(store);
  return { first: true };
}
