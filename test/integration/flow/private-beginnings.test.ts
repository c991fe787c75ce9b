import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { type Conversation, conversations, decisions } from '../../../src/conversation/conversation.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { aPost, aPrivate, createPublicChannel } from '../../fakes/public-channel.ts';

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow({ channel: createPublicChannel() });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const inPrivate = async (): Promise<Conversation> => {
  const { items } = await test.store.find(conversations, { index: 'by-last-message', limit: 100 });
  const found = items.find(({ key }) => key === 'visitor');
  if (!found) throw new Error('no private conversation');
  return found;
};
const write = async (text: string, facts: Partial<GivenEvent> = {}): Promise<string[]> =>
  (await test.say(text, { ...aPrivate(), ...facts } as Partial<GivenEvent>)).map((one) => one.text);

describe('the first private answer after a question in public', () => {
  const question = '@AlGhada كيف أستعير كاميرا لمشروع التخرج؟';
  const known = 'وصلنا سؤالك في المنشور العام: «كيف أستعير كاميرا لمشروع التخرج؟»، ونتابعه معك هنا.';

  it('greets once, tells that the question is known, and asks the first thing', async () => {
    await test.say(question, aPost('1'));
    const [greeting, told, asked, ...more] = await write('السلام عليكم');
    expect(greeting).toContain('وعليكم السلام');
    expect(told).toBe(known);
    expect(asked).toContain('اسمك');
    expect(more).toEqual([]);
  });

  it('does not tell it again', async () => {
    await test.say(question, aPost('1'));
    await write('السلام عليكم');
    expect((await write('سارة أحمد الغامدي')).join('\n')).not.toContain('المنشور العام');
  });

  it('tells it in English to whoever asked in English', async () => {
    await test.say('@AlGhada how can I borrow a camera for my project?', aPost('1'));
    const [, told] = await write('hello');
    expect(told).toMatch(
      /^We received your question in your public post: “how can I borrow a camera for my project\?”/,
    );
  });

  it('quotes only the beginning of a long one', async () => {
    await test.say(`${question} ${'وأحتاجها قبل نهاية الشهر القادم '.repeat(6)}`, aPost('1'));
    const quoted = /«(.*)»/.exec((await write('السلام عليكم'))[1] ?? '')?.[1] ?? '';
    expect(quoted.length).toBeLessThanOrEqual(91);
    expect(quoted).toMatch(/…$/);
  });

  it('says nothing of it to whoever tells another matter, orders something or is in danger', async () => {
    for (const [at, text] of ['البلاك بورد لا يفتح معي أبدا', 'أبغى أكلم موظف', 'فيه حريق في مبنى 5'].entries()) {
      await test.say(question, aPost(`${at}`, `author-${at}`));
      const said = await test.say(text, aPrivate(`author-${at}`));
      expect(said.length).toBeGreaterThan(0);
      expect(said.map((one) => one.text).join('\n')).not.toContain('المنشور العام');
    }
  });
});

describe('an encrypted message', () => {
  const facts = { ...aPrivate(), kind: 'unsupported', detail: 'encrypted' } as Partial<GivenEvent>;
  /** Sends one, and gives what is said when no words came after it. */
  const encrypt = async (): Promise<string[]> => {
    const before = test.channel.sent.length;
    await test.flow.receive(test.event('', facts));
    test.clock.advance(3_000);
    await test.flow.idle();
    return test.channel.sent.slice(before).map((one) => one.text);
  };

  it('is said to be unreadable, people are called, and no name is asked for', async () => {
    const said = await encrypt();
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('معك المساعد الآلي');
    expect(said[1]).toContain('مشفّرة');
    expect(said[1]).toContain('غير مشفّرة');
    expect(said.join('\n')).not.toMatch(/اسمك|المرفقة/);
    expect(await inPrivate()).toMatchObject({ handledBy: 'assistant', dialogue: { awaiting: null, inquiry: null } });
    expect((await inPrivate()).waitingSince).not.toBeNull();
  });

  it('is not answered again and again, and what can be read then is', async () => {
    await encrypt();
    expect(await encrypt()).toEqual([]);
    expect((await write('أحتاج كاميرا للإعارة')).join('\n')).toContain('اسمك');
  });

  it('beside words that can be read is told of, and the words are answered', async () => {
    await test.flow.receive(test.event('', facts));
    const said = await write('أحتاج كاميرا للإعارة');
    expect(said.filter((text) => text.includes('معك المساعد الآلي'))).toHaveLength(1);
    expect(said.join('\n')).toMatch(/مشفّرة.*اسمك/s);
    expect((await inPrivate()).dialogue.inquiry).toContain('كاميرا');
  });

  it('does not use up what was asked in public', async () => {
    await test.say('@AlGhada أبغى أشتكي على تأخر صيانة المعمل', aPost('1'));
    const [ticket] = (await test.store.find(tickets, { index: 'by-opened', limit: 10 })).items;
    expect((await encrypt()).join('\n')).not.toContain(ticket?.number);
    expect((await write('السلام عليكم')).join('\n')).toContain(ticket?.number);
  });

  it('to an agent is the agent’s to answer', async () => {
    await write('السلام عليكم');
    const agent = { id: 'a1', name: 'منى' };
    await test.flow.staff.assign((await inPrivate()).id, agent, agent);
    await test.flow.idle();
    expect(await encrypt()).toEqual([]);
  });
});

describe('a private message that no program may answer', () => {
  it('is stored and not answered', async () => {
    expect(await write('STOP', { answerable: false } as Partial<GivenEvent>)).toEqual([]);
    const { id } = await inPrivate();
    expect(await test.all(id)).toMatchObject([{ direction: 'inbound', text: 'STOP', answerable: false }]);
    const query = { index: 'by-conversation', where: { conversationId: id }, order: 'desc', limit: 10 } as const;
    const [decision] = (await test.store.find(decisions, query)).items;
    expect(decision?.reasons).toEqual(['screen: the medium lets no program answer it']);
  });

  it('does not silence what is written beside it or afterwards', async () => {
    await write('STOP', { answerable: false } as Partial<GivenEvent>);
    expect(await write('السلام عليكم')).not.toEqual([]);
  });
});
