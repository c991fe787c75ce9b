import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import wweb, { type Chat, type Client, type Message, type Reaction } from 'whatsapp-web.js';
import { giveIdsTheirOldName } from '../../../channels/whatsapp-web/guard.ts';
import { type Clients, makeClients, next } from '../../fakes/whatsapp-web/client.ts';
import { type FakeWhatsapp, findBrowser, openWhatsapp } from '../../fakes/whatsapp-web/open-whatsapp.ts';
import type { WhatsappPhone } from '../../fakes/whatsapp-web/phone.ts';
import type { Shape } from '../../fakes/whatsapp-web/wire.ts';

const person = '966512345678@c.us';
const sara = { phone: '966512345678', lid: '200000000000002', name: 'سارة', lidKnown: true };

/** Whether a browser starts here at all; the reason is printed where none does. */
const browser = await findBrowser();

const shapes: Shape[] = ['_serialized', '$1', '$1 everywhere'];

describe.skipIf(!browser).each(shapes)('the page with ids in %s', (shape) => {
  let whatsapp: FakeWhatsapp;
  let phone: WhatsappPhone;
  let clients: Clients;
  let client: Client;

  beforeAll(async () => {
    whatsapp = await openWhatsapp(shape, { people: [sara] });
    phone = whatsapp.phone;
    clients = makeClients(whatsapp, browser!, giveIdsTheirOldName);
    client = await clients.ready();
  });
  afterAll(async () => {
    await clients?.close();
    await whatsapp?.close();
  });

  it('is ready after the code was scanned', async () => {
    expect(await client.getState()).toBe('CONNECTED');
    expect(client.info.wid.user).toBe('966500000001');
    expect(client.info.pushname).toBe('الجهة');
  });

  it('says each message once, with its ids', async () => {
    const heard = next<[Message]>(client, 'message');
    const id = await phone.receive({ from: person, text: 'السلام عليكم' });
    const [message] = await heard;
    expect(message).toMatchObject({ body: 'السلام عليكم', from: person, type: 'chat', fromMe: false });
    expect(message.id).toMatchObject({ id, remote: person, _serialized: `false_${person}_${id}` });
  });

  it('sends, quotes and hears of the way of what was sent', async () => {
    const quoted = await phone.receive({ from: person, text: 'متى تفتحون؟' });
    const acks: number[] = [];
    client.on('message_ack', (_message: Message, ack: number) => acks.push(ack));
    const sent = await client.sendMessage(person, 'من الثامنة', {
      quotedMessageId: `false_${person}_${quoted}`,
      sendSeen: false,
    });
    expect(phone.sent.at(-1)).toMatchObject({ chat: person, text: 'من الثامنة', type: 'chat', quoted });
    expect(sent.id._serialized).toBe(`true_${person}_${phone.sent.at(-1)!.id}`);
    await phone.ack(sent.id.id, 2);
    await phone.ack(sent.id.id, 3);
    await expect.poll(() => acks).toEqual([1, 2, 3]);
  });

  it('sends a file with its bytes', async () => {
    const bytes = Buffer.from('%PDF-1.4 نص');
    const media = new wweb.MessageMedia('application/pdf', bytes.toString('base64'), 'إفادة.pdf');
    await client.sendMessage(person, media, { caption: 'الإفادة', sendMediaAsDocument: true, sendSeen: false });
    expect(phone.sent.at(-1)).toMatchObject({ type: 'document', text: 'الإفادة', media: { filename: 'إفادة.pdf' } });
    expect(phone.sent.at(-1)!.media!.bytes.equals(bytes)).toBe(true);
  });

  it('gives the bytes of a file, and nothing where they have expired', async () => {
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    const there = next<[Message]>(client, 'message');
    await phone.receive({ from: person, text: 'صورة', media: { mimetype: 'image/jpeg', bytes } });
    const [picture] = await there;
    expect(picture).toMatchObject({ type: 'image', hasMedia: true, body: 'صورة', rawData: { size: bytes.length } });
    const media = await picture.downloadMedia();
    expect(media.mimetype).toBe('image/jpeg');
    expect(Buffer.from(media.data, 'base64').equals(bytes)).toBe(true);

    const gone = next<[Message]>(client, 'message');
    await phone.receive({ from: person, type: 'ptt', media: { mimetype: 'audio/ogg', bytes, state: 'expired' } });
    const [voice] = await gone;
    expect(voice.type).toBe('ptt');
    expect(await voice.downloadMedia()).toBeUndefined();

    const late = next<[Message]>(client, 'message');
    await phone.receive({ from: person, media: { mimetype: 'video/mp4', bytes, state: 'reuploading' } });
    expect(await (await late)[0].downloadMedia()).toBeUndefined();
  });

  it('lists chats and gives what was said in them', async () => {
    const quiet = '966555555555@c.us';
    for (let number = 0; number < 40; number += 1)
      await phone.receiveUnseen({ from: quiet, text: `رسالة ${number}`, at: 1_700_000_000 + number });
    const chats = await client.getChats();
    const chat = chats.find(({ id }) => id.user === '966555555555') as Chat;
    expect(chat).toMatchObject({ unreadCount: 40, timestamp: 1_700_000_039, isGroup: false });
    expect(chat.id._serialized).toBe(quiet);
    const messages = await chat.fetchMessages({ limit: 30, fromMe: false });
    expect(messages.map(({ body }) => body).sort()).toEqual(
      Array.from({ length: 30 }, (_, index) => `رسالة ${index + 10}`).sort(),
    );
    expect(new Set(messages.map(({ id }) => id._serialized)).size).toBe(30);
  });

  it('delivers groups, status and channels by the same event', async () => {
    const from: string[] = [];
    const take = (message: Message) => from.push(`${message.from} ${message.author ?? ''} ${message.isStatus}`);
    client.on('message', take);
    await phone.receive({ from: '120363000000000001@g.us', author: person, text: 'في المجموعة' });
    await phone.receive({ from: 'status@broadcast', author: person, text: 'حالة' });
    await phone.receive({ from: '120363000000000002@newsletter', text: 'قناة' });
    await expect.poll(() => from.length).toBe(3);
    client.off('message', take);
    expect(from).toEqual([
      `120363000000000001@g.us ${person} false`,
      `status@broadcast ${person} true`,
      '120363000000000002@newsletter  false',
    ]);
    const groups = (await client.getChats()).filter(({ isGroup }) => isGroup);
    expect(groups).toHaveLength(1);
  });

  it('says places, cards and kinds it does not know as they are', async () => {
    const heard: Message[] = [];
    const take = (message: Message) => heard.push(message);
    client.on('message', take);
    const place = { latitude: 24.7136, longitude: 46.6753, name: 'المقر', address: 'الرياض' };
    await phone.receive({ from: person, location: place });
    await phone.receive({ from: person, vcards: ['BEGIN:VCARD\nFN:أ\nEND:VCARD', 'BEGIN:VCARD\nFN:ب\nEND:VCARD'] });
    await phone.receive({ from: person, type: 'novel_kind', fields: { something: 1 } });
    await expect.poll(() => heard.length).toBe(3);
    client.off('message', take);
    expect(heard[0]!.location).toMatchObject({ latitude: 24.7136, name: 'المقر', address: 'الرياض' });
    expect(heard[1]!.vCards).toHaveLength(2);
    expect(heard[2]!.type).toBe('novel_kind');
  });

  it('says what is typed on the phone as created, and not as received', async () => {
    const received: string[] = [];
    client.on('message', (message: Message) => received.push(message.body));
    const created = next<[Message]>(client, 'message_create');
    await phone.type({ to: person, text: 'أنا أجيب' });
    const [message] = await created;
    expect(message).toMatchObject({ fromMe: true, to: person, body: 'أنا أجيب' });
    expect(received).toEqual([]);
  });

  it('says edits, deletions and reactions', async () => {
    const id = await phone.receive({ from: person, text: 'خطا' });
    const edited = next<[Message, string, string]>(client, 'message_edit');
    await phone.edit(id, 'خطأ');
    expect((await edited).slice(1)).toEqual(['خطأ', 'خطا']);

    const reacted = next<[Reaction]>(client, 'message_reaction');
    await phone.react(id, '👍');
    const [reaction] = await reacted;
    expect(reaction).toMatchObject({ reaction: '👍', msgId: { id } });

    const revoked = next<[Message, Message | undefined]>(client, 'message_revoke_everyone');
    await phone.revoke(id);
    const [after, before] = await revoked;
    expect(after).toMatchObject({ type: 'revoked', id: { id } });
    expect(before?.body).toBe('خطأ');
  });

  it('reads a message that could not be read at first when its key comes', async () => {
    const unread = next<[Message]>(client, 'message_ciphertext');
    const id = await phone.receive({ from: person, type: 'ciphertext' });
    await unread;
    const read = next<[Message]>(client, 'message');
    await phone.decrypt(id, 'وصلت الآن');
    expect((await read)[0]).toMatchObject({ body: 'وصلت الآن', type: 'chat', id: { id } });
  });

  it('knows who is on WhatsApp, and joins the hidden id with the phone', async () => {
    await phone.addPerson({ phone: '966500000009', lid: '900000000000009' });
    await phone.addPerson({ phone: '966500000008', registered: false });
    await phone.addPerson({ lid: '700000000000007', hidesPhone: true });
    await expect(client.sendMessage('966500000009@c.us', 'تحية', { sendSeen: false })).rejects.toThrow(
      'No LID for user',
    );
    expect(await client.getNumberId('966500000008')).toBeNull();
    expect(await client.getNumberId('966500000009')).toMatchObject({ user: '966500000009', server: 'c.us' });
    await client.sendMessage('966500000009@c.us', 'تحية', { sendSeen: false });
    expect(phone.sent.at(-1)).toMatchObject({ chat: '966500000009@c.us', text: 'تحية' });
    expect(await client.getContactLidAndPhone(['900000000000009@lid', '700000000000007@lid'])).toEqual([
      { lid: '900000000000009@lid', pn: '966500000009@c.us' },
      { lid: '700000000000007@lid' },
    ]);
  });

  it('answers in the chat of a hidden id', async () => {
    const heard = next<[Message]>(client, 'message');
    await phone.receive({ from: '300000000000003@lid', text: 'مرحبا' });
    const [message] = await heard;
    await message.reply('أهلاً', undefined, { sendSeen: false });
    expect(phone.sent.at(-1)).toMatchObject({ chat: '300000000000003@lid', quoted: message.id.id });
    expect((await message.getContact()).number).toBe('300000000000003');
  });

  it('says calls, deletions on the account alone and a second sync', async () => {
    const rung = next<[{ from: unknown }]>(client, 'call');
    await phone.call(person);
    expect((await rung)[0].from).toMatchObject({ user: '966512345678' });

    const removed = next<[Message]>(client, 'message_revoke_me');
    const id = await phone.receive({ from: person, text: 'عابرة' });
    await phone.remove(id);
    expect((await removed)[0]).toMatchObject({ body: 'عابرة', id: { id } });

    const again = next(client, 'ready');
    await phone.resync();
    await again;
  });

  it('marks as read and shows typing', async () => {
    const chat = await client.getChatById(person);
    await chat.sendStateTyping();
    await chat.clearState();
    await client.sendSeen(person);
    await expect.poll(() => phone.typing.map(({ state }) => state)).toEqual(['typing', 'stop']);
    expect(phone.seen).toContain(person);
  });

  it('edits, deletes and reacts to what is there', async () => {
    const sent = await client.sendMessage(person, 'أولى', { sendSeen: false });
    await sent.edit('أخيرة');
    await sent.react('👍');
    await sent.delete(true);
    expect(phone.edits.at(-1)).toEqual({ id: sent.id.id, text: 'أخيرة' });
    expect(phone.reactions.at(-1)).toEqual({ id: sent.id.id, reaction: '👍' });
    expect(phone.revocations.at(-1)).toEqual({ id: sent.id.id, everyone: true });
  });

  it('is ready again after a reload, and what came meanwhile is there without an event', async () => {
    const texts: string[] = [];
    client.on('message', (message: Message) => texts.push(message.body));
    const again = next(client, 'ready');
    await phone.reload();
    await again;
    await phone.receiveUnseen({ from: person, text: 'في الغياب' });
    const chat = await client.getChatById(person);
    const bodies = (await chat.fetchMessages({ limit: 50 })).map(({ body }) => body);
    expect(bodies).toContain('في الغياب');
    expect(bodies).toContain('السلام عليكم');
    const live = next(client, 'message');
    await phone.receive({ from: person, text: 'بعد العودة' });
    await live;
    expect(texts).toEqual(['بعد العودة']);
  });

  it('needs no code in a new browser of the same profile', async () => {
    await client.destroy();
    await phone.receive({ from: person, text: 'والمتصفح مغلق' });
    let codes = 0;
    client = clients.make();
    client.on('qr', () => (codes += 1));
    const isReady = next(client, 'ready');
    await client.initialize();
    await isReady;
    expect(codes).toBe(0);
    const chat = await client.getChatById(person);
    expect(chat.lastMessage.body).toBe('والمتصفح مغلق');
  });

  it('says that it was unlinked, and shows a code again', async () => {
    const reason = next<[string]>(client, 'disconnected');
    const code = next<[string]>(client, 'qr');
    await phone.logout();
    expect(await reason).toEqual(['LOGOUT']);
    expect((await code)[0]).toContain('2@');
  });
});
