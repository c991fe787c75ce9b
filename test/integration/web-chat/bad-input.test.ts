import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countInbound, type OpenGateway, openGateway, type Tab } from './open-gateway.ts';

let wasl: OpenGateway;
beforeAll(async () => {
  wasl = await openGateway();
});
afterAll(async () => {
  await wasl.close();
});

/** The server still takes messages, of this tab and of everybody, and had no trouble of its own. */
async function expectAllIsWell(tab?: Tab): Promise<void> {
  for (const one of [tab ?? (await wasl.visit()), await wasl.visit()]) {
    expect(await one.say('السلام عليكم')).toEqual({ id: expect.any(String) });
  }
  expect(wasl.faults).toEqual([]);
}

/** The one message that a visitor's tab has stored. */
const onlyStored = async (id: string | undefined) => {
  const found = await wasl.inboundBeside(id ?? '');
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe('texts that say nothing', () => {
  it.each([
    ['no text at all', undefined],
    ['an empty text', ''],
    ['blanks and line breaks', ' \n\t  \r\n'],
  ])('refuses %s with a sentence, and stores nothing', async (_name, text) => {
    const tab = await wasl.visit({ auth: { language: 'en' } });
    const before = await countInbound(wasl);
    const { error } = await tab.send({ clientId: 'nothing', text });
    expect(error).toEqual({
      code: 'invalid',
      message: 'The message is empty. Please write something or attach a file.',
    });
    expect(await countInbound(wasl)).toBe(before);
    await expectAllIsWell(tab);
  });

  it.each([
    ['emoji only', '😀👍🏽👨‍👩‍👧‍👦🇸🇦'],
    ['signs only', '؟!…'],
    ['zero-width characters only', '\u200b\u200c\u200d\u2060'],
    ['bidi overrides only', '\u202e\u202d\u202c'],
  ])('stores %s and answers it with a question instead of a guess', async (_name, text) => {
    const tab = await wasl.visit();
    const { id } = await tab.say(text);
    expect((await onlyStored(id)).text).not.toMatch(/[\u202a-\u202e]/);
    const [greeting, question] = await tab.answers(2);
    expect(greeting?.text).toContain('المساعد الآلي');
    expect(question?.text).toContain('اسمك');
    await expectAllIsWell(tab);
  });
});

describe('texts that are too much', () => {
  it('refuses a megabyte with the limit in the sentence, and stores nothing of it', async () => {
    const tab = await wasl.visit({ auth: { language: 'en' } });
    const before = await countInbound(wasl);
    const { error } = await tab.say('م'.repeat(512 * 1024));
    expect(error).toMatchObject({ code: 'invalid', message: expect.stringContaining('4000') });
    expect(await countInbound(wasl)).toBe(before);
    await expectAllIsWell(tab);
  });

  it('takes a text of exactly the limit, and not one letter more', async () => {
    const tab = await wasl.visit();
    expect((await tab.say('ن'.repeat(4001))).error?.code).toBe('invalid');
    const { id } = await tab.say('ن'.repeat(4000));
    expect((await onlyStored(id)).text).toHaveLength(4000);
  });

  it('closes the connection on eight megabytes, and goes on for everybody else', async () => {
    const tab = await wasl.visit();
    const gone = new Promise((resolve) => tab.socket.once('disconnect', resolve));
    tab.socket.emit('message', { clientId: 'flood', text: 'x'.repeat(8 * 1024 * 1024) });
    await gone;
    await expectAllIsWell();
  });
});

describe('characters that turn or hide a text', () => {
  it('takes overrides out and keeps the words', async () => {
    const tab = await wasl.visit();
    const { id } = await tab.say('قاعة \u202e12\u202c gpj.exe \u2067بلا إغلاق');
    expect((await onlyStored(id)).text).toBe('قاعة 12 gpj.exe بلا إغلاق');
  });

  it('keeps the joiners that emoji and Persian spelling need', async () => {
    const tab = await wasl.visit();
    const { id } = await tab.say('می\u200cخواهم 👨\u200d👩\u200d👧');
    expect((await onlyStored(id)).text).toBe('می\u200cخواهم 👨\u200d👩\u200d👧');
  });

  it('replaces half a character, and keeps what stands around it', async () => {
    const tab = await wasl.visit();
    const { id } = await tab.say('قبل \ud83d بعد\u0000.');
    expect((await onlyStored(id)).text).toBe('قبل \ufffd بعد.');
  });
});

/** A WebSocket without a library, so that it can break the rules: text frames of any bytes, masked as a client must. */
async function rawSocket(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const received: Buffer[] = [];
  let closed = false;
  socket.on('data', (chunk: Buffer) => void received.push(chunk));
  socket.on('close', () => {
    closed = true;
  });
  socket.on('error', () => undefined);
  const key = randomBytes(16).toString('base64');
  socket.write(
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  const text = (): string => Buffer.concat(received).toString('latin1');
  return {
    socket,
    until: (words: string) => expect.poll(text, { timeout: 5_000 }).toContain(words),
    untilClosed: () => expect.poll(() => closed, { timeout: 5_000 }).toBe(true),
    frame(payload: Buffer) {
      const mask = randomBytes(4);
      const length =
        payload.length < 126 ? [0x80 | payload.length] : [0xfe, payload.length >> 8, payload.length & 0xff];
      const masked = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
      socket.write(Buffer.concat([Buffer.from([0x81, ...length]), mask, masked]));
    },
  };
}

/** A visitor's client over plain HTTP requests, whose bodies the test writes byte by byte. */
async function rawPolling(url: string) {
  const base = `${url}/socket.io/?EIO=4&transport=polling`;
  const opened = await (await fetch(base)).text();
  const sid: string = JSON.parse(opened.slice(1)).sid;
  const post = async (body: Uint8Array<ArrayBuffer>): Promise<number> =>
    (await fetch(`${base}&sid=${sid}`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } })).status;
  return { post, poll: async (): Promise<string> => (await fetch(`${base}&sid=${sid}`)).text() };
}

