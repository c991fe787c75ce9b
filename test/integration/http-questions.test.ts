import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { articles } from '../../src/knowledge/articles.ts';
import { type Question, questions, settled } from '../../src/question/question.ts';
import { suggestions } from '../../src/question/suggestion.ts';
import { type Ask, asAdministrator, openWorld, signedIn, type World, writer } from './http-harness.ts';

const api = '/api/v1';
const dayMs = 86_400_000;

let world: World;
let admin: Ask;
beforeEach(async () => {
  world = await openWorld();
  admin = asAdministrator(world);
});
afterEach(() => world.close());

let count = 0;
/** Puts a question into the store as the flow leaves it; `daysAgo` before now. */
async function ask(facts: Partial<Question> = {}, daysAgo = 1): Promise<Question> {
  count += 1;
  const document = settled({
    id: `q${count}`,
    version: 1,
    text: 'كيف أجدد البطاقة الجامعية',
    language: 'ar',
    at: new Date(world.clock.now() - daysAgo * dayMs + count).toISOString(),
    conversationId: `c${count}`,
    channel: 'chat',
    messageIds: [`m${count}`],
    outcome: 'none',
    articles: [],
    said: null,
    helped: null,
    ticketNumber: null,
    state: 'open',
    assignedTo: null,
    by: null,
    ...facts,
  });
  const result = await world.store.write([{ op: 'insert', in: questions, document }]);
  expect(result.ok).toBe(true);
  return document;
}

const card = {
  id: 'card',
  status: 'published',
  title: { ar: 'البطاقة الجامعية', en: 'University card' },
  body: { ar: 'من البوابة.', en: 'In the portal.' },
  phrasings: { ar: ['وين أجدد بطاقتي'] },
};
const writeCard = async () => expect((await admin('POST', `${api}/articles`, { body: card })).status).toBe(201);
const cardNow = async () => (await admin('GET', `${api}/articles/card`)).body;

describe('groups of questions', () => {
  it('show unanswered questions together, the largest group first, with what the bank would say now', async () => {
    const first = await ask();
    await ask({ text: 'تجديد البطاقة الجامعية كيف', ticketNumber: '26000007' });
    await ask({ text: 'the printer is out of paper', language: 'en' });
    await ask({ outcome: 'answer', said: 'card' });
    const { body } = await admin('GET', `${api}/questions/groups`);
    expect(body.items).toMatchObject([
      { id: first.id, count: 2, people: 2, tickets: 1, language: 'ar' },
      { count: 1, language: 'en', text: 'the printer is out of paper' },
    ]);
    expect(body.items[0].nearest).toEqual([{ id: 'hours', title: 'Hours', confidence: 0.9 }]);
    expect(body.items[0].questions).toHaveLength(2);
    expect(body.items[0].questions[0]).not.toHaveProperty('waitingAt');
  });

  it('are made anew when a question comes or is dismissed, and begin at the time asked for', async () => {
    const old = await ask({}, 20);
    const sizes = async (query = '') =>
      (await admin('GET', `${api}/questions/groups${query}`)).body.items.map((one: { count: number }) => one.count);
    expect(await sizes()).toEqual([1]);
    await ask();
    expect(await sizes()).toEqual([2]);
    const from = encodeURIComponent(new Date(world.clock.now() - 5 * dayMs).toISOString());
    expect(await sizes(`?from=${from}`)).toEqual([1]);
    await admin('POST', `${api}/questions/dismiss`, { body: { questionIds: [old.id] } });
    expect(await sizes()).toEqual([1]);
    await ask({}, 91);
    expect(await sizes()).toEqual([1]);
  });

  it('are paged', async () => {
    const texts = ['موقف السيارة', 'سخان الماء', 'library books', 'lost wallet'];
    for (const text of texts) await ask({ text });
    const one = (await admin('GET', `${api}/questions/groups?limit=3`)).body;
    const two = (await admin('GET', `${api}/questions/groups?limit=3&cursor=${one.nextCursor}`)).body;
    expect([one.items.length, two.items.length, two.nextCursor]).toEqual([3, 1, null]);
    const shown = [...one.items, ...two.items].map(({ text }: { text: string }) => text);
    expect(shown.sort()).toEqual([...texts].sort());
    expect((await admin('GET', `${api}/questions/groups?cursor=x`)).status).toBe(400);
  });

  it('leave out what became a matter for few eyes', async () => {
    const { aContact, aTicket } = writer(world);
    const contact = await aContact();
    await aTicket({ number: '26000009', contactId: contact.id, restricted: true });
    const hidden = await ask({ ticketNumber: '26000009' });
    expect((await admin('GET', `${api}/questions/groups`)).body.items).toEqual([]);
    const { ask: agent } = await signedIn(world, 'agent');
    expect((await agent('GET', `${api}/questions`)).body.items).toEqual([]);
    expect((await admin('GET', `${api}/questions`)).body.items).toHaveLength(1);
    await writeCard();
    const correct = await agent('POST', `${api}/questions/${hidden.id}/correct`, { body: { articleId: 'card' } });
    expect(correct.status).toBe(404);
  });
});

