import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { type Conversation, conversations, decisions } from '../../../src/conversation/conversation.ts';
import { takeMessage } from '../../../src/flow/receive.ts';
import { parseEvent } from '../../../src/flow/sink.ts';
import { threadOf } from '../../../src/flow/thread.ts';
import { decideTurn } from '../../../src/flow/turn.ts';
import { deliveries } from '../../../src/message/message.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { aPost, createPublicChannel } from '../../fakes/public-channel.ts';

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow({ channel: createPublicChannel() });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const question = '@AlGhada كيف أحجز قاعة لنشاط طلابي؟';
const complaint = '@AlGhada أبغى أشتكي على تأخر صيانة المعمل';

const thread = async (name: string, author = 'visitor'): Promise<Conversation> => {
  const { items } = await test.store.find(conversations, { index: 'by-last-message', limit: 100 });
  const found = items.find(({ key }) => key === `post:${name}:${author}`);
  if (!found) throw new Error(`no conversation of ${name}`);
  return found;
};
/** Stores a post without anybody deciding on it yet. */
const take = async (event: GivenEvent): Promise<void> => {
  const given = parseEvent(event);
  if (given.event !== 'message') throw new Error('no message');
  await takeMessage(test.deps, given, await threadOf(test.deps, given));
};
const allTickets = async () => (await test.store.find(tickets, { index: 'by-opened', limit: 100 })).items;
const reasonsOf = async (conversationId: string): Promise<string[]> => {
  const query = { index: 'by-conversation', where: { conversationId }, order: 'desc', limit: 10 } as const;
  return (await test.store.find(decisions, query)).items.flatMap(({ reasons }) => reasons);
};

describe('a post', () => {
  it('that asks is invited once, as a reply to it', async () => {
    const sent = await test.say(question, aPost('1', 'visitor', { externalId: 'p1' }));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ visibility: 'public', quotes: 'p1', quickReplies: [], address: 'visitor' });
    expect(sent[0]?.text).toContain('الرسائل الخاصة');
    expect(await test.say('@AlGhada وكم مدة الحجز؟', aPost('1'))).toEqual([]);
    expect((await thread('1')).waitingSince).not.toBeNull();
  });

  it('is answered with an article only where twenty signs stay free for the name that the medium may put before it', async () => {
    const id = (length: number): string => 'a'.repeat(length);
    const answering = async (length: number): Promise<string> => {
      const articles = [{ id: id(length), title: 'a', confidence: 1 }];
      const own = await openFlow({ channel: createPublicChannel(), bank: { أحجز: { outcome: 'answer', articles } } });
      const [said] = await own.say(question, aPost('1'));
      expect(own.errors).toEqual([]);
      await own.cleanUp();
      return said?.text ?? '';
    };
    const around = (await answering(10)).length - 10;
    expect(await answering(260 - around)).toHaveLength(260);
    const longer = await answering(261 - around);
    expect(longer).not.toContain('article');
    expect(longer).toContain('الرسائل الخاصة');
  });

  it('that complains opens a ticket whose number is not said, and what is added below lands on it', async () => {
    const [said] = await test.say(complaint, aPost('1'));
    const [ticket] = await allTickets();
    expect(ticket).toMatchObject({ type: 'complaint', channel: 'square' });
    expect(said?.text).not.toContain(ticket?.number);
    await test.say('@AlGhada ولا أحد رد علي إلى اليوم، أبغى أشتكي', aPost('1'));
    const linked = (await test.all((await thread('1')).id)).filter(({ direction }) => direction === 'inbound');
    expect(linked.map(({ ticketNumber }) => ticketNumber)).toEqual([ticket?.number, ticket?.number]);
    expect(await allTickets()).toHaveLength(1);
  });

  it('of spam, insults or nothing of ours is closed without a word', async () => {
    for (const [at, text] of ['@AlGhada بيتكوين ربح مضمون', '@AlGhada يا كلاب', '@AlGhada جمعة مباركة'].entries()) {
      expect(await test.say(text, aPost(String(at), `author-${at}`))).toEqual([]);
      expect((await thread(String(at), `author-${at}`)).status).toBe('closed');
    }
  });

  it('is a repost where the channel says so: stored, and nothing more', async () => {
    const facts = { automated: 'bulk', automatedWhy: 'It is a repost.', answerable: false } as Partial<GivenEvent>;
    expect(await test.say(question, aPost('1', 'visitor', facts))).toEqual([]);
    expect(await thread('1')).toMatchObject({ status: 'closed', waitingSince: null });
  });

  it('of a person while an agent has the thread is left to the agent', async () => {
    await test.say(complaint, aPost('1'));
    await test.flow.staff.assign((await thread('1')).id, { id: 'a1', name: 'منى' }, { id: 'a1', name: 'منى' });
    await test.flow.idle();
    expect(test.channel.sent).toHaveLength(1);
    expect(await test.say(question, aPost('1'))).toEqual([]);
  });
});

