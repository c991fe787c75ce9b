import { describe, expect, it } from 'vitest';
import { openNotebook } from '../../../channels/sms/notebook.ts';
import { LostAnswer, type Provider, Refusal, type Taken } from '../../../channels/sms/providers/provider.ts';
import { costOf, createSender } from '../../../channels/sms/send.ts';
import { smsSettings } from '../../../channels/sms/settings.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import { createNotes } from './notes.ts';

const sms = { to: '966500000001', text: 'رقم طلبكم 1042', ref: 'd1', callbackUrl: null };
const signal = new AbortController().signal;
const settings = smsSettings({ PROVIDER: 'log', PRICE: 0.08, CURRENCY: 'SAR' });
const taken: Taken = { externalId: '77', status: 'accepted', cost: null };
const cost = { units: 1, amount: 0.08, currency: 'SAR' };
const lost = new LostAnswer('Someone');
const refused = new Refusal('rejected', 'no');

/** A provider that answers as planned, and what it was asked. */
async function openSender(answers: (Taken | Error)[], canResend = true) {
  const asked: string[] = [];
  const answer = async (how: string): Promise<Taken> => {
    asked.push(how);
    const next = answers.shift() ?? new Error('asked too often');
    if (next instanceof Error) throw next;
    return next;
  };
  const provider: Provider = {
    title: 'Someone',
    send: () => answer('send'),
    resend: canResend ? (_sms, since) => answer(`resend ${since}`) : null,
    balance: null,
    posts: null,
  };
  const clock = createFakeClock('2026-11-21T08:00:00Z');
  const notes = createNotes();
  const open = async () =>
    createSender({
      provider,
      settings,
      notebook: await openNotebook(notes, clock.now),
      log: hostDeps({}).log,
      now: clock.now,
    });
  return { send: await open(), reopen: open, asked, notes, clock };
}

describe('a text message', () => {
  it('is sent once, though the core asks again after a crash', async () => {
    const { send, reopen, asked } = await openSender([taken]);
    const result = { ...taken, cost };
    expect(await send(sms, signal)).toEqual(result);
    expect(await (await reopen())(sms, signal)).toEqual(result);
    expect(asked).toEqual(['send']);
  });

  it('whose answer was lost is looked for when it is tried again', async () => {
    const { send, asked, clock } = await openSender([lost, refused, lost, taken]);
    const since = clock.now();
    await expect(send(sms, signal)).rejects.toMatchObject({ code: 'timed-out', retryable: true });
    clock.advance(10_000);
    await expect(send(sms, signal)).rejects.toBe(refused);
    await expect(send(sms, signal)).rejects.toBe(lost);
    expect((await send(sms, signal)).externalId).toBe('77');
    expect(asked).toEqual(['send', ...Array(3).fill(`resend ${since}`)]);
  });

  it('during which the process died is looked for too', async () => {
    const { send, reopen, asked, clock } = await openSender([new Promise(() => undefined) as never, taken]);
    void send(sms, signal);
    await expect.poll(() => asked).toEqual(['send']);
    await (await reopen())(sms, signal);
    expect(asked).toEqual(['send', `resend ${clock.now()}`]);
  });

  it('is not sent again where nothing tells whether it was taken', async () => {
    const { send, asked } = await openSender([lost, taken], false);
    await expect(send(sms, signal)).rejects.toMatchObject({ code: 'rejected', retryable: false });
    expect(asked).toEqual(['send']);
    const dying = await openSender([new Promise(() => undefined) as never], false);
    void dying.send(sms, signal);
    await expect.poll(() => dying.asked).toEqual(['send']);
    await expect((await dying.reopen())(sms, signal)).rejects.toMatchObject({ code: 'rejected' });
    expect(dying.asked).toEqual(['send']);
  });

  it('that was refused is sent as if for the first time', async () => {
    const unreachable = new SendError('unreachable', 'away');
    const { send, asked } = await openSender([unreachable, taken], false);
    await expect(send(sms, signal)).rejects.toBe(unreachable);
    await send(sms, signal);
    expect(asked).toEqual(['send', 'send']);
  });

  it('does not leave where that could not be noted, and is not sent twice where its end could not', async () => {
    const { send, asked, notes } = await openSender([taken]);
    notes.fail(new Error('the disk is full'));
    await expect(send(sms, signal)).rejects.toMatchObject({ code: 'unreachable' });
    expect(asked).toEqual([]);
    notes.fail(null);
    const { remember } = notes;
    notes.remember = async (key, value) => {
      if (asked.length > 0) throw new Error('the disk is full');
      await remember(key, value);
    };
    expect((await send(sms, signal)).externalId).toBe('77');
    expect((await send(sms, signal)).externalId).toBe('77');
    expect(asked).toEqual(['send']);
  });
});

describe('what a message cost', () => {
  const price = { price: 0.08, currency: 'SAR' };
  it('is what the provider told', () => {
    expect(costOf({ units: 3, amount: 0.3, currency: 'USD' }, 'a', price)).toEqual({
      units: 3,
      amount: 0.3,
      currency: 'USD',
    });
    expect(costOf({ units: 0, amount: 0.3, currency: null }, 'س'.repeat(71), price)).toEqual({
      units: 2,
      amount: 0.3,
      currency: 'SAR',
    });
  });

  it('is else counted by the price of a segment, or unknown', () => {
    expect(costOf(null, 'س'.repeat(135), price)).toEqual({ units: 3, amount: 0.24, currency: 'SAR' });
    expect(costOf({ units: 2, amount: null, currency: null }, 'a', price)).toEqual({
      units: 2,
      amount: 0.16,
      currency: 'SAR',
    });
    expect(costOf(null, 'a', { price: null, currency: 'SAR' })).toEqual({ units: 1, amount: null, currency: null });
  });
});
