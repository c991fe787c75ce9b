import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversations } from '../../../src/conversation/conversation.ts';
import { messages } from '../../../src/message/message.ts';
import type { Op } from '../../../src/store/port.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { audit } from '../../bench/support/audit.ts';
import { type Killed, killAgainAndAgain } from '../../bench/support/kill-rounds.ts';
import { openStoreOf, removeStore } from '../../support/store-env.ts';

const directory = mkdtempSync(join(tmpdir(), 'wasl-crash-'));
let killed: Killed;
beforeAll(async () => {
  killed = await killAgainAndAgain({ directory, kills: 5, visitors: 8, seed: 20_261_121 });
}, 120_000);
afterAll(() => removeStore(directory));

it('loses, doubles and forgets nothing when the server is killed under load again and again', async () => {
  const { size, faults, again } = await audit(directory, killed.visitors);
  expect(faults).toEqual(Object.fromEntries(Object.keys(faults).map((name) => [name, 0])));
  const { 'at a connection after a quiet time': afterQuiet, 'twice over one connection': atOnce } = again;
  expect([afterQuiet, atOnce]).toEqual([0, 0]);
  expect(killed.underLoad).toBeGreaterThan(0);
  expect(size.acknowledged).toBeGreaterThan(100);
  expect(size.tickets).toBeGreaterThan(0);
});

it('would see what is lost, left waiting, or made twice', async () => {
  const store = await openStoreOf(directory);
  const [lost, reply] = await Promise.all(
    (['inbound', 'outbound'] as const).map(async (direction) => {
      const query = { index: 'by-external-id', where: { direction, inboxId: 'web-chat' }, limit: 1 };
      return (await store.find(messages, query)).items[0];
    }),
  );
  const [ticket] = (await store.find(tickets, { index: 'by-opened', limit: 1 })).items;
  const [talk] = (await store.find(conversations, { index: 'by-last-message', limit: 1 })).items;
  const twin = { ...reply, id: 'twin', externalId: 'twin', seq: 1_000_000 };
  const ops = [
    { op: 'remove', in: messages, id: lost?.id },
    { op: 'insert', in: messages, document: twin },
    { op: 'insert', in: tickets, document: { ...ticket, id: 'another', number: 'another', causeKey: 'none' } },
    { op: 'update', in: conversations, id: talk?.id, set: { turnDueAt: talk?.lastMessageAt } },
  ] as Op[];
  expect(await store.write(ops)).toMatchObject({ ok: true });
  await store.close();
  expect((await audit(directory, killed.visitors)).faults).toMatchObject({
    'acknowledged and lost': 1,
    'left waiting': 1,
    'different answers to one cause': 1,
    'answers that their visitor never saw': 1,
    'tickets without a cause, or causes without a ticket': 1,
    'tickets unlike their ledger': 1,
  });
});