describe('one person who writes in several threads', () => {
  it('is answered once in the same matter, and its ticket gets the rest', async () => {
    expect(await test.say(complaint, aPost('1'))).toHaveLength(1);
    expect(await test.say(`${complaint} ولا أحد جاء`, aPost('2'))).toEqual([]);
    expect(await allTickets()).toHaveLength(1);
    const [ticket] = await allTickets();
    expect(await thread('2')).toMatchObject({ openTicket: ticket?.number, ticketNumbers: [ticket?.number] });
  });

  it('is answered once where several posts are decided at the same moment', async () => {
    for (const name of ['1', '2', '3']) await take(test.event(question, aPost(name)));
    const ids = await Promise.all(['1', '2', '3'].map(async (name) => (await thread(name)).id));
    await Promise.all(ids.map((id) => decideTurn(test.deps, id)));
    const replied = await Promise.all(
      ['1', '2', '3'].map(async (name) => (await thread(name)).matter?.repliedAt ?? null),
    );
    expect(replied.filter((at) => at !== null)).toHaveLength(1);
  });

  it('is answered at most three times in a day, and people are called then', async () => {
    const asked = ['كيف أحجز قاعة؟', 'كيف أستعير كاميرا؟', 'وش خطوات إخلاء الطرف؟', 'البلاك بورد ما يفتح معي؟'];
    const counts = [];
    for (const [at, text] of asked.entries()) counts.push((await test.say(`@AlGhada ${text}`, aPost(`${at}`))).length);
    expect(counts).toEqual([1, 1, 1, 0]);
    expect((await thread('3')).waitingSince).not.toBeNull();
  });

  it('is another than somebody else who asks the same', async () => {
    await test.say(question, aPost('1'));
    expect(await test.say(question, aPost('1', 'other'))).toHaveLength(1);
  });
});

