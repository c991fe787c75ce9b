import { afterEach, describe, expect, it } from 'vitest';
import type { Polling } from '../../../channels/x/poll/polling.ts';
import { createAccount, settled } from './account.ts';
import { aPost } from './bodies.ts';

let polling: Polling | null = null;
afterEach(async () => {
  await polling?.stop();
  polling = null;
});

const minutes = 60_000;

/** An account whose list shows one mention without its author, among others, for so many readings. */
async function withUnread(readings: number) {
  const account = createAccount();
  const { fake, clock, make } = account;
  fake.mention({}, { at: clock.now() - 5 * minutes });
  polling = make();
  polling.start();
  await settled();
  const id = fake.mention();
  const { mentions } = fake.reader;
  let shown = 0;
  fake.reader.mentions = async (query) => {
    const page = Object(await mentions(query));
    const isThere = page.data.some((post: { id: string }) => post.id === id);
    if (isThere) shown += 1;
    if (shown > readings) return page;
    const without = aPost({ id, author_id: undefined });
    return { ...page, data: page.data.map((post: { id: string }) => (post.id === id ? without : post)) };
  };
  return { ...account, id, shown: () => shown };
}

describe('a mention that is shown without its author', () => {
  it('is read when it is shown again with it', async () => {
    for (const readings of [1, 2]) {
      const { store, counted, pass, id, shown } = await withUnread(readings);
      await pass(14 * minutes);
      expect(shown()).toBeGreaterThan(readings);
      expect(store.ids().filter((one) => one === id)).toEqual([id]);
      expect(counted).not.toContain('odd-no-author');
      await polling?.stop();
    }
  });

  it('is counted once after three readings in vain, and then left', async () => {
    const { store, counted, pass, id, shown } = await withUnread(Number.POSITIVE_INFINITY);
    await pass(30 * minutes);
    expect(shown()).toBeGreaterThan(3);
    expect(counted.filter((what) => what === 'odd-no-author')).toHaveLength(1);
    expect(store.ids()).not.toContain(id);
  });
});
