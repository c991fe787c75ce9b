import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import { anOutbound, type OpenNumber, openNumber } from './number.ts';

const patient = () => AbortSignal.timeout(5_000);

describe('sending by the Cloud API', () => {
  let number: OpenNumber;
  beforeEach(async () => {
    number = await openNumber();
    await number.provider.deliver(number.provider.person('966501112222').text('سؤال'));
  });
  afterEach(() => number.close());

  const uploads = () => number.provider.requests.filter(({ path }) => path.endsWith('/media'));
  const aFile = (id: string, bytes: number, type = 'application/pdf') => {
    number.files.set(id, Buffer.alloc(bytes, id));
    return { id, name: `${id}.pdf`, type, bytes };
  };
  const uploadFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('wasl-upload-'));

  it('gives the id of the provider, under which receipts come', async () => {
    const result = await number.channel.send(anOutbound(), patient());
    expect(result).toEqual({ externalId: number.provider.sent[0]?.wamid, status: 'accepted' });
  });

  it('brings up the very bytes of a file and leaves nothing behind', async () => {
    const before = uploadFolders();
    await number.channel.send(anOutbound({ attachments: [aFile('form', 3_000_000)] }), patient());
    const request = number.provider.sent[0]?.request;
    if (request?.type !== 'document') throw new Error('no document was sent');
    expect(number.provider.media.get(request.document.id ?? '')?.bytes.equals(Buffer.alloc(3_000_000, 'form'))).toBe(
      true,
    );
    expect(uploadFolders()).toEqual(before);
  });

  it('sends files first and the words last, whose receipts are those of the message', async () => {
    const attachments = [aFile('one', 10), aFile('two', 10, 'audio/ogg')];
    const { externalId } = await number.channel.send(anOutbound({ attachments }), patient());
    expect(number.provider.sent.map(({ request }) => request.type)).toEqual(['document', 'audio', 'text']);
    expect(externalId).toBe(number.provider.sent[2]?.wamid);
  });

  it('goes on where it stopped when it is tried again: nothing is sent or brought up twice', async () => {
    const message = anOutbound({ attachments: [aFile('one', 10), aFile('two', 10, 'audio/ogg')] });
    number.provider.failNext(131016, 1);
    await expect(number.channel.send(message, patient())).rejects.toMatchObject({ code: 'unreachable' });
    expect(uploads()).toHaveLength(1);
    await number.channel.send(message, patient());
    expect(uploads()).toHaveLength(2);
    expect(number.provider.sent.map(({ request }) => request.type)).toEqual(['document', 'audio', 'text']);
  });

  it('refuses a file that is gone', async () => {
    const attachments = [{ id: 'gone', name: 'gone.pdf', type: 'application/pdf', bytes: 1 }];
    await expect(number.channel.send(anOutbound({ attachments }), patient())).rejects.toMatchObject({
      code: 'message-invalid',
    });
    expect(number.provider.sent).toEqual([]);
  });

  it('reaches somebody who hides the number', async () => {
    const hidden = number.provider.person({ userId: 'SA.1349' });
    await number.provider.deliver(hidden.text('سؤال'));
    await number.channel.send(anOutbound({ address: 'SA.1349' }), patient());
    expect(number.provider.sent[0]).toMatchObject({ to: { userId: 'SA.1349' }, request: { recipient: 'SA.1349' } });
  });

  it('waits as long as the provider asks, where it asks', async () => {
    number.provider.failNext(131056);
    await expect(number.channel.send(anOutbound(), patient())).rejects.toMatchObject({
      code: 'throttled',
      scope: 'person',
      retryAfterMs: 6_000,
      providerCode: '131056',
    });
  });

  it('marks a message as read and shows that somebody writes, best effort', async () => {
    const edited = 'wamid.abcd#edit@2026-11-21T08:00:00.000Z';
    await number.channel.markRead?.({ address: '966501112222', externalId: edited });
    number.channel.typing?.({ address: '966501112222', on: true, externalId: 'wamid.abcd' });
    number.channel.typing?.({ address: '966501112222', on: false, externalId: 'wamid.abcd' });
    await expect
      .poll(() => number.provider.marks)
      .toEqual([
        { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.abcd' },
        {
          messaging_product: 'whatsapp',
          status: 'read',
          message_id: 'wamid.abcd',
          typing_indicator: { type: 'text' },
        },
      ]);
    number.provider.failNext(131000, 1, { on: 'marks' });
    await number.channel.markRead?.({ address: '966501112222', externalId: 'wamid.abcd' });
    await number.channel.markRead?.({ address: '966501112222', externalId: 'of-another-channel' });
    expect(number.counted).toEqual(['mark-refused']);
  });
});

