import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join, resolve } from 'node:path';
import { Server, type Socket } from 'socket.io';
import { parse } from 'yaml';

const project = resolve(import.meta.dirname, '../..');
const mediaTypes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

export interface FakeAttachment {
  id: string;
  name: string;
  type: string;
  bytes: number;
  url: string;
}

export interface FakeMessage {
  id: string;
  direction: 'inbound' | 'outbound';
  author: 'contact' | 'assistant' | 'agent' | 'system';
  text: string;
  html?: string;
  quickReplies?: { id: string; title: string }[];
  attachments?: FakeAttachment[];
  at: string;
}

/** What a visitor's browser sends. */
export interface FakePayload {
  clientId: string;
  text?: string;
  quickReplyId?: string;
  attachmentIds?: string[];
}

interface Session {
  token: string;
  messages: FakeMessage[];
  byClientId: Map<string, string>;
  language: string;
}

export interface FakeError {
  code: string;
  message: string;
  retryAfterMs?: number;
}

/** How the assistant of the fake answers a visitor; gives nothing to stay silent. */
export type Answer = (payload: FakePayload, language: string) => (Partial<FakeMessage> & { text: string })[];

/** A web chat server in memory that speaks the public protocol, with switches to go wrong. */
export interface FakeWebChat {
  /** Where the widget and the chat are served. */
  origin: string;
  /** Another origin: a page with a strict policy that embeds the widget. Its query gives the widget's `data-` attributes. */
  hostPage(query?: Record<string, string>): string;
  /** Each payload that reached the server, repetitions included. */
  attempts: FakePayload[];
  /** The handshakes, one for each connection. */
  handshakes: Record<string, unknown>[];
  /** Files that were uploaded. */
  files: FakeAttachment[];
  /** Everything stored in all sessions, in order. */
  stored(): FakeMessage[];
  sessionCount(): number;
  /** The next acknowledgements are swallowed; the messages are stored. */
  dropAcks(count: number): void;
  /** The next message is refused so. */
  refuseNext(error: FakeError): void;
  /** Every acknowledgement comes this much later. */
  delayAcks(ms: number): void;
  /** Uploads are refused so until called without an error. */
  refuseUploads(error?: FakeError): void;
  answerWith(answer: Answer): void;
  /** Says something to all visitors. */
  say(message: Partial<FakeMessage> & { text: string }): FakeMessage[];
  typing(on: boolean): void;
  handledBy(by: 'assistant' | 'agent' | 'nobody'): void;
  delivery(messageId: string, status: string): void;
  /** Ends all connections, as a restarting server does (`hard` false: as a server that sends its visitors away). */
  disconnectAll(hard?: boolean): void;
  /** While set, no connection is let in. */
  refuseConnections(on: boolean): void;
  /** Tokens given so far are no longer known. */
  forgetSessions(): void;
  close(): Promise<void>;
}

const silent: Answer = () => [];

const readTexts = (language: string): Record<string, string> =>
  parse(readFileSync(join(project, `templates/widget.${language}.yaml`), 'utf8')) as Record<string, string>;

const facts = {
  ar: {
    name: 'جامعة المثال',
    unit: 'إدارة الخدمات التعليمية',
    hours: 'من الأحد إلى الخميس، من 7:30 ص إلى 2:30 م',
    notice:
      'نجمع الاسم والجهة ووسيلة التواصل ونص الطلب لغرض معالجته والرد عليه وتحسين الخدمة.\n\nلك الحق في الاطلاع على بياناتك وطلب تصحيحها أو حذفها وفق الأنظمة.',
  },
  en: {
    name: 'Example University',
    unit: 'Educational Services Department',
    hours: 'Sunday to Thursday, 7:30 am to 2:30 pm',
    notice:
      'We collect your name, entity, contact details and request in order to handle it, to answer you and to improve the service.\n\nYou may see your data and ask for it to be corrected or deleted.',
  },
};

function configOf(query: URLSearchParams): unknown {
  const language = query.get('lang') === 'en' ? 'en' : 'ar';
  const { name, unit, hours, notice } = facts[language];
  return {
    inbox: query.get('inbox') ?? 'web-chat',
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    name,
    unit,
    texts: readTexts(language),
    hours: { open: true, text: hours },
    files: { maxBytes: 1_000_000, accept: ['image/png', 'image/jpeg', 'application/pdf', 'text/plain'] },
    maxLength: 4000,
    privacy: { version: '2026-11-01', notice },
  };
}

function sendFile(response: ServerResponse, path: string): void {
  if (!existsSync(path)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'no-store',
  });
  createReadStream(path).pipe(response);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The first file of a multipart body; enough for what a browser sends with one field. */
