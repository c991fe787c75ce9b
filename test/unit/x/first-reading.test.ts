import { afterEach, describe, expect, it } from 'vitest';
import { idAt } from '../../../channels/x/payload/ids.ts';
import type { Polling } from '../../../channels/x/poll/polling.ts';
import { createAccount, settled } from './account.ts';
import { fahad, sara } from './bodies.ts';

let polling: Polling | null = null;
afterEach(async () => {
  await polling?.stop();
  polling = null;
});

const minutes = 60_000;
const hours = 60 * minutes;
const kindsOf = (events: readonly { event: string; settled?: boolean | undefined }[]) =>
  events.map(({ event, settled: is }) => (is ? 'settled' : event));

describe('the first reading of an account', () => {
  it('answers what is of the last day, and keeps the older as history', async () => {
    const { clock, fake, store, make } = createAccount();
    for (const ago of [50, 30, 23, 1]) {
      fake.mention({}, { at: clock.now() - ago * hours });
      fake.dm(
        { sender_id: String(BigInt(sara.id) + BigInt(ago)), dm_conversation_id: undefined },
        clock.now() - ago * hours,
      );
    }
    polling = make();
    polling.start();
    await settled();
    const of = (visibility: string) =>
      store.events().filter((event) => 'visibility' in event && event.visibility === visibility);
    expect(kindsOf(of('public'))).toEqual(['settled', 'settled', 'message', 'message']);
    expect(kindsOf(of('private'))).toEqual(['settled', 'settled', 'message', 'message']);
  });
  it('reads no further than where the last day ends', async () => {
    const { clock, fake, store, make } = createAccount();
    for (let index = 0; index < 250; index += 1) fake.mention({}, { at: clock.now() - index * 20 * minutes });
    polling = make();
    polling.start();
    await settled();
    expect(store.ids()).toHaveLength(100);
    expect(fake.calls.map(({ what }) => what).sort()).toEqual(['dmEvents', 'mentions']);
  });
  it('reads on while what comes is of the last day', async () => {
    const { clock, fake, store, make } = createAccount();
    const other = (index: number) => ({
      sender_id: String(BigInt(sara.id) + BigInt(index)),
      dm_conversation_id: undefined,
    });
    for (let index = 0; index < 250; index += 1) {
      fake.mention({}, { at: clock.now() - (250 - index) * 10_000 });
      fake.dm(other(index), clock.now() - (250 - index) * 10_000);
    }
    polling = make();
    polling.start();
    await settled();
    expect(kindsOf(store.events())).toEqual(Array.from({ length: 500 }, () => 'message'));
  });
  it('leads to an end where the list has none', async () => {
    const { clock, fake, make } = createAccount();
    let pages = 0;
    const at = new Date(clock.now()).toISOString();
    fake.reader.mentions = async () => {
      pages += 1;
      return {
        data: [{ id: idAt(clock.now()), author_id: sara.id, created_at: at }],
        meta: { next_token: `${pages}` },
      };
    };
    polling = make();
    polling.start();
    await settled();
    expect(pages).toBe(10);
  });
  it('lets nothing of long before be answered later, though X showed nothing at first', async () => {
    const { clock, fake, store, make, pass } = createAccount();
    const days = 24 * hours;
    for (let index = 0; index < 150; index += 1) {
      fake.mention({}, { at: clock.now() - 10 * days - index * minutes });
      fake.dm({ sender_id: fahad.id, dm_conversation_id: undefined }, clock.now() - 10 * days - index * minutes);
    }
    const { mentions, dmEvents } = fake.reader;
    const none = async () => ({ meta: { result_count: 0 } });
    Object.assign(fake.reader, { mentions: none, dmEvents: none });
    polling = make();
    polling.start();
    await settled();
    await polling.stop();
    Object.assign(fake.reader, { mentions, dmEvents });
    clock.advance(2 * days);
    const asked = fake.mention();
    polling = make();
    polling.start();
    await settled();
    await pass(10 * minutes);
    const messages = store.events().filter(({ event }) => event === 'message');
    expect(messages).toHaveLength(200);
    expect(messages.filter((event) => !('settled' in event))).toMatchObject([{ externalId: asked }]);
  });
  it('lets old mentions that X shows only later be history too', async () => {
    const { clock, fake, store, make, pass } = createAccount();
    const old = [300, 200, 100].map((ago) =>
      fake.mention({}, { at: clock.now() - ago * hours, lateMs: (ago + 1) * hours }),
    );
    const [seen] = [fake.mention({}, { at: clock.now() - 400 * hours })];
    polling = make();
    polling.start();
    await settled();
    expect(store.ids()).toEqual([seen]);
    await pass(2 * hours);
    const fresh = fake.mention();
    await pass(2 * minutes);
    expect(store.ids()).toEqual([seen, ...old, fresh]);
    expect(kindsOf(store.events())).toEqual(['settled', 'settled', 'settled', 'settled', 'message']);
  });
  it('of an account without anything lets the first mention be answered', async () => {
    const { fake, store, make, pass } = createAccount();
    polling = make();
    polling.start();
    await settled();
    const id = fake.mention();
    await pass(1 * minutes);
    expect(store.ids()).toEqual([id]);
    expect(kindsOf(store.events())).toEqual(['message']);
  });
});
