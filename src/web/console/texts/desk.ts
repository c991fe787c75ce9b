import i18next from 'i18next';
import type { Language } from '../../ui/language.ts';

/** Sets of texts that are not in the first page: of the signed in, of the inboxes, of a ticket's page, and of the knowledge bank's pages. */
const load = {
  desk: {
    ar: () => import('./desk-ar.ts').then(({ arDesk }) => arDesk),
    en: () => import('./desk-en.ts').then(({ enDesk }) => enDesk),
  },
  inboxes: {
    ar: async () => ({ ...(await import('./ar-inboxes.ts')).arInboxes, ...(await import('./ar-usage.ts')).arUsage }),
    en: async () => ({ ...(await import('./en-inboxes.ts')).enInboxes, ...(await import('./en-usage.ts')).enUsage }),
  },
  casework: {
    ar: () => import('./ar-casework.ts').then(({ arCasework }) => arCasework),
    en: () => import('./en-casework.ts').then(({ enCasework }) => enCasework),
  },
  knowledge: {
    ar: () => import('./ar-knowledge.ts').then(({ arKnowledge }) => arKnowledge),
    en: () => import('./en-knowledge.ts').then(({ enKnowledge }) => enKnowledge),
  },
};
type TextSet = keyof typeof load;

const there = new Set<`${TextSet} ${Language}`>();
const wanted = new Set<TextSet>();

async function add(set: TextSet, language: Language): Promise<void> {
  if (there.has(`${set} ${language}`)) return;
  i18next.addResourceBundle(language, 'translation', await load[set][language](), true, true);
  there.add(`${set} ${language}`);
}

const want = (set: TextSet): Promise<void> => {
  wanted.add(set);
  return add(set, i18next.language === 'en' ? 'en' : 'ar');
};

/** Makes the texts of the signed in ready, in the language that is spoken. Call before their first page is rendered. */
export const addDeskTexts = (): Promise<void> => want('desk');

/** Makes the texts of the inboxes' page ready. Call before it is rendered. */
export const addInboxTexts = (): Promise<void> => want('inboxes');

/** Makes the texts of a ticket's page ready. Call before it is rendered. */
export const addCaseworkTexts = (): Promise<void> => want('casework');

/** Makes the texts of the knowledge bank's pages ready. Call before one of their parts is rendered. */
export const addKnowledgeTexts = (): Promise<void> => want('knowledge');

/** Makes all that were wanted ready in another language. Call before it is spoken. */
export async function addDeskTextsIn(language: Language): Promise<void> {
  await Promise.all([...wanted].map((set) => add(set, language)));
}
