import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { createWebChat } from '../../../channels/web-chat/channel.ts';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import { type ChannelRig, channelContract, createRecordingSink } from '../channel-contract.ts';

const anOutbound = outboundOf({ inboxId: 'web-chat', address: 'nobody', text: 'أهلاً' });

const opened = (port: number, auth: object): Promise<{ socket: Socket; token: string }> =>
  new Promise((resolve, reject) => {
    const socket = connect(`http://localhost:${port}/web-chat`, { auth, forceNew: true, transports: ['websocket'] });
    socket.once('session', ({ token }: { token: string }) => resolve({ socket, token }));
    socket.once('connect_error', reject);
  });

async function openRig(): Promise<ChannelRig> {
  const http = createServer();
  const io = new Server(http, { maxHttpBufferSize: 4 * 1024 * 1024 });
  await new Promise<void>((resolve) => http.listen(0, resolve));
  const { port } = http.address() as AddressInfo;
  const log: string[] = [];
  const sink = createRecordingSink();
  const channel = createWebChat(
    {},
    hostDeps({ io, lines: log, secret: () => Buffer.from('a secret of this installation') }),
  );
  let visitor: { socket: Socket; token: string } | null = null;
  const arrivals: unknown[] = [];
  const current = async () => {
    if (visitor) return visitor;
    visitor = await opened(port, { language: 'ar' });
    visitor.socket.on('message', (message: unknown, ack: () => void) => {
      arrivals.push(message);
      ack();
    });
    return visitor;
  };
  const address = async (): Promise<string> => (await current()).token.split('.')[1] ?? '';
  const emit = async (payload: unknown): Promise<'taken' | 'refused'> => {
    const { socket } = await current();
    const answer = (await socket.timeout(5_000).emitWithAck('message', payload)) as { id?: string };
    return answer.id ? 'taken' : 'refused';
  };
  const messages = {
    plain: anOutbound({}),
    buttons: anOutbound({ messageId: 'm-2', quickReplies: [{ id: 'agent', title: 'موظف' }], html: '<p>أهلاً</p>' }),
  };
  const prepare = async (message: OutboundMessage): Promise<void> => {
    message.address = await address();
    arrivals.length = 0;
  };
  const shape = { direction: 'outbound', author: 'assistant', text: 'أهلاً', at: '2026-11-21T08:00:00.000Z' };
  return {
    channel,
    sink,
    log,
    secrets: ['a secret of this installation', 'رقمي السري'],
    inbound: [
      {
        name: 'Arabic words',
        send: () => emit({ clientId: 'a', text: 'رقمي السري' }),
        expect: { kind: 'text', text: 'رقمي السري' },
      },
      {
        name: 'a button',
        send: () => emit({ clientId: 'b', quickReplyId: 'agent', text: 'موظف' }),
        expect: { quickReplyId: 'agent' },
      },
      {
        name: 'a file',
        send: () => emit({ clientId: 'c', attachmentIds: ['f1'] }),
        expect: { attachments: [{ attachmentId: 'f1', name: '', type: '', bytes: 0 }] },
      },
    ],
    garbled: [
      { name: 'nothing', send: () => emit(undefined) },
      { name: 'a list', send: () => emit([1, 2]) },
      { name: 'no client id', send: () => emit({ text: 'x' }) },
      { name: 'empty text', send: () => emit({ clientId: 'x', text: ' \n' }) },
      { name: 'an unknown field', send: () => emit({ clientId: 'x', text: 'x', admin: true }) },
      { name: 'a huge text', send: () => emit({ clientId: 'x', text: 'ا'.repeat(1_000_000) }) },
      { name: 'bytes', send: () => emit(Buffer.from([0xff, 0xfe, 0x80])) },
    ],
    outbound: [
      {
        name: 'words',
        prepare: () => prepare(messages.plain),
        message: messages.plain,
        arrived: () => arrivals,
        expect: [{ id: 'm-out', ...shape }],
      },
      {
        name: 'buttons and HTML',
        prepare: () => prepare(messages.buttons),
        message: messages.buttons,
        arrived: () => arrivals,
        expect: [{ id: 'm-2', ...shape, html: '<p>أهلاً</p>', quickReplies: [{ id: 'agent', title: 'موظف' }] }],
      },
    ],
    failures: [
      {
        name: 'nobody is connected',
        prepare: async () => undefined,
        message: anOutbound({ address: 'away' }),
        code: 'recipient-away',
        retryable: false,
      },
      {
        name: 'another inbox',
        prepare: async () => undefined,
        message: anOutbound({ inboxId: 'other' }),
        code: 'config-invalid',
        retryable: false,
      },
    ],
    beyond: [{ name: 'a text beyond its length', message: anOutbound({ text: 'x'.repeat(20_001) }) }],
    async stop() {
      visitor?.socket.disconnect();
      await channel.stop();
      await io.close();
    },
  };
}

channelContract('web-chat', openRig);
