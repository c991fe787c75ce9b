import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/channel/channel.ts';
import type { OutboundMessage, SendResult } from '../../../src/channel/outbound.ts';
import { anOutbound, type InboxOptions, type Opened, openX } from './an-inbox.ts';

let inbox: Opened;
const open = async (options: InboxOptions = {}): Promise<Opened> => {
  inbox = await openX(options);
  return inbox;
};
afterEach(() => inbox.close());

const send = (message: OutboundMessage, channel: Channel = inbox.channel): Promise<SendResult> =>
  channel.send(message, AbortSignal.timeout(8_000));

const refused = (message: OutboundMessage, channel?: Channel): Promise<unknown> =>
  send(message, channel).then(
    () => 'sent',
    (error: unknown) => error,
  );

/** A person who mentioned the account, and a message that answers the post. */
const mentioned = (text = 'متى يفتح القبول؟') => {
  const person = inbox.provider.person({ username: 'sara_q', name: 'سارة' });
  const post = person.mention(text);
  const answer = (fields: Partial<OutboundMessage> = {}) =>
    anOutbound({
      address: person.id,
      conversationKey: `post:${post.conversationId}:${person.id}`,
      visibility: 'public',
      quotes: post.id,
      text: 'أهلًا بكم، راسلونا على الخاص ونخدمكم.',
      ...fields,
    });
  return { person, post, answer };
};

describe('a public answer', () => {
  it('is a reply to the post that mentioned us, and its price is that of a summoned one', async () => {
    await open();
    const { post, answer } = mentioned();
    const result = await send(answer());
    const [sent] = inbox.provider.posts;
    expect(sent?.references[0]).toMatchObject({ type: 'replied_to', id: post.id });
    expect(result).toEqual({
      externalId: sent?.id,
      status: 'sent',
      cost: { units: 1, amount: 0.01, currency: 'USD' },
    });
    expect(inbox.provider.spent().usd).toBeCloseTo(0.01);
  });

  it('to somebody who did not mention us needs a person', async () => {
    await open();
    const person = inbox.provider.person({ username: 'stranger' });
    const post = person.post('كلام عام عن القبول');
    const { answer } = mentioned();
    expect(await refused(answer({ address: person.id, quotes: post.id }))).toMatchObject({
      code: 'rejected',
      providerCode: 'not-summoned',
      retryable: false,
      message: expect.stringContaining('a person must answer on X itself'),
    });
    expect(inbox.channel.state().usage?.lines.find(({ what }) => what === 'reply-summoned')).toBeUndefined();
  });
});

describe('a direct message', () => {
  it('goes to the person and costs what a direct message costs', async () => {
    await open();
    const person = inbox.provider.person({ username: 'sara_q' });
    const result = await send(anOutbound({ address: person.id, text: 'أهلًا بكم' }));
    const [sent] = inbox.provider.dms;
    expect(sent).toMatchObject({ recipientId: person.id, text: 'أهلًا بكم' });
    expect(result).toMatchObject({ externalId: sent?.id, status: 'sent', cost: { amount: 0.015 } });
  });

  it('to somebody who takes none of strangers is refused for good', async () => {
    await open();
    const person = inbox.provider.person({ username: 'closed', closedDms: true });
    expect(await refused(anOutbound({ address: person.id }))).toMatchObject({
      code: 'rejected',
      providerCode: 'dm-closed',
      message: 'The person does not take messages from accounts they do not follow.',
    });
  });
});
