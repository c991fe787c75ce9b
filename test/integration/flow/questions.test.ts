import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Contact, contacts } from '../../../src/contact/contact.ts';
import { type Conversation, conversations, decisions } from '../../../src/conversation/conversation.ts';
import type { Action } from '../../../src/flow/actions.ts';
import type { Scene } from '../../../src/flow/draft.ts';
import { perform } from '../../../src/flow/perform.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { articles } from '../../../src/knowledge/articles.ts';
import { type Question, questions } from '../../../src/question/question.ts';
import { type Suggestion, suggestions } from '../../../src/question/suggestion.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { aPost, aPrivate, createPublicChannel } from '../../fakes/public-channel.ts';

const bank = {
  'جهاز العرض': { outcome: 'answer' as const, articles: [{ id: 'projector', title: 'جهاز العرض', confidence: 0.9 }] },
  إعارة: {
    outcome: 'choose' as const,
    articles: [
      { id: 'borrow-a', title: 'إعارة كاميرا', confidence: 0.5 },
      { id: 'borrow-b', title: 'إعارة ميكروفون', confidence: 0.45 },
    ],
  },
};

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow({ bank, channel: createPublicChannel() });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const asked = async (): Promise<Question[]> =>
  (await test.store.find(questions, { index: 'by-state', where: { state: 'open' }, limit: 100 })).items;
const suggested = async (): Promise<Suggestion[]> =>
  (await test.store.find(suggestions, { index: 'by-status', where: { status: 'pending' }, limit: 100 })).items;
const conversationId = conversationIdOf('square', 'visitor');
const conversation = () => test.store.get(conversations, conversationId) as Promise<Conversation>;

const introduce = async (name = 'visitor'): Promise<void> => {
  for (const words of ['السلام عليكم', 'سارة أحمد الغامدي', 'كلية العلوم', 'طالبة'])
    await test.say(words, aPrivate(name));
};
const write = (text: string, name = 'visitor') => test.say(text, aPrivate(name));

const anArticle = (id: string, phrasings: string[]) =>
  test.store.write([
    {
      op: 'insert',
      in: articles,
      document: {
        id,
        version: 1,
        status: 'published',
        title: { ar: 'مقال' },
        body: { ar: 'نص' },
        phrasings: { ar: phrasings },
      },
    },
  ]);

describe('a question that the bank answers', () => {
  it('is noted with what was told, and that it helped', async () => {
    await introduce();
    await write('جهاز العرض لا يعمل في القاعة');
    const [question] = await asked();
    expect(question).toMatchObject({
      text: 'جهاز العرض لا يعمل في القاعة',
      language: 'ar',
      conversationId,
      channel: 'square',
      outcome: 'answer',
      articles: [{ id: 'projector', confidence: 0.9 }],
      said: 'projector',
      helped: null,
      ticketNumber: null,
      waitingAt: null,
    });
    expect((await conversation()).dialogue.questionId).toBe(question?.id);
    expect(question?.messageIds).toHaveLength(1);
    await test.tap('helped:yes');
    expect(await asked()).toMatchObject([{ id: question?.id, helped: 'yes' }]);
  });

  it('waits for editors where it did not help, with the ticket that it became', async () => {
    await introduce();
    await write('جهاز العرض لا يعمل في القاعة');
    await test.tap('helped:no');
    const [ticket] = (await test.store.find(tickets, { index: 'by-opened', limit: 9 })).items;
    const [question] = await asked();
    expect(question).toMatchObject({ helped: 'no', ticketNumber: ticket?.number, waitingAt: question?.at });
  });

  it('keeps nothing personal, neither as a question nor in the decision', async () => {
    await introduce();
    await write('جهاز العرض لا يعمل، جوالي ٠٥٥١٢٣٤٥٦٧ وبريدي sara@example.edu');
    const [question] = await asked();
    expect(question?.text).toContain('جهاز العرض');
    expect(question?.text).not.toMatch(/٠٥٥|sara/);
    const where = { conversationId };
    const made = (await test.store.find(decisions, { index: 'by-conversation', where, limit: 50 })).items;
    const noted = made.flatMap(({ actions }) => actions).filter((one) => one.do === 'note-question');
    expect(noted.map(({ text }) => text)).toEqual([question?.text]);
  });
});

