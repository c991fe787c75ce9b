import { compareIds, idAt } from '../../../channels/x/payload/ids.ts';
import { createPolling, type PollingOptions } from '../../../channels/x/poll/polling.ts';
import type { PageQuery, XReader } from '../../../channels/x/reading.ts';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { inboundEvent } from '../../../src/channel/inbound.ts';
import { createRecordingSink } from '../../contract/channel-contract.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { aDm, aPost, fahad, sara, self } from './bodies.ts';

type Json = Record<string, unknown>;
interface Item {
  id: string;
  /** When the lists begin to show it (ms). */
  shownAt: number;
  body: Json;
}

/** The lists of an account at X: newest first, in pages, mentions 800 at most, search of seven days. */
export function createFakeX(clock: FakeClock) {
  const mentions: Item[] = [];
  const dms: Item[] = [];
  const calls: { what: string; query: Json }[] = [];
  const failures: { what: string; error: Error }[] = [];
  let made = 0;

  const shown = (items: readonly Item[]): Item[] =>
    items.filter(({ shownAt }) => shownAt <= clock.now()).toSorted((a, b) => compareIds(b.id, a.id));

  const page = (items: readonly Item[], { next, max }: { next?: string; max: number }): Json => {
    const from = Number(next ?? 0);
    const some = items.slice(from, from + max);
    const meta = items.length > from + max ? { next_token: String(from + max) } : {};
    return { data: some.map(({ body }) => body), includes: { users: [sara, fahad, self] }, meta };
  };

  const within = (items: readonly Item[], { sinceId, untilId }: PageQuery): Item[] =>
    items.filter(({ id }) => (!sinceId || compareIds(id, sinceId) > 0) && (!untilId || compareIds(id, untilId) < 0));

  const asked = (what: string, query: object): void => {
    calls.push({ what, query: { ...query } });
    const at = failures.findIndex((one) => one.what === what);
    const [failure] = at < 0 ? [] : failures.splice(at, 1);
    if (failure) throw failure.error;
  };

  const reader: XReader = {
    me: async () => self,
    async mentions(query) {
      asked('mentions', query);
      return page(within(shown(mentions).slice(0, 800), query), query);
    },
    async search(query) {
      asked('search', query);
      const reach = idAt(clock.now() - 7 * 86_400_000);
      if (query.sinceId && compareIds(query.sinceId, reach) < 0) throw new Error('since_id is too old for search');
      return page(within(shown(mentions), { ...query, sinceId: query.sinceId ?? reach }), query);
    },
    async dmEvents(query) {
      asked('dmEvents', query);
      return page(shown(dms), query);
    },
    posts: async () => ({ data: [] }),
  };

  const idNow = (at: number): string => {
    made += 1;
    return String(BigInt(idAt(at)) + BigInt(made % 4_000_000));
  };
  return {
    reader,
    calls,
    /** The next call of this sort fails. */
    fail: (what: string, error: Error): void => void failures.push({ what, error }),
    mention(over: Json = {}, { at = clock.now(), lateMs = 0 } = {}): string {
      const id = idNow(at);
      const body = aPost({
        id,
        conversation_id: id,
        edit_history_tweet_ids: [id],
        created_at: new Date(at).toISOString(),
        ...over,
      });
      mentions.push({ id, shownAt: at + lateMs, body });
      return id;
    },
    dm(over: Json = {}, at = clock.now()): string {
      const id = idNow(at);
      dms.push({ id, shownAt: at, body: aDm({ id, created_at: new Date(at).toISOString(), ...over }) });
      return id;
    },
    takeBack: (id: string): void =>
      void mentions.splice(
        mentions.findIndex((one) => one.id === id),
        1,
      ),
  };
}

/** A core that stores each event once, remembers notes, and can be killed. */
export function createStore() {
  const notes = new Map<string, string>();
  const stored = new Map<string, GivenEvent>();
  let left = Number.POSITIVE_INFINITY;
  const sink = {
    ...createRecordingSink(),
    async receive(event: GivenEvent) {
      inboundEvent.parse(event);
      if (left <= 0) throw new Error('killed');
      left -= 1;
      const id = 'externalId' in event ? event.externalId : '';
      const duplicate = stored.has(id);
      if (!duplicate) stored.set(id, event);
      return { messageId: id, conversationId: 'c', duplicate };
    },
    recall: async (key: string) => notes.get(key) ?? null,
    async remember(key: string, value: string) {
      if (left <= 0) throw new Error('killed');
      notes.set(key, value);
    },
  };
  return {
    sink,
    notes,
    ids: () => [...stored.keys()],
    events: () => [...stored.values()],
    /** Only so many more events are stored; all after that fails. */
    allow: (count: number): void => {
      left = count;
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** All that can go on without time passing. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 6; turns += 1) await turn();
}

const quiet = (): void => undefined;

/** An account that is polled, with a clock that the test moves. */
export function createAccount(over: Partial<PollingOptions> = {}, start = '2026-11-21T12:00:00.000Z') {
  const clock = createFakeClock(start);
  const fake = createFakeX(clock);
  const store = createStore();
  const counted: string[] = [];
  const alarms: string[] = [];
  const make = () =>
    createPolling({
      inboxId: 'x',
      reader: fake.reader,
      sink: store.sink,
      sent: new Set<string>(),
      pollSeconds: 60,
      spacingMs: (list) => (list === 'dmEvents' ? 75_000 : 0),
      paceFactor: () => 1,
      hasWebhook: () => false,
      deps: {
        clock,
        count: (event) => void counted.push(event),
        log: {
          debug: quiet,
          info: quiet,
          warn: quiet,
          error: (fields, line) => void alarms.push(`${line} ${JSON.stringify(fields)}`),
        },
      },
      ...over,
    });
  /** Time passes, in steps in which all that is due goes on. */
  const pass = async (ms: number, step = 60_000): Promise<void> => {
    for (let passed = 0; passed < ms; passed += step) {
      clock.advance(Math.min(step, ms - passed));
      await settled();
    }
  };
  return { clock, fake, store, counted, alarms, make, pass };
}