describe('a post that changes', () => {
  const edit = (id: string, of: string, text: string) =>
    test.event(text, aPost('1', 'visitor', { externalId: id, kind: 'edit', refersTo: of } as Partial<GivenEvent>));
  const deletion = (of: string) => {
    const claim = { references: [of], provenKey: null, topic: '', isReply: true };
    const facts = { externalId: `gone-${of}`, kind: 'deletion', refersTo: of, thread: claim } as Partial<GivenEvent>;
    return test.event('', aPost(of, 'visitor', facts));
  };

  it('is told again in the same words without being news', async () => {
    await test.say(question, aPost('1', 'visitor', { externalId: 'p1' }));
    expect(await test.flow.receive(edit('p2', 'p1', question))).toMatchObject({ duplicate: true });
    expect(await test.flow.receive(edit('p3', 'p1', 'كلام آخر'))).toMatchObject({ duplicate: false });
    expect(await test.flow.receive(edit('p4', 'p1', 'كلام آخر'))).toMatchObject({ duplicate: true });
    expect(await test.flow.receive(edit('p5', 'p1', question))).toMatchObject({ duplicate: false });
    expect(await test.all((await thread('1')).id)).toHaveLength(4);
  });

  it('is only marked once it was answered', async () => {
    await test.say(question, aPost('1', 'visitor', { externalId: 'p1' }));
    await test.flow.receive(edit('p2', 'p1', `${question} ضروري`));
    await test.flow.idle();
    expect(test.channel.sent).toHaveLength(1);
    const [first] = await test.all((await thread('1')).id);
    expect(first).toMatchObject({ text: question });
    expect(first?.editedAt).not.toBeNull();
    expect((await thread('1')).waitingSince).toBeNull();
  });

  it('is decided as edited where that came first', async () => {
    const posted = test.event('@AlGhada جمعة مباركة', aPost('1', 'visitor', { externalId: 'p1' }));
    for (const event of [posted, edit('p2', 'p1', question)]) await take(event);
    await decideTurn(test.deps, (await thread('1')).id);
    expect((await thread('1')).matter?.words).toContain('أحجز قاعة');
  });

  it('is heard in its new words where nothing was said to the first', async () => {
    expect(await test.say('@AlGhada جمعة مباركة', aPost('1', 'visitor', { externalId: 'p1' }))).toEqual([]);
    await test.flow.receive(edit('p2', 'p1', complaint));
    await test.flow.idle();
    expect(test.channel.sent).toMatchObject([{ quotes: 'p2' }]);
    expect(await allTickets()).toHaveLength(1);
    expect(await thread('1')).toMatchObject({ status: 'open' });
  });

  it('is no news where it was taken back before anybody here knew of it', async () => {
    expect(await test.flow.receive(deletion('never-seen'))).toMatchObject({ duplicate: true });
    expect(await test.store.count(conversations, { index: 'by-last-message' })).toBe(0);
  });

  it('is marked as deleted in its own thread, and an answer that waits is not sent', async () => {
    let fail = true;
    test.channel.answer = (message) => {
      if (fail) throw new SendError('throttled', 'Too many posts.', { retryAfterMs: 60_000 });
      return { externalId: `ext-${message.id}`, status: 'sent' };
    };
    await test.say('@AlGhada جمعة مباركة', aPost('1', 'visitor', { externalId: 'p1' }));
    await test.flow.receive(edit('p2', 'p1', question));
    await test.flow.idle();
    fail = false;
    await test.flow.receive(deletion('p1'));
    await test.flow.idle();
    const here = await thread('1');
    expect((await test.all(here.id))[0]?.deletedAt).not.toBeNull();
    test.clock.advance(120_000);
    await test.flow.idle();
    expect(test.channel.sent).toEqual([]);
    const where = { conversationId: here.id };
    const [lost] = (await test.store.find(deliveries, { index: 'by-lane', where, limit: 10 })).items;
    expect(lost).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('deleted') } });
    expect(await thread('1')).toMatchObject({ handledBy: 'assistant', waitingSince: null });
  });
});

describe('a public answer that the medium refuses', () => {
  it('calls people and tells why', async () => {
    test.channel.answer = () => {
      throw new SendError('rejected', 'X allows no reply to this post.');
    };
    await test.say(question, aPost('1'));
    const here = await thread('1');
    expect(here).toMatchObject({ handledBy: 'nobody', matter: { repliedAt: null } });
    expect(here.waitingSince).not.toBeNull();
    expect((await reasonsOf(here.id)).join()).toContain('X allows no reply to this post.');
  });
});

describe('what somebody of ours writes from elsewhere', () => {
  it('counts as the answer in its public thread, also where the thread was not known', async () => {
    await test.say(complaint, aPost('1'));
    const own = (name: string, visibility?: 'public') =>
      test.flow.receive({
        event: 'own-message',
        inboxId: 'square',
        externalId: `own-${name}`,
        address: 'visitor',
        conversationKey: `post:${name}:visitor`,
        sentAt: '2026-11-22T07:01:00.000Z',
        kind: 'text',
        text: 'نتابع الأمر',
        attachments: [],
        ...(visibility ? { visibility } : {}),
      });
    await own('1');
    await own('9', 'public');
    expect(await thread('1')).toMatchObject({ visibility: 'public', handledBy: 'agent' });
    expect(await thread('9')).toMatchObject({ visibility: 'public', handledBy: 'agent' });
    expect((await thread('9')).matter?.repliedAt).not.toBeNull();
  });
});

describe('the pace of private messages', () => {
  it('holds up no public answer of the same inbox', async () => {
    const { answer } = test.channel;
    test.channel.answer = (message) => {
      if (message.visibility === 'public') return answer(message);
      throw new SendError('throttled', 'No more private messages now.', { scope: 'inbox', retryAfterMs: 900_000 });
    };
    expect(await test.say('السلام عليكم', { address: 'other', conversationKey: 'other' })).toEqual([]);
    expect(await test.say(question, aPost('1'))).toHaveLength(1);
  });
});
