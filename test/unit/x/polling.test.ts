import { afterEach, describe, expect, it } from 'vitest';
import { idAt } from '../../../channels/x/payload/ids.ts';
import type { Polling } from '../../../channels/x/poll/polling.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { createAccount, settled } from './account.ts';
import { aPost, sara, self } from './bodies.ts';

let polling: Polling | null = null;
afterEach(async () => {
  await polling?.stop();
  polling = null;
});

/** An account that has been read once already, when nothing was there but one old mention and message. */
async function running(over: Parameters<typeof createAccount>[0] = {}) {
  const account = createAccount(over);
  account.fake.mention({}, { at: account.clock.now() - 3_600_000 });
  account.fake.dm({}, account.clock.now() - 3_600_000);
  polling = account.make();
  polling.start();
  await settled();
  return { ...account, polling };
}

const minutes = 60_000;
const hours = 60 * minutes;
const kindsOf = (events: readonly { event: string; settled?: boolean | undefined }[]) =>
  events.map(({ event, settled: is }) => (is ? 'settled' : event));

describe('mentions', () => {
  it('are read in turn, each stored once', async () => {
    const { fake, store, pass } = await running();
    const ids: string[] = [];
    for (let index = 0; index < 30; index += 1) {
      ids.push(fake.mention());
      await pass(1 * minutes);
    }
    expect(store.ids().slice(-30)).toEqual(ids);
  });
  it('are all stored after a burst of a thousand in one interval, the oldest first', async () => {
    const { clock, fake, store, pass } = await running();
    const at = clock.now();
    const ids = Array.from({ length: 1_000 }, (_, index) => fake.mention({}, { at: at + index * 40 }));
    await pass(1 * minutes);
    const burst = new Set(ids);
    expect(store.ids().filter((id) => burst.has(id))).toEqual(ids);
  });
  it('with an id that X cannot have given yet leave the others to be read', async () => {
    const { clock, fake, store, pass } = await running();
    const { mentions } = fake.reader;
    for (const id of ['9300000000000000000', '93000000000000000000', idAt(clock.now() + 2 * hours)]) {
      const odd = aPost({ id, edit_history_tweet_ids: [id], created_at: new Date(clock.now()).toISOString() });
      fake.reader.mentions = async (query) => {
        const page = Object(await mentions(query));
        return { ...page, data: [odd, ...page.data] };
      };
      await pass(1 * minutes);
      fake.reader.mentions = mentions;
      const next = fake.mention();
      await pass(1 * minutes);
      expect(store.ids().slice(-2)).toEqual([id, next]);
    }
  });
  it('are no longer searched for where search leads round in circles, and a gap is told', async () => {
    const { clock, fake, store, make, polling: before, counted } = await running();
    await before.stop();
    const at = clock.now();
    const ids = Array.from({ length: 1_200 }, (_, index) => fake.mention({}, { at: at + index * 1_000 }));
    clock.advance(1 * hours);
    const { search } = fake.reader;
    fake.reader.search = async (query) => ({
      ...Object(await search({ ...query, next: '0' })),
      meta: { next_token: 'again' },
    });
    polling = make();
    polling.start();
    await settled();
    expect(fake.calls.filter(({ what }) => what === 'search')).toHaveLength(2 * 2);
    expect(store.ids()).toEqual(expect.arrayContaining(ids.slice(300)));
    expect(counted.filter((what) => what === 'mentions-missing')).toHaveLength(2);
    expect(polling.state().reason).toContain('Some mentions between 2026-11-21 11:00 UTC and 2026-11-21 12:05 UTC');
  });
  it('are searched for in at most forty pages of one stretch of time', async () => {
    const { clock, fake, make, polling: before } = await running();
    await before.stop();
    for (let index = 0; index < 1_200; index += 1) fake.mention({}, { at: clock.now() + index * 1_000 });
    clock.advance(1 * hours);
    let pages = 0;
    fake.reader.search = async () => ({ data: [], meta: { next_token: String(++pages) } });
    polling = make();
    polling.start();
    await settled();
    expect(pages).toBe(2 * 40);
    expect(polling.state().reason).toContain('may be missing');
  });
  it('that X shows late are found', async () => {
    const { clock, fake, store, pass } = await running();
    const late = fake.mention({}, { at: clock.now(), lateMs: 4 * minutes });
    for (let index = 0; index < 4; index += 1) {
      fake.mention();
      await pass(1 * minutes);
    }
    expect(store.ids()).not.toContain(late);
    await pass(6 * minutes);
    expect(store.ids()).toContain(late);
  });
  it('that X shows late are found in a burst, and however slowly it is read', async () => {
    for (const pace of [1, 4, 16]) {
      const { clock, fake, store, pass, polling: it } = await running({ paceFactor: () => pace });
      const at = clock.now();
      const late = [1, 5, 9].map((lateMinutes) => fake.mention({}, { at, lateMs: lateMinutes * minutes }));
      for (let index = 0; index < 600; index += 1) fake.mention({}, { at: at + index * 100 });
      await pass(90 * minutes);
      expect(late.filter((id) => !store.ids().includes(id))).toEqual([]);
      expect(store.ids().filter((id) => !late.includes(id))).toHaveLength(602);
      await it.stop();
    }
  });
  it('of a day in which nothing was read are all stored in their order', async () => {
    const { clock, fake, store, make, pass, polling: before } = await running();
    await before.stop();
    const at = clock.now();
    const ids = Array.from({ length: 5_000 }, (_, index) => fake.mention({}, { at: at + index * 17_000 }));
    clock.advance(24 * hours);
    polling = make();
    polling.start();
    await settled();
    await pass(2 * minutes);
    expect(store.ids().slice(2)).toEqual(ids);
    const searches = fake.calls.filter(({ what }) => what === 'search');
    expect(searches.length).toBeLessThan(100);
    expect(searches.every(({ query }) => query.query === `@${self.username} -is:retweet`)).toBe(true);
  });
  it('that nobody can list any more are told of as a gap, and the others are stored', async () => {
    const { clock, fake, store, make, polling: before, alarms, counted, pass } = await running();
    await before.stop();
    const at = clock.now();
    const lost = Array.from({ length: 10 }, (_, index) => fake.mention({}, { at: at + index * hours }));
    clock.advance(9 * 24 * hours);
    const ids = Array.from({ length: 900 }, (_, index) =>
      fake.mention({}, { at: clock.now() - (900 - index) * 9 * minutes }),
    );
    polling = make();
    polling.start();
    await settled();
    expect(store.ids().slice(2)).toEqual(ids);
    expect(lost.some((id) => store.ids().includes(id))).toBe(false);
    expect(polling.state()).toEqual({
      state: 'connected',
      reason:
        'Some mentions between 2026-11-21 11:00 UTC and 2026-11-23 12:05 UTC may be missing: X no longer lists them.',
    });
    expect(counted).toContain('mentions-missing');
    expect(alarms).toHaveLength(1);
    await pass(7 * 24 * hours, 12 * hours);
    expect(polling.state().reason).toBeNull();
  });
  it('beyond the list are told of as a gap where the plan has no search', async () => {
    const { clock, fake, store, make, polling: before } = await running();
    await before.stop();
    const at = clock.now();
    const ids = Array.from({ length: 1_200 }, (_, index) => fake.mention({}, { at: at + index * 1_000 }));
    clock.advance(1 * hours);
    fake.fail('search', new SendError('rejected', 'The plan has no search.'));
    polling = make();
    polling.start();
    await settled();
    expect(store.ids().slice(2)).toEqual(ids.slice(400));
    expect(polling.state().reason).toContain('Some mentions between 2026-11-21 11:00 UTC and');
  });
  it('that were taken back since do not make a gap where there is none', async () => {
    const { clock, fake, store, make, polling: before } = await running();
    await before.stop();
    const ids = Array.from({ length: 750 }, (_, index) => fake.mention({}, { at: clock.now() + index * 1_000 }));
    fake.takeBack(ids[3]!);
    clock.advance(1 * hours);
    polling = make();
    polling.start();
    await settled();
    expect(store.ids()).toHaveLength(2 + 749);
    expect(polling.state().reason).toBeNull();
  });
});