describe('a sending without an answer', () => {
  it('is told as such after 25 seconds, and tried again only when a receipt had its time', async () => {
    const clock = createFakeClock('2026-11-21T08:00:00.000Z');
    const number = await openNumber({ clock });
    await number.provider.deliver(number.provider.person('966501112222').text('سؤال'));
    number.provider.failNext('timeout', 1, { taken: true });
    const message = anOutbound();
    const sending = number.channel.send(message, new AbortController().signal).catch((error: unknown) => error);
    await expect.poll(() => number.provider.sent.length).toBe(1);
    clock.advance(25_000);
    expect(await sending).toMatchObject({ code: 'timed-out', retryAfterMs: 60_000 });
    expect(number.provider.sent[0]?.request.biz_opaque_callback_data).toBe(message.id);
    await number.close();
  });

  it('does not hold up the start', async () => {
    const clock = createFakeClock('2026-11-21T08:00:00.000Z');
    const number = await openNumber();
    await number.channel.stop();
    number.provider.failNext('timeout', 1, { on: 'phone' });
    const slow = openNumber({
      clock,
      settings: { WHATSAPP_CLOUD_BASE_URL: number.provider.settings().WHATSAPP_CLOUD_BASE_URL ?? '' },
    });
    const waiting = setInterval(() => clock.advance(500), 20);
    const opened = await slow;
    clearInterval(waiting);
    expect(opened.channel.state().state).toBe('connected');
    await opened.close();
    await number.close();
  });
});

describe('an account that is not well', () => {
  it('is looked at again until it is', async () => {
    const clock = createFakeClock('2026-11-21T08:00:00.000Z');
    const number = await openNumber({ clock });
    await number.channel.stop();
    number.provider.failNext(190, 2, { on: 'phone' });
    await number.channel.start(number.sink);
    expect(number.channel.state().state).toBe('bad-credentials');
    const asked = () => number.provider.requests.length;
    const first = asked();
    clock.advance(60_000);
    await expect.poll(asked).toBe(first + 1);
    await expect
      .poll(
        () => {
          clock.advance(60_000);
          return number.channel.state().state;
        },
        { timeout: 5_000 },
      )
      .toBe('connected');
    const well = asked();
    clock.advance(600_000);
    expect(asked()).toBe(well);
    await number.close();
  });

  it('is reconnecting while nothing answers, at the start and later, and connected by the next success', async () => {
    const clock = createFakeClock('2026-11-21T08:00:00.000Z');
    const first = await openNumber();
    const { port } = new URL(first.provider.settings().WHATSAPP_CLOUD_BASE_URL ?? '');
    await first.close();
    const number = await openNumber({ clock, provider: { port: Number(port) } });
    const { channel, provider } = number;
    const state = () => channel.state().state;
    await channel.stop();
    await provider.stop();
    await channel.start(number.sink);
    expect(channel.state()).toMatchObject({ state: 'reconnecting', reason: 'WhatsApp cannot be reached.' });
    await provider.start();
    clock.advance(60_000);
    await expect.poll(state).toBe('connected');
    await provider.deliver(provider.person('966501112222').text('سؤال'));
    await provider.stop();
    await expect(channel.send(anOutbound(), patient())).rejects.toMatchObject({ retryable: true });
    clock.advance(10_000);
    await expect.poll(state).toBe('reconnecting');
    await provider.start();
    await channel.send(anOutbound(), patient());
    expect(channel.state()).toMatchObject({ state: 'connected', reason: null });
    await number.close();
  });
});
