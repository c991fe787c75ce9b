import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, expect, it, vi } from 'vitest';
import { socketAdapter } from '../../../src/cluster/socket-adapter.ts';
import { joinBuses } from '../../fakes/buses.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function open(count: number) {
  const { buses, ...rest } = joinBuses(count);
  const servers = await Promise.all(
    buses.map(async (bus) => {
      const http = createServer();
      const io = new Server(http, { adapter: socketAdapter({ bus, members: { count: () => count } }) });
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      opened.push(io);
      return { io, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
    }),
  );
  const client = async (at: number, namespace = '/'): Promise<Socket> => {
    const socket = connect(`${servers[at]?.url}${namespace}`, { transports: ['websocket'], forceNew: true });
    opened.push(socket);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return socket;
  };
  return { ...rest, ios: servers.map(({ io }) => io), client };
}

const heard = (socket: Socket, event: string): unknown[] => {
  const got: unknown[] = [];
  socket.on(event, (value) => got.push(value));
  return got;
};

it('brings what is emitted to a room to its sockets in every process, bytes included, and to no others', async () => {
  const { ios, client } = await open(2);
  const [one, two, other] = [await client(0), await client(1), await client(1)];
  const got = [one, two, other].map((socket) => heard(socket, 'word'));
  ios[0]?.in([one.id ?? '', two.id ?? '']).socketsJoin('room');
  const word = { text: 'السلام عليكم', bytes: Buffer.from([0, 255, 128]) };
  await vi.waitFor(() => {
    ios[0]?.to('room').emit('word', word);
    expect(got[1]).not.toEqual([]);
  });
  expect(got[0]?.[0]).toEqual(word);
  expect(got[1]?.[0]).toEqual(word);
  expect(got[2]).toEqual([]);
});

it('keeps what is local in its own process, and each namespace for itself', async () => {
  const { ios, client } = await open(2);
  const [one, two, elsewhere] = [await client(0), await client(1), await client(1)];
  const other = await client(1, ios[1]?.of('/other').name);
  const got = [one, two, other].map((socket) => heard(socket, 'word'));
  const last = heard(elsewhere, 'last');
  ios[0]?.local.emit('word', 1);
  ios[0]?.emit('last');
  await vi.waitFor(() => expect(last).toHaveLength(1));
  expect(got).toEqual([[1], [], []]);
});

it('gathers the acknowledgements of the sockets of all processes', async () => {
  const { ios, client } = await open(3);
  const sockets = await Promise.all([client(0), client(1), client(2)]);
  for (const [at, socket] of sockets.entries()) socket.on('ask', (answer: (value: unknown) => void) => answer(at));
  const answers = await ios[0]?.timeout(5_000).emitWithAck('ask');
  expect(answers?.toSorted()).toEqual([0, 1, 2]);
});

it('does not wait longer than it was told for a process that answers no more', async () => {
  const { ios, client, cut } = await open(2);
  const socket = await client(0);
  socket.on('ask', (answer: (value: unknown) => void) => answer('here'));
  cut(1);
  await expect(ios[0]?.timeout(50).emitWithAck('ask')).rejects.toMatchObject({ responses: ['here'] });
});

it('finds the sockets of all processes, and ends them', async () => {
  const { ios, client } = await open(2);
  const sockets = [await client(0), await client(1)];
  const found = await ios[1]?.fetchSockets();
  expect(found?.map(({ id }) => id).toSorted()).toEqual(sockets.map(({ id }) => id).toSorted());
  ios[0]?.disconnectSockets(true);
  await vi.waitFor(() => expect(sockets.map(({ connected }) => connected)).toEqual([false, false]));
});

it('lets processes speak with each other, and hears nothing once it is closed', async () => {
  const { ios } = await open(3);
  for (const [at, io] of ios.entries())
    io.on('ask', (text: string, answer: (value: string) => void) => answer(`${text} ${at}`));
  const answers = await ios[0]?.serverSideEmitWithAck('ask', 'process');
  expect(answers?.toSorted()).toEqual(['process 1', 'process 2']);
  const heardLate: unknown[] = [];
  ios[1]?.on('late', () => heardLate.push(1));
  ios[2]?.on('late', () => heardLate.push(2));
  await ios[1]?.close();
  ios[0]?.serverSideEmit('late');
  await vi.waitFor(() => expect(heardLate).toEqual([2]));
});
