import { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';
import { afterEach, describe, expect, it } from 'vitest';
import { createPost, type Post } from '../../../channels/email/letter/post.ts';
import type { EmailSettings, MailServer } from '../../../channels/email/settings.ts';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { type FakeSmtpServer, type SmtpServerOptions, startSmtpServer } from '../../fakes/email/smtp-server.ts';
import { trustTestCertificate } from '../../fakes/email/test-certificate.ts';
import { aMessage, someDeps, someServer, someSettings } from '../../unit/email/letter/a-letter.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

interface Setup {
  server?: SmtpServerOptions;
  smtp?: Partial<MailServer>;
  settings?: Partial<EmailSettings>;
  accessToken?: () => Promise<string>;
  file?: () => Readable;
}

interface Together extends ReturnType<typeof someDeps> {
  server: FakeSmtpServer;
  post: Post;
  /** Sends one, with the default signal that never aborts. */
  send(message?: Partial<OutboundMessage>, signal?: AbortSignal): ReturnType<Post['send']>;
  failure(message?: Partial<OutboundMessage>): Promise<SendError>;
}

const aFile = (): Readable => Readable.from([Buffer.alloc(2_000_000, 'x')]);

async function setUp({
  server: options = {},
  smtp = {},
  settings = {},
  accessToken,
  file = aFile,
}: Setup = {}): Promise<Together> {
  const server = await startSmtpServer(options);
  const around = someDeps();
  const post = createPost({
    inboxId: 'email',
    settings: someSettings({ smtp: someServer({ port: server.port, ...smtp }), ...settings }),
    deps: around.deps,
    openFile: async ({ id }) => ({ name: id, type: 'text/plain', stream: file() }),
    ...(accessToken ? { accessToken } : {}),
  });
  endings.push(
    () => server.close(),
    () => post.stop(),
  );
  const send: Together['send'] = (message, signal = new AbortController().signal) =>
    post.send(aMessage(message), signal);
  const failure: Together['failure'] = async (message) => {
    const error = await send(message).catch((reason: unknown) => reason);
    if (!(error instanceof SendError)) throw new Error('it was sent, or failed in another way', { cause: error });
    return error;
  };
  return { ...around, server, post, send, failure };
}

const large = [{ id: 'f', name: 'f.txt', type: 'text/plain', bytes: 2_000_000 }];

describe('a letter that is sent', () => {
  it('arrives as it was composed, under the id of its delivery, and its very bytes are given back', async () => {
    const { server, send, post } = await setUp();
    const { result, raw } = await send();
    expect(result).toEqual({ externalId: '<q1w2e3r4t5y6u7i8o9p0_a-sdfg@example.org>', status: 'accepted' });
    expect(server.received.map(({ from, to }) => ({ from, to }))).toEqual([
      { from: 'care@example.org', to: ['sara@example.com'] },
    ]);
    expect(server.received[0]?.raw.equals(Buffer.from(raw))).toBe(true);
    expect((await simpleParser(server.received[0]?.raw ?? '')).messageId).toBe(result.externalId);
    expect(post.state()).toEqual({ state: 'connected', reason: null });
  });

  it('bears the same Message-ID at each try', async () => {
    const { server, send } = await setUp();
    const ids = [(await send()).result.externalId, (await send()).result.externalId];
    const received = await Promise.all(server.received.map(async ({ raw }) => (await simpleParser(raw)).messageId));
    expect(new Set([...ids, ...received]).size).toBe(1);
  });

  it('asks to be told of failure and delay where the server knows how (RFC 3461)', async () => {
    const { server, send } = await setUp({ server: { dsn: true } });
    await send();
    expect(server.received[0]).toMatchObject({ envelopeId: aMessage().id, notify: ['FAILURE', 'DELAY'] });
  });

  it('goes over few connections that are used again', async () => {
    const { server, send } = await setUp();
    await Promise.all(Array.from({ length: 60 }, (_, index) => send({ id: `d${index}` })));
    expect(server.count()).toBe(60);
    expect(server.connections().made).toBeLessThanOrEqual(5);
  });

  it('takes its files along', async () => {
    const { server, send } = await setUp();
    await send({ attachments: large });
    const mail = await simpleParser(server.received[0]?.raw ?? '');
    expect(mail.attachments[0]?.content.equals(Buffer.alloc(2_000_000, 'x'))).toBe(true);
  });
});

describe('a file of a letter', () => {
  it('that cannot be read is named, and nothing is sent', async () => {
    const broken = () => new Readable({ read: (): void => void 0 }).destroy(new Error('disk'));
    const { failure, server, post } = await setUp({ file: broken });
    expect(await failure({ attachments: large })).toMatchObject({
      code: 'unexpected-response',
      message: 'The file "f.txt" could not be read.',
    });
    expect(server.connections().made).toBe(0);
    expect(post.state().state).toBe('starting');
  });

  it('that comes without end is waited for only until the time is over', async () => {
    const endless = new Readable({ read: () => undefined });
    const { send } = await setUp({ file: () => endless });
    const stop = new AbortController();
    const sending = send({ attachments: large }, stop.signal);
    sending.catch(() => undefined);
    await expect.poll(() => endless.listenerCount('readable') + endless.listenerCount('data')).toBeGreaterThan(0);
    stop.abort();
    await expect(sending).rejects.toMatchObject({ code: 'timed-out' });
    expect(endless.destroyed).toBe(true);
  });
});

const giving = (token: string) => (): Promise<string> => Promise.resolve(token);
const noToken = (): Promise<string> => Promise.reject(new Error('the token server said no'));

describe('signing in', () => {
  const credentials = { user: 'care', password: 'p@ss:w/rd', accessToken: 'token-1' };

  it.each([
    ['by password', { password: credentials.password }, undefined, 'PLAIN'],
    ['by access token', { password: '' }, giving('token-1'), 'XOAUTH2'],
  ] as const)('works %s', async (_name, given, accessToken, method) => {
    const { server, post, send } = await setUp({
      server: { credentials },
      smtp: { user: 'care', ...given },
      ...(accessToken ? { accessToken } : {}),
    });
    expect(await post.verify()).toEqual({ state: 'connected', reason: null });
    await send();
    expect(server.signIns).toEqual([method, method]);
    expect(server.count()).toBe(1);
  });

  it.each([
    ['a wrong password', { password: 'wrong' }, undefined],
    ['a wrong token', { password: '' }, giving('token-2')],
    ['no token to be had', { password: '' }, noToken],
    ['no credentials at all', { user: '', password: '' }, undefined],
  ] as const)('with %s is told apart from no answer, and the letter waits', async (_name, given, accessToken) => {
    const { post, failure, server, lines } = await setUp({
      server: { credentials },
      smtp: { user: 'care', ...given },
      ...(accessToken ? { accessToken } : {}),
    });
    const error = await failure();
    expect(error).toMatchObject({ code: 'unreachable', retryable: true });
    expect(post.state()).toEqual({ state: 'bad-credentials', reason: error.message });
    expect(server.count()).toBe(0);
    expect(JSON.stringify([lines, error.message])).not.toMatch(/sara|wrong|token-2|p@ss/);
  });

  it('that the server puts off is no fault of the password', async () => {
    const { server, post, failure } = await setUp({
      server: { credentials },
      smtp: { user: 'care', password: 'p@ss:w/rd' },
    });
    server.refuse({ at: 'sign-in', code: 454, text: 'Temporary authentication failure' });
    expect(await failure()).toMatchObject({ code: 'unreachable' });
    expect(post.state().state).toBe('reconnecting');
  });

  it('is verified without sending anything, and told apart from no answer', async () => {
    const { server, post } = await setUp({ server: { credentials }, smtp: { user: 'care', password: 'wrong' } });
    expect(await post.verify()).toMatchObject({ state: 'bad-credentials' });
    await server.close();
    expect(await post.verify()).toMatchObject({
      state: 'reconnecting',
      reason: expect.stringContaining('host and port'),
    });
    expect(server.count()).toBe(0);
  });
});

describe('encryption', () => {
  it('is there from the first byte for smtps', async () => {
    endings.push(trustTestCertificate());
    const { server, send } = await setUp({ server: { secure: true }, smtp: { host: 'localhost', secure: true } });
    await send();
    expect(server.count()).toBe(1);
  });

  // Written so, the name is not known as loopback, and reaches it.
  it('is begun by STARTTLS on any host but loopback', async () => {
    endings.push(trustTestCertificate());
    const { server, send } = await setUp({ server: { startTls: true }, smtp: { host: 'LOCALHOST' } });
    await send();
    expect(server.count()).toBe(1);
  });

  it('is never gone without: a server that offers none gets no letter', async () => {
    const { server, post, failure } = await setUp({ smtp: { host: 'LOCALHOST' } });
    expect((await failure()).message).toContain('STARTTLS');
    expect(post.state().state).toBe('reconnecting');
    expect(server.count()).toBe(0);
  });

  it.each([
    ['smtps', { secure: true }],
    ['STARTTLS', { host: 'LOCALHOST' }],
  ])('by a certificate that nobody vouches for is refused (%s)', async (_name, smtp) => {
    const { server, failure } = await setUp({ server: { secure: 'secure' in smtp, startTls: true }, smtp });
    expect(await failure()).toMatchObject({ code: 'unreachable', message: expect.stringContaining('certificate') });
    expect(server.count()).toBe(0);
  });
});

describe('a letter that is refused', () => {
  it.each([
    ['an unknown recipient', 'recipient', 550, '5.1.1 no such user sara@example.com', 'rejected'],
    ['a full mailbox', 'recipient', 552, '5.2.2 over quota', 'rejected'],
    ['a recipient put off', 'recipient', 450, '4.2.0 greylisted', 'throttled'],
    ['too many letters', 'sender', 451, '4.7.1 slow down', 'throttled'],
    ['the letter itself', 'data', 554, '5.7.1 spam', 'rejected'],
    ['the letter put off', 'data', 452, '4.3.1 disk full', 'throttled'],
    ['its size', 'data', 552, '5.3.4 too big', 'message-invalid'],
    ['our address', 'sender', 550, '5.7.1 sender not allowed', 'unreachable'],
    ['a sign-in that is asked for late', 'sender', 530, '5.7.0 authentication required', 'unreachable'],
    ['the server shutting down', 'recipient', 421, '4.3.2 shutting down', 'unreachable'],
    ['a greeting that is none', 'greeting', 554, 'no service here', 'unreachable'],
  ] as const)(
    'for %s fails as what it is, in a sentence without addresses',
    async (_name, at, code, text, expected) => {
      const { server, failure, lines } = await setUp();
      server.refuse({ at, code, text });
      const error = await failure();
      expect(error.code).toBe(expected);
      expect(error.providerCode).toContain(String(code));
      expect(error.message).toMatch(/^[A-Z].*\.$/);
      expect(JSON.stringify([error.message, lines])).not.toContain('sara@');
      expect(server.count()).toBe(0);
    },
  );

  it('goes out at the next try once the server takes it', async () => {
    const { server, failure, send, post } = await setUp();
    server.refuse({ at: 'data', code: 451, times: 1 });
    await failure();
    await send();
    expect(server.count()).toBe(1);
    expect(post.state().state).toBe('connected');
  });

  it('for its size is refused before it is sent where the server tells its limit', async () => {
    const { failure, server } = await setUp({ server: { maxBytes: 1_000_000 } });
    expect(await failure({ attachments: large })).toMatchObject({ code: 'message-invalid', retryable: false });
    expect(server.count()).toBe(0);
  });

  it.each(['', 'sara', 'a b@example.com', 'a@example.com, b@example.net', 'a@example.com\r\nRCPT TO:<b@example.net>'])(
    'for its address never reaches the server: %j',
    async (address) => {
      const { server, failure } = await setUp();
      expect((await failure({ address })).code).toBe('message-invalid');
      expect(server.connections().made).toBe(0);
    },
  );
});

describe('a copy', () => {
  const settings = { copyTo: ['head@example.org', 'office@example.org'] };

  it('goes with the letter, and one that is refused does not hold it back', async () => {
    const { server, send, lines } = await setUp({ settings });
    server.refuse({ at: 'recipient', recipient: 'head@example.org', code: 550, text: 'no head@example.org here' });
    await send();
    expect(server.received[0]?.to).toEqual(['sara@example.com', 'office@example.org']);
    expect(lines.map(({ message }) => message)).toEqual(['a copy was refused; the letter itself was sent']);
    expect(JSON.stringify(lines)).not.toContain('head@');
  });

  it('that was taken does not hide that the person was refused, and is not sent again with the next try', async () => {
    const { server, send, failure } = await setUp({ settings });
    server.refuse({ at: 'recipient', recipient: 'sara@example.com', code: 450, times: 1 });
    expect((await failure()).code).toBe('throttled');
    await send();
    expect(server.received.map(({ to }) => to)).toEqual([settings.copyTo, ['sara@example.com']]);
    server.refuse({ at: 'recipient', recipient: 'sara@example.com', code: 550 });
    expect((await failure({ id: 'another' })).code).toBe('rejected');
  });
});

describe('no answer', () => {
  it('is told where nothing listens', async () => {
    const { server, failure, post } = await setUp();
    await server.close();
    expect(await failure()).toMatchObject({ code: 'unreachable', retryable: true });
    expect(post.state()).toMatchObject({ state: 'reconnecting', reason: expect.stringContaining('host and port') });
  });

  it('is told where the name does not exist', async () => {
    const { failure } = await setUp({ smtp: { host: 'mail.invalid', secure: true } });
    expect(await failure()).toMatchObject({ code: 'unreachable' });
  });

  it.each(['greeting', 'recipient', 'data'] as const)('at %s ends when the time is over', async (stage) => {
    const { server, send } = await setUp();
    server.stall(stage);
    const stop = new AbortController();
    const sending = send({}, stop.signal);
    sending.catch(() => undefined);
    await expect.poll(() => server.connections().open).toBe(1);
    stop.abort();
    await expect(sending).rejects.toMatchObject({ code: 'timed-out', retryable: true });
    await expect.poll(() => server.connections().open).toBe(0);
  });

  it('is not waited for by a letter whose time was over before', async () => {
    const { server, send } = await setUp();
    await expect(send({}, AbortSignal.abort())).rejects.toMatchObject({ code: 'timed-out' });
    expect(server.connections().made).toBe(0);
  });

  it('of a connection that is cut is tried again by the outbox', async () => {
    const { server, send, post } = await setUp();
    server.stall('data', false);
    const sending = send();
    sending.catch(() => undefined);
    await expect.poll(() => server.connections().open).toBe(1);
    await expect.poll(() => server.atStall()).toBe(1);
    server.cut();
    await expect(sending).rejects.toMatchObject({ code: 'unreachable', retryable: true });
    expect(post.state().state).toBe('reconnecting');
    server.heal();
    await send();
    expect(post.state().state).toBe('connected');
    expect(server.count()).toBe(1);
  });
});

describe('stopping', () => {
  it('ends what is in hand, takes nothing new, and leaves no connection', async () => {
    const { server, send, post } = await setUp();
    const sendings = Array.from({ length: 20 }, (_, index) => send({ id: `d${index}` }));
    await Promise.all([post.stop(), ...sendings]);
    await post.stop();
    expect(server.count()).toBe(20);
    expect(post.state().state).toBe('stopped');
    await expect(send()).rejects.toMatchObject({ code: 'unreachable' });
    await expect.poll(() => server.connections().open).toBe(0);
  });

  it('does not wait for ever for a server that is silent', async () => {
    const { server, send, post, clock } = await setUp();
    server.stall('data');
    const sending = send();
    sending.catch(() => undefined);
    await expect.poll(() => server.atStall()).toBe(1);
    const stopping = post.stop();
    clock.advance(3_000);
    await stopping;
    await expect(sending).rejects.toMatchObject({ retryable: true });
  });
});
