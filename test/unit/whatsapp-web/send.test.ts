import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../../channels/whatsapp-web/send.ts';
import type { SendError } from '../../../src/channel/send-error.ts';
import { FakeWorld, shapes } from './fake-client.ts';
import { anOutbound, eventsOf, openChannel, settle } from './open-channel.ts';

const sara = '966512345678@c.us';
const soon = (): AbortSignal => new AbortController().signal;
const aFile = (name: string, type: string) => ({ id: name, name, type, bytes: 5 });

const refusal = (sending: Promise<unknown>): Promise<SendError> =>
  sending.then(
    () => Promise.reject(new Error('it was sent')),
    (error: SendError) => error,
  );

describe.each(shapes)('sending, with ids as %s', (shape) => {
  it('goes to the number that WhatsApp knows, and gives the id of the message', async () => {
    const world = new FakeWorld(shape);
    const { channel } = await openChannel(world);
    const result = await channel.send(anOutbound(), soon());
    expect(world.sent.map(({ chat, content }) => [chat, content])).toEqual([[sara, 'وصلتنا رسالتك']]);
    expect(world.sent[0]?.options).toEqual({ linkPreview: false, parseVCards: false, sendSeen: false });
    expect(result).toEqual({ externalId: '3EB00000000000000001', status: 'accepted' });
  });

  it('goes to the chat that the person wrote in', async () => {
    const world = new FakeWorld(shape);
    world.lids.set('966512345678', '200000000000007');
    const { channel } = await openChannel(world);
    world.client.receive('200000000000007@lid', { body: 'سؤال' });
    await settle();
    await channel.send(anOutbound(), soon());
    expect(world.sent[0]?.chat).toBe('200000000000007@lid');
  });

  it('is no message of somebody at the phone, even when the page tells of it first', async () => {
    const world = new FakeWorld(shape);
    const { channel, sink } = await openChannel(world);
    await channel.send(anOutbound(), soon());
    await settle();
    expect(eventsOf(sink, 'own-message')).toEqual([]);
  });

  it('is found in the chat where the library says nothing, and not sent twice', async () => {
    const world = new FakeWorld(shape);
    const { channel, sink } = await openChannel(world);
    world.sending = 'silent';
    const result = await channel.send(anOutbound(), soon());
    await settle();
    expect(result.externalId).toBe('3EB00000000000000001');
    expect(world.sent).toHaveLength(1);
    expect(eventsOf(sink, 'own-message')).toEqual([]);
  });

  it('quotes the message that it answers', async () => {
    const world = new FakeWorld(shape);
    const { channel } = await openChannel(world);
    world.client.receive(sara, { id: '3EB0Q', body: 'سؤال' });
    await settle();
    await channel.send(anOutbound({ quotes: '3EB0Q' }), soon());
    expect(world.sent[0]?.options.quotedMessageId).toBe(`false_${sara}_3EB0Q`);
  });

  it('tells by receipts which of our deliveries they are of', async () => {
    const world = new FakeWorld(shape);
    const { channel, sink } = await openChannel(world);
    const message = anOutbound();
    const { externalId } = await channel.send(message, soon());
    world.client.emit('message_ack', { id: world.key(true, sara, externalId), type: 'chat' }, 2);
    await settle();
    expect(eventsOf(sink, 'receipt')).toEqual([
      expect.objectContaining({ externalId, deliveryId: message.id, status: 'delivered' }),
    ]);
  });
});

