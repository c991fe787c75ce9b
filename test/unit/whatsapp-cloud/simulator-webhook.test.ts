import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import { createReceiver } from '../../fakes/whatsapp-cloud/receiver.ts';
import { createWhatsappCloudSimulator, type WhatsappCloudOptions } from '../../fakes/whatsapp-cloud/simulator.ts';
import { newWamid, toWire } from '../../fakes/whatsapp-cloud/wire.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

const start = async (options: WhatsappCloudOptions = {}) => {
  const clock = createFakeClock('2026-11-01T08:00:00Z');
  const simulator = createWhatsappCloudSimulator({ clock, appSecret: 'a secret', ...options });
  const receiver = await createReceiver();
  const { baseUrl } = await simulator.start();
  simulator.connect(receiver.url);
  ends.push(simulator.stop, receiver.stop);
  const settings = simulator.settings();
  const send = async (body: object): Promise<void> => {
    const answer = await fetch(`${baseUrl}/${settings.WHATSAPP_CLOUD_PHONE_NUMBER_ID}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${settings.WHATSAPP_CLOUD_ACCESS_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', recipient_type: 'individual', ...body }),
    });
    expect(answer.status).toBe(200);
  };
  return { simulator, receiver, clock, send, sara: simulator.person({ phone: '966500000001', name: 'سارة' }) };
};

const sha256 = (secret: string, raw: Buffer): string =>
  `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;

// biome-ignore lint/suspicious/noExplicitAny: payloads are looked into by path
const valuesOf = (raw: Buffer): any[] =>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  JSON.parse(raw.toString()).entry.flatMap((entry: any) => entry.changes.map((change: any) => change.value));

describe('the bytes of a webhook', () => {
  it('are ASCII with escaped slashes, and mean the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const raw = toWire(value).toString('latin1');
        expect(raw).toMatch(/^[\0-\x7f]*$/);
        expect(raw).not.toMatch(/(?<!\\)\//);
        expect(JSON.parse(raw)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 50 },
    );
  });

  it('spell Arabic, emoji and addresses as Meta does', () => {
    expect(toWire({ body: 'سلام 👍 https://a.b/é' }).toString()).toBe(
      String.raw`{"body":"\u0633\u0644\u0627\u0645 \ud83d\udc4d https:\/\/a.b\/\u00e9"}`,
    );
  });

  it('are signed as they are, so that JSON written again does not match', async () => {
    const { simulator, receiver, sara } = await start();
    await simulator.deliver(sara.text('مرحبا'));
    const [post] = receiver.posts;
    expect(post?.signature).toBe(sha256('a secret', post?.raw ?? Buffer.alloc(0)));
    const again = Buffer.from(JSON.stringify(JSON.parse(post?.raw.toString() ?? '')));
    expect(sha256('a secret', again)).not.toBe(post?.signature);
  });

  it('can be unsigned, wrongly signed or garbled', async () => {
    const { simulator, receiver, sara } = await start();
    for (const signature of ['none', 'wrong', 'garbled'] as const)
      await simulator.deliver(sara.text('x'), { signature });
    expect(receiver.posts.map(({ signature }) => signature?.length ?? null)).toEqual([null, 71, 22]);
    expect(receiver.posts[1]?.signature).not.toBe(sha256('a secret', receiver.posts[1]?.raw ?? Buffer.alloc(0)));
  });

  it('carry message ids that never repeat', () => {
    const ids = Array.from({ length: 5000 }, () => newWamid('966500000001', 'in'));
    expect(new Set(ids).size).toBe(5000);
    expect(ids[0]).toMatch(/^wamid\.[A-Za-z0-9+/]+=*$/);
  });
});

describe('what people say', () => {
  it('arrives in the provider’s envelope', async () => {
    const { simulator, receiver, sara } = await start();
    await simulator.deliver(sara.text('مرحبا', { replyTo: 'wamid.before' }));
    const [value] = valuesOf(receiver.posts[0]?.raw ?? Buffer.alloc(0));
    expect(value).toMatchObject({
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '966112345678', phone_number_id: '106540352242922' },
      contacts: [{ profile: { name: 'سارة' }, wa_id: sara.phone, user_id: sara.userId }],
      messages: [
        {
          from: sara.phone,
          from_user_id: sara.userId,
          timestamp: '1793520000',
          type: 'text',
          text: { body: 'مرحبا' },
          context: { from: '966112345678', id: 'wamid.before' },
        },
      ],
    });
  });

  it('says no number of whoever hides it, and no user id as before 2026', async () => {
    const { simulator, receiver } = await start();
    await simulator.deliver(simulator.person({ userId: 'SA.123', name: 'خ', username: 'khalid' }).text('x'));
    await simulator.deliver(simulator.person({ phone: '966500000009', userIdHidden: true, name: 'ن' }).text('x'));
    const [hidden, old] = receiver.posts.map(({ raw }) => valuesOf(raw)[0]);
    expect(hidden.contacts).toEqual([{ profile: { name: 'خ', username: 'khalid' }, user_id: 'SA.123' }]);
    expect(hidden.messages[0]).not.toHaveProperty('from');
    expect(hidden.messages[0].from_user_id).toBe('SA.123');
    expect(old.contacts).toEqual([{ profile: { name: 'ن' }, wa_id: '966500000009' }]);
    expect(old.messages[0]).not.toHaveProperty('from_user_id');
  });

  it('comes in every kind, each with the object named by its type', async () => {
    const { simulator, receiver, sara } = await start();
    const file = { bytes: Buffer.from('x') };
    await simulator.deliver(
      [
        sara.text('x'),
        sara.image({ ...file, caption: 'صورة' }),
        sara.voice(file),
        sara.audio(file),
        sara.video(file),
        sara.document({ ...file, filename: 'أ.pdf' }),
        sara.sticker(file),
        sara.location({ latitude: 24.7, longitude: 46.7 }),
        sara.contacts([{ name: { formatted_name: 'x' } }]),
        sara.buttonReply({ id: 'a', title: 'نعم' }),
        sara.listReply({ id: 'a', title: 'نعم' }),
        sara.formReply({ rating: 5 }),
        sara.templateButton({ payload: 'p', text: 't' }),
        sara.reaction('wamid.x', '👍'),
        sara.reaction('wamid.x'),
        sara.edit('wamid.x', 'y'),
        sara.revoke('wamid.x'),
        sara.order([{ product_retailer_id: 'a', quantity: 1 }]),
        sara.changedNumber('966500000007'),
        sara.changedUserId('SA.9'),
        sara.changedIdentity(),
        sara.unsupported(),
        sara.requestWelcome(),
        sara.any('hologram', { hologram: { depth: 3 } }),
      ],
      { as: 'messages' },
    );
    const [value] = valuesOf(receiver.posts[0]?.raw ?? Buffer.alloc(0));
    expect(value.messages.map(({ type }: { type: string }) => type)).toEqual([
      'text',
      'image',
      'audio',
      'audio',
      'video',
      'document',
      'sticker',
      'location',
      'contacts',
      'interactive',
      'interactive',
      'interactive',
      'button',
      'reaction',
      'reaction',
      'edit',
      'revoke',
      'order',
      'system',
      'system',
      'system',
      'unsupported',
      'request_welcome',
      'hologram',
    ]);
    const bare = value.messages.filter(({ type, ...rest }: Record<string, unknown>) => !(String(type) in rest));
    expect(bare.map(({ type }: { type: string }) => type)).toEqual(['unsupported', 'request_welcome']);
    expect(value.messages[2].audio).toMatchObject({ voice: true, mime_type: 'audio/ogg; codecs=opus' });
    expect(value.messages[14].reaction).toEqual({ message_id: 'wamid.x' });
    expect(value.contacts).toHaveLength(1);
  });

  it.each([
    ['posts', 3, 1, 1, 1],
    ['entries', 1, 3, 3, 1],
    ['changes', 1, 1, 3, 1],
    ['messages', 1, 1, 1, 3],
  ] as const)('is packed as %s', async (as, posts, entries, changes, messages) => {
    const { simulator, receiver, sara } = await start();
    await simulator.deliver([sara.text('1'), sara.text('2'), sara.text('3')], { as });
    const [first] = receiver.posts;
    const body = JSON.parse(first?.raw.toString() ?? '');
    expect(receiver.posts).toHaveLength(posts);
    expect(body.entry).toHaveLength(entries);
    expect(valuesOf(first?.raw ?? Buffer.alloc(0))).toHaveLength(changes);
    expect(valuesOf(first?.raw ?? Buffer.alloc(0))[0].messages).toHaveLength(messages);
  });

  it('stands beside changes of other fields', async () => {
    const { simulator, receiver, sara } = await start();
    await simulator.deliver([sara.text('x'), simulator.changeTemplate('ticket_update', 'ar', 'PAUSED')], {
      as: 'changes',
    });
    const body = JSON.parse(receiver.posts[0]?.raw.toString() ?? '');
    expect(body.entry[0].changes.map(({ field }: { field: string }) => field)).toEqual([
      'messages',
      'message_template_status_update',
    ]);
  });

  it('can come twice, in reverse and late', async () => {
    const { simulator, receiver, sara, clock } = await start();
    const said = [sara.text('1'), sara.text('2')];
    expect(
      simulator.webhook.pack(said, { order: 'reversed' }).map(({ raw }) => valuesOf(raw)[0].messages[0].text.body),
    ).toEqual(['2', '1']);
    const late = simulator.deliver(said[0] ?? [], { times: 2, delayMs: 5000 });
    expect(receiver.posts).toHaveLength(0);
    clock.advance(5000);
    await late;
    expect(receiver.posts).toHaveLength(2);
    expect(receiver.posts[0]?.raw.equals(receiver.posts[1]?.raw ?? Buffer.alloc(0))).toBe(true);
  });

  it('is posted again with longer and longer waits until it is answered with 200', async () => {
    const { simulator, receiver, sara, clock } = await start({ retryDelaysMs: [1000, 4000] });
    receiver.answerNext(500, 503);
    const [first] = await simulator.deliver(sara.text('x'));
    expect(first?.status).toBe(500);
    await vi.waitFor(() => expect(simulator.isQuiet()).toBe(false));
    clock.advance(1000);
    await vi.waitFor(() => expect(receiver.posts).toHaveLength(2));
    await vi.waitFor(() => expect(simulator.webhook.pending()).toBe(1));
    clock.advance(3999);
    expect(receiver.posts).toHaveLength(2);
    clock.advance(1);
    await vi.waitFor(() => expect(receiver.posts).toHaveLength(3));
    await vi.waitFor(() => expect(simulator.isQuiet()).toBe(true));
    expect(new Set(receiver.posts.map(({ raw }) => raw.toString())).size).toBe(1);
  });

  it('does not try a refused forgery again', async () => {
    const { simulator, receiver, sara } = await start({ retryDelaysMs: [0] });
    receiver.answerNext(401);
    await simulator.deliver(sara.text('x'), { signature: 'wrong' });
    expect(simulator.isQuiet()).toBe(true);
    expect(receiver.posts).toHaveLength(1);
  });

  it('begins with a handshake', async () => {
    const { simulator } = await start();
    expect(await simulator.handshake('token', '42')).toMatchObject({ status: 200, body: '42' });
  });
});

describe('receipts', () => {
  const text = { to: '966500000001', type: 'text', text: { body: 'x' }, biz_opaque_callback_data: 'msg_7' };

  it('climb by themselves and bring our own mark back', async () => {
    const { simulator, receiver, sara, send, clock } = await start({
      receipts: { statuses: ['sent', 'delivered', 'read'], afterMs: [10, 20, 30] },
    });
    await simulator.deliver(sara.text('x'));
    await send(text);
    clock.advance(30);
    await vi.waitFor(() => expect(receiver.posts).toHaveLength(4));
    const statuses = receiver.posts.slice(1).map(({ raw }) => valuesOf(raw)[0].statuses[0]);
    expect(statuses.map(({ status }) => status).sort()).toEqual(['delivered', 'read', 'sent']);
    expect(statuses[0]).toMatchObject({
      id: simulator.sent[0]?.wamid,
      recipient_id: sara.phone,
      recipient_user_id: sara.userId,
      biz_opaque_callback_data: 'msg_7',
    });
  });

  it('can come in any order, packed together, and fail with a code', async () => {
    const { simulator, receiver, sara, send } = await start({ receipts: null });
    await simulator.deliver(sara.text('x'));
    await send(text);
    const [message] = simulator.sent;
    if (!message) throw new Error('nothing was sent');
    await simulator.deliver(
      [
        simulator.receipt(message, 'read'),
        simulator.receipt(message, 'sent'),
        simulator.receipt(message, 'failed', 131026),
      ],
      { as: 'messages' },
    );
    const [value] = valuesOf(receiver.posts[1]?.raw ?? Buffer.alloc(0));
    expect(value.statuses.map(({ status }: { status: string }) => status)).toEqual(['read', 'sent', 'failed']);
    expect(value.statuses[2].errors[0]).toMatchObject({
      code: 131026,
      title: 'Message undeliverable',
      error_data: { details: expect.any(String) },
    });
  });

  it('say the user id alone where the message went to it', async () => {
    const { simulator, receiver, send } = await start({ receipts: { statuses: ['sent'], afterMs: [0] } });
    const hidden = simulator.person({ userId: 'SA.123', name: 'خ' });
    await simulator.deliver(hidden.text('x'));
    await send({ ...text, to: undefined, recipient: 'SA.123' });
    simulator.setReceipts(null);
    await simulator.deliver(simulator.receipt(simulator.sent[0]!, 'delivered'));
    const [status] = valuesOf(receiver.posts.at(-1)?.raw ?? Buffer.alloc(0))[0].statuses;
    expect(status).toMatchObject({ recipient_user_id: 'SA.123' });
    expect(status).not.toHaveProperty('recipient_id');
  });
});
