import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachments } from '../../../src/message/message.ts';
import { type OpenGateway, openGateway, type Tab } from './open-gateway.ts';

let wasl: OpenGateway;
let visitor: Tab;
beforeAll(async () => {
  wasl = await openGateway();
  visitor = await wasl.visit({ auth: { language: 'en' } });
});
afterAll(async () => {
  expect(wasl.faults).toEqual([]);
  await wasl.close();
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const megabyte = 1024 * 1024;

const formOf = (content: Uint8Array<ArrayBuffer> | string, name: string, type: string): FormData => {
  const form = new FormData();
  form.set('file', new File([content], name, { type }));
  return form;
};

const upload = (content: Uint8Array<ArrayBuffer> | string, name: string, type: string, tab = visitor) =>
  wasl.upload(formOf(content, name, type), tab.session.token);

interface Kept {
  id: string;
  name: string;
  type: string;
  bytes: number;
}

const kept = async (response: Response): Promise<Kept> => {
  expect(response.status).toBe(201);
  return (await response.json()) as Kept;
};

const fileOf = (id: string, token: string): Promise<Response> =>
  fetch(`${wasl.url}/web-chat/file?id=${encodeURIComponent(id)}&token=${encodeURIComponent(token)}`);

const expectRefused = async (response: Response, status: number, words: string): Promise<void> => {
  expect(response.status).toBe(status);
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  expect(error.message).toContain(words);
};

/** How many files the store holds, whether a message carries them or not. */
const countFiles = async (): Promise<number> => {
  const index = attachments.indexes[0]!;
  return wasl.gateway.store.count(attachments, { index: index.name, where: {} });
};

describe('an upload that cannot be taken', () => {
  it.each<[string, () => Promise<Response>, number, string]>([
    ['too large', () => upload(Buffer.alloc(11 * megabyte, png), 'large.png', 'image/png'), 413, '10 MB'],
    ['empty', () => upload('', 'empty.png', 'image/png'), 400, 'No file arrived'],
    [
      'a program with the name of a picture',
      () => upload(Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 'photo.png', 'image/png'),
      415,
      'not accepted',
    ],
    [
      'a large program',
      () => upload(Buffer.concat([Buffer.from('4d5a9000', 'hex'), Buffer.alloc(5 * megabyte)]), 'a.png', 'image/png'),
      415,
      'not accepted',
    ],
    [
      'a drawing that may hold scripts',
      () => upload('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'a.svg', 'image/svg+xml'),
      415,
      'not accepted',
    ],
    [
      'such a drawing under the name of a picture',
      () => upload('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'a.png', 'image/png'),
      415,
      'not accepted',
    ],
    ['a page', () => upload('<!doctype html><script>alert(1)</script>', 'a.html', 'text/html'), 415, 'not accepted'],
    ['a text that is none', () => upload(Buffer.from([0x61, 0x00, 0x62]), 'a.txt', 'text/plain'), 415, 'not accepted'],
    [
      'an archive',
      () => upload(Buffer.from('504b0506'.padEnd(44, '0'), 'hex'), 'a.zip', 'application/zip'),
      415,
      'not accepted',
    ],
    [
      'no multipart body',
      () => wasl.upload('hello', visitor.session.token, { 'content-type': 'text/plain' }),
      400,
      'No file arrived',
    ],
    [
      'a multipart body without a boundary',
      () => wasl.upload('hello', visitor.session.token, { 'content-type': 'multipart/form-data' }),
      400,
      'No file arrived',
    ],
    [
      'a multipart body that is cut off',
      () =>
        wasl.upload(
          '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhal',
          visitor.session.token,
          { 'content-type': 'multipart/form-data; boundary=x' },
        ),
      400,
      'No file arrived',
    ],
    [
      'fields but no file',
      () => {
        const form = new FormData();
        form.set('text', 'hello');
        return wasl.upload(form, visitor.session.token);
      },
      400,
      'No file arrived',
    ],
  ])('is refused with a sentence, and nothing of it is kept: %s', async (_name, send, status, words) => {
    const before = await countFiles();
    await expectRefused(await send(), status, words);
    expect(await countFiles()).toBe(before);
  });

  it('keeps nothing of one whose sender goes away in the middle', async () => {
    const before = await countFiles();
    const { hostname, port } = new URL(wasl.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /web-chat/files HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${visitor.session.token}\r\n` +
        'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000\r\n\r\n' +
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n',
    );
    socket.write(png);
    socket.write(Buffer.alloc(megabyte));
    await new Promise<void>((resolve) => socket.end(() => resolve()));
    socket.destroy();
    await kept(await upload(png, 'after.png', 'image/png'));
    expect(await countFiles()).toBe(before + 1);
  });
});

/** The head of an Ogg page whose first packet begins so. */
const oggOf = (packet: string): Buffer<ArrayBuffer> =>
  Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from(packet), Buffer.alloc(64)]);

describe('a voice note', () => {
  it.each<[string, Buffer<ArrayBuffer>, string, string]>([
    ['of a phone', oggOf('OpusHead'), 'audio/ogg; codecs=opus', 'audio/ogg'],
    ['in an older Ogg', oggOf('\u0001vorbis'), 'audio/ogg', 'audio/ogg'],
    ['in WAV', Buffer.from('RIFF\u0024\0\0\0WAVEfmt \u0010\0\0\0', 'latin1'), 'audio/wav', 'audio/wav'],
    ['in AMR', Buffer.from('#!AMR\n'.padEnd(64, '\0')), 'audio/amr', 'audio/amr'],
  ])('%s is taken', async (_name, bytes, claimed, type) => {
    expect((await kept(await upload(bytes, 'voice', claimed))).type).toBe(type);
  });
});

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd.png', 'passwd.png'],
    ['C:\\Users\\a\\photo.png', 'photo.png'],
    ['..', 'file'],
    ['/', 'file'],
    ['صورة القاعة.png', 'صورة القاعة.png'],
    ['gpj.\u202eexe.png', 'gpj.exe.png'],
    ['a'.repeat(500), 'a'.repeat(120)],
  ])('%j becomes %j', async (given, expected) => {
    const { id, name } = await kept(await upload(png, given, 'image/png'));
    expect(name).toBe(expected);
    const response = await fileOf(id, visitor.session.token);
    expect(response.headers.get('content-disposition')).toBe(
      `inline; filename*=UTF-8''${encodeURIComponent(expected)}`,
    );
  });

  it('with a script in it is told and served as text only', async () => {
    const name = '"><script>alert(1)</script>.png';
    const file = await kept(await upload(png, name, 'image/png'));
    const response = await fileOf(file.id, visitor.session.token);
    expect(response.headers.get('content-disposition')).not.toMatch(/[<>]/);
    expect(file.name).not.toContain('/');
  });
});

describe('a file that is served', () => {
  it('has the type of its own first bytes, and may run nothing', async () => {
    const { id, type } = await kept(await upload(png, 'photo.pdf', 'application/pdf'));
    expect(type).toBe('image/png');
    const response = await fileOf(id, visitor.session.token);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
  });

  it('is a download where a browser would show it as a page', async () => {
    const { id } = await kept(await upload('<script>alert(1)</script>', 'a.txt', 'text/plain'));
    const response = await fileOf(id, visitor.session.token);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment;/);
  });
});

describe("another visitor's file", () => {
  it('cannot be opened, and cannot be sent', async () => {
    const owner = await wasl.visit({ auth: { language: 'en' } });
    const stranger = await wasl.visit({ auth: { language: 'en' } });
    const { id } = await kept(await upload(png, 'private.png', 'image/png', owner));
    expect((await fileOf(id, stranger.session.token)).status).toBe(404);
    expect((await fileOf(id, 'v1.someone.else')).status).toBe(404);
    const { error } = await stranger.say('look', { attachmentIds: [id] });
    expect(error).toMatchObject({ code: 'invalid', message: expect.stringContaining('attach it again') });
    const sent = await owner.say('here', { attachmentIds: [id] });
    expect((await wasl.inboundBeside(sent.id ?? '')).flatMap((one) => one.attachments)).toMatchObject([{ id }]);
    expect((await fileOf(id, stranger.session.token)).status).toBe(404);
    expect((await fileOf(id, owner.session.token)).status).toBe(200);
  });

  it.each(['', 'no-such-file', '../../wasl.db', '%2e%2e%2f', '__proto__', 'x'.repeat(10_000)])(
    '%j is nobody’s',
    async (id) => {
      expect((await fileOf(id, visitor.session.token)).status).toBe(404);
    },
  );
});

describe('a file that is sent', () => {
  it('can be sent once, and shows in the other tab and after coming back', async () => {
    const tab = await wasl.visit();
    const other = await wasl.visit({ auth: { token: tab.session.token } });
    const { id } = await kept(await upload(png, 'قاعة.png', 'image/png', tab));
    const sent = await tab.send({ clientId: 'with-file', attachmentIds: [id] });
    expect(sent).toEqual({ id: expect.any(String) });
    expect(await tab.send({ clientId: 'with-file', attachmentIds: [id] })).toEqual(sent);
    expect((await tab.say('مرة أخرى', { attachmentIds: [id] })).error?.code).toBe('invalid');
    const file = [
      { id, name: 'قاعة.png', type: 'image/png', bytes: png.length, url: expect.stringContaining('/web-chat/file?') },
    ];
    const back = await wasl.visit({ auth: { token: tab.session.token } });
    await expect.poll(() => back.got.find((one) => one.id === sent.id)?.attachments).toEqual(file);
    await expect.poll(() => other.got.find((one) => one.id === sent.id)?.attachments).toEqual(file);
  });

  it('twice in one message is carried once', async () => {
    const tab = await wasl.visit();
    const { id } = await kept(await upload(png, 'a.png', 'image/png', tab));
    const sent = await tab.say('مرتان', { attachmentIds: [id, id] });
    expect((await wasl.inboundBeside(sent.id ?? '')).flatMap((one) => one.attachments)).toMatchObject([{ id }]);
  });
});

describe('many uploads', () => {
  it('are asked to wait, politely and with a time, and nothing of theirs is kept', async () => {
    const limited = await openGateway({ rateLimits: 'on' });
    try {
      const tab = await limited.visit({ auth: { language: 'en' } });
      const all = await Promise.all(
        Array.from({ length: 30 }, () => limited.upload(formOf(png, 'a.png', 'image/png'), tab.session.token)),
      );
      const refused = all.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThanOrEqual(15);
      expect(await refused[0]!.json()).toEqual({
        error: {
          code: 'rate-limited',
          message: expect.stringContaining('Please wait'),
          retryAfterMs: expect.any(Number),
        },
      });
    } finally {
      await limited.close();
    }
  });
});