describe('what became of a sending', () => {
  it('is asked of the chat before it is tried again, also after a restart', async () => {
    const world = new FakeWorld('$1');
    const notes = new Map<string, string>();
    const first = await openChannel(world, { notes });
    const message = anOutbound();
    world.sending = 'silent';
    world.hangs = 'history';
    const sending = refusal(first.channel.send(message, soon()));
    await settle();
    first.clock.advance(20_000);
    expect((await sending).code).toBe('timed-out');
    world.hangs = 'nothing';
    await first.channel.stop();

    const second = await openChannel(world, { notes, clock: first.clock });
    await settle();
    expect(eventsOf(second.sink, 'own-message')).toEqual([]);
    const { externalId } = await second.channel.send(message, soon());
    expect([externalId, world.sent.length]).toEqual(['3EB00000000000000001', 1]);
  });

  it('is not raced by another try while the first is still on its way', async () => {
    const world = new FakeWorld('$1');
    const { channel } = await openChannel(world);
    const message = anOutbound();
    const [one, two] = await Promise.all([channel.send(message, soon()), channel.send(message, soon())]);
    expect([two.externalId, world.sent.length]).toEqual([one.externalId, 1]);
  });

  it('is not begun when there is no time left', async () => {
    const world = new FakeWorld('$1');
    const { channel } = await openChannel(world);
    const error = await refusal(channel.send(anOutbound(), AbortSignal.abort()));
    expect([error.code, world.sent.length]).toEqual(['timed-out', 0]);
  });

  it('is sent again where it never came into the chat', async () => {
    const world = new FakeWorld('$1');
    const { channel } = await openChannel(world);
    const message = anOutbound();
    world.sending = 'lost';
    expect((await refusal(channel.send(message, soon()))).code).toBe('unexpected-response');
    world.sending = 'ok';
    await channel.send(message, soon());
    expect(world.sent).toHaveLength(1);
  });

  it('does not take an equal text of another sending for its own', async () => {
    const world = new FakeWorld('$1');
    const { channel } = await openChannel(world);
    const one = await channel.send(anOutbound(), soon());
    world.sending = 'silent';
    const two = await channel.send(anOutbound(), soon());
    expect(two.externalId).not.toBe(one.externalId);
  });

  it('is a wait where the page is gone: the browser is started again', async () => {
    const world = new FakeWorld('$1');
    const { channel } = await openChannel(world);
    world.sending = 'gone';
    const error = await refusal(channel.send(anOutbound(), soon()));
    expect([error.code, error.retryable]).toEqual(['unreachable', true]);
    expect(channel.state()).toMatchObject({ state: 'reconnecting' });
  });

  it('is a wait where the page never answers', async () => {
    const world = new FakeWorld('$1');
    const { channel, clock } = await openChannel(world);
    world.client.receive(sara, { body: 'سؤال' });
    await settle();
    world.hangs = 'everything';
    const sending = refusal(channel.send(anOutbound(), soon()));
    await settle();
    clock.advance(25_000);
    expect((await sending).code).toBe('timed-out');
  });

  it.each([
    ['a number that is not on WhatsApp', anOutbound({ address: '966599999999@c.us' }), 'rejected'],
    ['an address that is none', anOutbound({ address: 'somebody' }), 'message-invalid'],
    ['an empty message', anOutbound({ text: '' }), 'message-invalid'],
    ['a text that is too long', anOutbound({ text: 'أ'.repeat(4_097) }), 'message-invalid'],
    [
      'a file that is too large',
      anOutbound({ attachments: [{ ...aFile('a', 'video/mp4'), bytes: 2 ** 25 }] }),
      'unsupported',
    ],
    ['a template', anOutbound({ template: { name: 'n', language: 'ar', parameters: [] } }), 'unsupported'],
    ['another inbox', anOutbound({ inboxId: 'email' }), 'config-invalid'],
  ] as const)('is final for %s', async (_, message, code) => {
    const world = new FakeWorld('$1');
    world.notOnWhatsapp.add('966599999999');
    const { channel } = await openChannel(world);
    const error = await refusal(channel.send(message, soon()));
    expect([error.code, error.retryable, world.sent.length]).toEqual([code, false, 0]);
  });

  it('is unreachable while the account is not linked', async () => {
    const world = new FakeWorld('$1');
    world.isLinked = false;
    const { channel } = await openChannel(world);
    expect((await refusal(channel.send(anOutbound(), soon()))).code).toBe('unreachable');
  });
});

describe('files', () => {
  it('go one by one, the words with the first that can carry them', async () => {
    const world = new FakeWorld('$1');
    const { channel, sink } = await openChannel(world);
    sink.openAttachment = async ({ id }) => ({ name: id, type: '', stream: Readable.from([Buffer.from('bytes')]) });
    const attachments = [aFile('letter.pdf', 'application/pdf'), aFile('picture.png', 'image/png')];
    const { externalId } = await channel.send(anOutbound({ attachments }), soon());
    expect(world.sent.map(({ content, options }) => [content, options.caption, options.sendMediaAsDocument])).toEqual([
      [{ type: 'application/pdf', base64: 'Ynl0ZXM=', name: 'letter.pdf', bytes: 5 }, 'وصلتنا رسالتك', true],
      [{ type: 'image/png', base64: 'Ynl0ZXM=', name: 'picture.png', bytes: 5 }, undefined, undefined],
    ]);
    expect(externalId).toBe('3EB00000000000000001');
    await settle();
    expect(eventsOf(sink, 'own-message')).toEqual([]);
  });

  it('that are gone are told of', async () => {
    const { channel } = await openChannel(new FakeWorld('$1'));
    const error = await refusal(channel.send(anOutbound({ attachments: [aFile('a.pdf', 'application/pdf')] }), soon()));
    expect([error.code, error.message]).toEqual([
      'message-invalid',
      'The file "a.pdf" is no longer there, so it was not sent.',
    ]);
  });

  it('do not carry words that are longer than a caption, nor does a voice note', () => {
    const long = 'أ'.repeat(1_025);
    const picture = aFile('p', 'image/png');
    expect(piecesOf({ text: long, attachments: [picture] }).map(({ text }) => text)).toEqual([long, '']);
    const voice = aFile('v', 'audio/ogg');
    expect(piecesOf({ text: 'صوت', attachments: [voice] })).toEqual([
      { text: 'صوت', file: null },
      { text: '', file: voice },
    ]);
  });
});

describe('the marks of a person at the phone', () => {
  it('are typing and reading, in the chat of the person', async () => {
    const world = new FakeWorld('_serialized');
    const { channel } = await openChannel(world);
    channel.typing?.({ address: sara, on: true, externalId: null });
    channel.typing?.({ address: sara, on: false, externalId: null });
    await channel.markRead?.({ address: sara, externalId: 'x' });
    await settle();
    expect([world.typed, world.seen]).toEqual([[`${sara} on`, `${sara} off`], [sara]]);
  });

  it('say how fast they may be', async () => {
    const { channel } = await openChannel(new FakeWorld('$1'), {
      values: { PER_MINUTE: '12', NEW_PEOPLE_PER_DAY: '5' },
    });
    expect(channel.capabilities.pace).toMatchObject({ perSecond: 0.2, startsPerDay: 5 });
    expect(channel.addressOf?.('+966512345678')).toBe(sara);
  });
});