describe('bytes that are no text', () => {
  it('closes a socket that sends invalid UTF-8, and stores nothing of it', async () => {
    const before = await countInbound(wasl);
    const raw = await rawSocket(wasl.url);
    await raw.until('"sid"');
    raw.frame(Buffer.from('40/web-chat,{}'));
    await raw.until('session');
    raw.frame(
      Buffer.concat([
        Buffer.from('42/web-chat,0["message",{"clientId":"u","text":"'),
        Buffer.from([0xc3, 0x28, 0xff]),
        Buffer.from('"}]'),
      ]),
    );
    await raw.untilClosed();
    expect(await countInbound(wasl)).toBe(before);
    await expectAllIsWell();
  });

  it('keeps the readable part of invalid UTF-8 that comes over HTTP', async () => {
    const raw = await rawPolling(wasl.url);
    expect(await raw.post(Buffer.from('40/web-chat,{}'))).toBe(200);
    let first = '';
    while (!first.includes('session')) first += await raw.poll();
    const body = [
      Buffer.from('42/web-chat,7["message",{"clientId":"u","text":"hall '),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(' 12"}]'),
    ];
    expect(await raw.post(Buffer.concat(body))).toBe(200);
    let heard = '';
    while (!heard.includes('43/web-chat,7')) heard += await raw.poll();
    const id = /43\/web-chat,7\[\{"id":"([^"]+)"/.exec(heard)?.[1];
    expect((await onlyStored(id)).text).toMatch(/^hall \ufffd+ 12$/);
    await expectAllIsWell();
  });

  it.each([
    ['no packet at all', 'GET / HTTP/1.1'],
    ['a broken packet', '42/web-chat,0["message",{"clientId":'],
    ['a packet of a type that does not exist', '49/web-chat,["message"]'],
    ['a place in another namespace', '42/no-such,0["message",{"clientId":"a","text":"b"}]'],
  ])('bears %s on the raw socket', async (_name, packet) => {
    const before = await countInbound(wasl);
    const raw = await rawSocket(wasl.url);
    await raw.until('"sid"');
    raw.frame(Buffer.from('40/web-chat,{}'));
    await raw.until('session');
    raw.frame(Buffer.from(packet));
    raw.socket.end();
    await raw.untilClosed();
    expect(await countInbound(wasl)).toBe(before);
    await expectAllIsWell();
  });
});

