import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/channel/channel.ts';
import type { OutboundMessage } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { contacts } from '../../src/contact/contact.ts';
import { deliveries, messages } from '../../src/message/message.ts';
import { mostWrong, oneTimeCodes } from '../../src/one-time-code/one-time-code.ts';
import { plainChat } from '../fakes/capabilities.ts';
import { openWorld, settingsToken, type World } from './http-harness.ts';

const phone = '+966501234567';
let sent: OutboundMessage[];
let failure: SendError | null;
/** Happens while the next code is on its way. */
let meanwhile: (() => Promise<void>) | null;
let world: World;

const phoneChannel = (): Channel => ({
  kind: 'paid-phones',
  inboxId: 'paid-phones',
  capabilities: { ...plainChat, phones: true, paid: true, canStart: true },
  state: () => ({ state: 'connected', reason: null }),
  start: async () => {},
  stop: async () => {},
  addressOf: (number) => number.slice(1),
  async send(message) {
    const first = meanwhile;
    meanwhile = null;
    await first?.();
    if (failure) throw failure;
    sent.push(message);
    return { externalId: `out-${sent.length}`, status: 'sent' };
  },
});

beforeEach(async () => {
  sent = [];
  failure = null;
  meanwhile = null;
  world = await openWorld({ channels: [phoneChannel()] });
  const at = new Date(world.clock.now()).toISOString();
  const known = { name: null, entity: null, category: null, preferredChannel: null, email: null, blockedAt: null };
  const document = { ...known, id: 'sara', version: 1, language: 'ar' as const, phone, createdAt: at };
  const more = { privacyVersion: null, joinedTo: null };
  await world.store.write([{ op: 'insert', in: contacts, document: { ...document, ...more } }]);
});
afterEach(() => world.close());