describe('a kill', () => {
  it('at whatever moment loses nothing and stores nothing twice', async () => {
    for (const after of [0, 1, 99, 100, 101, 333, 799, 950, 1_499]) {
      const { clock, fake, store, make, pass, polling: before } = await running();
      await before.stop();
      const at = clock.now();
      const ids = Array.from({ length: 1_500 }, (_, index) => fake.mention({}, { at: at + index * 2_000 }));
      clock.advance(1 * hours);
      store.allow(after);
      polling = make();
      polling.start();
      await settled();
      await polling.stop();
      store.allow(Number.POSITIVE_INFINITY);
      polling = make();
      polling.start();
      await settled();
      await pass(1 * minutes);
      expect(new Set(store.ids().slice(2))).toEqual(new Set(ids));
      await polling.stop();
    }
  });
  it('reads no more again than what was not noted yet', async () => {
    const { clock, fake, store, make, polling: before } = await running();
    await before.stop();
    Array.from({ length: 600 }, (_, index) => fake.mention({}, { at: clock.now() + index * 2_000 }));
    clock.advance(1 * hours);
    store.allow(450);
    polling = make();
    polling.start();
    await settled();
    const { upTo } = JSON.parse(store.notes.get('x-mentions') ?? '{}');
    const stored = store.ids().slice(2);
    expect(stored.length).toBeGreaterThan(440);
    expect(stored.length - stored.indexOf(upTo)).toBeLessThan(100);
  });
});