function fileIn(body: Buffer): { name: string; type: string; content: Buffer } {
  const text = body.toString('latin1');
  const headerEnd = text.indexOf('\r\n\r\n');
  const boundary = text.slice(0, text.indexOf('\r\n'));
  const header = Buffer.from(text.slice(0, headerEnd), 'latin1').toString('utf8');
  return {
    name: /filename="([^"]*)"/.exec(header)?.[1] ?? 'file',
    type: /content-type:\s*(\S+)/i.exec(header)?.[1] ?? '',
    content: body.subarray(headerEnd + 4, text.lastIndexOf(`\r\n${boundary}`)),
  };
}

/** Starts the fake on free ports of the loopback. */
export async function startFakeWebChat(): Promise<FakeWebChat> {
  const sessions = new Map<string, Session>();
  const contents = new Map<string, { type: string; content: Buffer }>();
  const attempts: FakePayload[] = [];
  const handshakes: Record<string, unknown>[] = [];
  const files: FakeAttachment[] = [];
  let acksToDrop = 0;
  let refusal: FakeError | undefined;
  let uploadRefusal: FakeError | undefined;
  let ackDelayMs = 0;
  let isClosed = false;
  let answer: Answer = silent;
  let origin = '';
  let lastAt = Date.now();
  const nextAt = (): string => {
    lastAt = Math.max(lastAt + 1, Date.now());
    return new Date(lastAt).toISOString();
  };
  const json = (response: ServerResponse, status: number, value: unknown): void => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization',
    });
    response.end(JSON.stringify(value));
  };

  async function upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const body = await bodyOf(request);
    const unknown = sessions.has(token) ? undefined : { code: 'unauthorized', message: 'unknown token' };
    if (unknown || uploadRefusal) {
      json(response, unknown ? 401 : 400, { error: unknown ?? uploadRefusal });
      return;
    }
    const { name, type, content } = fileIn(body);
    const id = randomUUID();
    files.push({ id, name, type, bytes: content.length, url: `${origin}/files/${id}?token=${token}` });
    contents.set(id, { type, content });
    json(response, 200, { id, name, type, bytes: content.length });
  }

  function sendUploaded(response: ServerResponse, id: string): void {
    const file = contents.get(id);
    response.writeHead(file ? 200 : 404, {
      'content-type': file?.type ?? 'text/plain',
      'cross-origin-resource-policy': 'cross-origin',
    });
    response.end(file?.content);
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', origin);
    const [, folder, name = ''] = /^\/(widget|assets|files)\/(.+)$/.exec(url.pathname) ?? [];
    if (request.method === 'OPTIONS') json(response, 204, {});
    else if (url.pathname === '/web-chat/config') json(response, 200, configOf(url.searchParams));
    else if (url.pathname === '/web-chat/files') void upload(request, response);
    else if (url.pathname === '/widget.js') sendFile(response, join(project, 'dist/widget/widget.js'));
    else if (folder === 'files') sendUploaded(response, name);
    else if (folder) sendFile(response, join(project, 'dist', folder, basename(name)));
    else response.writeHead(404).end();
  }

  const chat = createServer(serve);
  const io = new Server(chat, { cors: { origin: true }, pingInterval: 2000, pingTimeout: 2000 });
  const room = io.of('/web-chat');
  room.use((_socket, next) => {
    if (isClosed) next(Object.assign(new Error('unavailable'), { data: { code: 'unavailable' } }));
    else next();
  });

  const tell = (session: Session, message: Partial<FakeMessage> & { text: string }): FakeMessage => {
    const whole: FakeMessage = {
      id: randomUUID(),
      direction: 'outbound',
      author: 'assistant',
      at: nextAt(),
      ...message,
    };
    session.messages.push(whole);
    room.to(session.token).emit('message', whole);
    return whole;
  };

  const store = (session: Session, payload: FakePayload): string => {
    const before = session.byClientId.get(payload.clientId);
    if (before) return before;
    const attachments = files.filter((file) => payload.attachmentIds?.includes(file.id));
    const own = { direction: 'inbound', author: 'contact', text: payload.text ?? '', attachments } as const;
    const { id } = tell(session, { ...own, attachments: [...attachments] });
    session.byClientId.set(payload.clientId, id);
    for (const one of answer(payload, session.language)) tell(session, one);
    return id;
  };

  function onMessage(session: Session, payload: FakePayload, acknowledge: (reply: unknown) => void): void {
    attempts.push(payload);
    if (refusal) {
      acknowledge({ error: refusal });
      refusal = undefined;
      return;
    }
    const id = store(session, payload);
    if (acksToDrop > 0) acksToDrop -= 1;
    else if (ackDelayMs > 0) setTimeout(() => acknowledge({ id }), ackDelayMs);
    else acknowledge({ id });
  }

  room.on('connection', (socket: Socket) => {
    const auth = socket.handshake.auth as { token?: string; after?: string; language?: string };
    handshakes.push(auth);
    const known = sessions.get(auth.token ?? '');
    const session: Session = known ?? { token: randomUUID(), messages: [], byClientId: new Map(), language: 'ar' };
    session.language = auth.language ?? 'ar';
    sessions.set(session.token, session);
    void socket.join(session.token);
    socket.emit('session', {
      token: session.token,
      conversationId: session.messages.length > 0 ? session.token : null,
    });
    const from = session.messages.findIndex((message) => message.id === auth.after);
    for (const message of from >= 0 ? session.messages.slice(from + 1) : session.messages.slice(-50))
      socket.emit('message', message);
    socket.on('message', (payload: FakePayload, acknowledge: (reply: unknown) => void) =>
      onMessage(session, payload, acknowledge),
    );
  });

  const host = createServer((request, response) => serveHostPage(request, response, origin));
  await Promise.all([listen(chat), listen(host)]);
  origin = originOf(chat);

  return {
    origin,
    hostPage: (query = {}) => `${originOf(host)}/?${new URLSearchParams(query)}`,
    attempts,
    handshakes,
    files,
    stored: () => [...sessions.values()].flatMap((session) => session.messages),
    sessionCount: () => sessions.size,
    dropAcks: (count) => {
      acksToDrop = count;
    },
    refuseNext: (error) => {
      refusal = error;
    },
    delayAcks: (ms) => {
      ackDelayMs = ms;
    },
    refuseUploads: (error) => {
      uploadRefusal = error;
    },
    answerWith: (given) => {
      answer = given;
    },
    say: (message) => [...sessions.values()].map((session) => tell(session, message)),
    typing: (on) => void room.emit('typing', { on }),
    handledBy: (handledBy) => void room.emit('conversation', { handledBy }),
    delivery: (messageId, status) => void room.emit('delivery', { messageId, status }),
    disconnectAll(hard = true) {
      for (const socket of room.sockets.values()) {
        if (hard) socket.conn.close();
        else socket.disconnect(true);
      }
    },
    refuseConnections: (on) => {
      isClosed = on;
    },
    forgetSessions: () => sessions.clear(),
    async close() {
      await io.close();
      await new Promise((done) => host.close(done));
    },
  };
}

