import type { Socket } from 'socket.io';
import { expect, it } from 'vitest';
import { createRooms, type Tab } from '../../../channels/web-chat/room.ts';
import type { ShownMessage } from '../../../channels/web-chat/shown.ts';

const aTab = (): { tab: Tab; got: string[] } => {
  const got: string[] = [];
  const emit = (_event: string, message: ShownMessage): void => void got.push(message.id);
  const socket = { timeout: () => ({ emit }) } as unknown as Socket;
  return { tab: { socket, waiting: [], handed: new Set(), readAgain: async () => undefined }, got };
};

const aMessage = (id: string): ShownMessage => ({ id, direction: 'outbound', author: 'assistant', text: id, at: '' });

it('hands over the history first, then what came live meanwhile', () => {
  const rooms = createRooms();
  const { tab, got } = aTab();
  rooms.enter('visitor', tab);
  rooms.give('visitor', { message: aMessage('live') });
  expect(got).toEqual([]);
  rooms.open(tab, [{ message: aMessage('past') }]);
  expect(got).toEqual(['past', 'live']);
});

it('hands a message over once, whether it comes by the history, live, or sent anew', () => {
  const rooms = createRooms();
  const { tab, got } = aTab();
  rooms.enter('visitor', tab);
  rooms.give('visitor', { message: aMessage('a') });
  rooms.open(tab, [{ message: aMessage('a') }, { message: aMessage('b') }]);
  rooms.give('visitor', { message: aMessage('b') });
  rooms.give('visitor', { message: aMessage('a') });
  expect(got).toEqual(['a', 'b']);
});

it('remembers a bounded number of messages', () => {
  const rooms = createRooms();
  const { tab } = aTab();
  rooms.enter('visitor', tab);
  rooms.open(tab, []);
  for (let at = 0; at < 2_000; at++) rooms.give('visitor', { message: aMessage(String(at)) });
  expect(tab.handed.size).toBe(500);
});