describe('payloads of a wrong shape', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 42],
    ['a text', 'السلام عليكم'],
    ['a list', [{ clientId: 'a', text: 'b' }]],
    ['bytes', Buffer.from('hello')],
    ['no client id', { text: 'hello' }],
    ['an empty client id', { clientId: '', text: 'hello' }],
    ['a client id that is a number', { clientId: 7, text: 'hello' }],
    ['a client id of a thousand letters', { clientId: 'a'.repeat(1000), text: 'hello' }],
    ['a text that is an object', { clientId: 'a', text: { toString: 'x' } }],
    ['attachments that are a text', { clientId: 'a', text: 'hello', attachmentIds: 'abc' }],
    ['more attachments than allowed', { clientId: 'a', text: 'hello', attachmentIds: ['1', '2', '3', '4', '5', '6'] }],
    ['a quick reply that is an object', { clientId: 'a', quickReplyId: {} }],
    ['a time of its own', { clientId: 'a', text: 'hello', sentAt: '1999-01-01T00:00:00.000Z' }],
    ['an author of its own', { clientId: 'a', text: 'hello', author: 'agent' }],
  ])('refuses %s with a sentence, and stores nothing', async (_name, payload) => {
    const tab = await wasl.visit({ auth: { language: 'en' } });
    const before = await countInbound(wasl);
    const { error } = await tab.send(payload);
    expect(error).toEqual({ code: 'invalid', message: expect.stringMatching(/^The message could not be read\./) });
    expect(await countInbound(wasl)).toBe(before);
    await expectAllIsWell(tab);
  });

  it('stores a message whose sender does not wait for an answer', async () => {
    const tab = await wasl.visit();
    tab.socket.emit('message', { clientId: 'no-callback', text: 'السلام عليكم' });
    tab.socket.emit('message', { clientId: 'callback-is-no-function', text: 'أحتاج إلى مساعدة' }, 'not a function');
    const { id } = await tab.say('شكراً');
    expect((await wasl.inboundBeside(id ?? '')).map(({ text }) => text)).toEqual([
      'السلام عليكم',
      'أحتاج إلى مساعدة',
      'شكراً',
    ]);
    expect(wasl.faults).toEqual([]);
  });

  it('takes no notice of events that do not exist, and of strange hints', async () => {
    const tab = await wasl.visit();
    const before = await countInbound(wasl);
    for (const event of ['session', 'delete', '__proto__', 'constructor']) tab.socket.emit(event, { all: true });
    for (const hint of [null, 'yes', { on: 'maybe' }, { on: {} }, []]) tab.socket.emit('typing', hint);
    await expectAllIsWell(tab);
    expect(await countInbound(wasl)).toBeLessThanOrEqual(before + 6);
  });

  it.each<[string, Record<string, unknown>]>([
    ['numbers', { token: 5, language: 7, inbox: {}, after: [] }],
    ['a language that is not spoken here', { language: 'tlh' }],
    ['very long texts', { after: 'x'.repeat(100_000), inbox: 'y'.repeat(100_000) }],
  ])('takes %s in the handshake as not said', async (_name, auth) => {
    const tab = await wasl.visit({ auth });
    expect(tab.session).toEqual({ token: expect.stringMatching(/^v1\./), conversationId: null });
    await expectAllIsWell(tab);
  });
});