it('lists questions by article, conversation, outcome and state, the newest first', async () => {
  const one = await ask({ outcome: 'answer', said: 'card' });
  const two = await ask({ assignedTo: 'card', state: 'assigned' });
  const three = await ask();
  const ids = async (query: string) =>
    (await admin('GET', `${api}/questions?${query}`)).body.items.map(({ id }: Question) => id);
  expect(await ids('')).toEqual([three.id, two.id, one.id].sort((a, b) => Number(b.slice(1)) - Number(a.slice(1))));
  expect(await ids('articleId=card')).toEqual([two.id, one.id]);
  expect(await ids('articleId=card&state=assigned')).toEqual([two.id]);
  expect(await ids('outcome=none&state=open')).toEqual([three.id]);
  expect(await ids(`conversationId=${one.conversationId}`)).toEqual([one.id]);
});

describe('assigning', () => {
  it('settles the questions and suggests their words, each once', async () => {
    await writeCard();
    const asked = [await ask(), await ask(), await ask({ text: 'وين اجدد بطاقتي؟' })];
    const body = { questionIds: asked.map(({ id }) => id), articleId: 'card' };
    const done = await admin('POST', `${api}/questions/assign`, { body });
    expect(done.status).toBe(200);
    expect(done.body.questions.map((one: Question) => [one.state, one.assignedTo, one.version])).toEqual(
      asked.map(() => ['assigned', 'card', 2]),
    );
    expect(done.body.suggestions).toMatchObject([
      { articleId: 'card', source: 'agent', status: 'pending', count: 2, text: 'كيف أجدد البطاقة الجامعية' },
    ]);
    await admin('POST', `${api}/questions/assign`, { body });
    const { items } = (await admin('GET', `${api}/suggestions?articleId=card`)).body;
    expect(items).toMatchObject([{ count: 2 }]);
    expect((await cardNow()).phrasings.ar).toEqual(['وين أجدد بطاقتي']);
  });

  it('makes the words phrasings at once where the editor says so', async () => {
    await writeCard();
    const { id } = await ask();
    const body = { questionIds: [id], articleId: 'card', approve: true };
    const done = await admin('POST', `${api}/questions/assign`, { body });
    expect(done.body.suggestions).toMatchObject([{ status: 'approved' }]);
    expect((await cardNow()).phrasings.ar).toEqual(['وين أجدد بطاقتي', 'كيف أجدد البطاقة الجامعية']);
  });

  it('changes nothing where a question or the article is none', async () => {
    await writeCard();
    const { id } = await ask();
    const assign = (questionIds: string[], articleId: string) =>
      admin('POST', `${api}/questions/assign`, { body: { questionIds, articleId } });
    expect((await assign([id, 'no-such'], 'card')).body.error.details).toEqual({ ids: ['no-such'] });
    expect((await assign([id], 'no-such')).status).toBe(404);
    expect(await world.store.get(questions, id)).toMatchObject({ state: 'open', version: 1 });
  });

  it('is for editors; an agent may say which article was right', async () => {
    await writeCard();
    const { id } = await ask({ outcome: 'answer', said: 'other', helped: 'no' });
    const { ask: agent, agent: who } = await signedIn(world, 'agent');
    const refused = await agent('POST', `${api}/questions/assign`, { body: { questionIds: [id], articleId: 'card' } });
    expect(refused.status).toBe(403);
    expect((await agent('POST', `${api}/questions/dismiss`, { body: { questionIds: [id] } })).status).toBe(403);
    const corrected = await agent('POST', `${api}/questions/${id}/correct`, { body: { articleId: 'card' } });
    expect(corrected.body).toMatchObject({ id, state: 'assigned', assignedTo: 'card', by: who.id, said: 'other' });
    const { items } = (await agent('GET', `${api}/suggestions?status=pending`)).body;
    expect(items).toMatchObject([{ articleId: 'card', source: 'agent', questionIds: [id] }]);
    const { ask: member } = await signedIn(world, 'member');
    expect((await member('GET', `${api}/questions`)).status).toBe(403);
  });
});