it('notes a question without an answer, and the ticket that it became', async () => {
  await introduce();
  await write('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
  const [ticket] = (await test.store.find(tickets, { index: 'by-opened', limit: 9 })).items;
  const [question, ...others] = await asked();
  expect(others).toEqual([]);
  expect(question).toMatchObject({ outcome: 'none', said: null, ticketNumber: ticket?.number });
  expect(question?.waitingAt).toBe(question?.at);
});

it('notes the article that was chosen, and waits for editors until one is', async () => {
  await introduce();
  await write('أريد إعارة جهاز');
  const [before] = await asked();
  expect(before).toMatchObject({ outcome: 'choose', said: null, waitingAt: before?.at });
  await test.tap('article:borrow-b');
  expect(await asked()).toMatchObject([{ said: 'borrow-b', articleId: 'borrow-b', waitingAt: null }]);
});

it('does not take a late button of an earlier question for an answer to this one', async () => {
  await introduce();
  await write('أريد إعارة جهاز');
  await write('جهاز العرض لا يعمل في القاعة');
  await test.tap('article:borrow-a');
  const found = await asked();
  expect(found.map(({ said }) => said)).toEqual([null, 'projector']);
});

it('never notes a matter for few eyes', async () => {
  await introduce();
  await write('أتعرض للتحرش من موظف جهاز العرض في القسم');
  expect(await asked()).toEqual([]);
});

describe('in public', () => {
  it('a question is noted, and is the same one when it goes on in private', async () => {
    await test.say('@AlGhada كيف أستعير كاميرا لمشروع التخرج؟', aPost('1'));
    const [posted] = await asked();
    expect(posted).toMatchObject({ outcome: 'none', text: 'كيف أستعير كاميرا لمشروع التخرج؟' });
    await introduce();
    const [ticket] = (await test.store.find(tickets, { index: 'by-opened', limit: 9 })).items;
    expect(ticket).toBeDefined();
    expect(await asked()).toMatchObject([{ id: posted?.id, ticketNumber: ticket?.number }]);
  });

  it('counts an answer as told where it was told', async () => {
    await test.say('@AlGhada جهاز العرض في القاعة كيف أشغله؟', aPost('1'));
    expect(await asked()).toMatchObject([{ outcome: 'answer', said: 'projector' }]);
  });
});

describe('a suggestion', () => {
  const ask = async (name: string, text: string): Promise<void> => {
    await introduce(name);
    await write(text, name);
    await test.tap('helped:yes', name);
  };

  it('is made of words that were answered and helped, and counts the people who used them', async () => {
    await anArticle('projector', ['الشاشة معطلة']);
    await ask('visitor', 'جهاز العرض ما يشتغل');
    await ask('other', 'جهاز العرض ما يشتغل؟');
    const found = await asked();
    expect(await suggested()).toMatchObject([
      {
        articleId: 'projector',
        language: 'ar',
        text: 'جهاز العرض ما يشتغل',
        source: 'helped',
        count: 2,
        questionIds: found.map(({ id }) => id),
        by: null,
      },
    ]);
  });

  it('is made of words after which an article was chosen', async () => {
    await anArticle('borrow-a', []);
    await introduce();
    await write('أريد إعارة جهاز');
    await test.tap('article:borrow-a');
    await test.tap('helped:yes');
    expect(await suggested()).toMatchObject([{ articleId: 'borrow-a', source: 'chosen', text: 'أريد إعارة جهاز' }]);
  });

  it('is none where the words are a phrasing already, however they are spelled', async () => {
    await anArticle('projector', ['جِهاز العرض ما يشتغل!']);
    await ask('visitor', 'جهاز العرض ما يشتغل');
    expect(await suggested()).toEqual([]);
  });

  it('is not made again once it was rejected', async () => {
    await anArticle('projector', []);
    await ask('visitor', 'جهاز العرض ما يشتغل');
    const [first] = await suggested();
    const set = { status: 'rejected' as const };
    await test.store.write([{ op: 'update', in: suggestions, id: first?.id ?? '', set }]);
    await ask('other', 'جهاز العرض ما يشتغل');
    expect(await suggested()).toEqual([]);
    expect(await test.store.get(suggestions, first?.id ?? '')).toMatchObject({ status: 'rejected', count: 1 });
  });
});

describe('performing twice', () => {
  const scene = async (causeId: string): Promise<Scene> => ({
    causeId,
    conversation: await conversation(),
    contact: (await test.store.get(contacts, (await conversation()).contactId)) as Contact,
    answered: null,
    capabilities: test.channel.capabilities,
    language: 'ar',
    author: 'assistant',
    actor: { kind: 'assistant', id: null },
  });

  const note: Action = {
    do: 'note-question',
    text: 'جهاز العرض ما يشتغل',
    language: 'ar',
    outcome: 'answer',
    articles: [{ id: 'projector', confidence: 0.9 }],
    messageIds: ['m-1'],
  };

  /** As a crash between the effects and the conversation leaves it, where a store has no transactions. */
  const performEffects = async (causeId: string, actions: Action[]): Promise<void> => {
    const { ops } = await perform(test.deps, await scene(causeId), actions);
    const result = await test.store.write(ops.slice(0, -1));
    expect(result.ok).toBe(true);
  };

  it('makes one question and one suggestion that counts once', async () => {
    await introduce();
    await anArticle('projector', []);
    const actions: Action[] = [note, { do: 'question-helped', helped: 'yes' }];
    await performEffects('cause', actions);
    await performEffects('cause', actions);
    expect(await asked()).toMatchObject([{ id: 'cause:0', helped: 'yes', said: 'projector' }]);
    expect(await suggested()).toMatchObject([{ count: 1, questionIds: ['cause:0'] }]);
  });

  it('makes no second question where the whole unit is written again', async () => {
    await introduce();
    const { ops } = await perform(test.deps, await scene('cause'), [note]);
    expect(await test.store.write(ops)).toMatchObject({ ok: true });
    expect(await test.store.write(ops)).toMatchObject({ ok: false, reason: 'conflict' });
    expect(await asked()).toHaveLength(1);
  });
});

it('goes on in a conversation from before questions were kept', async () => {
  await introduce();
  const { dialogue } = await conversation();
  const { questionId: _, ...before } = dialogue;
  await test.store.write([{ op: 'update', in: conversations, id: conversationId, set: { dialogue: before } }]);
  await write('جهاز العرض لا يعمل في القاعة');
  expect(await asked()).toHaveLength(1);
});
