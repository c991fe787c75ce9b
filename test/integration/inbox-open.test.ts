import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sink } from '../../src/channel/channel.ts';
import type { HostDeps } from '../../src/channel/kind.ts';
import { solo } from '../../src/cluster/cluster.ts';
import { createIds } from '../../src/ids.ts';
import { inboxes as kept } from '../../src/inbox/inbox.ts';
import { createInboxes, type Inboxes } from '../../src/inbox/inboxes.ts';
import type { Store } from '../../src/store/port.ts';
import { createPostKind } from '../fakes/post-kind.ts';
import { openStoreOf, removeStore } from '../support/store-env.ts';
import { createHandClock } from './http-harness.ts';

const key = Buffer.alloc(32, 1);
const facts = { name: 'Care', values: { SERVER_URL: 'post://care:word@post.example' } };

let directory: string;
let store: Store;
let post: ReturnType<typeof createPostKind>;
let logged: string[];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-inbox-'));
  store = await openStoreOf(directory);
  post = createPostKind();
  logged = [];
});
afterEach(async () => {
  await store.close();
  await removeStore(directory);
});

const error = (_fields: object, message: string): void => void logged.push(message);
const log = { debug: () => {}, info: () => {}, warn: () => {}, error };

/** The inboxes as a process that starts now has them. */
async function open(
  given: { inboxId: string; url: string; address?: string }[] = [],
  under = key,
  kind = post.kind,
): Promise<Inboxes> {
  const clock = createHandClock();
  const inboxes = await createInboxes({
    store,
    cluster: solo('the test'),
    clock,
    ids: createIds(Date.now),
    key: under,
    kinds: [kind],
    given: given.map(({ inboxId, url, address }) => ({
      kind: 'post',
      inboxId,
      values: { SERVER_URL: url, ADDRESS: address },
    })),
    create: (kind, inbox) => kind.create(inbox, {} as HostDeps),
    log,
  });
  return inboxes;
}

const started = async (...asked: Parameters<typeof open>): Promise<Inboxes> => {
  const inboxes = await open(...asked);
  await inboxes.start((inboxId) => ({ inboxId }) as unknown as Sink);
  return inboxes;
};

describe('inboxes', () => {
  it('of the console are there again after a restart, under their ids', async () => {
    const { id } = await (await started()).add('post', { ...facts, departmentId: 'care' });
    const again = await started();
    expect(again.list()).toMatchObject([{ id, name: 'Care', state: 'connected', departmentId: 'care' }]);
    expect(post.opened.at(-1)?.values.SERVER_URL).toBe(facts.values.SERVER_URL);
  });

  it('of the environment say where people write to, but not where their kind keeps it secret', async () => {
    const given = [{ inboxId: 'post', url: 'post://a', address: 'care@post.example' }];
    expect((await open(given)).list()).toMatchObject([{ address: 'care@post.example' }]);
    const { settings } = post.kind;
    if (!settings) throw new Error('the fake kind has settings');
    const discreet = { ...post.kind, settings: { ...settings, secrets: ['ADDRESS'] } };
    expect((await open(given, key, discreet)).list()).toMatchObject([{ address: null }]);
  });

  it('hand each channel the way in of its own', async () => {
    const { id } = await (await started()).add('post', facts);
    expect(post.opened.at(-1)?.sink).toEqual({ inboxId: id });
  });

  it('keep one map of channels, in which those who hold it see what comes and goes', async () => {
    const inboxes = await started([{ inboxId: 'post', url: 'post://a' }]);
    const { channels } = inboxes;
    const { id } = await inboxes.add('post', facts);
    expect([...channels.keys()]).toEqual(['post', id]);
    const before = channels.get(id);
    await inboxes.change(id, 1, { name: 'Other' });
    expect(channels.get(id)).not.toBe(before);
    await inboxes.remove(id);
    expect([...channels.keys()]).toEqual(['post']);
  });

  it('start beside one that cannot, which says that it could not', async () => {
    const inboxes = await started([
      { inboxId: 'bad', url: 'post://broken' },
      { inboxId: 'good', url: 'post://a' },
    ]);
    expect(inboxes.list().map(({ id, state }) => [id, state])).toEqual([
      ['bad', 'stopped'],
      ['good', 'connected'],
    ]);
    expect(inboxes.list()[0]?.reason).toContain('could not start');
    expect(logged).toEqual(['an inbox could not start']);
  });

  it('whose settings were sealed under another key say so, and can be entered anew', async () => {
    const { id } = await (await started()).add('post', facts);
    const other = await started([], Buffer.alloc(32, 2));
    expect(other.list()[0]).toMatchObject({ id, state: 'stopped', capabilities: null });
    expect(other.list()[0]?.reason).toContain('encryption key');
    await other.change(id, 1, { values: facts.values });
    expect(other.list()[0]).toMatchObject({ id, state: 'connected' });
  });

  it('whose kind is not there any more, or wants other settings now, say so', async () => {
    const { id, version } = await (await started()).add('post', facts);
    await store.write([{ op: 'update', in: kept, id, expect: version ?? 0, set: { kind: 'pigeon' } }]);
    expect((await started()).list()[0]?.reason).toContain('"pigeon"');
  });

  it('take changes one after the other, and end as the last one says', async () => {
    const inboxes = await started();
    const { id } = await inboxes.add('post', facts);
    const outcomes = await Promise.allSettled([
      inboxes.change(id, 1, { name: 'One' }),
      inboxes.change(id, 1, { name: 'Two' }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [winner] = inboxes.list();
    expect(winner).toMatchObject({ version: 2, state: 'connected' });
    expect(post.opened.filter(({ state }) => state === 'connected')).toHaveLength(1);
  });

  it('are all closed at the end', async () => {
    const inboxes = await started([{ inboxId: 'post', url: 'post://a' }]);
    await inboxes.add('post', facts);
    await inboxes.stop();
    expect(post.opened.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
  });
});
