import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addresses, contacts } from '../../../src/contact/contact.ts';
import { conversations, decisions } from '../../../src/conversation/conversation.ts';
import { ratings } from '../../../src/survey/rating.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const bank = {
  'جهاز العرض': { outcome: 'answer' as const, articles: [{ id: 'projector', title: 'جهاز العرض', confidence: 0.9 }] },
};
const agent = { id: 'agent-1', name: 'منى' };

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow({ bank });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const conversation = async (of: TestFlow = test) => {
  const [found] = (await of.store.find(conversations, { index: 'by-last-message' })).items;
  if (!found) throw new Error('no conversation');
  return found;
};
const allRatings = async (of: TestFlow = test) => (await of.store.find(ratings, { index: 'by-asked' })).items;
const reasons = async (of: TestFlow = test) => {
  const where = { conversationId: (await conversation(of)).id };
  const found = await of.store.find(decisions, { index: 'by-conversation', where, order: 'desc' });
  return found.items.flatMap((one) => one.reasons);
};

/** A matter that an agent took and closes; gives what the closing says. */
const closeByAgent = async (of: TestFlow = test) => {
  const { id } = await conversation(of);
  await of.flow.staff.assign(id, agent, agent);
  await of.flow.idle();
  const before = of.channel.sent.length;
  await of.flow.staff.close(id, agent);
  await of.flow.idle();
  return of.channel.sent.slice(before);
};

const introduce = async (of: TestFlow = test): Promise<void> => {
  await of.say('السلام عليكم');
  await of.say('سارة أحمد الغامدي');
  await of.say('كلية العلوم');
  await of.tap('category:student');
};

describe('when staff close a conversation', () => {
  beforeEach(async () => {
    await introduce();
  });

  it('asks how it was, in the name of the assistant, with five choices from the best', async () => {
    await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
    const [asked, ...more] = await closeByAgent();
    expect(more).toEqual([]);
    expect(asked?.text).toContain('تقييمك');
    expect(asked?.author).toBe('assistant');
    expect(asked?.quickReplies.map(({ id }) => id)).toEqual(['rate:5', 'rate:4', 'rate:3', 'rate:2', 'rate:1']);
    expect(asked?.quickReplies.every(({ title }) => title.length <= 20)).toBe(true);
    expect(await conversation()).toMatchObject({ status: 'closed', dialogue: { awaiting: { for: 'rating' } } });
    const ticketNumber = (await conversation()).openTicket;
    expect(await allRatings()).toMatchObject([{ asked: 'closing', agentId: agent.id, ticketNumber, score: null }]);
    expect(await reasons()).toContain('rating: asked at closing');
  });

  it.each([
    ['5', 5],
    ['٤/٥', 4],
    ['⭐⭐⭐', 3],
    ['جيد جدًا', 4],
    ['الأول', 5],
  ])('keeps "%s" as a score, thanks, and leaves the conversation closed', async (words, score) => {
    await closeByAgent();
    const [thanked, ...more] = await test.say(words);
    expect(more).toEqual([]);
    expect(thanked?.text).toContain('شكراً لك على رأيك');
    expect(await allRatings()).toMatchObject([{ score, comment: null }]);
    expect(await conversation()).toMatchObject({
      status: 'closed',
      handledBy: 'assistant',
      dialogue: { awaiting: null },
    });
  });

  it('keeps a tapped score once, on the ticket as well, and its ledger tells it', async () => {
    await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
    await closeByAgent();
    expect(await test.tap('rate:4')).toHaveLength(1);
    expect(await test.tap('rate:1')).toEqual([]);
    expect(await allRatings()).toMatchObject([{ score: 4 }]);
    const [ticket] = (await test.store.find(tickets, { index: 'by-opened' })).items;
    expect(ticket?.satisfaction).toBe(4);
    const ledger = await test.store.find(ticketEvents, {
      index: 'by-ticket',
      where: { ticketNumber: ticket?.number ?? '' },
      limit: 100,
    });
    expect(ledger.items.filter(({ change }) => change.kind === 'rated')).toHaveLength(1);
  });

  it('asks after a low score what was wrong, and keeps the next words as the comment', async () => {
    await closeByAgent();
    const [why] = await test.tap('rate:2');
    expect(why?.text).toContain('بشكل أفضل');
    const [thanked] = await test.say('تأخر الرد أسبوعاً كاملاً ولم يتصل بي أحد');
    expect(thanked?.text).toContain('شكراً لك على رأيك');
    expect(await allRatings()).toMatchObject([{ score: 2, comment: 'تأخر الرد أسبوعاً كاملاً ولم يتصل بي أحد' }]);
    expect(await conversation()).toMatchObject({ status: 'closed', dialogue: { awaiting: null } });
  });

  it('takes a score with a word on it, and asks for no further one', async () => {
    await closeByAgent();
    const answers = await test.say('٢ تأخرتوا كثير بس تعاملهم طيب');
    expect(await allRatings()).toMatchObject([{ score: 2, comment: 'تأخرتوا كثير بس تعاملهم طيب' }]);
    expect(answers).toHaveLength(1);
    expect((await conversation()).dialogue.awaiting).toBeNull();
  });

  it('takes a number of things for no score', async () => {
    await closeByAgent();
    await test.say('5 اجهزة عرض لا تعمل في القاعة');
    expect(await allRatings()).toMatchObject([{ score: null, comment: null }]);
  });

  it('takes another matter for what it is, before a score and in place of a comment', async () => {
    await closeByAgent();
    const answered = await test.say('جهاز العرض لا يعمل في القاعة');
    expect(answered[0]?.text).toBe('article projector ar');
    expect(await allRatings()).toMatchObject([{ score: null }]);
    expect((await conversation()).status).toBe('open');
    await test.tap('rate:1');
    expect(await allRatings()).toMatchObject([{ score: 1 }]);
  });

  it('calls people where danger is told in place of a comment', async () => {
    await closeByAgent();
    await test.tap('rate:1');
    expect((await test.say('حريق في القاعة 12'))[0]?.text).toContain('911');
    expect(await allRatings()).toMatchObject([{ score: 1, comment: null }]);
  });

  it('leaves the question open at a thanks, and lets it be at a no', async () => {
    await closeByAgent();
    expect(await test.say('شكراً لكم')).toEqual([]);
    expect((await conversation()).status).toBe('closed');
    expect(await test.say('لا')).toHaveLength(1);
    expect(await conversation()).toMatchObject({ status: 'closed', dialogue: { awaiting: null } });
    expect(await allRatings()).toMatchObject([{ score: null }]);
  });

  it('counts a button also while an agent has the conversation, and no number that is meant for the agent', async () => {
    await closeByAgent();
    const { id } = await conversation();
    await test.flow.staff.reply(id, agent, { text: 'كم عدد المقاعد المطلوبة؟' }, 'k1');
    await test.flow.idle();
    expect(await test.say('3')).toEqual([]);
    expect(await allRatings()).toMatchObject([{ score: null }]);
    await test.tap('rate:5');
    expect(await allRatings()).toMatchObject([{ score: 5 }]);
    expect((await conversation()).handledBy).toBe('agent');
  });

  it('is not asked twice in a day, and is asked again after it', async () => {
    await closeByAgent();
    await test.tap('rate:5');
    await test.say('السلام عليكم');
    expect(await closeByAgent()).toEqual([]);
    expect(await reasons()).toContain('rating: not asked at closing, the person was asked within a day');
    test.clock.advance(24 * 3_600_000);
    await test.say('السلام عليكم');
    expect(await closeByAgent()).toHaveLength(1);
  });

  it('is not asked of somebody who told of a death or is blocked', async () => {
    await test.say('توفي والدي أمس وأحتاج إجازة');
    expect(await closeByAgent()).toEqual([]);
    expect(await reasons()).toContain('rating: not asked at closing, the matter was a grave one');
  });

  it('is not asked twice by closing twice', async () => {
    expect(await closeByAgent()).toHaveLength(1);
    const { id } = await conversation();
    await test.flow.staff.close(id, agent);
    await test.flow.idle();
    expect(await allRatings()).toHaveLength(1);
  });

  it('asks nobody who is blocked', async () => {
    const { contactId } = await conversation();
    await test.store.write([
      { op: 'update', in: contacts, id: contactId, set: { blockedAt: '2026-11-22T07:00:00.000Z' } },
    ]);
    expect(await closeByAgent()).toEqual([]);
  });
});

