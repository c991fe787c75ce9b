import { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import type { QuestionGroup } from '../../question/group.ts';
import { type Question, question } from '../../question/question.ts';
import type { Store } from '../../store/port.ts';
import type { Answer } from '../deps.ts';
import { hiddenTickets } from './hidden-tickets.ts';

export const questionReply = question
  .omit({ articleId: true, waitingAt: true, expiresAt: true })
  .meta({ id: 'Question' });
export type QuestionReply = z.infer<typeof questionReply>;

const nearestReply = z.object({ id: z.string(), title: z.string(), confidence: z.number() });

export const questionGroupReply = z
  .object({
    id: z.string(),
    text: z.string(),
    language: question.shape.language,
    count: z.number().int(),
    people: z.number().int(),
    firstAt: z.string(),
    lastAt: z.string(),
    tickets: z.number().int(),
    questions: z.array(questionReply),
    questionIds: z
      .array(z.string())
      .meta({ description: 'The newest by id, at most 200: what is judged with the group.' }),
    nearest: z.array(nearestReply),
  })
  .meta({ id: 'QuestionGroup' });

/** A question as the API shows it. */
export const presentQuestion = ({ articleId: _a, waitingAt: _w, expiresAt: _e, ...shown }: Question): QuestionReply =>
  shown;

/** Questions as the API shows them; those of matters for few eyes only to whoever may see their tickets. */
export async function presentQuestions(
  store: Store,
  by: Principal,
  found: readonly Question[],
): Promise<QuestionReply[]> {
  const hidden = await hiddenTickets(
    store,
    by,
    found.map(({ ticketNumber }) => ticketNumber),
  );
  return found
    .filter(({ ticketNumber }) => ticketNumber === null || !hidden.has(ticketNumber))
    .map((one) => presentQuestion(one));
}

/** A group with what the bank would say to it now. */
export const presentGroup = (
  group: QuestionGroup,
  answer: (text: string, language: Question['language']) => Pick<Answer, 'articles'>,
): z.infer<typeof questionGroupReply> => ({
  ...group,
  questions: group.questions.map(presentQuestion),
  nearest: answer(group.text, group.language)
    .articles.slice(0, 3)
    .map(({ id, title, confidence }) => ({ id, title, confidence })),
});
