import { randomBytes } from 'node:crypto';
import {
  request as ask,
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Server as SocketServer } from 'socket.io';

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** What a process answers with, wherever it was asked: at the port that all share, or at its own. */
interface Door {
  request: RequestListener;
  upgrade: Upgrade;
}

/** Processes on this machine by the port of their own, this one aside. */
export type Peers = () => ReadonlySet<number>;

const loopback = '127.0.0.1';

/** The id of a socket's session begins with the port of the process that holds it. */
const newSessionId = (port: number): string => `${port.toString(36)}_${randomBytes(15).toString('base64url')}`;

/** The process of a request that goes on with a session of socket.io over HTTP; null for any other request. */
function holderOf({ url = '' }: IncomingMessage, path: string): number | null {
  if (!url.startsWith(path)) return null;
  const session = new URLSearchParams(url.split('?')[1]).get('sid');
  const port = Number.parseInt(session?.split('_')[0] ?? '', 36);
  return Number.isInteger(port) ? port : null;
}

function passRequest(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = request;
  const onward = ask({ host: loopback, port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

function passUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
  const { method, url, rawHeaders } = request;
  const onward = connect(port, loopback, () => {
    const lines = [`${method} ${url} HTTP/1.1`];
    for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on('error', () => socket.destroy());
  onward.on('close', () => socket.destroy());
  socket.on('error', () => onward.destroy());
  socket.on('close', () => onward.destroy());
}

/** Takes the listeners of a server away and gives what they do together. */
function takeDoor(http: Server): Door {
  const requests = http.listeners('request') as RequestListener[];
  const upgrades = http.listeners('upgrade') as Upgrade[];
  http.removeAllListeners('request').removeAllListeners('upgrade');
  return {
    request: (request, response) => {
      for (const listener of requests) listener(request, response);
    },
    upgrade: (request, socket, head) => {
      for (const listener of upgrades) listener(request, socket, head);
    },
  };
}

const listenAlone = (door: Door): Promise<number> =>
  new Promise((resolve, reject) => {
    const own = createServer(door.request).on('upgrade', door.upgrade).once('error', reject);
    // `exclusive`: the processes of a machine share every other port
    own.listen({ port: 0, host: loopback, exclusive: true }, () => resolve((own.address() as AddressInfo).port));
    own.unref();
  });

/**
 * Lets several processes answer at one port: a socket that begins over HTTP asks many times, and each connection may
 * come to another process. What goes on with a session of a peer is passed on to it, by a port of its own on the
 * loopback interface. Gives that port. To be called before the server listens.
 */
export async function passOnForeign(http: Server, sockets: SocketServer, peers: Peers): Promise<number> {
  const door = takeDoor(http);
  const own = await listenAlone(door);
  const path = `${sockets.path()}/`;
  const peerOf = (request: IncomingMessage): number | null => {
    const port = holderOf(request, path);
    return port !== null && port !== own && peers().has(port) ? port : null;
  };
  sockets.engine.generateId = () => newSessionId(own);
  http.on('request', (request, response) => {
    const port = peerOf(request);
    if (port === null) door.request(request, response);
    else passRequest(request, response, port);
  });
  http.on('upgrade', (request, socket, head) => {
    const port = peerOf(request);
    if (port === null) door.upgrade(request, socket, head);
    else passUpgrade(request, socket, head, port);
  });
  return own;
}
