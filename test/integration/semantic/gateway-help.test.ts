import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decisions } from '../../../src/conversation/conversation.ts';
import { messages } from '../../../src/message/message.ts';
import { type ModelServer, says, startModelServer } from '../../fakes/semantic/model-server.ts';
import { type HookGateway, openHookGateway, said } from '../hook-gateway.ts';

let server: ModelServer;
let opened: HookGateway;

/** A model that takes the second article that it is offered. */
const takesSecond = (
  request: ModelServer['requests'][number],
  response: Parameters<ModelServer['answers']>[1],
): void => {
  const given = JSON.parse(request.body.messages[1]?.content ?? '') as { articles: { id: string }[] };
  says(JSON.stringify({ id: given.articles[1]?.id ?? null }))(request, response);
};

const question = 'كيف أستعير المطياف الكمومي';
const twin = (id: string) => ({
  id,
  status: 'published',
  title: { ar: `المطياف الكمومي ${id}` },
  body: { ar: `جواب ${id}` },
  phrasings: { ar: [question] },
});

beforeAll(async () => {
  server = await startModelServer(takesSecond);
  opened = await openHookGateway(['1'], {
    KNOWLEDGE_LLM_URL: server.url,
    KNOWLEDGE_LLM_MODEL: 'small',
    KNOWLEDGE_HELP_MS: '5000',
  });
  // two articles that nobody could tell apart by their words; the answer comes once they are in use
  const twins = ['twin-a', 'twin-b'].map(twin);
  expect((await opened.ask('POST', '/api/v1/articles/import', twins)).status).toBe(200);
});
beforeEach(() => {
  server.answers = takesSecond;
  server.requests.length = 0;
});
afterAll(async () => {
  await opened.close();
  await server.close();
});

const answer = async (text: string) => (await opened.ask('POST', '/api/v1/answer', { text, explain: true })).body;

describe('a whole Wasl whose operator set up an endpoint', () => {
  it('answers what the bank alone could only offer, says why, and counts it', async () => {
    const reply = await answer(question);
    expect(reply.outcome).toBe('answer');
    expect(reply.text).toBe(`جواب ${reply.articles[0].id}`);
    expect(reply.why.at(-1)).toMatch(/^answer: "twin-[ab]" was chosen among the offered$/);
    expect(reply.why.at(-2)).toMatch(/^choose: helped, \d+ ms$/);
    const { body } = await opened.ask('GET', '/metrics');
    expect(body).toMatch(/wasl_knowledge_help_total\{kind="choose",outcome="helped"\} [1-9]/);
    expect(body).toMatch(/wasl_knowledge_help_seconds_count\{kind="choose"\} [1-9]/);
  });

  it('offers as before where the endpoint fails, and asks nobody what is confidential', async () => {
    server.answers = (_request, response) => void response.writeHead(500).end();
    const reply = await answer(question);
    expect(reply.outcome).toBe('choose');
    expect(reply.why.at(-1)).toMatch(/^choose: refused \(the server answered 500\)/);
    server.requests.length = 0;
    await answer(`تعرضت للتحرش من موظف، ${question}`);
    expect(server.requests).toEqual([]);
    await answer(`عندي سؤال من زميل، ${question}`);
    expect(server.requests).toHaveLength(1);
  });

  it('says the chosen article in a conversation, and keeps in the decision how that came', async () => {
    const words = [question, 'سارة أحمد العتيبي', 'كلية العلوم', 'طالبة'];
    const { store, flow } = opened.gateway;
    const answered = async (): Promise<string[]> => {
      const where = { inboxId: 'inbox-1' };
      const page = await store.find(messages, { index: 'by-external-id', where, limit: 100 });
      return page.items.filter(({ template }) => template === 'answer').map(({ text }) => text);
    };
    for (const [at, text] of words.entries()) {
      await opened.post(said(`m${at}`, text));
      await expect.poll(() => opened.waiting()).toBe(0);
      await flow.idle();
      if ((await answered()).length > 0) break;
    }
    expect(await answered()).toEqual([expect.stringMatching(/^جواب twin-[ab]$/)]);
    const [conversation] = (await opened.ask('GET', '/api/v1/conversations')).body.items;
    const page = await store.find(decisions, {
      index: 'by-conversation',
      where: { conversationId: conversation.id },
      order: 'desc',
      limit: 1,
    });
    expect(page.items[0]?.reasons.join('\n')).toMatch(/knowledge: answer: "twin-[ab]" was chosen among the offered/);
    expect(server.requests).toHaveLength(1);
  });
});
