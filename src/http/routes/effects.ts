import { z } from 'zod';
import type { Stretch } from '../../calendar/zone.ts';
import { WaslError } from '../../errors.ts';
import { articles } from '../../knowledge/articles.ts';
import { inLanguage } from '../../language/language.ts';
import { workingZone } from '../../organisation/working-zone.ts';
import { changeEffect, type Effect, effectOf, weeklyEffect } from '../../question/effect.ts';
import type { Store } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, pageFields, pageOf } from '../fields.ts';
import { getOr404 } from '../find-page.ts';
import { pageOfList } from '../page-of-list.ts';
import { type AnyRoute, route } from '../route.ts';

const tag = 'Learning from use';
const dayMs = 86_400_000;
const usualMs = 84 * dayMs;
/** Questions are not kept longer. */
const mostMs = 401 * dayMs;

const when = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const timeFields = {
  from: when.optional().meta({ description: 'Absent: twelve weeks before `to`.' }),
  to: when.optional().meta({ description: 'Absent: now.' }),
};

function timeOf(
  { clock }: HttpDeps,
  { from, to = clock.now() }: { from?: number | undefined; to?: number | undefined },
): Stretch {
  const time = { from: from ?? to - usualMs, to };
  if (time.from >= time.to) throw new WaslError('invalid', 'query.from: it must lie before `to`.');
  if (time.to - time.from > mostMs) throw new WaslError('invalid', 'query.from: at most 400 days before `to`.');
  return time;
}

const count = z.number().int();
const effectFields = { asked: count, answered: count, helped: count, notHelped: count, tickets: count };
const pace = z.object({ days: z.number(), similarPerWeek: z.number(), ticketsPerWeek: z.number() });

const articleEffect = z
  .object({
    weeks: z.array(z.object({ week: z.iso.date(), ...effectFields })),
    changedAt: z.string().nullable(),
    before: pace.nullable(),
    after: pace.nullable(),
  })
  .meta({ id: 'ArticleEffect' });

const ofArticle = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/articles/:id/effect',
    summary: 'What became of the questions of an article, week by week, and before and after its last change',
    tag,
    access: 'questions.read',
    params: byId,
    query: z.strictObject(timeFields),
    reply: articleEffect,
    async handle({ params: { id }, query }) {
      const time = timeOf(deps, query);
      await getOr404(deps.store, articles, id, 'article');
      const timeZone = workingZone(deps.organisation());
      const weeks = await weeklyEffect(deps.store, id, { time, timeZone });
      return { weeks, ...(await changeEffect(deps.store, id, time)) };
    },
  });

const bankEffect = z
  .object({ id: z.string(), title: z.string(), ...effectFields, helpRate: z.number().nullable() })
  .meta({ id: 'BankEffect' });
type BankEffect = z.infer<typeof bankEffect>;

const placeOfEffect = bankEffect.pick({ tickets: true, asked: true, id: true });
type Place = z.infer<typeof placeOfEffect>;

const compare = (one: Place, other: Place): number =>
  other.tickets - one.tickets || other.asked - one.asked || (one.id < other.id ? -1 : Number(one.id > other.id));

const helpRate = ({ helped, notHelped }: Effect): number | null =>
  helped + notHelped === 0 ? null : Math.round((helped / (helped + notHelped)) * 100) / 100;

/** So many articles are counted at the same time. */
const atOnce = 20;

async function ofAll({ store, organisation }: HttpDeps, time: Stretch): Promise<BankEffect[]> {
  const { defaultLanguage } = organisation().organisation;
  const effects: BankEffect[] = [];
  const where = { status: { in: ['draft', 'published'] } };
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await store.find(articles, {
      index: 'by-status',
      where,
      limit: atOnce,
      ...(cursor ? { cursor } : {}),
    });
    effects.push(
      ...(await Promise.all(page.items.map((one) => effectRow(store, one.id, { ...one, time, defaultLanguage })))),
    );
    cursor = page.nextCursor;
  }
  return effects.sort(compare);
}

async function effectRow(
  store: Store,
  id: string,
  {
    title,
    time,
    defaultLanguage,
  }: { title: Parameters<typeof inLanguage>[0]; time: Stretch; defaultLanguage: 'ar' | 'en' },
): Promise<BankEffect> {
  const effect = await effectOf(store, id, time);
  return { id, title: inLanguage(title, defaultLanguage), ...effect, helpRate: helpRate(effect) };
}

const ofBank = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/knowledge/effect',
    summary: 'What became of the questions of each article, those that led to the most tickets first',
    tag,
    access: 'questions.read',
    query: z.strictObject({ ...pageFields, ...timeFields }),
    reply: pageOf(bankEffect),
    async handle({ query: { from, to, ...paging } }) {
      const all = await ofAll(deps, timeOf(deps, { from, to }));
      return pageOfList(all, { ...paging, place: placeOfEffect, compare });
    },
  });

/** How the knowledge bank does (KN-04). */
export const effectRoutes = (deps: HttpDeps): AnyRoute[] => [ofArticle(deps), ofBank(deps)];
