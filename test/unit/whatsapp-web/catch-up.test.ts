import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import { FakeWorld, shapes } from './fake-client.ts';
import { eventsOf, openChannel, settle } from './open-channel.ts';

const sara = '966512345678@c.us';
const omar = '966598765432@c.us';
const hour = 3_600_000;

/** Links the account, stops, lets time go by, and gives what is needed to start again. */
async function linkedAndStopped(world: FakeWorld) {
  const notes = new Map<string, string>();
  const clock = createFakeClock('2026-11-22T08:00:00.000Z');
  const { channel } = await openChannel(world, { notes, clock });
  await settle();
  await channel.stop();
  return { notes, clock };
}

describe.each(shapes)('after a time without Wasl, with ids as %s', (shape) => {
  it('what came is read once and in its order, ours from the phone too', async () => {
    const world = new FakeWorld(shape);
    const { notes, clock } = await linkedAndStopped(world);
    clock.advance(hour);
    world.write(sara, { body: 'الأولى' });
    clock.advance(60_000);
    world.write(sara, { body: 'سأنظر فيها', fromMe: true });
    clock.advance(60_000);
    world.write(sara, { body: 'الثالثة' });
    world.write('12@g.us', { body: 'في مجموعة' });
    clock.advance(hour);
    const { sink } = await openChannel(world, { notes, clock });
    await settle();
    const told = sink.events.map((one) => [one.event, 'text' in one ? one.text : '']);
    expect(told).toEqual([
      ['message', 'الأولى'],
      ['own-message', 'سأنظر فيها'],
      ['message', 'الثالثة'],
    ]);
  });

  it('a live message while it is read hides nothing that came before', async () => {
    const world = new FakeWorld(shape);
    const { notes, clock } = await linkedAndStopped(world);
    clock.advance(hour);
    world.write(sara, { id: 'MISSED', body: 'فائتة' });
    clock.advance(hour);
    const { sink } = await openChannel(world, { notes, clock });
    world.client.receive(sara, { id: 'LIVE', body: 'الآن' });
    await settle();
    const ids = eventsOf(sink, 'message').map(({ externalId }) => externalId);
    expect([...new Set(ids)].sort()).toEqual(['LIVE', 'MISSED']);
  });
});

describe('the first link', () => {
  it('leaves alone what was there before', async () => {
    const world = new FakeWorld('$1');
    world.now = () => Date.parse('2026-11-20T08:00:00Z');
    world.write(sara, { body: 'قديمة' });
    world.chatOf(sara).unreadCount = 1;
    const { sink } = await openChannel(world);
    await settle();
    expect(sink.events).toEqual([]);
  });

  it('begins anew for another account', async () => {
    const world = new FakeWorld('$1');
    const { notes, clock } = await linkedAndStopped(world);
    clock.advance(hour);
    world.me = '966500000002';
    world.write(sara, { body: 'كانت لحساب آخر' });
    clock.advance(hour);
    const { sink } = await openChannel(world, { notes, clock });
    await settle();
    expect(sink.events).toEqual([]);
  });
});

describe('the look every minute', () => {
  it('finds what no event told of', async () => {
    const world = new FakeWorld('$1');
    const { sink, clock } = await openChannel(world);
    await settle();
    clock.advance(30_000);
    world.write(sara, { body: 'بلا حدث' });
    clock.advance(30_000);
    await settle();
    expect(eventsOf(sink, 'message').map(({ text }) => text)).toEqual(['بلا حدث']);
  });

  it('tells nothing twice', async () => {
    const world = new FakeWorld('$1');
    const { sink, clock } = await openChannel(world);
    await settle();
    world.client.receive(sara, { body: 'مرة' });
    await settle();
    for (let minute = 0; minute < 3; minute += 1) {
      clock.advance(60_000);
      await settle();
    }
    expect(eventsOf(sink, 'message')).toHaveLength(1);
  });

  it('finds a change and a deletion that no event told of', async () => {
    const world = new FakeWorld('$1');
    const { sink, clock } = await openChannel(world);
    await settle();
    const edited = world.client.receive(sara, { id: 'E', body: 'قبل' });
    const deleted = world.client.receive(sara, { id: 'D', body: 'تحذف' });
    await settle();
    Object.assign(edited, { body: 'بعد', latestEditSenderTimestampMs: clock.now() + 1_000 });
    Object.assign(deleted, { type: 'revoked', body: null });
    clock.advance(60_000);
    await settle();
    const told = eventsOf(sink, 'message')
      .slice(2)
      .map(({ kind, text, refersTo }) => [kind, text, refersTo]);
    expect(told).toContainEqual(['edit', 'بعد', 'E']);
    expect(told).toContainEqual(['deletion', '', 'D']);
  });

  it('reads a chat from where it was when it could not be stored', async () => {
    const world = new FakeWorld('$1');
    const { notes, clock } = await linkedAndStopped(world);
    clock.advance(hour);
    world.write(sara, { body: 'فائتة' });
    clock.advance(hour);
    const failing = await openChannel(world, { notes, clock });
    failing.sink.fail(new Error('the disk is full'));
    await settle();
    await failing.channel.stop();
    clock.advance(hour);
    const { sink } = await openChannel(world, { notes, clock });
    await settle();
    expect(eventsOf(sink, 'message').map(({ text }) => text)).toEqual(['فائتة']);
  });

  it('is not held up by a chat that cannot be read', async () => {
    const world = new FakeWorld('$1');
    const { notes, clock } = await linkedAndStopped(world);
    clock.advance(hour);
    world.write(sara, { body: 'عالقة' });
    clock.advance(hour);
    world.hangs = 'history';
    const { sink } = await openChannel(world, { notes, clock });
    await settle();
    world.hangs = 'nothing';
    world.write(omar, { body: 'تصل' });
    clock.advance(30_000);
    await settle();
    clock.advance(60_000);
    await settle();
    expect(
      eventsOf(sink, 'message')
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['تصل', 'عالقة']);
  });

  it('reads further back where much came', async () => {
    const world = new FakeWorld('$1');
    const { notes, clock } = await linkedAndStopped(world);
    for (let at = 0; at < 230; at += 1) {
      clock.advance(20_000);
      world.write(sara, { body: String(at) });
    }
    const { sink } = await openChannel(world, { notes, clock });
    for (let turn = 0; turn < 60; turn += 1) await settle();
    expect(eventsOf(sink, 'message').map(({ text }) => text)).toEqual(
      Array.from({ length: 230 }, (_, at) => String(at)),
    );
  });
});
