import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasons } from '../../../channels/whatsapp-web/reasons.ts';
import { pauseBefore } from '../../../channels/whatsapp-web/session.ts';
import { untilHour } from '../../../channels/whatsapp-web/tend.ts';
import { FakeWorld } from './fake-client.ts';
import { anOutbound, eventsOf, type OpenChannel, openChannel, settle } from './open-channel.ts';

const minute = 60_000;

/** Lets time go by in steps, so that what waits for other code keeps up. */
async function pass({ clock }: OpenChannel, ms: number): Promise<void> {
  const step = ms > minute ? 5_000 : 1_000;
  for (let gone = 0; gone < ms; gone += step) {
    clock.advance(Math.min(step, ms - gone));
    await settle();
  }
}

/** Lets time go by until the account is so; files on a busy disk take as long as they take. */
const comesTo = (open: OpenChannel, state: string, reason: string | null = null): Promise<void> =>
  expect
    .poll(
      async () => {
        await pass(open, 1_000);
        const now = open.channel.state();
        return [now.state, now.reason];
      },
      { interval: 1, timeout: 10_000 },
    )
    .toEqual([state, reason]);

const unlinked = (): FakeWorld => Object.assign(new FakeWorld('$1'), { isLinked: false });

describe('linking', () => {
  it('shows a QR code until it is scanned, always the newest', async () => {
    const world = unlinked();
    const open = await openChannel(world);
    expect(open.channel.state()).toEqual({
      state: 'needs-login',
      reason: reasons.scan,
      login: { qr: 'qr-text-1', code: null, at: '2026-11-22T08:00:00.000Z' },
    });
    open.clock.advance(20_000);
    world.client.emit('qr', 'qr-text-2');
    expect(open.channel.state().login).toEqual({ qr: 'qr-text-2', code: null, at: '2026-11-22T08:00:20.000Z' });
    world.client.scan();
    expect(open.channel.state()).toEqual({ state: 'connected', reason: null, phone: '+966500000001' });
  });

  it('shows a pairing code', async () => {
    const world = unlinked();
    const { channel } = await openChannel(world, { values: { PHONE: '+966500000001' } });
    world.client.emit('code', 'ABCD1234');
    expect(channel.state()).toMatchObject({ reason: reasons.enterCode, login: { qr: null, code: 'ABCD1234' } });
  });

  it('begins again with a new client when no new code comes', async () => {
    const world = unlinked();
    const open = await openChannel(world);
    await pass(open, 100_000);
    expect(world.clients.length).toBe(2);
    expect(open.channel.state()).toMatchObject({ state: 'needs-login', login: { qr: 'qr-text-1' } });
  });

  it('waits while codes keep coming', async () => {
    const world = unlinked();
    const open = await openChannel(world);
    for (let at = 0; at < 20; at += 1) {
      await pass(open, 20_000);
      world.client.emit('qr', `qr-${at}`);
    }
    expect(world.clients).toHaveLength(1);
  });
});

