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
let isDown: boolean;
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
    if (isDown) throw new SendError('unreachable', 'It is down.');
    sent.push(message);
    return { externalId: `out-${sent.length}`, status: 'sent' };
  },
});

beforeEach(async () => {
  sent = [];
  isDown = false;
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
const lastDigits = (): string => /\d{6}/.exec(sent.at(-1)?.text ?? '')?.[0] ?? '';
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

  it('is understood in Arabic-Indic digits and with a blank in it', async () => {
    await post('phone-code');
    const arabic = [...lastDigits()].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join('');
    expect(await tell(`${arabic.slice(0, 3)} ${arabic.slice(3)}`)).toEqual({ outcome: 'right' });
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
    isDown = true;
    expect(await post('phone-code')).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
  });

  it('needs six digits and a number', async () => {
    await post('phone-code');
    expect((await post('phone-code/told', { digits: '12' })).status).toBe(400);
    await world.store.write([{ op: 'update', in: contacts, id: 'sara', set: { phone: null } }]);
    expect((await post('phone-code')).status).toBe(422);
  });
});
