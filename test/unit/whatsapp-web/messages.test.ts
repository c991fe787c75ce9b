import { describe, expect, it } from 'vitest';
import { asMessage, FakeWorld, shapes } from './fake-client.ts';
import { eventsOf, openChannel, settle } from './open-channel.ts';

const sara = '966512345678@c.us';
const hidden = '200000000000007@lid';

describe.each(shapes)('what people write, with ids as %s', (shape) => {
  it('comes as one message with address, hidden id and number', async () => {
    const world = new FakeWorld(shape);
    world.lids.set('966512345678', '200000000000007');
    const { sink } = await openChannel(world);
    world.client.receive(sara, { id: '3EB0AA', body: 'السلام عليكم', notifyName: 'سارة' });
    await settle();
    expect(eventsOf(sink, 'message')).toEqual([
      expect.objectContaining({
        inboxId: 'whatsapp-web',
        externalId: '3EB0AA',
        address: sara,
        identity: hidden,
        phone: '+966512345678',
        conversationKey: sara,
        displayName: 'سارة',
        kind: 'text',
        text: 'السلام عليكم',
        sentAt: '2026-11-22T08:00:00.000Z',
        automated: 'none',
      }),
    ]);
  });

  it('is the same person under the hidden id and under the number', async () => {
    const world = new FakeWorld(shape);
    world.lids.set('966512345678', '200000000000007');
    const { sink } = await openChannel(world);
    world.client.receive(sara, { body: 'أولاً' });
    world.client.receive(hidden, { body: 'ثانيًا' });
    await settle();
    const [one, two] = eventsOf(sink, 'message');
    expect([two?.address, two?.identity, two?.phone]).toEqual([one?.address, one?.identity, one?.phone]);
  });

  it('has the hidden id as its address where the number is not known', async () => {
    const world = new FakeWorld(shape);
    const { sink } = await openChannel(world);
    world.client.receive(hidden, { body: 'مرحبًا' });
    await settle();
    const [event] = eventsOf(sink, 'message');
    expect([event?.address, event?.identity, event?.phone]).toEqual([hidden, hidden, undefined]);
  });

  it('is left alone in groups, lists, channels, the status and notes to oneself', async () => {
    const world = new FakeWorld(shape);
    const { sink } = await openChannel(world);
    for (const chat of [
      '1203@g.us',
      '99@broadcast',
      'status@broadcast',
      '1203@newsletter',
      '0@c.us',
      `${world.me}@c.us`,
    ])
      world.client.receive(chat, { body: 'هنا' });
    world.client.receive(sara, { body: 'حالة', isStatusV3: true });
    for (const type of ['e2e_notification', 'gp2', 'call_log', 'album', 'protocol', 'notification_template'])
      world.client.receive(sara, { type });
    await settle();
    expect(sink.events).toEqual([]);
  });

  it('names its file, which is fetched later', async () => {
    const world = new FakeWorld(shape);
    const { sink } = await openChannel(world);
    world.client.receive(sara, {
      id: '3EB0CC',
      type: 'image',
      body: '/9j/thumbnail',
      caption: 'صورة الطلب',
      directPath: '/p',
      mimetype: 'image/jpeg',
      size: 1234,
    });
    await settle();
    const [event] = eventsOf(sink, 'message');
    expect(event).toMatchObject({ kind: 'image', text: 'صورة الطلب' });
    expect(event?.attachments).toEqual([
      { reference: `false_${sara}_3EB0CC`, name: '', type: 'image/jpeg', bytes: 1234 },
    ]);
  });

  it('speaks of an earlier message when it is changed, deleted or reacted to', async () => {
    const world = new FakeWorld(shape);
    const { sink } = await openChannel(world);
    const raw = world.client.receive(sara, { id: '3EB0DD', body: 'الرقم 12' });
    const edited = { ...raw, body: 'الرقم 13', latestEditSenderTimestampMs: 1_795_334_400_000 };
    world.client.emit('message_edit', asMessage(edited), 'الرقم 13', 'الرقم 12');
    const key = world.key(false, sara, '3EB0DD');
    world.client.emit('message_reaction', {
      id: world.key(false, sara, '3EB0EE'),
      msgId: key,
      reaction: '👍',
      senderId: sara,
      timestamp: 1_795_334_401,
    });
    world.client.emit('message_revoke_everyone', asMessage({ ...raw, type: 'revoked', protocolMessageKey: key }));
    await settle();
    const told = eventsOf(sink, 'message').slice(1);
    expect(told.map(({ kind, text, refersTo }) => [kind, text, refersTo])).toEqual([
      ['edit', 'الرقم 13', '3EB0DD'],
      ['reaction', '👍', '3EB0DD'],
      ['deletion', '', '3EB0DD'],
    ]);
    expect(new Set(told.map(({ externalId }) => externalId)).size).toBe(3);
  });

  it('tells of calls, answers to polls and what can be seen on the phone only', async () => {
    const world = new FakeWorld(shape);
    const { sink } = await openChannel(world);
    world.client.emit('call', { id: 'C1', from: sara, timestamp: 1_795_334_400, isVideo: false, isGroup: false });
    world.client.emit('vote_update', {
      voter: sara,
      selectedOptions: [{ id: 0, name: 'نعم' }],
      interractedAtTs: 1_795_334_402_000,
      parentMsgKey: world.key(true, sara, '3EB0P'),
      parentMessage: asMessage({ id: world.key(true, sara, '3EB0P'), type: 'poll_creation', pollName: 'هل وصلت؟' }),
    });
    const shell = {
      id: world.key(false, sara, '3EB0V'),
      type: 'ciphertext',
      subtype: 'view_once_unavailable_fanout',
      from: sara,
    };
    world.client.emit('message_ciphertext', asMessage(shell));
    await settle();
    expect(eventsOf(sink, 'message').map(({ kind, detail, text }) => [kind, detail, text])).toEqual([
      ['notice', 'missed-call', ''],
      ['form', 'poll-vote', 'نعم'],
      ['unsupported', 'view-once', ''],
    ]);
  });

  it('leads to a changed address when the number changes', async () => {
    const world = new FakeWorld(shape);
    const { sink } = await openChannel(world);
    world.client.emit('contact_changed', {}, sara, '966511111111@c.us', true);
    await settle();
    expect(eventsOf(sink, 'address-change')).toEqual([
      expect.objectContaining({ from: sara, to: '966511111111@c.us', phone: '+966511111111' }),
    ]);
  });

  it('climbs by the marks of WhatsApp', async () => {
    const world = new FakeWorld(shape);
    const { sink } = await openChannel(world);
    const raw = { id: world.key(true, sara, '3EB0OUT'), to: sara, type: 'chat' };
    for (const ack of [0, 1, 2, 3, 4, -1, 77]) world.client.emit('message_ack', asMessage(raw), ack);
    world.client.emit('message_ack', asMessage({ id: world.key(true, '12@g.us', 'X'), type: 'chat' }), 3);
    await settle();
    expect(eventsOf(sink, 'receipt').map(({ externalId, status }) => [externalId, status])).toEqual([
      ['3EB0OUT', 'sent'],
      ['3EB0OUT', 'delivered'],
      ['3EB0OUT', 'read'],
      ['3EB0OUT', 'read'],
      ['3EB0OUT', 'failed'],
    ]);
  });
});

