import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import type { XOptions } from '../../fakes/x/simulator.ts';
import { type Opened, openX } from './an-inbox.ts';

/** Long timers that a test sets off; short ones go by themselves. */
const createTimers = () => {
  const waiting = new Set<{ ms: number; run: () => void }>();
  return {
    after(ms: number, run: () => void) {
      if (ms < 3_000) return systemClock.after(ms, run);
      const one = { ms, run };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    /** Sets off those that wait for so long. */
    setOff(from: number, to = from): boolean {
      const found = [...waiting].filter(({ ms }) => ms >= from && ms <= to);
      for (const one of found) {
        waiting.delete(one);
        one.run();
      }
      return found.length > 0;
    },
  };
};

let inbox: Opened;
let door: Server;
let publicUrl: string;
let secret: string;

beforeEach(async () => {
  secret = 'simulated-app-secret';
  door = createServer((request, response) => {
    const token = new URL(request.url ?? '', 'http://x').searchParams.get('crc_token') ?? '';
    const response_token = `sha256=${createHmac('sha256', secret).update(token).digest('base64')}`;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ response_token }));
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  publicUrl = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await inbox.close();
  door.closeAllConnections();
  await new Promise((resolve) => door.close(resolve));
});

const opened = async (webhook: string, url = publicUrl, settings: Record<string, string> = {}, x: XOptions = {}) => {
  const timers = createTimers();
  const clock = { now: () => Date.now(), after: timers.after };
  inbox = await openX({ settings: { X_WEBHOOK: webhook, ...settings }, deps: { clock, publicUrl: url }, x });
  return timers;
};

const kinds = () => inbox.provider.subscriptions.all().map(({ event_type }) => event_type);

describe('the webhook at X', () => {
  it('is made and subscribed to by itself, and not a second time', async () => {
    const timers = await opened('activity');
    timers.setOff(3_000);
    await expect.poll(() => kinds().length).toBe(9);
    expect(kinds()).toEqual(expect.arrayContaining(['post.mention.create', 'dm.received', 'chat.received']));
    expect(inbox.provider.webhooks.all()).toMatchObject([{ url: `${publicUrl}/webhooks/x`, valid: true }]);
    expect(inbox.channel.state().reason).toBeNull();
    await expect.poll(() => timers.setOff(3_600_000)).toBe(true);
    await expect.poll(() => timers.setOff(3_600_000)).toBe(true);
    expect(inbox.provider.webhooks.all()).toHaveLength(1);
    expect(kinds()).toHaveLength(9);
  });

  it('that became invalid is made valid again at the next look', async () => {
    const timers = await opened('activity');
    timers.setOff(3_000);
    await expect.poll(() => kinds().length).toBe(9);
    secret = 'another';
    await inbox.provider.challengeAll();
    expect(inbox.provider.webhooks.all()[0]?.valid).toBe(false);
    secret = 'simulated-app-secret';
    await expect.poll(() => timers.setOff(3_600_000)).toBe(true);
    await expect.poll(() => inbox.provider.webhooks.all()[0]?.valid).toBe(true);
  });

  it('that cannot be set up is told as a reason, while the inbox stays connected, and tried again', async () => {
    secret = 'another';
    const timers = await opened('activity');
    timers.setOff(3_000);
    await expect.poll(() => inbox.channel.state().reason).toMatch(/X does not post events to Wasl/);
    expect(inbox.channel.state().state).toBe('connected');
    secret = 'simulated-app-secret';
    await expect.poll(() => timers.setOff(60_000)).toBe(true);
    await expect.poll(() => inbox.channel.state().reason).toBeNull();
  });

  it('is set up with a bearer token that X gives for the key, where none was entered', async () => {
    const timers = await opened('activity', publicUrl, { X_BEARER_TOKEN: '' });
    const { X_BEARER_TOKEN: bearer, X_APP_KEY: key, X_APP_SECRET: keySecret } = inbox.provider.settings();
    inbox.provider.app.post('/oauth2/token', (request, response) => {
      const given = Buffer.from(request.headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString();
      if (given !== `${key}:${keySecret}`) return void response.status(403).json({});
      response.json({ token_type: 'bearer', access_token: bearer });
    });
    timers.setOff(3_000);
    await expect.poll(() => kinds().length).toBe(9);
  });

  it('is subscribed to all that X allows, and says what is missing', async () => {
    const few = { user: [{ most: 5, inMs: 900_000 }], app: [{ most: 500, inMs: 900_000 }] };
    const timers = await opened('activity', publicUrl, {}, { limits: { subscriptions: few } });
    timers.setOff(3_000);
    await expect.poll(() => inbox.channel.state().reason).toMatch(/refused to tell of .*chat\.received/);
    expect(kinds()).toHaveLength(5);
    expect(inbox.channel.state().state).toBe('connected');
  });

  it('is set up by the older interface where that is what there is', async () => {
    const timers = await opened('account-activity');
    timers.setOff(3_000);
    await expect
      .poll(() => [...inbox.provider.subscriptions.accountActivity.values()].map((users) => users.size))
      .toEqual([1]);
  });

  it('is not tried where X could never reach it, and not asked for without being wanted', async () => {
    await opened('activity', 'https://care.example.sa:8443');
    expect(inbox.channel.state().reason).toMatch(/https:\/\/ and without a port/);
    expect(inbox.provider.requests.filter(({ path }) => path.includes('webhooks'))).toEqual([]);
    await inbox.close();
    const timers = await opened('none');
    expect(timers.setOff(3_000)).toBe(false);
  });
});