describe('a page that fails in silence', () => {
  it.each([
    ['never opens', (world: FakeWorld) => Object.assign(world, { hangs: 'start' }), reasons.openLate],
    ['opens and says nothing', (world: FakeWorld) => Object.assign(world, { isSilent: true }), reasons.readyLate],
  ])('%s: is opened again after two minutes', async (_, spoil, reason) => {
    const world = new FakeWorld('$1');
    spoil(world);
    const open = await openChannel(world, { started: false });
    const starting = open.channel.start(open.sink);
    await settle();
    open.clock.advance(2_000);
    await starting;
    await pass(open, 2 * minute - 5_000);
    expect(world.clients).toHaveLength(1);
    await pass(open, 5_000);
    expect(open.channel.state()).toMatchObject({ state: 'reconnecting', reason });
    Object.assign(world, { hangs: 'nothing', isSilent: false });
    await comesTo(open, 'connected');
    expect([world.clients.length, open.channel.state().state]).toEqual([2, 'connected']);
  });

  it('is linked and never ready: is opened again', async () => {
    const world = unlinked();
    const open = await openChannel(world);
    world.client.emit('authenticated', undefined);
    expect(open.channel.state()).toEqual({ state: 'starting', reason: reasons.loading });
    await pass(open, 2 * minute);
    expect(open.channel.state().reason).toBe(reasons.readyLate);
  });

  it.each([
    ['the browser ends', 'browserGone', (world: FakeWorld) => world.client.pupBrowser.emit('disconnected')],
    ['the page crashes', 'pageCrashed', (world: FakeWorld) => world.client.pupPage.emit('error', new Error('crash'))],
    ['the page is closed', 'pageClosed', (world: FakeWorld) => world.client.pupPage.emit('close')],
    ['the library says that it is over', 'disconnected', (world: FakeWorld) => world.client.emit('disconnected', 'X')],
    ['another browser has it', 'conflict', (world: FakeWorld) => world.client.emit('disconnected', 'CONFLICT')],
  ] as const)('%s: a fresh client comes after a pause', async (_, reason, happen) => {
    const world = new FakeWorld('$1');
    const open = await openChannel(world);
    await settle();
    const before = world.client;
    happen(world);
    await settle();
    expect(open.channel.state()).toMatchObject({ state: 'reconnecting', reason: reasons[reason] });
    expect(before.isDestroyed).toBe(true);
    await comesTo(open, 'connected');
    expect(world.client).not.toBe(before);
    expect(open.channel.state().state).toBe('connected');
    world.client.receive('966512345678@c.us', { body: 'وصلت؟' });
    await settle();
    expect(eventsOf(open.sink, 'message')).toHaveLength(1);
  });

  it('answers nothing any more: after two looks it is killed and started again', async () => {
    const world = new FakeWorld('$1');
    const open = await openChannel(world);
    await settle();
    const before = world.client;
    world.hangs = 'everything';
    await pass(open, 165_000);
    expect(open.channel.state().reason).toBe(reasons.notAnswering);
    await pass(open, 20_000);
    expect(before.browserProcess.killed).toBe(true);
    world.hangs = 'nothing';
    await comesTo(open, 'connected');
    expect(open.channel.state().state).toBe('connected');
  });

  it('has lost its frame: the first look ends it', async () => {
    const world = new FakeWorld('$1');
    const open = await openChannel(world);
    await settle();
    world.client.isDestroyed = true;
    await pass(open, minute);
    expect(open.channel.state().reason).toBe(reasons.frameGone);
  });

  it('is only offline: it is told, and nothing is done for ten minutes', async () => {
    const world = new FakeWorld('$1');
    const open = await openChannel(world);
    await settle();
    world.state = 'TIMEOUT';
    world.client.emit('change_state', 'TIMEOUT');
    expect(open.channel.state()).toMatchObject({ state: 'reconnecting', reason: reasons.offline });
    await pass(open, 9 * minute);
    expect(world.clients).toHaveLength(1);
    world.state = 'CONNECTED';
    world.client.emit('change_state', 'CONNECTED');
    expect(open.channel.state().state).toBe('connected');
    await pass(open, 5 * minute);
    expect(world.clients).toHaveLength(1);
  });
});

describe('an account that is unlinked on the phone', () => {
  it('needs a person again, with a fresh profile and a fresh code', async () => {
    const world = new FakeWorld('$1');
    const open = await openChannel(world);
    await settle();
    const profile = join(open.directory, 'session-wasl');
    mkdirSync(profile, { recursive: true });
    world.isLinked = false;
    world.client.emit('disconnected', 'LOGOUT');
    await settle();
    expect(open.channel.state()).toEqual({ state: 'needs-login', reason: reasons.loggedOut, login: null });
    expect(existsSync(profile)).toBe(false);
    await comesTo(open, 'needs-login', reasons.scan);
    expect(open.channel.state()).toMatchObject({
      state: 'needs-login',
      reason: reasons.scan,
      login: { qr: 'qr-text-1' },
    });
  });
});