describe('what the account itself writes', () => {
  it('comes as our own when somebody typed it on the phone', async () => {
    const world = new FakeWorld('$1');
    const { sink } = await openChannel(world);
    world.client.receive(sara, { fromMe: true, body: 'سأتابع معكم بنفسي' });
    await settle();
    expect(eventsOf(sink, 'own-message')).toEqual([
      expect.objectContaining({ address: sara, text: 'سأتابع معكم بنفسي', kind: 'text' }),
    ]);
    expect(eventsOf(sink, 'message')).toEqual([]);
  });
});

describe('storing', () => {
  it('keeps the order within a chat, and tries what failed again before what came after it', async () => {
    const world = new FakeWorld('$1');
    const { sink, clock } = await openChannel(world);
    sink.fail(new Error('the disk is full'));
    for (const body of ['1', '2', '3']) world.client.receive(sara, { body });
    await settle();
    expect(sink.events).toEqual([]);
    sink.fail(null);
    clock.advance(1_000);
    await settle();
    expect(eventsOf(sink, 'message').map(({ text }) => text)).toEqual(['1', '2', '3']);
  });

  it('gives up what the core finds wrong, and goes on', async () => {
    const world = new FakeWorld('$1');
    const { sink, counted } = await openChannel(world);
    sink.fail(Object.assign(new Error('text: wrong'), { code: 'invalid' }));
    world.client.receive(sara, { body: '1' });
    await settle();
    sink.fail(null);
    world.client.receive(sara, { body: '2' });
    await settle();
    expect(counted).toContain('not-taken');
    expect(eventsOf(sink, 'message').map(({ text }) => text)).toEqual(['2']);
  });

  it('puts no number of a person and no words into a log line', async () => {
    const world = new FakeWorld('$1');
    const { sink, log, clock } = await openChannel(world);
    sink.fail(new Error('cannot write 966512345678'));
    world.client.receive(sara, { body: 'رقم الهوية 1012345678' });
    await settle();
    clock.advance(60_000);
    await settle();
    expect(log.length).toBeGreaterThan(0);
    for (const secret of ['966512345678', '1012345678', 'رقم الهوية', sara])
      expect(log.join('\n')).not.toContain(secret);
  });
});
