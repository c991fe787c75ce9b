import { describe, expect, it } from 'vitest';
import { createAccount, judge } from '../../../channels/sms/account.ts';
import { openNotebook } from '../../../channels/sms/notebook.ts';
import { type Balance, LostAnswer, type Provider, Refusal } from '../../../channels/sms/providers/provider.ts';
import { smsSettings } from '../../../channels/sms/settings.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import { createNotes } from './notes.ts';

const hour = 3_600_000;
const sar = (left: number): Balance => ({ left, currency: 'SAR' });

async function openAccount(answers: (Balance | Error)[] | null) {
  const clock = createFakeClock('2026-11-21T08:00:00Z');
  let asked = 0;
  const provider: Provider = {
    title: 'Someone',
    send: async () => ({ externalId: '1', status: 'accepted', cost: null }),
    resend: null,
    balance:
      answers &&
      (async () => {
        asked += 1;
        const next = answers.length > 1 ? answers.shift() : answers[0];
        if (!next || next instanceof Error) throw next;
        return next;
      }),
    posts: null,
  };
  const settings = smsSettings({ PROVIDER: 'log', PRICE: 0.1, CURRENCY: 'SAR' });
  const account = createAccount({ inboxId: 'sms', provider, settings, deps: hostDeps({ clock }) });
  const notebook = await openNotebook(createNotes(), clock.now);
  return {
    account,
    clock,
    notebook,
    asked: () => asked,
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('an account', () => {
  it('is stopped until it is watched, and again afterwards', async () => {
    const { account, notebook, clock, asked } = await openAccount([sar(1000)]);
    expect(account.state()).toEqual({ state: 'stopped', reason: null });
    await account.watch(notebook);
    expect(account.state()).toMatchObject({ state: 'connected', reason: null });
    account.stop();
    expect(account.state().state).toBe('stopped');
    clock.advance(2 * hour);
    expect(asked()).toBe(1);
  });

  it('says what was used this month', async () => {
    const { account, notebook } = await openAccount(null);
    await account.watch(notebook);
    await notebook.end('a', { externalId: '1', status: 'accepted', cost: { units: 2, amount: 0.2, currency: 'SAR' } });
    expect(account.state().usage?.lines).toEqual([
      { what: 'messages', count: 1, amount: 0 },
      { what: 'segments', count: 2, amount: 0.2 },
    ]);
  });

  it('is asked every hour, and soon where it is not well', async () => {
    const { account, notebook, clock, asked, settled } = await openAccount([
      sar(1000),
      sar(0),
      new LostAnswer('Someone'),
      sar(1000),
    ]);
    await account.watch(notebook);
    clock.advance(hour);
    await settled();
    expect(account.state()).toMatchObject({ state: 'reconnecting', reason: expect.stringMatching(/used up/) });
    clock.advance(60_000);
    await settled();
    expect(account.state()).toMatchObject({ state: 'reconnecting', reason: expect.stringMatching(/no answer/) });
    clock.advance(60_000);
    await settled();
    expect(account.state()).toMatchObject({ state: 'connected', reason: null });
    expect(asked()).toBe(4);
  });

  it('whose token is refused has bad credentials until it is not', async () => {
    const refused = new Refusal('config-invalid', 'no', { alarm: 'bad-credentials' });
    const { account, notebook, clock, settled } = await openAccount([refused, sar(1000)]);
    await account.watch(notebook);
    expect(account.state()).toMatchObject({ state: 'bad-credentials', reason: 'no' });
    clock.advance(60_000);
    await settled();
    expect(account.state().state).toBe('connected');
  });

  it('is asked soon after a sending was refused for its sake', async () => {
    const { account, notebook, clock, asked, settled } = await openAccount([sar(1000)]);
    await account.watch(notebook);
    const usedUp = new Refusal('config-invalid', 'used up', { alarm: 'no-balance' });
    account.sent(usedUp);
    expect(account.state()).toMatchObject({ state: 'reconnecting', reason: 'used up' });
    clock.advance(59_000);
    // those that are refused meanwhile do not put it off
    account.sent(usedUp);
    clock.advance(1_000);
    await settled();
    expect([asked(), account.state().state]).toEqual([2, 'connected']);
  });

  it('that cannot be asked is as sending says, and lets the next sending through after a minute', async () => {
    const { account, notebook, clock, settled } = await openAccount(null);
    await account.watch(notebook);
    account.sent(new Refusal('config-invalid', 'used up', { alarm: 'no-balance' }));
    expect(account.state()).toMatchObject({ state: 'reconnecting', reason: 'used up' });
    account.sent(null);
    expect(account.state().state).toBe('connected');
    account.sent(new Refusal('config-invalid', 'no', { alarm: 'bad-credentials' }));
    account.sent(new Refusal('rejected', 'this one number'));
    expect(account.state().state).toBe('bad-credentials');
    clock.advance(60_000);
    await settled();
    expect(account.state()).toMatchObject({ state: 'connected', reason: 'no' });
    account.sent(new Refusal('config-invalid', 'no', { alarm: 'bad-credentials' }));
    expect(account.state().state).toBe('bad-credentials');
    clock.advance(60_000);
    await settled();
    clock.advance(hour);
    await settled();
    expect(account.state()).toMatchObject({ state: 'connected', reason: null });
  });

  it('whose sender is refused says so', async () => {
    const { account, notebook } = await openAccount([sar(1000)]);
    await account.watch(notebook);
    account.sent(new Refusal('config-invalid', 'not registered', { alarm: 'no-sender' }));
    expect(account.state()).toMatchObject({ state: 'reconnecting', reason: 'not registered' });
  });

  it('that refuses to be asked for its balance is not ill for that', async () => {
    const { account, notebook } = await openAccount([new Refusal('rejected', 'no such route')]);
    await account.watch(notebook);
    expect(account.state()).toMatchObject({ state: 'connected', reason: null });
  });
});

describe('a balance', () => {
  it.each([
    [1000, 0.1, 'connected', null],
    [49.9, 0.1, 'connected', 'The balance at Someone is low: 49.9 SAR.'],
    [49.9, null, 'connected', 'The balance at Someone is low: 49.9 SAR.'],
    [51, null, 'connected', null],
    [0, 0.1, 'reconnecting', 'The balance at Someone is used up: nothing is sent.'],
  ])('of %s at %s a segment is %s', (left, price, state, reason) => {
    expect(judge('Someone', sar(left), price)).toEqual({ state, reason });
  });
});
