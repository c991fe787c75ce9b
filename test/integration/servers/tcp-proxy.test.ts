import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTcpProxy, type TcpProxy } from '../../servers/tcp-proxy.ts';

let server: Server;
let proxy: TcpProxy;
let clients: Socket[];
beforeEach(async () => {
  // gives back what it gets
  server = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await createTcpProxy((server.address() as AddressInfo).port);
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await proxy.close();
  server.close();
});

/** A connection through the line, what came back over it, and how it ended. */
function dial() {
  const socket = connect(proxy.port, '127.0.0.1');
  const call = { socket, heard: '', ended: null as string | null };
  clients.push(socket);
  socket.on('data', (chunk) => {
    call.heard += chunk;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    call.ended = error.code ?? 'error';
  });
  socket.on('close', () => {
    call.ended ??= 'closed';
  });
  return call;
}

const hears = async (call: ReturnType<typeof dial>, text: string): Promise<void> => {
  call.socket.write(text);
  await expect.poll(() => call.heard).toContain(text);
};

it('passes everything on, both ways', async () => {
  await hears(dial(), 'one');
  expect(proxy.count()).toBe(1);
});

it.each(['drop', 'refuse'] as const)(
  'breaks what is connected and lets nobody in until it is restored: %s',
  async (how) => {
    const before = dial();
    await hears(before, 'one');
    await proxy.cut(how);
    await expect.poll(() => before.ended).not.toBeNull();
    const during = dial();
    await expect.poll(() => during.ended).toMatch(how === 'refuse' ? 'ECONNREFUSED' : /ECONNRESET|closed/);
    await proxy.restore();
    await hears(dial(), 'two');
  },
);

it('holds back what is said while it hangs, to those who were there and to new ones, and brings it late', async () => {
  const before = dial();
  await hears(before, 'one');
  await proxy.cut('hang');
  const during = dial();
  await once(during.socket, 'connect');
  before.socket.write('two');
  during.socket.write('three');
  // a call past the line comes and goes meanwhile
  const straight = connect((server.address() as AddressInfo).port, '127.0.0.1');
  clients.push(straight);
  straight.write('straight');
  await once(straight, 'data');
  expect([before.heard, before.ended, during.heard, during.ended]).toEqual(['one', null, '', null]);
  await proxy.restore();
  await expect.poll(() => [before.heard, during.heard]).toEqual(['onetwo', 'three']);
});

it('can go from one cut to another', async () => {
  const call = dial();
  await hears(call, 'one');
  await proxy.cut('hang');
  await proxy.cut('refuse');
  await expect.poll(() => call.ended).not.toBeNull();
  await proxy.restore();
  await hears(dial(), 'two');
});
