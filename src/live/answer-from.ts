import type { KnowledgeResult } from '../knowledge/engine.ts';
import type { KnowledgeHelp } from '../knowledge/help.ts';
import type { Language } from '../language/language.ts';
import type { Content } from './content.ts';

/** What the bank says to a text that nobody wrote in a conversation, with the approved text where it answers. */
export interface FreeAnswer extends KnowledgeResult {
  text?: string;
}

type Asks = Pick<Content, 'knowledge' | 'understand' | 'article'>;

const withText = ({ article }: Asks, result: KnowledgeResult, language?: Language): FreeAnswer => {
  const best = result.outcome === 'answer' ? result.articles[0] : undefined;
  const said = best ? article(best.id, language ?? result.language) : null;
  return { ...result, ...(said ? { text: said.text } : {}) };
};

/** Answers by the bank alone. */
export const answerFrom =
  (content: Asks) =>
  (text: string, language?: Language): FreeAnswer =>
    withText(content, content.knowledge().answer(text, language), language);

/** Answers as a conversation would: what the bank is unsure of goes to help, but nothing confidential does. */
export const consultWith =
  (content: Asks, help: KnowledgeHelp) =>
  async (text: string, language?: Language): Promise<FreeAnswer> => {
    const alone = content.knowledge().answer(text, language);
    if (alone.outcome === 'answer' || content.understand(text).sensitive) return withText(content, alone, language);
    const asked = { text, language: language ?? alone.language };
    return withText(content, await help.improve(alone, asked, help.patience()), language);
  };