describe('an account that is lost without a word', () => {
  it('needs a person again as soon as the page asks to be linked', async () => {
    const world = new FakeWorld('$1');
    const open = await openChannel(world);
    await settle();
    world.isLinked = false;
    world.client.emit('qr', 'qr-after-ready');
    await settle();
    expect(open.channel.state()).toMatchObject({ state: 'needs-login', reason: reasons.loggedOut });
    await comesTo(open, 'needs-login', reasons.scan);
  });
});

describe('a client that is being ended', () => {
  it('is not listened to any more', async () => {
    const world = new FakeWorld('$1');
    const open = await openChannel(world);
    await settle();
    const before = world.client;
    before.emit('disconnected', 'TOS_BLOCK');
    before.becomeReady();
    await settle();
    expect(open.channel.state()).toMatchObject({ state: 'reconnecting', reason: reasons.banned });
  });
});

describe('what cannot be helped here', () => {
  it('is said: no browser', async () => {
    const world = new FakeWorld('$1');
    world.browser = () => Promise.resolve('libnss3.so: cannot open shared object file');
    const open = await openChannel(world);
    expect(open.channel.state()).toEqual({
      state: 'reconnecting',
      reason: `${reasons.noBrowser} libnss3.so: cannot open shared object file`,
    });
    world.browser = () => Promise.resolve({ path: 'none', headless: true });
    await comesTo(open, 'connected');
    expect(open.channel.state().state).toBe('connected');
  });

  it.each([
    ['ready timeout', 'openFailed'],
    [new Error('Failed to launch the browser process! Code: 127'), 'noBrowser'],
    [new Error('The browser is already running for /x. Use a different `userDataDir`'), 'profileInUse'],
  ] as const)('is said where the library rejects with %s', async (thrown, reason) => {
    const world = Object.assign(new FakeWorld('$1'), { failsToStart: thrown });
    const open = await openChannel(world);
    await settle();
    expect(open.channel.state().reason).toBe(reasons[reason]);
  });

  it('is tried ever more rarely', async () => {
    const world = Object.assign(new FakeWorld('$1'), { failsToStart: new Error('no') });
    const open = await openChannel(world);
    await pass(open, 10 * minute);
    expect(world.clients.length).toBeGreaterThan(4);
    expect(world.clients.length).toBeLessThan(9);
  });
});

describe('ready, said again', () => {
  it('changes nothing: each message is stored once, each answer sent once', async () => {
    const world = new FakeWorld('$1');
    const open = await openChannel(world);
    world.client.becomeReady();
    world.client.becomeReady();
    world.client.receive('966512345678@c.us', { body: 'مرة' });
    await settle();
    await open.channel.send(anOutbound(), new AbortController().signal);
    expect([eventsOf(open.sink, 'message').length, world.sent.length, world.clients.length]).toEqual([1, 1, 1]);
  });
});

describe('the quiet hour', () => {
  it('starts the browser afresh, once a day', async () => {
    const world = new FakeWorld('$1');
    const open = await openChannel(world);
    await settle();
    // 08:00 UTC is 11:00 in Riyadh; 03:00 comes 16 hours later
    open.clock.advance(16 * 60 * minute - 1);
    await settle();
    expect(world.clients).toHaveLength(1);
    open.clock.advance(1);
    await comesTo(open, 'connected');
    expect([world.clients.length, open.channel.state().state]).toEqual([2, 'connected']);
  });

  it('is never further away than a day, nor now', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 23 }), (now, hour) => {
        const wait = untilHour(now, hour);
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(86_400_000);
        expect(new Date(now + wait + 3 * 3_600_000).getUTCHours()).toBe(hour);
      }),
    );
  });

  it('has pauses before it that grow to five minutes and differ', () => {
    expect(pauseBefore(1, 'aa')).toBeGreaterThanOrEqual(4_000);
    expect(pauseBefore(1, 'zz')).toBeLessThanOrEqual(6_000);
    expect(pauseBefore(20, 'zz')).toBeLessThanOrEqual(360_000);
    expect(new Set(['aa', 'ab', 'ac'].map((token) => pauseBefore(3, token))).size).toBe(3);
  });
});
