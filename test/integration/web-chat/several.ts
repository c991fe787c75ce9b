import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { createWebChat } from '../../../channels/web-chat/channel.ts';
import type { HistoryMessage, Sink } from '../../../src/channel/channel.ts';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { socketAdapter } from '../../../src/cluster/socket-adapter.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { joinBuses } from '../../fakes/buses.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import type { Shown } from './open-gateway.ts';

/** One core that all processes share, in memory: what is stored, and which of our sendings were confirmed, by whom. */
function createCore() {
  const byAddress = new Map<string, HistoryMessage[]>();
  const receipts: { delivery: string; by: number }[] = [];
  const typed: { address: string; on: boolean; by: number }[] = [];
  let seq = 0;
  const keep = (address: string, own: Pick<HistoryMessage, 'direction' | 'author' | 'text' | 'deliveryId'>) => {
    seq += 1;
    const message = { id: `m${seq}`, seq, quickReplies: [], attachments: [], at: '2026-11-21T08:00:00.000Z', ...own };
    byAddress.set(address, [...(byAddress.get(address) ?? []), message]);
    return message;
  };
  const confirm = (delivery: string): void => {
    for (const message of [...byAddress.values()].flat())
      if (message.deliveryId === delivery) message.deliveryId = null;
  };
  const sinkAt = (by: number): Sink => ({
    async receive(event) {
      if (event.event === 'receipt') {
        receipts.push({ delivery: event.externalId ?? '', by });
        confirm(event.externalId ?? '');
        return { messageId: '', conversationId: '', duplicate: false };
      }
      if (event.event !== 'message') throw new Error(`not expected: ${event.event}`);
      const own = { direction: 'inbound', author: 'contact', text: event.text ?? '', deliveryId: null } as const;
      return { messageId: keep(event.address, own).id, conversationId: event.address, duplicate: false };
    },
    async history({ address, after }) {
      const all = byAddress.get(address) ?? [];
      const from = all.find(({ id }) => id === after)?.seq ?? 0;
      const messages = all.filter((one) => one.seq > from || one.deliveryId !== null).map((one) => ({ ...one }));
      return { conversationId: address, handledBy: null, messages };
    },
    saveAttachment: async () => ({ id: 'file', bytes: 0 }),
    openAttachment: async () => null,
    typing: ({ address, on }) => void typed.push({ address, on, by }),
    recall: async () => null,
    remember: async () => undefined,
  });
  return { sinkAt, keep, receipts, typed, all: (address: string) => byAddress.get(address) ?? [] };
}

/** A tab of a visitor, in one of the processes. */
export interface SeveralTab {
  socket: Socket;
  token: string;
  visitor: string;
  got: Shown[];
  hints: unknown[];
  say(text: string): Promise<string>;
  close(): void;
}

const anOutbound = outboundOf({ inboxId: 'web-chat' });

/** Web chats of several processes on one core, each with a socket server of its own, joined by a bus in memory. */
export async function openSeveral(count: number) {
  const core = createCore();
  const { buses, ...rest } = joinBuses(count);
  const clock: FakeClock = createFakeClock('2026-11-21T08:00:00.000Z');
  const lines: string[] = [];
  const processes = await Promise.all(
    buses.map(async (bus, at) => {
      const http = createServer();
      const io = new Server(http, { adapter: socketAdapter({ bus, members: { count: () => count } }) });
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      const peers = { ...bus, count: () => count - 1 };
      const chat = createWebChat({}, hostDeps({ io, clock, lines, peers }));
      await chat.start(core.sinkAt(at));
      return { io, chat, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/web-chat` };
    }),
  );
  const tabs: SeveralTab[] = [];
  const at = (index: number) => {
    const found = processes[index];
    if (!found) throw new Error(`no process ${index}`);
    return found;
  };
  return {
    ...rest,
    core,
    clock,
    lines,
    chatAt: (index: number) => at(index).chat,
    /** How many tabs a process knows of. */
    connectedTo: (index: number) => at(index).io.of('/web-chat').sockets.size,
    async visit(index: number, auth: Record<string, unknown> = {}): Promise<SeveralTab> {
      const socket = connect(at(index).url, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
      const got: Shown[] = [];
      const hints: unknown[] = [];
      socket.on('message', (message: Shown, acknowledge: () => void) => {
        got.push(message);
        acknowledge();
      });
      for (const name of ['typing', 'conversation']) socket.on(name, (hint) => hints.push(hint));
      const token = await new Promise<string>((resolve, reject) => {
        socket.once('session', (session: { token: string }) => resolve(session.token));
        socket.once('connect_error', reject);
      });
      let said = 0;
      const tab: SeveralTab = {
        socket,
        token,
        visitor: token.split('.')[1] ?? '',
        got,
        hints,
        async say(text) {
          said += 1;
          const answer = await socket.timeout(5_000).emitWithAck('message', { clientId: `${socket.id}-${said}`, text });
          return (answer as { id: string }).id;
        },
        close: () => void socket.disconnect(),
      };
      tabs.push(tab);
      return tab;
    },
    /** Stores a message for a visitor, as the core does before it is sent. */
    store(address: string, text: string): OutboundMessage {
      const delivery = anOutbound({ address, text });
      const own = { direction: 'outbound', author: 'assistant', text, deliveryId: delivery.id } as const;
      return { ...delivery, messageId: core.keep(address, own).id };
    },
    send: (index: number, message: OutboundMessage) => at(index).chat.send(message, new AbortController().signal),
    async close() {
      for (const tab of tabs) tab.close();
      for (const { chat, io } of processes) {
        await chat.stop();
        await io.close();
      }
    },
  };
}

export type Several = Awaited<ReturnType<typeof openSeveral>>;

export const textsOf = (tab: Pick<SeveralTab, 'got'>): string[] => tab.got.map(({ text }) => text);
