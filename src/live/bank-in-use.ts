import type { Article } from '../knowledge/article.ts';
import { type Knowledge, type LearnedKnowledge, openKnowledge, patchKnowledge, wordsFor } from '../knowledge/engine.ts';
import { languages } from '../language/language.ts';
import type { WordLists } from '../learning/words.ts';
import type { KnowledgeSetting } from '../organisation/organisation.ts';
import { findLearned } from './kept-learning.ts';
import { createTeacher, type Lesson, type Teacher } from './learning.ts';

/** What the bank is made of, as it stands in the store. */
export interface Sources {
  articles: ReadonlyMap<string, Article>;
  setting: KnowledgeSetting;
}

/** The knowledge bank that is asked, kept as its sources are. */
export interface BankInUse {
  knowledge(): Knowledge;
  /** Takes sources as they are now. Edits count at once, by their words; what they teach follows. */
  take(sources: Sources): void;
  /** Resolves when the sources that were taken are learned. */
  settled(): Promise<void>;
  stop(): void;
}

interface Fixed {
  lists: WordLists;
  /** The rows of words that ship. */
  synonyms: Lesson['synonyms'];
  keptIn: string | null;
  onError(error: unknown): void;
}

const lessonOf = ({ articles, setting }: Sources, { synonyms }: Fixed): Lesson => {
  const rows = (language: 'ar' | 'en') => [...setting.synonyms[language], ...synonyms[language]];
  return { articles: [...articles.values()], synonyms: { ar: rows('ar'), en: rows('en') } };
};

const learnFirst = async (lesson: Lesson, { lists, keptIn }: Fixed, teacher: Teacher): Promise<LearnedKnowledge> =>
  (keptIn === null ? null : findLearned(keptIn, { ...lesson, lists })) ?? teacher.learn(lesson);

const isPublished = (article: Article | undefined): boolean => article?.status === 'published';

/** Edits with more ways to ask than these are learned before they count: reading them would hold up those who ask. */
const mostPatched = 400;

const waysToAsk = (articles: readonly Article[]): number =>
  articles.reduce((sum, { phrasings: { ar = [], en = [] } }) => sum + 1 + ar.length + en.length, 0);

const editsBetween = (before: Sources['articles'], now: Sources['articles']) => {
  const changed = [...now.values()].filter((one) => one !== before.get(one.id) && !same(one, before.get(one.id)));
  const removed = [...before.keys()].filter((id) => !now.has(id));
  return {
    changed: changed.filter(isPublished),
    gone: new Set([...changed.map(({ id }) => id), ...removed]),
  };
};

/**
 * Learns the bank and keeps it as the store has it. The first lesson is waited for; later ones are learned in a thread of
 * their own, the newest sources only, and until they are learned edits count by the likeness of their words.
 */
export async function openBankInUse(first: Sources, fixed: Fixed): Promise<BankInUse> {
  const { lists } = fixed;
  const teacher = createTeacher({ lists, keptIn: fixed.keptIn });
  const state = {
    sources: first,
    learnedFrom: first,
    learned: await learnFirst(lessonOf(first, fixed), fixed, teacher),
  };
  const words = (from: Sources) => wordsFor({ lists, synonyms: lessonOf(from, fixed).synonyms });
  const open = (learned: LearnedKnowledge, from: Sources): Knowledge =>
    openKnowledge(learned, words(from), state.sources.setting.sureness);
  let knowledge = open(state.learned, first);
  let running: Promise<void> | null = null;
  let isStopped = false;

  /** Learns sources; false where that failed, which is told. */
  let tried: Sources = first;
  const learnOne = async (sources: Sources): Promise<boolean> => {
    try {
      state.learned = await teacher.learn(lessonOf(sources, fixed));
      state.learnedFrom = sources;
      return true;
    } catch (error) {
      if (!isStopped) fixed.onError(error);
      return false;
    }
  };
  const learn = async (): Promise<void> => {
    while (state.learnedFrom !== state.sources && !isStopped) {
      const { sources } = state;
      tried = sources;
      const isDone = await learnOne(sources);
      // what was taken meanwhile may well be learnable where this was not
      if (!isDone && state.sources === sources) return;
      if (isDone && state.sources === sources) knowledge = open(state.learned, sources);
      else patch();
    }
  };
  const patch = (): void => {
    const edits = editsBetween(state.learnedFrom.articles, state.sources.articles);
    if (waysToAsk(edits.changed) > mostPatched) return;
    const before = words(state.learnedFrom);
    const learned = edits.gone.size === 0 ? state.learned : patchKnowledge(state.learned, edits, before);
    knowledge = openKnowledge(learned, before, state.sources.setting.sureness);
  };
  const isLearned = (sources: Sources): boolean =>
    languages.every((language) =>
      same(sources.setting.synonyms[language], state.learnedFrom.setting.synonyms[language]),
    ) && editsBetween(state.learnedFrom.articles, sources.articles).gone.size === 0;

  const begin = (): void => {
    running ??= learn().finally(() => {
      running = null;
      // what was taken between the last look and now
      if (state.sources !== tried && !isStopped) begin();
    });
  };

  return {
    knowledge: () => knowledge,
    take(sources) {
      state.sources = sources;
      patch();
      if (isLearned(sources)) {
        state.learnedFrom = sources;
        tried = sources;
        return;
      }
      begin();
    },
    async settled() {
      while (running) await running;
    },
    stop() {
      isStopped = true;
      teacher.stop();
    },
  };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
