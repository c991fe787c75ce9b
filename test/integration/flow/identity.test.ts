import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { contacts } from '../../../src/contact/contact.ts';
import { type Conversation, conversations } from '../../../src/conversation/conversation.ts';
import { messages } from '../../../src/message/message.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow();
});
afterEach(() => test.cleanUp());

const phone = '966500000001';
const number = `+${phone}`;
const hidden = 'SA.first';

const from = (address: string, fields: object = {}) =>
  ({ address, conversationKey: address, ...fields }) as Partial<GivenEvent>;
const bothWays = { ...from(phone), identity: hidden, phone: number } as Partial<GivenEvent>;

const conversationsNow = async (): Promise<Conversation[]> =>
  (await test.store.find(conversations, { index: 'by-last-message', limit: 100 })).items;
const peopleNow = async () => (await test.store.find(contacts, { index: 'by-created', limit: 100 })).items;

describe('one person under several addresses', () => {
  it('stays in one conversation when the number is hidden later, and is answered under the number', async () => {
    await test.say('السلام عليكم', bothWays);
    await test.say('أنا نفسي', { ...from(hidden), identity: hidden } as Partial<GivenEvent>);
    expect(await conversationsNow()).toHaveLength(1);
    expect(await peopleNow()).toMatchObject([{ phone: number }]);
  });

  it('opens a conversation without a number, and is reached under the number once it is known', async () => {
    await test.say('السلام عليكم', { ...from(hidden), identity: hidden } as Partial<GivenEvent>);
    expect(test.channel.sent.at(-1)?.address).toBe(hidden);
    const answers = await test.say('هذا رقمي', bothWays);
    expect(answers.at(-1)?.address).toBe(phone);
    expect(await conversationsNow()).toHaveLength(1);
    expect(await peopleNow()).toMatchObject([{ phone: number }]);
  });

  it('takes up a number that was known before identities were', async () => {
    await test.say('السلام عليكم', from(phone));
    await test.say('أنا نفسي', bothWays);
    await test.say('وأنا أيضًا', { ...from(hidden), identity: hidden } as Partial<GivenEvent>);
    expect(await conversationsNow()).toHaveLength(1);
  });

  it('never lets the next owner of a number into the conversation of the former one', async () => {
    await test.say('السلام عليكم', bothWays);
    const [first] = await conversationsNow();
    await test.say('السلام عليكم', { ...bothWays, identity: 'SA.second' } as Partial<GivenEvent>);
    await test.say('وصلت رسالتي؟', { ...bothWays, identity: 'SA.second' } as Partial<GivenEvent>);
    const all = await conversationsNow();
    expect(all).toHaveLength(2);
    expect(new Set(all.map(({ contactId }) => contactId)).size).toBe(2);
    const kept = await test.store.get(conversations, first?.id ?? '');
    expect(kept?.lastInboundAt).toBe(first?.lastInboundAt);
    await test.say('وأنا الأول', { ...from(hidden), identity: hidden } as Partial<GivenEvent>);
    expect(await conversationsNow()).toHaveLength(2);
  });

  it('knows whose number is which when somebody moves and another takes the old one', async () => {
    const other = '966500000009';
    const moved = { ...from(other), identity: hidden, phone: `+${other}` } as Partial<GivenEvent>;
    await test.say('السلام عليكم', bothWays);
    await test.say('رقمي الجديد', moved);
    expect(await peopleNow()).toMatchObject([{ phone: `+${other}` }]);
    await test.say('السلام عليكم', { ...bothWays, identity: 'SA.second' } as Partial<GivenEvent>);
    expect((await peopleNow()).map((one) => one.phone).sort()).toEqual([number, `+${other}`].sort());
  });

  it('takes the number from whoever had it before', async () => {
    await test.say('السلام عليكم', bothWays);
    await test.say('السلام عليكم', { ...bothWays, identity: 'SA.second' } as Partial<GivenEvent>);
    const people = await peopleNow();
    expect(people.filter((one) => one.phone === number)).toHaveLength(1);
    expect(people.filter((one) => one.phone === null)).toHaveLength(1);
  });

  it('goes on in the same conversation after a change of number', async () => {
    await test.say('السلام عليكم', from(phone, { phone: number }));
    const to = '966500000002';
    const change = { event: 'address-change', inboxId: 'fake', from: phone, to, phone: `+${to}` } as const;
    const at = new Date(test.clock.now()).toISOString();
    await test.flow.receive({ ...change, at });
    await test.flow.receive({ ...change, at });
    const answers = await test.say('أنا بالرقم الجديد', from(to, { phone: `+${to}` }));
    expect(answers.at(-1)?.address).toBe(to);
    expect(await conversationsNow()).toHaveLength(1);
    expect(await peopleNow()).toMatchObject([{ phone: `+${to}` }]);
  });
});