const listen = (server: HttpServer): Promise<unknown> =>
  new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const originOf = (server: HttpServer): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** The strictest policy under which the widget promises to work: no inline style or script, no HTML parsing from strings. */
const policyFor = (chat: string): string =>
  [
    "default-src 'none'",
    `script-src ${chat}`,
    `connect-src ${chat} ${chat.replace('http', 'ws')}`,
    `img-src 'self' ${chat} blob:`,
    `font-src ${chat}`,
    "style-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** Styles of a host that knows nothing of the widget and is not kind. */
const hostStyle = `
  * { letter-spacing: 2px; text-transform: uppercase; box-sizing: content-box }
  body { margin: 0; font: 16px/1.7 Tahoma, sans-serif; color: #24302b; background: #fff }
  main { max-width: 720px; margin: 0 auto; padding: 48px 24px }
  button, p, div { margin: 11px; color: crimson }
`;

function serveHostPage(request: IncomingMessage, response: ServerResponse, chat: string): void {
  const url = new URL(request.url ?? '/', 'http://host.example');
  if (url.pathname === '/style.css') {
    response.writeHead(200, { 'content-type': 'text/css' }).end(hostStyle);
    return;
  }
  if (url.pathname !== '/') {
    response.writeHead(204).end();
    return;
  }
  const language = url.searchParams.get('lang') === 'en' ? 'en' : 'ar';
  const attributes = [...url.searchParams]
    .map(([name, value]) => `data-${name}="${value.replace(/[^\w#-]/g, '')}"`)
    .join(' ');
  const words = language === 'ar' ? ['صفحة الجهة', 'ابدأ المحادثة'] : ['The page of a body', 'Start the chat'];
  const script = `<script async src="${chat}/widget.js" ${attributes}></script>`;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policyFor(chat) });
  response.end(`<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>${words[0]}</title>
<link rel="stylesheet" href="/style.css">${script}${script}</head>
<body><main><h1>${words[0]}</h1><p><a href="#chat" data-wasl-open>${words[1]}</a></p></main></body></html>`);
}
