import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { messages } from '../../../src/message/message.ts';
import type { Op } from '../../../src/store/port.ts';
import { auditPosts } from '../../bench/support/audit-posts.ts';
import { auditSent, killWhilePostsFlow, type PostsKilled } from '../../bench/support/post-kills.ts';
import { openStoreOf, removeStore } from '../../support/store-env.ts';

const directory = mkdtempSync(join(tmpdir(), 'wasl-whatsapp-crash-'));
let killed: PostsKilled;
beforeAll(async () => {
  killed = await killWhilePostsFlow({ directory, kills: 4, messages: 960, seed: 20_261_121 });
}, 180_000);
afterAll(() => removeStore(directory));

const nothing = (faults: Record<string, number>) => Object.fromEntries(Object.keys(faults).map((name) => [name, 0]));

it('loses, doubles and forgets no message when the gateway is killed again and again while a provider posts', async () => {
  const stored = await auditPosts(directory, killed.acknowledged);
  const { faults, size } = auditSent(killed);
  expect(stored).toEqual(nothing(stored));
  expect(faults).toEqual(nothing(faults));
  expect(killed.acknowledged).toHaveLength(960);
  expect(killed.underLoad).toBeGreaterThan(0);
  expect(size.sent).toBeGreaterThan(60);
});

it('would see a message that was lost, and one that nobody decided on', async () => {
  const store = await openStoreOf(directory);
  const where = { inboxId: 'whatsapp-cloud', direction: 'inbound' };
  const [lost, other] = (await store.find(messages, { index: 'by-external-id', where, limit: 2 })).items;
  const ops = [
    { op: 'remove', in: messages, id: lost?.id },
    { op: 'insert', in: messages, document: { ...other, id: 'nobody', externalId: 'nobody', seq: 1_000_000 } },
  ] as Op[];
  expect(await store.write(ops)).toMatchObject({ ok: true });
  await store.close();
  const found = await auditPosts(directory, killed.acknowledged);
  expect(found).toMatchObject({ 'acknowledged and lost': 1, 'never decided': 1 });
  const [first, ...others] = killed.sent;
  const elsewhere = {
    ...killed,
    sent: [...killed.sent, { ...first, to: others.find(({ to }) => to !== first?.to)?.to }],
  };
  expect(auditSent(elsewhere as PostsKilled).faults['one sending to two people']).toBe(1);
});