it('asks after an answer that helped, and the dialogue goes on as before', async () => {
  await introduce();
  await test.say('جهاز العرض لا يعمل في القاعة');
  const told = await test.tap('helped:yes');
  expect(told).toHaveLength(2);
  expect(told[1]?.quickReplies[0]?.id).toBe('rate:5');
  expect(await test.say('٥')).toHaveLength(1);
  expect(await allRatings()).toMatchObject([{ asked: 'answered', score: 5, agentId: null }]);
  expect((await conversation()).status).toBe('open');
});

it('asks nobody outside the reply window, and says so to the agent', async () => {
  const own = await openFlow({ bank, channel: createFakeChannel('fake', { replyWindowHours: 24 }) });
  await introduce(own);
  const { id } = await conversation(own);
  own.clock.advance(25 * 3_600_000);
  await own.flow.staff.close(id, agent);
  await own.flow.idle();
  expect(await allRatings(own)).toEqual([]);
  expect(await reasons(own)).toContain('rating: not asked at closing, the reply window is closed');
  await own.cleanUp();
});

it('numbers the choices by their scores where there are no buttons', async () => {
  const own = await openFlow({ bank, channel: createFakeChannel('fake', { quickReplies: { as: 'numbered-list' } }) });
  await introduce(own);
  const [asked] = await closeByAgent(own);
  expect(asked?.text).toContain('1. ضعيف');
  expect(asked?.text).toContain('5. ممتاز');
  await own.say('1');
  expect(await allRatings(own)).toMatchObject([{ score: 1 }]);
  await own.cleanUp();
});

it('writes to nobody first any more who said stop, until they write again', async () => {
  await introduce();
  await test.say('أوقف الرسائل');
  const optedOut = async () => {
    const { contactId } = await conversation();
    const found = await test.store.find(addresses, { index: 'by-contact', where: { contactId } });
    return found.items.map((one) => one.optedOutAt);
  };
  expect(await optedOut()).toEqual([new Date(test.clock.now()).toISOString()]);
  expect(await conversation()).toMatchObject({ status: 'closed' });
  await test.say('السلام عليكم');
  expect(await optedOut()).toEqual([null]);
});
