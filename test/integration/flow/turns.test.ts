import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { contacts } from '../../../src/contact/contact.ts';
import { conversations, decisions } from '../../../src/conversation/conversation.ts';
import { createFlow } from '../../../src/flow/create-flow.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { StoreError } from '../../../src/store/port.ts';
import type { Render } from '../../../src/template/template.ts';
import { createFakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const conversationId = conversationIdOf('fake', 'visitor');

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow();
  await test.say('السلام عليكم');
  await test.say('سارة أحمد الغامدي');
  await test.say('كلية العلوم');
  await test.tap('category:student');
});
afterEach(() => test.cleanUp());

const conversation = () => test.store.get(conversations, conversationId);
const decisionsMade = () => test.store.count(decisions, { index: 'by-conversation', where: { conversationId } });

it('joins fragments to one turn, and does not let further ones put it off', async () => {
  const before = await decisionsMade();
  const sent = test.channel.sent.length;
  for (let at = 0; at < 3; at++) {
    await test.flow.receive(test.event('', { kind: 'image' }));
    test.clock.advance(1_000);
    await test.flow.idle();
  }
  expect(await decisionsMade()).toBe(before + 1);
  expect(test.channel.sent.length).toBe(sent + 1);
});

it('takes the words under a picture for the matter, never for the name that was asked for', async () => {
  const other = { address: 'other', conversationKey: 'other' } as Partial<GivenEvent>;
  await test.say('السلام عليكم ورحمة الله', other);
  await test.say('شكرا إيصال السداد', { ...other, kind: 'image' } as Partial<GivenEvent>);
  const kept = await test.store.get(conversations, conversationIdOf('fake', 'other'));
  expect(await test.store.get(contacts, kept?.contactId ?? '')).toMatchObject({ name: null });
  expect(kept?.dialogue.inquiry).toContain('إيصال السداد');
});

it('calls people for a message without words, and goes on asking', async () => {
  const other = { address: 'other', conversationKey: 'other' } as Partial<GivenEvent>;
  await test.flow.receive(test.event('', { ...other, kind: 'audio' } as Partial<GivenEvent>));
  test.clock.advance(3_000);
  await test.flow.idle();
  const kept = await test.store.get(conversations, conversationIdOf('fake', 'other'));
  expect(kept).toMatchObject({ handledBy: 'assistant', waitingSince: expect.any(String) });
  expect(kept?.dialogue.awaiting).toMatchObject({ for: 'question' });
});

it('reads short lines in a burst as one turn, where the medium is written so', async () => {
  const bursts = await openFlow({ channel: createFakeChannel('fake', { burstMs: 1_200 }) });
  for (const line of ['السلام عليكم', 'ابي موظف', 'لو سمحت']) {
    await bursts.flow.receive(bursts.event(line));
    bursts.clock.advance(300);
    await bursts.flow.idle();
  }
  expect(bursts.channel.sent).toEqual([]);
  bursts.clock.advance(1_000);
  await bursts.flow.idle();
  expect(await bursts.store.count(decisions, { index: 'by-conversation', where: { conversationId } })).toBe(1);
  expect((await bursts.store.get(conversations, conversationId))?.handledBy).toBe('nobody');
  await bursts.cleanUp();
});

it('tells how a request stands also to somebody who waits for a person', async () => {
  await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
  await test.say('أريد موظفًا');
  const [answer] = await test.say('وش صار على طلبي؟');
  expect(answer?.text).toContain('طلبك رقم');
  expect((await conversation())?.handledBy).toBe('nobody');
});

it('decides a waiting turn at once when words come', async () => {
  const before = await decisionsMade();
  await test.flow.receive(test.event('', { kind: 'image' }));
  await test.flow.receive(test.event('هذه صورة العقد المراد ترجمته'));
  await test.flow.idle();
  expect(await decisionsMade()).toBe(before + 1);
  expect(await conversation()).toMatchObject({ turnDueAt: null });
});

it('hands over to people where a text of ours is broken, rather than leaving the person without a word for ever', async () => {
  const { content } = test.deps;
  const broken: Render = (key, ...rest) => {
    if (key === 'ticket-opened') throw new Error('undefined variable: ticket.nummber');
    return content.render()(key, ...rest);
  };
  const flow = createFlow({ ...test.deps, content: { ...content, render: () => broken } });
  test.clock.advance(1_000);
  await flow.receive(test.event('أرغب في ترجمة عقد لفعالية الأسبوع القادم'));
  await flow.idle();
  expect(await conversation()).toMatchObject({ handledBy: 'nobody', turnDueAt: null });
  const made = await test.store.find(decisions, { index: 'by-conversation', where: { conversationId }, order: 'desc' });
  expect(made.items[0]?.reasons.at(-1)).toContain('ticket.nummber');
  expect(test.errors).toMatchObject([{ message: 'performing a decision failed' }]);
});

it('tries a turn again where the store could not write, and hands nothing over for it', async () => {
  const { store } = test.deps;
  await test.flow.stop();
  let fails = 1;
  const write: typeof store.write = async (unit) => {
    const decides = unit.some((op) => op.in.name === 'decisions');
    if (decides && fails-- > 0) throw new StoreError('disk-full', 'The disk is full.');
    return store.write(unit);
  };
  const flow = createFlow({ ...test.deps, store: { ...store, write } });
  await flow.start();
  const sent = test.channel.sent.length;
  await flow.receive(test.event('أرغب في ترجمة عقد لفعالية الأسبوع القادم'));
  await flow.idle();
  expect(test.channel.sent).toHaveLength(sent);
  expect(test.errors).toMatchObject([{ message: 'deciding failed; it is tried again' }]);
  test.clock.advance(5_000);
  await flow.idle();
  await flow.stop();
  expect(test.channel.sent).toHaveLength(sent + 1);
  expect(await conversation()).toMatchObject({ handledBy: 'assistant', turnDueAt: null });
});