describe('what speaks of an earlier message', () => {
  const last = async () => {
    const [conversation] = await conversationsNow();
    return { conversation, all: await test.all(conversation?.id ?? '') };
  };

  it('marks changed and deleted words, keeps them, and answers nothing', async () => {
    await test.say('السلام عليكم', { externalId: 'first' } as Partial<GivenEvent>);
    const edit = { kind: 'edit', refersTo: 'first' } as Partial<GivenEvent>;
    expect(await test.say('وعليكم السلام', edit)).toEqual([]);
    expect(await test.say('', { kind: 'deletion', refersTo: 'first' } as Partial<GivenEvent>)).toEqual([]);
    const { all } = await last();
    expect(all[0]).toMatchObject({ text: 'السلام عليكم' });
    expect(all[0]?.editedAt).not.toBeNull();
    expect(all[0]?.deletedAt).not.toBeNull();
    expect(all.map(({ kind }) => kind)).toContain('deletion');
  });

  it('marks nothing of somebody else', async () => {
    await test.say('السلام عليكم', { externalId: 'theirs' } as Partial<GivenEvent>);
    await test.say('', { ...from('other'), kind: 'deletion', refersTo: 'theirs' } as Partial<GivenEvent>);
    const [theirs] = (
      await test.store.find(messages, {
        index: 'by-external-id',
        where: { inboxId: 'fake', externalId: 'theirs' },
      })
    ).items;
    expect(theirs?.deletedAt).toBeNull();
  });

  it('decides on the changed words where nobody had looked at the first', async () => {
    await test.say('السلام عليكم');
    const picture = { kind: 'image', externalId: 'short' } as Partial<GivenEvent>;
    await test.flow.receive(test.event('', picture));
    await test.flow.receive(test.event('أريد موظفًا', { kind: 'edit', refersTo: 'short' } as Partial<GivenEvent>));
    test.clock.advance(60_000);
    await test.flow.idle();
    expect((await last()).conversation?.handledBy).toBe('nobody');
  });

  it('does not reopen a closed conversation for a reaction', async () => {
    await test.say('السلام عليكم');
    const { conversation } = await last();
    await test.flow.staff.close(conversation?.id ?? '', { id: 'agent-1', name: 'نورة' });
    await test.say('👍', { kind: 'reaction', refersTo: 'x' } as Partial<GivenEvent>);
    expect((await last()).conversation?.status).toBe('closed');
  });
});

describe('what somebody of ours writes on the account itself', () => {
  const own = (externalId: string, fields: object = {}): GivenEvent =>
    ({
      event: 'own-message',
      inboxId: 'fake',
      externalId,
      address: 'visitor',
      conversationKey: 'visitor',
      sentAt: new Date(test.clock.now()).toISOString(),
      kind: 'text',
      text: 'أهلًا، معكم نورة',
      attachments: [],
      ...fields,
    }) as GivenEvent;

  it('is kept once as ours and silences the assistant', async () => {
    await test.say('السلام عليكم');
    const first = await test.flow.receive(own('typed-1'));
    const again = await test.flow.receive(own('typed-1'));
    expect(again).toMatchObject({ messageId: first.messageId, duplicate: true });
    expect(await test.say('عندي سؤال عن القبول')).toEqual([]);
    const [conversation] = await conversationsNow();
    expect(conversation).toMatchObject({ handledBy: 'agent' });
    const ours = (await test.all(conversation?.id ?? '')).filter(({ author }) => author === 'agent');
    expect(ours).toMatchObject([{ direction: 'outbound', text: 'أهلًا، معكم نورة' }]);
  });

  it('is nothing new where Wasl sent it', async () => {
    const answers = await test.say('السلام عليكم');
    const echo = await test.flow.receive(own(`ext-${answers[0]?.id}`));
    expect(echo.duplicate).toBe(true);
    expect((await conversationsNow())[0]).toMatchObject({ handledBy: 'assistant' });
  });

  it('may be the first word to somebody', async () => {
    await test.flow.receive(own('typed-2', { address: 'stranger', conversationKey: 'stranger' }));
    expect(await conversationsNow()).toMatchObject([{ address: 'stranger', handledBy: 'agent' }]);
  });
});