describe('private messages', () => {
  const other = (index: number) => ({
    sender_id: String(BigInt(sara.id) + BigInt(index)),
    dm_conversation_id: undefined,
  });

  it('are asked for few at a time, and for more until a known one', async () => {
    const { fake, store, pass } = await running();
    await pass(2 * minutes);
    const ids = Array.from({ length: 300 }, (_, index) => fake.dm(other(index)));
    fake.calls.length = 0;
    await pass(2 * minutes);
    expect(store.ids().filter((id) => ids.includes(id))).toEqual(ids);
    const sizes = fake.calls.filter(({ what }) => what === 'dmEvents').map(({ query }) => query.max);
    expect(sizes.slice(0, 5)).toEqual([10, 30, 100, 100, 100]);
    fake.calls.length = 0;
    await pass(75_000, 75_000);
    expect(fake.calls.filter(({ what }) => what === 'dmEvents').map(({ query }) => query)).toEqual([{ max: 10 }]);
  });
  it('that somebody of ours answered meanwhile are not answered again', async () => {
    const { fake, store, pass } = await running();
    const pair = `${sara.id}-${self.id}`;
    fake.dm({ text: 'أين طلبي؟' });
    fake.dm({ text: 'تم', sender_id: self.id, dm_conversation_id: pair });
    fake.dm({ text: 'وهذا؟' });
    await pass(2 * minutes);
    expect(kindsOf(store.events().slice(-3))).toEqual(['settled', 'own-message', 'message']);
  });
  it('go on where X stopped them, when it lets them be asked for again', async () => {
    const { fake, store, pass, polling: it } = await running();
    const ids = Array.from({ length: 200 }, (_, index) => fake.dm(other(index)));
    const { dmEvents } = fake.reader;
    let pages = 0;
    fake.reader.dmEvents = async (query) => {
      pages += 1;
      if (pages === 3) throw new SendError('throttled', 'Too many.', { retryAfterMs: 10 * minutes });
      return dmEvents(query);
    };
    await pass(2 * minutes);
    expect(store.ids()).not.toContain(ids[0]);
    expect(it.state()).toEqual({
      state: 'connected',
      reason: 'X lets the direct messages be read on from 2026-11-21 12:12 UTC.',
    });
    await pass(11 * minutes);
    expect(it.state().reason).toBeNull();
    expect(store.ids().filter((id) => ids.includes(id))).toEqual(ids);
    const tokens = fake.calls.filter(({ what }) => what === 'dmEvents').map(({ query }) => query.next);
    expect(tokens.slice(1, 5)).toEqual([undefined, '10', '40', '140']);
  });
  it('older than X lists them are told of as a gap', async () => {
    const { clock, fake, make, polling: before } = await running();
    await before.stop();
    clock.advance(40 * 24 * hours);
    fake.reader.dmEvents = async () => ({ data: [], meta: {} });
    polling = make();
    polling.start();
    await settled();
    expect(polling.state().reason).toContain(
      'Some direct messages between 2026-11-21 11:00 UTC and 2026-12-01 12:00 UTC may be missing',
    );
  });
});

