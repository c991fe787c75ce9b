import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { conversations, decisions } from '../../../src/conversation/conversation.ts';
import { createKnowledge } from '../../../src/knowledge/engine.ts';
import { loadArticles } from '../../../src/knowledge/load.ts';
import { plainText } from '../../../src/knowledge/markdown.ts';
import type { Content } from '../../../src/live/content.ts';
import { loadOrganisation } from '../../../src/organisation/load.ts';
import { questions } from '../../../src/question/question.ts';
import { findTicketNumbers } from '../../../src/ticket/number.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { root } from '../../source-tree.ts';

const organisation = await loadOrganisation(join(root, 'knowledge-base/organisation'));
const articles = await loadArticles(join(root, 'knowledge-base/articles'), organisation);
const knowledge = createKnowledge(articles);
const content: Pick<Content, 'knowledge' | 'article'> = {
  knowledge: () => knowledge,
  article: (id, language) => {
    const found = articles.find((one) => one.id === id);
    const { service = null, outside = false } = found ?? {};
    return found ? { text: plainText(found.body[language] ?? ''), html: '', service, outside } : null;
  },
};

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow({ content });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const texts = (sent: { text: string }[]): string => sent.map((one) => one.text).join('\n---\n');
const introduce = async (words: string[] = ['السلام عليكم', 'سارة أحمد الغامدي', 'كلية العلوم']): Promise<void> => {
  for (const text of words) await test.say(text);
  await test.tap('category:student');
};
const decided = async () => {
  const [one] = (await test.store.find(conversations, { index: 'by-last-message', limit: 1 })).items;
  const where = { conversationId: one?.id ?? '' };
  const made = (await test.store.find(decisions, { index: 'by-conversation', where, limit: 50 })).items;
  const question = await test.store.get(questions, one?.dialogue.questionId ?? '');
  return { reasons: made.flatMap(({ reasons }) => reasons), said: question?.said };
};

it.each([
  ['متى تنزل الرواتب', 'عمادة الموارد البشرية', 'salaries'],
  ['التقديم على سكن الطلاب', 'إدارة الإسكان الطلابي', 'housing'],
])('guides to the competent body, and counts it as such: %j', async (question, body, id) => {
  await introduce();
  expect(texts(await test.say(question))).toContain(body);
  const { reasons, said } = await decided();
  expect(reasons).toContain('knowledge: outside our competence, guides to the competent body');
  expect(said).toBe(id);
});

it('counts no question of our own as outside', async () => {
  await introduce();
  await test.say('اوقات العمل');
  const { reasons } = await decided();
  expect(reasons.join()).toContain('knowledge: says');
  expect(reasons.join()).not.toContain('outside');
});

it('tells a request for repair how it is made here and in the portal, and makes it from the details', async () => {
  await introduce();
  const told = texts(await test.say('ابي ابلغ عن عطل جهاز في القاعة'));
  expect(told).toContain('المبنى');
  expect(told).toMatch(/https:\/\/edu-services\.ghada\.example\/portal$/m);
  expect(findTicketNumbers(texts(await test.say('مبنى 5 قاعة 12 جهاز العرض')))).toHaveLength(1);
  const [ticket] = (await test.store.find(tickets, { index: 'by-opened' })).items;
  expect(ticket).toMatchObject({ subject: 'ابي ابلغ عن عطل جهاز في القاعة', service: 'maintenance' });
});

it('tells a request for repair in English the same', async () => {
  await introduce(['hello', 'Sara Ahmed', 'College of Science']);
  const told = texts(await test.say('report a fault for maintenance'));
  expect(told).toContain('request portal');
  expect(told).toContain('https://edu-services.ghada.example/portal');
});

it('says nothing of requests to a mere question', async () => {
  await introduce();
  expect(texts(await test.say('ما هي أوقات الدوام؟'))).not.toContain('portal');
});

it('opens a request for new equipment that tells how many and where, with its form, and does not read out how to ask', async () => {
  await introduce();
  const wish = 'ابغى اسجل طلب توفير سبورة جديدة للقاعة ١٠٢ مبنى ٧ كلية العلوم، العدد ١';
  expect(texts(await test.say(wish))).toContain('في أي مبنى؟');
});

it('asks the form after a no to the article on new equipment', async () => {
  await introduce();
  await test.say('نبي توريد بروجكتر جديد');
  expect(texts(await test.say('لا'))).toContain('في أي مبنى؟');
});

it('returns a greeting after an answer, and does not tell the answer again', async () => {
  await introduce();
  const answer = texts(await test.say('متى يبدأ الدوام؟'));
  test.clock.advance(60_000);
  const told = texts(await test.say('السلام عليكم ورحمة الله'));
  expect(told).toContain('وعليكم السلام');
  expect(told).not.toContain(answer.split('\n')[0]);
});

it('answers a question behind a greeting after a ticket was opened, and takes a bare place as part of the ticket', async () => {
  await introduce();
  await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
  const opened = async () => (await test.store.find(tickets, { index: 'by-opened', limit: 10 })).items.length;
  const before = await opened();
  expect(texts(await test.say('مبنى ٧'))).toContain('أضفت رسالتك');
  await test.say('١٠٢');
  expect(await opened()).toBe(before);
  test.clock.advance(60_000);
  const told = texts(await test.say('السلام عليكم، متى يبدأ الدوام؟'));
  expect(told).toContain('وعليكم السلام');
  expect(told).not.toContain('أضفت رسالتك');
  expect(told).toContain('7:30');
});

it('takes a full name that is written first for who writes, and names no request after it', async () => {
  for (const text of ['منيرة السالم', 'كلية العلوم']) await test.say(text);
  await test.tap('category:student');
  await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
  const { items } = await test.store.find(tickets, { index: 'by-opened', limit: 10 });
  expect(items.map(({ subject }) => subject)).toEqual(['أرغب في ترجمة عقد لفعالية الأسبوع القادم']);
});

it('hands a voice note alone to people, and does not say that there is no answer to it', async () => {
  await introduce();
  const before = test.channel.sent.length;
  await test.flow.receive(test.event('', { kind: 'audio' }));
  test.clock.advance(3_000);
  await test.flow.idle();
  const told = texts(test.channel.sent.slice(before));
  expect(told).toContain('أحلت طلبك إلى الموظفين');
  expect(told).not.toContain('لا تتوفر لدي إجابة');
});
