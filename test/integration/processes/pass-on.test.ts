import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { Server as SocketServer } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, it } from 'vitest';
import { passOnForeign } from '../../../src/processes/pass-on.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const listening = (server: { listen(port: number, host: string, done: () => void): unknown }): Promise<void> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

interface Process {
  http: Server;
  port: number;
  own: number;
  /** Sockets that ended here. */
  met: string[];
}

async function aProcess(name: string, peers: Set<number>): Promise<Process> {
  const met: string[] = [];
  const http = createServer((_request, response) => void response.end(`page of ${name}`));
  const sockets = new SocketServer(http);
  sockets.on('connection', (socket) => {
    met.push(socket.id);
    socket.on('say', (words: string, answer: (words: string) => void) => answer(`${name} heard ${words}`));
  });
  const own = await passOnForeign(http, sockets, () => peers);
  peers.add(own);
  await listening(http);
  closing.push(() => {
    http.closeAllConnections();
    return sockets.close();
  });
  return { http, port: portOf(http), own, met };
}

/** Gives each connection to the next process. */
async function balancer(processes: readonly Process[]): Promise<number> {
  let turn = 0;
  const server = createTcpServer((socket) => {
    const onward = connect(processes[turn++ % processes.length]?.port ?? 0, '127.0.0.1');
    socket.pipe(onward).pipe(socket);
    const end = (): void => {
      for (const each of [socket, onward]) each.destroy();
    };
    for (const one of [socket, onward]) one.on('error', end).on('close', end);
  });
  await listening(server);
  closing.push(() => server.close());
  return portOf(server);
}

const connected = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });

const open = (port: number, transports: string[]): Socket => {
  const socket = io(`http://127.0.0.1:${port}`, { transports, forceNew: true, reconnection: false });
  closing.push(() => socket.disconnect());
  return socket;
};

const twoProcesses = async () => {
  const peers = new Set<number>();
  const processes = [await aProcess('one', peers), await aProcess('two', peers)];
  return { processes, peers, port: await balancer(processes) };
};

it.each([[['polling']], [['polling', 'websocket']], [['websocket']]])(
  'keeps a socket that begins by %j with its process, whoever is asked',
  async (transports) => {
    const { processes, port } = await twoProcesses();
    for (let visitor = 0; visitor < 4; visitor++) {
      const socket = open(port, transports);
      await connected(socket);
      if (transports.length > 1)
        await new Promise((resolve) => {
          if (socket.io.engine.transport.name === 'websocket') resolve(undefined);
          socket.io.engine.once('upgrade', resolve);
        });
      const holder = processes.findIndex(({ met }) => met.includes(socket.id ?? ''));
      const answers = [];
      for (const words of ['first', 'second', 'ثالثًا'])
        answers.push(await socket.timeout(5_000).emitWithAck('say', words));
      const name = holder === 0 ? 'one' : 'two';
      expect(answers).toEqual(['first', 'second', 'ثالثًا'].map((words) => `${name} heard ${words}`));
    }
    expect(processes.flatMap(({ met }) => met)).toHaveLength(4);
  },
);

it('answers pages wherever it is asked', async () => {
  const { processes } = await twoProcesses();
  const pages = await Promise.all(
    processes.map(async ({ port }) => (await fetch(`http://127.0.0.1:${port}/about`)).text()),
  );
  expect(pages).toEqual(['page of one', 'page of two']);
});

it('tells a client whose process is gone to begin anew', async () => {
  const { processes, peers } = await twoProcesses();
  const [one, two] = processes;
  const session = `${one?.own.toString(36)}_whatever`;
  const ask = () => fetch(`http://127.0.0.1:${two?.port}/socket.io/?EIO=4&transport=polling&sid=${session}`);
  // a session that its process does not know
  expect((await ask()).status).toBe(400);
  peers.delete(one?.own ?? 0);
  expect((await ask()).status).toBe(400);
});

it('passes nothing on to a port that is no process of ours', async () => {
  const asked: string[] = [];
  const stranger = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await listening(stranger);
  closing.push(() => stranger.close());
  const { processes } = await twoProcesses();
  const session = `${portOf(stranger).toString(36)}_x`;
  const answer = await fetch(
    `http://127.0.0.1:${processes[0]?.port}/socket.io/?EIO=4&transport=polling&sid=${session}`,
  );
  expect(answer.status).toBe(400);
  expect(asked).toEqual([]);
});
