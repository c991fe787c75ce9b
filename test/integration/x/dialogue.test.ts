import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { x } from '../../../channels/x/channel.ts';
import { coreSettings, readSettings } from '../../../src/config.ts';
import { createGateway, type Gateway } from '../../../src/gateway.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { createXSimulator, type XSimulator } from '../../fakes/x/simulator.ts';
import { removeStore, storeEnv } from '../../support/store-env.ts';

const token = 'token-of-the-test-administrator';
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let provider: XSimulator;
let gateway: Gateway;
let directory: string;
let url: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-x-'));
  provider = createXSimulator({ retryDelaysMs: [50, 100] });
  await provider.start();
  gateway = await createGateway({
    settings: readSettings(coreSettings, { PORT: '0', ...storeEnv(directory), API_TOKEN: token }),
    root: join(import.meta.dirname, '../../..'),
    version: 'test',
    kinds: [x],
    inboxes: givenInboxes([x], { ...provider.settings(), X_MONTHLY_BUDGET_USD: '50' }),
    log: quiet,
  });
  await gateway.start();
  url = `http://127.0.0.1:${gateway.port()}`;
  await provider.connect(`${url}/webhooks/x`);
});
afterEach(async () => {
  await gateway.stop();
  await provider.stop();
  await removeStore(directory);
});

const asking = async (path: string) => {
  const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as Record<string, unknown>;
};

describe('an account at X behind Wasl', () => {
  it('answers a mention once in public, and goes on in private', async () => {
    const person = provider.person({ username: 'sara_q', name: 'سارة' });
    const mention = person.mention('كيف أعرف حالة طلبي؟');
    await expect.poll(() => provider.posts.length, { timeout: 15_000 }).toBe(1);
    expect(provider.posts[0]?.references[0]).toMatchObject({ type: 'replied_to', id: mention.id });
    expect(provider.posts[0]?.typed).toContain('الرسائل الخاصة');
    person.dm('السلام عليكم، أبغى أعرف حالة طلبي');
    await expect.poll(() => provider.dms.length, { timeout: 15_000 }).toBeGreaterThan(0);
    expect(provider.dms.every(({ recipientId }) => recipientId === person.id)).toBe(true);
    expect(provider.posts).toHaveLength(1);
  });

  it('tells what it has cost', async () => {
    const person = provider.person({ username: 'sara_q' });
    person.dm('السلام عليكم');
    await expect.poll(() => provider.dms.length, { timeout: 15_000 }).toBeGreaterThan(0);
    const { items } = (await asking('/inboxes')) as { items: { channel: string; usage: object }[] };
    expect(items.find(({ channel }) => channel === 'x')?.usage).toMatchObject({
      budget: { limit: 50 },
      lines: expect.arrayContaining([expect.objectContaining({ what: 'dm-send' })]),
    });
  });
});