describe('keys that reach for the prototype', () => {
  it.each([
    ['__proto__', '{"clientId":"p","text":"hello","__proto__":{"polluted":true}}'],
    ['constructor', '{"clientId":"p","text":"hello","constructor":{"prototype":{"polluted":true}}}'],
  ])('refuses %s in a message, and no object changes', async (_name, json) => {
    const tab = await wasl.visit();
    const before = await countInbound(wasl);
    const answer = await tab.send(JSON.parse(json));
    if (answer.error) expect(await countInbound(wasl)).toBe(before);
    else expect(Object.keys(await onlyStored(answer.id))).not.toContain('polluted');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    await expectAllIsWell(tab);
  });

  it('bears them in the handshake and as a client id', async () => {
    const tab = await wasl.visit({ auth: JSON.parse('{"__proto__":{"token":"x"},"constructor":{"prototype":{}}}') });
    const { id } = await tab.send({ clientId: '__proto__', text: 'السلام عليكم' });
    expect(await tab.send({ clientId: '__proto__', text: 'السلام عليكم' })).toEqual({ id });
    expect(({} as Record<string, unknown>).token).toBeUndefined();
    await expectAllIsWell(tab);
  });
});

describe('buttons that were never offered', () => {
  const throughIntake = async (): Promise<Tab> => {
    const tab = await wasl.visit();
    for (const text of ['السلام عليكم', 'سارة أحمد المحمد', 'كلية العلوم']) await tab.say(text);
    await tab.answers(4);
    return tab;
  };

  it('asks again for the category where the button names none of ours', async () => {
    const tab = await throughIntake();
    await tab.say('', { quickReplyId: 'category:<script>' });
    const said = await tab.answers(5);
    expect(said.at(-1)?.quickReplies?.map(({ id }) => id)).toContain('category:academic');
  });

  it("does not claim to change the type of a ticket that is not the visitor's", async () => {
    const owner = await throughIntake();
    await owner.say('', { quickReplyId: 'category:academic' });
    await owner.say('جهاز العرض في قاعة 12 مبنى 5 يصدر دخاناً منذ الصباح');
    const opened = (await owner.answers(6)).at(-1);
    const number = /\d{8,}/.exec(opened?.text ?? '')?.[0] ?? '';
    expect(number).not.toBe('');
    const stranger = await throughIntake();
    await stranger.say('', { quickReplyId: `change-type:${number}` });
    await stranger.say('', { quickReplyId: 'type:complaint' });
    await stranger.answers(6);
    expect(stranger.got.map(({ text }) => text).join('\n')).not.toContain(number);
    const ticket = (await (await wasl.api(`/tickets/${number}`)).json()) as { type: string };
    expect(ticket.type).not.toBe('complaint');
  });

  it.each([
    'article:no-such',
    'article:../../etc/passwd',
    'separate:x',
    'status:00000000',
    'helped:maybe',
    'type:boss',
    '\u0000',
  ])('bears %j', async (quickReplyId) => {
    const tab = await throughIntake();
    expect(await tab.say('', { quickReplyId })).toEqual({ id: expect.any(String) });
    await expectAllIsWell(tab);
  });
});

describe('scripts in names and texts', () => {
  const script = 'سارة <img src=x onerror="alert(1)"><script>alert(2)</script>';

  it('hands them to nobody as HTML', async () => {
    const tab = await wasl.visit();
    await tab.say('السلام عليكم');
    await tab.say(script);
    await tab.answers(3);
    await tab.say('{{ organisation }} {% raw %}');
    await tab.answers(4);
    const html = tab.got.map((message) => message.html ?? '').join('');
    expect(html).not.toMatch(/<script|<img|onerror/);
    expect(tab.got.filter(({ author }) => author === 'contact')).toEqual([]);
    await expectAllIsWell(tab);
  });

  it('keeps them as plain text, and the API gives them as JSON that no browser takes for a page', async () => {
    const tab = await wasl.visit();
    const { id } = await tab.say(script);
    const stored = await onlyStored(id);
    expect(stored).toMatchObject({ text: script, html: null });
    await tab.answers(2);
    const response = await wasl.api(`/conversations/${stored.conversationId}/messages`);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.json()).toMatchObject({ items: [{ text: script, html: null }, {}, {}] });
  });

  it('says a name back as it was understood, never as a template', async () => {
    const tab = await wasl.visit();
    await tab.say('السلام عليكم');
    await tab.say('{{ 7 | times: 7 }}');
    const said = await tab.answers(3);
    expect(said.map(({ text }) => text).join('\n')).not.toContain('49');
    await expectAllIsWell(tab);
  });
});
