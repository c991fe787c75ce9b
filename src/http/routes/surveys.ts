import { z } from 'zod';
import type { Query } from '../../store/port.ts';
import { score, survey, surveys } from '../../survey/survey.ts';
import { tickets } from '../../ticket/ticket.ts';
import type { HttpDeps } from '../deps.ts';
import { pageFields, pageOf, words } from '../fields.ts';
import { findPage } from '../find-page.ts';
import { maySee } from '../present/ticket.ts';
import { type AnyRoute, route } from '../route.ts';

const when = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const surveyReply = survey.omit({ version: true, nextAt: true }).meta({ id: 'Survey' });

/** By when they were sent; of one ticket also those that were not. */
const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/surveys',
    summary: 'Surveys and what people answered, the last sent first; of one ticket also why one was not sent',
    tag: 'Surveys',
    access: 'ratings.read',
    query: z.strictObject({
      ...pageFields,
      from: when.optional().meta({ description: 'Sent at this time or later.' }),
      to: when.optional().meta({ description: 'Sent before this time.' }),
      ticketNumber: z
        .string()
        .max(40)
        .optional()
        .meta({ description: 'Of this ticket alone; the times then do not count.' }),
    }),
    reply: pageOf(surveyReply),
    async handle({ query: { from, to, ticketNumber, ...paging }, by }) {
      const range = { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) };
      const sent: Query['where'] = from || to ? { sentAt: range } : {};
      const query = ticketNumber ? { index: 'by-ticket', where: { ticketNumber } } : { index: 'by-sent', where: sent };
      const page = await findPage(store, surveys, { ...query, order: 'desc', ...paging });
      const of = await store.getMany(tickets, [...new Set(page.items.map((one) => one.ticketNumber))]);
      const hidden = new Set(of.filter((one) => !maySee(by, one)).map(({ number }) => number));
      const items = page.items.filter((one) => !hidden.has(one.ticketNumber));
      return { ...page, items: items.map(({ version: _v, nextAt: _n, ...shown }) => shown) };
    },
  });

const byToken = z.strictObject({ token: z.string().max(200) });

/** What the form of a page and the API take alike. */
export const surveyAnswer = z.strictObject({
  service: score.optional().meta({ description: 'The service, 1 (poor) to 5 (very good); given once, first.' }),
  employee: score.optional().meta({ description: 'How the employee was.' }),
  comment: words(2000).optional(),
  reopen: z.boolean().optional().meta({ description: 'After a low score: the case is to be looked at again.' }),
});

const seenReply = z
  .object({
    state: z.enum(['waiting', 'answered']),
    ticketNumber: z.string(),
    language: z.enum(['ar', 'en']),
    service: score.nullable(),
    employee: score.nullable(),
    comment: z.string().nullable(),
    reopened: z.boolean(),
    hasEmployee: z.boolean(),
    mayAdd: z.boolean(),
    mayReopen: z.boolean(),
  })
  .meta({ id: 'SeenSurvey' });

const read = ({ flow }: HttpDeps) =>
  route({
    method: 'get',
    path: '/survey/:token',
    summary: 'A survey as whoever has its link sees it; 410 once it has ended',
    tag: 'Surveys',
    access: 'public',
    params: byToken,
    reply: seenReply,
    handle: ({ params: { token } }) => flow.outside.readSurvey(token),
  });

const answer = ({ flow }: HttpDeps) =>
  route({
    method: 'post',
    path: '/survey/:token',
    summary:
      'Answer a survey: the score of the service, and at once or once afterwards what goes beside it; 409 after that',
    tag: 'Surveys',
    access: 'public',
    params: byToken,
    body: surveyAnswer,
    reply: seenReply,
    handle: ({ params: { token }, body }) => flow.outside.answerSurvey(token, body),
  });

/** Surveys: what staff read, and what people answer by their link. */
export const surveyRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), read(deps), answer(deps)];