describe('the turn of reading', () => {
  const timesOf = (calls: readonly { what: string }[], what: string) => calls.filter((one) => one.what === what).length;

  it('is slower as the meter asks, and stops where it says so', async () => {
    let factor: number | null = 1;
    const { fake, pass, polling: it } = await running({ paceFactor: () => factor });
    fake.calls.length = 0;
    await pass(8 * minutes);
    expect(timesOf(fake.calls, 'mentions')).toBe(8);
    factor = 4;
    await pass(1 * minutes);
    fake.calls.length = 0;
    await pass(8 * minutes);
    expect(timesOf(fake.calls, 'mentions')).toBe(2);
    factor = null;
    await pass(8 * minutes);
    fake.calls.length = 0;
    await pass(30 * minutes);
    expect(fake.calls).toEqual([]);
    expect(it.state()).toEqual({ state: 'connected', reason: 'Reading from X is stopped: the budget is used up.' });
    factor = 1;
    await pass(2 * minutes);
    expect(timesOf(fake.calls, 'mentions')).toBeGreaterThan(0);
  });
  it('is a net beneath the webhook while X posts to us', async () => {
    const { fake, pass } = await running({ hasWebhook: () => true });
    fake.calls.length = 0;
    await pass(60 * minutes);
    expect(timesOf(fake.calls, 'mentions')).toBe(4);
    expect(timesOf(fake.calls, 'dmEvents')).toBe(4);
  });
  it('waits for as long as X asks', async () => {
    const { fake, pass, polling: it } = await running();
    fake.fail('mentions', new SendError('throttled', 'X lets nobody ask.', { retryAfterMs: 17 * minutes }));
    await pass(1 * minutes);
    fake.calls.length = 0;
    await pass(16 * minutes);
    expect(timesOf(fake.calls, 'mentions')).toBe(0);
    expect(it.state()).toEqual({ state: 'connected', reason: 'The mentions of X: X lets nobody ask.' });
    await pass(1 * minutes);
    expect(timesOf(fake.calls, 'mentions')).toBe(1);
    expect(it.state()).toEqual({ state: 'connected', reason: null });
  });
  it('tries soon after a cut line, more slowly each time, and says so', async () => {
    const { clock, fake, polling: it } = await running();
    for (let index = 0; index < 12; index += 1)
      fake.fail('mentions', new SendError('unreachable', 'X cannot be reached.'));
    clock.advance(1 * minutes);
    await settled();
    const waits: number[] = [];
    let [before, at] = [timesOf(fake.calls, 'mentions'), clock.now()];
    while (waits.length < 9) {
      clock.advance(250);
      await settled();
      if (timesOf(fake.calls, 'mentions') === before) continue;
      waits.push(clock.now() - at);
      [before, at] = [timesOf(fake.calls, 'mentions'), clock.now()];
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 16_000, 16_000]);
    expect(it.state()).toEqual({ state: 'reconnecting', reason: 'The mentions of X: X cannot be reached.' });
  });
  it('of one list goes on while the other cannot be read', async () => {
    const { fake, store, pass, polling: it } = await running();
    fake.reader.dmEvents = async () => Promise.reject(new SendError('rejected', 'The plan has no direct messages.'));
    const id = fake.mention();
    await pass(3 * minutes);
    expect(store.ids()).toContain(id);
    expect(it.state()).toEqual({
      state: 'connected',
      reason: 'The direct messages of X: The plan has no direct messages.',
    });
  });
  it('says that people must put right a refused account', async () => {
    const { fake, pass, polling: it } = await running();
    fake.fail('mentions', new SendError('config-invalid', 'X refuses the access token.'));
    await pass(1 * minutes);
    expect(it.state()).toEqual({ state: 'bad-credentials', reason: 'X refuses the access token.' });
  });
  it('passes nothing over where the answer is no page', async () => {
    const { fake, store, pass } = await running();
    const { mentions } = fake.reader;
    const id = fake.mention();
    fake.reader.mentions = async () => 'an answer of something in between';
    await pass(1 * minutes);
    fake.reader.mentions = mentions;
    expect(store.ids()).not.toContain(id);
    await pass(1 * minutes);
    expect(store.ids()).toContain(id);
  });
  it('never reads the same list twice at once, and ends when it is stopped', async () => {
    const { clock, fake, pass, polling: it } = await running();
    let open = 0;
    let most = 0;
    let release = (): void => undefined;
    fake.reader.mentions = async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      open -= 1;
      return { data: [] };
    };
    await pass(30 * minutes);
    expect(most).toBe(1);
    const stopped = it.stop();
    clock.advance(5_000);
    await stopped;
    release();
    await pass(10 * minutes);
    expect(most).toBe(1);
  });
});