const post = async (path: string, body: unknown = {}) => {
  const response = await fetch(`${world.url}/api/v1/contacts/sara/${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${settingsToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};
const digitsIn = (text: string): string => /\d{6}/.exec(text)?.[0] ?? '';
const lastDigits = (): string => digitsIn(sent.at(-1)?.text ?? '');
const tell = async (digits: string) => (await post('phone-code/told', { digits })).body;
const otherThan = (digits: string): string => String((Number(digits) + 1) % 1_000_000).padStart(6, '0');

describe('a code to the phone of a contact', () => {
  it('goes to the number in one segment, counts for five minutes, and proves the number once', async () => {
    const { status, body } = await post('phone-code');
    expect(status).toBe(200);
    expect(Date.parse(body.countsUntil) - world.clock.now()).toBe(300_000);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ address: '966501234567', inboxId: 'paid-phones', automated: true });
    expect(sent[0]?.text.length).toBeLessThanOrEqual(70);
    expect(await tell(lastDigits())).toEqual({ outcome: 'right' });
    expect(await tell(lastDigits())).toEqual({ outcome: 'over' });
    const shown = await fetch(`${world.url}/api/v1/contacts/sara`, {
      headers: { Authorization: `Bearer ${settingsToken}` },
    });
    expect(await shown.json()).toMatchObject({ phoneProven: true });
  });

  it('is understood in Arabic-Indic digits, and whatever stands around the six', async () => {
    const arabic = (digits: string) => digits.replace(/\d/g, (one) => String.fromCodePoint(0x660 + Number(one)));
    const ways = [
      (digits: string) => `${arabic(digits).slice(0, 3)} ${arabic(digits).slice(3)}`,
      (digits: string) => `\u2068${digits}\u2069.`,
      (digits: string) => `الرمز: ${arabic(digits)}`,
    ];
    for (const written of ways) {
      await post('phone-code');
      expect(await tell(written(lastDigits()))).toEqual({ outcome: 'right' });
    }
  });

  it('is kept nowhere in the clear: not as a message, a sending or a document', async () => {
    await post('phone-code');
    const codes = await world.store.find(oneTimeCodes, { index: 'by-expiry', limit: 10 });
    expect(codes.items).toHaveLength(1);
    const of = { where: { inboxId: 'paid-phones' }, limit: 10 };
    expect((await world.store.find(messages, { index: 'by-external-id', ...of })).items).toEqual([]);
    expect((await world.store.find(deliveries, { index: 'by-external-id', ...of })).items).toEqual([]);
    expect(JSON.stringify(codes)).not.toContain(lastDigits());
    expect(JSON.stringify(codes)).not.toContain('501234567');
  });

  it('is over after five minutes', async () => {
    await post('phone-code');
    world.clock.advance(299_999);
    expect(await tell(otherThan(lastDigits()))).toEqual({ outcome: 'wrong' });
    world.clock.advance(1);
    expect(await tell(lastDigits())).toEqual({ outcome: 'over' });
  });

  it('is over once it was told wrong too often', async () => {
    await post('phone-code');
    for (let time = 0; time < mostWrong; time++)
      expect(await tell(otherThan(lastDigits()))).toEqual({ outcome: 'wrong' });
    expect(await tell(lastDigits())).toEqual({ outcome: 'over' });
  });

  it('gives way to a newer one', async () => {
    await post('phone-code');
    const first = lastDigits();
    await post('phone-code');
    if (first !== lastDigits()) expect(await tell(first)).toEqual({ outcome: 'wrong' });
    expect(await tell(lastDigits())).toEqual({ outcome: 'right' });
  });

  it('counts once also when it is told many times at once', async () => {
    await post('phone-code');
    const told = await Promise.all(Array.from({ length: 8 }, () => tell(lastDigits())));
    expect(told.filter(({ outcome }) => outcome === 'right')).toHaveLength(1);
  });

  it('comes at most three times in a quarter of an hour, and says until when', async () => {
    for (let time = 0; time < 3; time++) expect((await post('phone-code')).status).toBe(200);
    const { status, body } = await post('phone-code');
    expect(status).toBe(429);
    expect(Date.parse(body.error.details.until)).toBeGreaterThan(world.clock.now());
    expect(sent).toHaveLength(3);
    world.clock.advance(15 * 60_000);
    expect((await post('phone-code')).status).toBe(200);
  });

  it('that cannot be sent is an error that says so', async () => {
    failure = new SendError('unreachable', 'It is down.');
    expect(await post('phone-code')).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
  });

  it('that cannot be sent leaves the one before it as it is', async () => {
    await post('phone-code');
    const first = lastDigits();
    for (const code of ['unreachable', 'timed-out'] as const) {
      failure = new SendError(code, 'It is down.');
      expect((await post('phone-code')).status).toBe(503);
    }
    expect(await tell(first)).toEqual({ outcome: 'right' });
  });

  it('that cannot be sent is not one of the three, nor one of the many of a day', async () => {
    failure = new SendError('unreachable', 'It is down.');
    for (let time = 0; time < 12; time++) expect((await post('phone-code')).status).toBe(503);
    failure = null;
    for (let time = 0; time < 3; time++) expect((await post('phone-code')).status).toBe(200);
    expect((await post('phone-code')).status).toBe(429);
  });

  it('that fails after its quarter of an hour takes nothing from the next one', async () => {
    meanwhile = async () => {
      world.clock.advance(15 * 60_000);
      for (let time = 0; time < 3; time++) expect((await post('phone-code')).status).toBe(200);
      failure = new SendError('unreachable', 'It is down.');
    };
    expect((await post('phone-code')).status).toBe(503);
    failure = null;
    expect((await post('phone-code')).status).toBe(429);
  });

  it('that may have arrived though nothing was answered is one of the three', async () => {
    failure = new SendError('timed-out', 'No answer.');
    for (let time = 0; time < 3; time++) expect((await post('phone-code')).status).toBe(503);
    expect((await post('phone-code')).status).toBe(429);
  });

  it('counts also when two were asked for at once', async () => {
    const asked = await Promise.all([post('phone-code'), post('phone-code')]);
    expect(asked.map(({ status }) => status)).toEqual([200, 200]);
    const outcomes = [];
    for (const { text } of sent) outcomes.push((await tell(digitsIn(text))).outcome);
    expect(outcomes).toContain('right');
  });

  it('needs six digits and a number', async () => {
    await post('phone-code');
    for (const digits of ['12', '12345', 'رمز 1234567', 'لا أعرفه'])
      expect((await post('phone-code/told', { digits })).status).toBe(400);
    await world.store.write([{ op: 'update', in: contacts, id: 'sara', set: { phone: null } }]);
    expect((await post('phone-code')).status).toBe(422);
  });
});
