import { type QueryClient, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import type { WrittenFields } from '../knowledge/typed-article.ts';
import { ApiError, ask, currentIn } from './client.ts';
import { useMay } from './session.ts';
import type {
  Article,
  Effect,
  KnowledgeSetting,
  Pace,
  Page,
  Question,
  QuestionGroup,
  Setting,
  Suggestion,
  WeekEffect,
} from './shapes.ts';

const pageLength = 50;
const mostAtOnce = 200;
const dayMs = 86_400_000;

export interface ArticleFilters {
  q: string;
  status: string;
  service: string;
  departmentId: string;
}

const pathOf = (id: string): string => `/articles/${encodeURIComponent(id)}`;

export const useArticles = (filters: Partial<ArticleFilters>, wanted = true) =>
  useInfiniteQuery({
    queryKey: ['articles', filters],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<Article>>('/articles', { query: { ...filters, limit: pageLength, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    enabled: wanted,
  });

const articleQuery = (id: string) => ({
  queryKey: ['article', id],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask<Article>(pathOf(id), { signal }),
  staleTime: 5 * 60_000,
  retry: false,
});

/** One article to look at; hints keep it fresh. */
export const useArticle = (id: string) => useQuery(articleQuery(id));

const titleIn = ({ title: { ar, en } }: Pick<Article, 'title'>, language: string): string | undefined =>
  language === 'en' ? (en ?? ar) : (ar ?? en);

/** What an article is called, in the language of the page where it has a title in it. */
export const titleOf = (article: Pick<Article, 'id' | 'title'>, language: string): string =>
  titleIn(article, language) ?? article.id;

/** The titles of articles by id, as far as they are known. */
export const useArticleTitles = (ids: readonly string[], language: string): ReadonlyMap<string, string> =>
  useQueries({
    queries: [...new Set(ids)].map(articleQuery),
    combine: (results) =>
      new Map(results.flatMap(({ data }) => (data ? [[data.id, titleOf(data, language)] as const] : []))),
  });

/** One article as it is when a form is opened: read anew each time. */
export const useArticleToEdit = (id: string) =>
  useQuery({
    queryKey: ['article-form', id],
    queryFn: ({ signal }) => ask<Article>(pathOf(id), { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: (count, error) => error instanceof ApiError && error.code === 'offline' && count < 2,
  });

const forget = (client: QueryClient, ...keys: string[]): Promise<unknown> =>
  Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));

/** Writes an article: a new one, or what changed of one at its version. Rejects with `conflict` and the current one. */
export async function saveArticle(
  client: QueryClient,
  which: { id: string; version: number } | null,
  written: Partial<WrittenFields>,
): Promise<Article> {
  const saved = which
    ? await ask<Article>(pathOf(which.id), { method: 'PATCH', body: { version: which.version, ...written } })
    : await ask<Article>('/articles', { method: 'POST', body: written });
  client.setQueryData(['article', saved.id], saved);
  await forget(client, 'articles', 'article-effect');
  return saved;
}

export async function removeArticle(client: QueryClient, id: string): Promise<void> {
  await ask(pathOf(id), { method: 'DELETE' });
  client.removeQueries({ queryKey: ['article', id] });
  await forget(client, 'articles', 'suggestions');
}

const attempts = 4;

/** Adds a phrasing to an article, whatever else is changed in it meanwhile. False where the article had it. */
export async function addPhrasing(
  client: QueryClient,
  id: string,
  { language, text }: { language: 'ar' | 'en'; text: string },
): Promise<boolean> {
  let article = await ask<Article>(pathOf(id));
  for (let attempt = 1; ; attempt += 1) {
    const before = article.phrasings[language] ?? [];
    if (before.includes(text)) return false;
    const phrasings = { ...article.phrasings, [language]: [...before, text] };
    try {
      await saveArticle(client, article, { phrasings });
      return true;
    } catch (error) {
      const current = currentIn<Article>(error);
      if (!current || attempt === attempts) throw error;
      article = current;
    }
  }
}

/** What the bank would say to a question, and why. */
export interface BankAnswer {
  outcome: 'answer' | 'choose' | 'none';
  articles: { id: string; title: string; confidence: number; phrasing?: string }[];
  /** What would be said, as plain text. */
  text?: string;
  why: string[];
}

export const askBank = (text: string): Promise<BankAnswer> =>
  ask('/answer', { method: 'POST', body: { text, explain: true } });

type BankEffect = Effect & { id: string; helpRate: number | null };

async function readBankEffect(signal: AbortSignal): Promise<ReadonlyMap<string, BankEffect>> {
  const from = new Date(Math.floor(Date.now() / dayMs) * dayMs - 30 * dayMs).toISOString();
  const found = new Map<string, BankEffect>();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = { from, limit: mostAtOnce, cursor };
    const page: Page<BankEffect> = await ask('/knowledge/effect', { query, signal });
    for (const one of page.items) found.set(one.id, one);
    const last = page.items.at(-1);
    // What was asked most comes first: behind one that nobody asked for nothing is left to tell.
    cursor = last && last.asked + last.tickets > 0 ? page.nextCursor : null;
  }
  return found;
}

/** What became of the questions of each article in the last 30 days, by id; nothing for those who may not see it. */
export const useBankEffect = () =>
  useQuery({
    queryKey: ['bank-effect'],
    queryFn: ({ signal }) => readBankEffect(signal),
    staleTime: 5 * 60_000,
    enabled: useMay()('questions.read'),
  });

export interface ArticleEffect {
  weeks: WeekEffect[];
  changedAt: string | null;
  before: Pace | null;
  after: Pace | null;
}

export const useArticleEffect = (id: string) =>
  useQuery({
    queryKey: ['article-effect', id],
    queryFn: ({ signal }) => ask<ArticleEffect>(`${pathOf(id)}/effect`, { signal }),
    staleTime: 60_000,
    enabled: useMay()('questions.read'),
  });

export const useQuestionGroups = () =>
  useInfiniteQuery({
    queryKey: ['question-groups'],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<QuestionGroup>>('/questions/groups', { query: { limit: 20, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    // nobody tells of these by themselves
    refetchInterval: 60_000,
  });

/** The questions that were asked of the bank in a conversation, the newest first. */
export const useQuestionsOf = (conversationId: string, wanted: boolean) =>
  useQuery({
    queryKey: ['questions', conversationId],
    queryFn: ({ signal }) =>
      ask<Page<Question>>('/questions', { query: { conversationId, limit: mostAtOnce }, signal }),
    select: ({ items }) => items,
    enabled: wanted,
  });

/** Names the article that answers questions; their words are suggested as its phrasings. */
export async function assignQuestions(client: QueryClient, ids: readonly string[], articleId: string): Promise<void> {
  const questionIds = ids.slice(-mostAtOnce);
  await ask('/questions/assign', { method: 'POST', body: { questionIds, articleId } });
  await forget(client, 'question-groups', 'questions', 'suggestions');
}

export async function dismissQuestions(client: QueryClient, ids: readonly string[]): Promise<void> {
  await ask('/questions/dismiss', { method: 'POST', body: { questionIds: ids.slice(-mostAtOnce) } });
  await forget(client, 'question-groups', 'questions');
}

/** An agent says which article was the right answer to a question. */
export async function correctQuestion(client: QueryClient, id: string, articleId: string): Promise<void> {
  await ask(`/questions/${encodeURIComponent(id)}/correct`, { method: 'POST', body: { articleId } });
  await forget(client, 'question-groups', 'questions', 'suggestions');
}

/** What is suggested and waits for an editor, of one article or of all. */
export const useSuggestions = (articleId: string | null) =>
  useInfiniteQuery({
    queryKey: ['suggestions', articleId],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<Suggestion>>('/suggestions', {
        query: { status: 'pending', articleId, limit: pageLength, cursor: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: 60_000,
    enabled: useMay()('questions.read'),
  });

/** Approves a suggestion, in its own words or in mended ones, or rejects it. */
export const decideSuggestion = (
  { id, version }: Pick<Suggestion, 'id' | 'version'>,
  decided: { verdict: 'approve'; text?: string | undefined } | { verdict: 'reject' },
): Promise<Suggestion> => {
  const { verdict, ...words } = decided;
  return ask(`/suggestions/${encodeURIComponent(id)}/${verdict}`, { method: 'POST', body: { version, ...words } });
};

export const forgetSuggestions = (client: QueryClient): Promise<unknown> =>
  forget(client, 'suggestions', 'articles', 'article');

/** How the bank answers, as it is when the page is opened. */
export const useBankSetting = () =>
  useQuery({
    queryKey: ['bank-setting'],
    queryFn: ({ signal }) => ask<Setting<KnowledgeSetting>>('/settings/knowledge', { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export const saveBankSetting = (version: number, value: KnowledgeSetting): Promise<Setting<KnowledgeSetting>> =>
  ask('/settings/knowledge', { method: 'PUT', body: { version, value } });
