import { z } from 'zod';
import { languages } from '../../language/language.ts';
import type { HttpDeps } from '../deps.ts';
import { words } from '../fields.ts';
import { type AnyRoute, route } from '../route.ts';

const answerReply = z
  .object({
    outcome: z.enum(['answer', 'choose', 'none']),
    articles: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        confidence: z.number(),
        phrasing: z.string().optional().meta({ description: 'With `explain`: what of it the question is most like.' }),
      }),
    ),
    text: z.string().optional(),
    why: z.array(z.string()).optional().meta({ description: 'With `explain`: the steps that led there.' }),
  })
  .meta({ id: 'Answer' });

/** The knowledge bank, asked without a conversation. */
export const answerRoutes = ({ answer, consult }: HttpDeps): AnyRoute[] => [
  route({
    method: 'post',
    path: '/answer',
    summary: 'What the knowledge bank would say; nothing is stored',
    tag: 'Knowledge',
    access: 'knowledge.read',
    idempotent: false,
    body: z.strictObject({
      text: words(10_000),
      language: z.enum(languages).optional(),
      explain: z.boolean().optional(),
    }),
    reply: answerReply,
    async handle({ body }) {
      const { outcome, articles, text, why } = await (consult ?? answer)(body.text, body.language);
      const best = articles.slice(0, 3).map(({ id, title, confidence, phrasing }) => ({
        id,
        title,
        confidence,
        ...(body.explain && phrasing !== undefined ? { phrasing } : {}),
      }));
      return { outcome, articles: best, ...(text === undefined ? {} : { text }), ...(body.explain ? { why } : {}) };
    },
  }),
];
