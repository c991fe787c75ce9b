import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import type { Principal } from '../../agent/principal.ts';
import { WaslError } from '../../errors.ts';
import { compareGroups } from '../../question/group.ts';
import { approveSuggestions, assignQuestions, dismissQuestions } from '../../question/judge.ts';
import { questionOutcome, questionState, questions } from '../../question/question.ts';
import { createWaitingGroups } from '../../question/waiting-groups.ts';
import type { Query } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageFields, pageOf } from '../fields.ts';
import { findPage, getOr404 } from '../find-page.ts';
import { given } from '../given.ts';
import { pageOfList } from '../page-of-list.ts';
import {
  presentGroup,
  presentQuestion,
  presentQuestions,
  questionGroupReply,
  questionReply,
} from '../present/question.ts';
import { type AnyRoute, route } from '../route.ts';
import { suggestionReply } from './suggestions.ts';

const tag = 'Learning from use';
const when = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const questionIds = z.array(opaqueId).min(1).max(200);
const placeOfGroup = z.object({ count: z.number(), lastAt: z.string(), id: z.string() });

const groups = ({ store, clock, answer }: HttpDeps) => {
  const waiting = createWaitingGroups({ store, clock });
  return route({
    method: 'get',
    path: '/questions/groups',
    summary: 'Questions without an answer that helped, similar ones together, the largest group first',
    tag,
    access: 'questions.read',
    query: z.strictObject({
      ...pageFields,
      from: when.optional().meta({ description: 'Asked at this time or later; absent: in the last 90 days.' }),
    }),
    reply: pageOf(questionGroupReply),
    async handle({ query: { from, ...paging } }) {
      const all = await waiting.since(from);
      const page = pageOfList(all, { ...paging, place: placeOfGroup, compare: compareGroups });
      return { ...page, items: page.items.map((one) => presentGroup(one, answer)) };
    },
  });
};

const filters = z.strictObject({
  ...pageFields,
  articleId: opaqueId.optional().meta({ description: 'The article named or told, else the nearest one.' }),
  conversationId: opaqueId.optional(),
  outcome: questionOutcome.optional(),
  state: questionState.optional(),
});

function choose({
  articleId,
  conversationId,
  outcome,
  state,
}: z.output<typeof filters>): Pick<Query, 'index' | 'where'> {
  if (conversationId !== undefined)
    return { index: 'by-conversation', where: given({ conversationId, articleId, outcome, state }) };
  if (articleId !== undefined) return { index: 'by-article', where: given({ articleId, outcome, state }) };
  return { index: 'by-state', where: { ...given({ outcome }), state: state ?? { in: questionState.options } } };
}

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/questions',
    summary: 'What people asked the knowledge bank, the newest first, without personal data',
    tag,
    access: 'questions.read',
    query: filters,
    reply: pageOf(questionReply),
    async handle({ query, by }) {
      const { limit, cursor } = query;
      const page = await findPage(store, questions, { ...choose(query), order: 'desc', limit, cursor });
      return { ...page, items: await presentQuestions(store, by, page.items) };
    },
  });

const assigned = z.object({ questions: z.array(questionReply), suggestions: z.array(suggestionReply) });

/** Assigns, and approves at once what that suggests where the editor says so. */
async function assignNow(
  deps: HttpDeps,
  by: Principal,
  { approve, ...body }: { questionIds: readonly string[]; articleId: string; approve: boolean },
): Promise<z.input<typeof assigned>> {
  const done = await assignQuestions(deps, { ...body, by: by.id });
  await note(deps, by, 'question.assigned', { subject: body.articleId, fields: body.questionIds });
  const pending = done.suggestions.filter(({ status }) => status === 'pending');
  if (!approve || pending.length === 0) return { ...done, questions: done.questions.map(presentQuestion) };
  const approved = await approveSuggestions(deps, pending, by.id);
  await note(deps, by, 'article.changed', { subject: body.articleId, fields: ['phrasings'] });
  const others = done.suggestions.filter(({ status }) => status !== 'pending');
  return { questions: done.questions.map(presentQuestion), suggestions: [...approved, ...others] };
}

const assign = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/questions/assign',
    summary: 'Name the article that is the right answer to questions; their words are suggested as its phrasings',
    tag,
    access: 'knowledge.change',
    body: z.strictObject({
      questionIds,
      articleId: opaqueId,
      approve: z.boolean().default(false).meta({ description: 'Make their words phrasings at once.' }),
    }),
    reply: assigned,
    handle: ({ body, by }) => assignNow(deps, by, body),
  });

const dismiss = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/questions/dismiss',
    summary: 'Take questions off the list: nothing is to be learned from them',
    tag,
    access: 'knowledge.change',
    body: z.strictObject({ questionIds }),
    reply: z.object({ questions: z.array(questionReply) }),
    async handle({ body, by }) {
      const done = await dismissQuestions(deps, { ...body, by: by.id });
      await note(deps, by, 'question.dismissed', { fields: body.questionIds });
      return { questions: done.map(presentQuestion) };
    },
  });

const correct = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/questions/:id/correct',
    summary: 'The right answer was this article; the words are suggested as a phrasing of it',
    tag,
    access: 'conversations.work',
    params: byId,
    body: z.strictObject({ articleId: opaqueId }),
    reply: questionReply,
    async handle({ params: { id }, body: { articleId }, by }) {
      const found = await getOr404(deps.store, questions, id, 'question');
      const [seen] = await presentQuestions(deps.store, by, [found]);
      if (!seen) throw new WaslError('not-found', 'There is no such question.');
      const { questions: done } = await assignNow(deps, by, { questionIds: [id], articleId, approve: false });
      return done[0] ?? seen;
    },
  });

/** What people asked, and what is to be learned from it. */
export const questionRoutes = (deps: HttpDeps): AnyRoute[] => [
  groups(deps),
  list(deps),
  assign(deps),
  dismiss(deps),
  correct(deps),
];