describe('a suggestion', () => {
  const suggest = async (text?: string) => {
    const { id } = await ask(text === undefined ? {} : { text });
    const body = { questionIds: [id], articleId: 'card' };
    return (await admin('POST', `${api}/questions/assign`, { body })).body.suggestions[0];
  };
  const decide = (id: string, what: 'approve' | 'reject', body: object) =>
    admin('POST', `${api}/suggestions/${id}/${what}`, { body });

  it('becomes a phrasing when it is approved, once', async () => {
    await writeCard();
    const { id, version } = await suggest();
    const approved = await decide(id, 'approve', { version });
    expect(approved.body).toMatchObject({ id, status: 'approved', version: 2 });
    expect((await cardNow()).phrasings.ar).toContain('كيف أجدد البطاقة الجامعية');
    expect((await decide(id, 'approve', { version })).status).toBe(409);
    expect((await decide(id, 'approve', { version: 2 })).body.error.code).toBe('not-allowed');
    expect((await cardNow()).version).toBe(2);
  });

  it('may be mended by the editor, and is not suggested again in its old words', async () => {
    await writeCard();
    const { id, version } = await suggest('ابغى اجدد بطاقه الجامعه حقتي');
    await decide(id, 'approve', { version, text: ' أبغى أجدد بطاقة الجامعة ' });
    expect((await cardNow()).phrasings.ar).toEqual(['وين أجدد بطاقتي', 'أبغى أجدد بطاقة الجامعة']);
    expect(await suggest('ابغى اجدد بطاقه الجامعه حقتي')).toMatchObject({ id, status: 'approved', count: 1 });
  });

  it('that is rejected is not made again', async () => {
    await writeCard();
    const { id, version } = await suggest();
    expect((await decide(id, 'reject', { version })).body).toMatchObject({
      status: 'rejected',
      by: expect.any(String),
    });
    expect(await suggest()).toMatchObject({ id, status: 'rejected', count: 1 });
    expect((await cardNow()).version).toBe(1);
  });

  it('is approved whatever others change in the article at the same time', async () => {
    await writeCard();
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, at) => suggest(`كيف أجدد بطاقة رقم ${'ابجدهو'[at]} الجامعية`)),
    );
    const done = await Promise.all(all.map(({ id, version }) => decide(id, 'approve', { version })));
    expect(done.map(({ status }) => status)).toEqual(all.map(() => 200));
    expect((await cardNow()).phrasings.ar).toHaveLength(7);
  });

  it('of an article that is gone cannot be approved', async () => {
    await writeCard();
    const { id, version } = await suggest();
    await world.store.write([{ op: 'remove', in: articles, id: 'card' }]);
    expect((await decide(id, 'approve', { version })).status).toBe(404);
    expect(await world.store.get(suggestions, id)).toMatchObject({ status: 'pending' });
  });
});

describe('the effect', () => {
  it('of an article is told week by week, and before and after its last change', async () => {
    await writeCard();
    const near = [{ id: 'card', confidence: 0.5 }];
    for (const daysAgo of [9, 8, 7.5]) await ask({ articles: near, ticketNumber: `2600001${daysAgo}` }, daysAgo);
    world.clock.advance(1000);
    await ask({ outcome: 'answer', articles: near, said: 'card', helped: 'yes' }, 0.5);
    await ask({ outcome: 'answer', articles: near, said: 'card', helped: 'no' }, 0.5);
    await ask({ outcome: 'answer', articles: near, said: 'card' }, 0.5);
    const from = encodeURIComponent(new Date(world.clock.now() - 14 * dayMs).toISOString());
    const { body } = await admin('GET', `${api}/articles/card/effect?from=${from}`);
    expect(body.weeks).toEqual([
      { week: '2026-11-09', asked: 0, answered: 0, helped: 0, notHelped: 0, tickets: 0 },
      { week: '2026-11-16', asked: 3, answered: 0, helped: 0, notHelped: 0, tickets: 3 },
      { week: '2026-11-23', asked: 3, answered: 3, helped: 1, notHelped: 1, tickets: 0 },
    ]);
    expect(body.before).toEqual({ days: 14, similarPerWeek: 3, ticketsPerWeek: 1.5 });
    expect(body.after).toEqual({ days: 1, similarPerWeek: 0, ticketsPerWeek: 0 });
    expect((await admin('GET', `${api}/articles/no-such/effect`)).status).toBe(404);
    expect((await admin('GET', `${api}/articles/card/effect?to=2026-01-01T00:00:00Z&from=${from}`)).status).toBe(400);
  });

  it('of the whole bank shows first what led to the most tickets', async () => {
    await writeCard();
    await admin('POST', `${api}/articles`, {
      body: { ...card, id: 'hours', title: { ar: 'الأوقات' }, body: { ar: 'نص' } },
    });
    await ask({ said: 'card', outcome: 'answer', helped: 'yes' });
    await ask({ said: 'card', outcome: 'answer', helped: 'no' });
    await ask({ articles: [{ id: 'hours', confidence: 0.4 }], ticketNumber: '26000001' });
    const one = (await admin('GET', `${api}/knowledge/effect?limit=1`)).body;
    const hours = { asked: 1, answered: 0, helped: 0, notHelped: 0, helpRate: null, tickets: 1 };
    expect(one.items).toEqual([{ id: 'hours', title: 'الأوقات', ...hours }]);
    const two = (await admin('GET', `${api}/knowledge/effect?limit=1&cursor=${one.nextCursor}`)).body;
    const rest = { asked: 2, answered: 2, helped: 1, notHelped: 1, helpRate: 0.5, tickets: 0 };
    expect(two).toEqual({ items: [{ id: 'card', title: 'البطاقة الجامعية', ...rest }], nextCursor: null });
  });
});

it('keeps a question for 400 days', async () => {
  await ask({}, 399);
  const { id } = await ask({}, 401);
  await world.store.sweep(new Date(world.clock.now()).toISOString(), 100);
  expect(await world.store.get(questions, id)).toBeNull();
  expect((await admin('GET', `${api}/questions`)).body.items).toHaveLength(1);
});
