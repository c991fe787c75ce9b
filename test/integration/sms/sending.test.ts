import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import { anOutbound, type OpenSender, openSender, person } from './sender.ts';

const patient = () => AbortSignal.timeout(5_000);

describe('sending by Unifonic', () => {
  it('gives the id under which reports come, and what it cost', async () => {
    const { channel, simulator } = await openSender('unifonic');
    const message = anOutbound({ text: 'س'.repeat(71) });
    const result = await channel.send(message, patient());
    const [sent] = simulator.sent;
    expect(result).toEqual({
      externalId: sent?.id,
      status: 'accepted',
      cost: { units: 2, amount: 0.16, currency: 'SAR' },
    });
    expect(sent).toMatchObject({ to: person, correlation: message.id, segments: 2 });
    expect(channel.state().usage?.lines[1]).toEqual({ what: 'segments', count: 2, amount: 0.16 });
  });

  it('makes one message of a sending whose answer was lost: the repeat is known as one', async () => {
    for (const fault of ['cut', 'malformed', 500] as const) {
      const { channel, simulator } = await openSender('unifonic');
      const message = anOutbound();
      simulator.failNext(fault, 1, { taken: true });
      await expect(channel.send(message, patient())).rejects.toMatchObject({ code: 'timed-out', retryAfterMs: 10_000 });
      expect(await channel.send(message, patient())).toMatchObject({ externalId: message.id, cost: { units: 1 } });
      expect(simulator.sent).toHaveLength(1);
    }
  });

  it('sends again what had not been taken', async () => {
    const { channel, simulator } = await openSender('unifonic');
    const message = anOutbound();
    simulator.failNext('cut');
    await expect(channel.send(message, patient())).rejects.toMatchObject({ code: 'timed-out' });
    await channel.send(message, patient());
    expect(simulator.sent).toHaveLength(1);
  });

  it('loses nothing while the account is refused: the same message goes a minute later', async () => {
    const clock = createFakeClock('2026-11-21T08:00:00Z');
    const { channel, simulator } = await openSender('unifonic', { clock });
    const message = anOutbound();
    for (const [fault, state] of [
      ['auth', 'bad-credentials'],
      ['balance', 'reconnecting'],
      ['sender', 'reconnecting'],
    ] as const) {
      simulator.failNext(fault);
      const held = { code: 'unreachable', scope: 'inbox', retryAfterMs: 60_000, retryable: true };
      await expect(channel.send(message, patient())).rejects.toMatchObject(held);
      expect(channel.state().state).toBe(state);
      clock.advance(60_000);
      await expect.poll(() => channel.state().state).toBe('connected');
      expect(channel.state().reason).not.toBeNull();
    }
    await channel.send(message, patient());
    expect(channel.state()).toMatchObject({ state: 'connected', reason: null });
    expect(simulator.sent).toHaveLength(1);
  });

  it('lets a country without a package hold up nobody else', async () => {
    const { channel, simulator } = await openSender('unifonic');
    simulator.failNext('balance');
    await expect(channel.send(anOutbound({ address: '201000000001' }), patient())).rejects.toMatchObject({
      code: 'unreachable',
      scope: 'person',
    });
    expect(channel.state()).toMatchObject({ state: 'connected', reason: null });
  });

  it('refuses the same text to the same number that is another sending', async () => {
    const { channel, simulator } = await openSender('unifonic');
    await channel.send(anOutbound(), patient());
    await expect(channel.send(anOutbound(), patient())).rejects.toMatchObject({
      code: 'rejected',
      providerCode: 'ER-09',
    });
    expect(simulator.sent).toHaveLength(1);
  });

  it('makes no second message when the process dies between the answer and the note of the core', async () => {
    const opened = await openSender('unifonic', { simulator: { clock: createFakeClock('2026-11-21T08:00:00Z') } });
    const message = anOutbound();
    const first = await opened.channel.send(message, patient());
    await opened.restart();
    expect(await opened.channel.send(message, patient())).toEqual(first);
    expect(opened.simulator.counted.sent).toBe(1);
  });
});

describe('sending by Taqnyat', () => {
  it('gives the id under which reports come, and what it cost', async () => {
    const { channel, simulator } = await openSender('taqnyat');
    const result = await channel.send(anOutbound(), patient());
    expect(result).toEqual({
      externalId: simulator.sent[0]?.id,
      status: 'accepted',
      cost: { units: 1, amount: 0.08, currency: 'SAR' },
    });
  });

  it('does not send again what may have been taken', async () => {
    const { channel, simulator } = await openSender('taqnyat');
    const message = anOutbound();
    simulator.failNext('cut', 1, { taken: true });
    await expect(channel.send(message, patient())).rejects.toMatchObject({ code: 'rejected', retryable: false });
    expect(simulator.sent).toHaveLength(1);
  });

  it('knows its balance at the start and every hour', async () => {
    const clock = createFakeClock('2026-11-21T08:00:00Z');
    const { channel, simulator } = await openSender('taqnyat', { clock });
    expect(channel.state()).toMatchObject({ state: 'connected', reason: null });
    simulator.setBalance('taqnyat', 12);
    clock.advance(3_600_000);
    await expect.poll(() => channel.state().reason).toBe('The balance at Taqnyat is low: 12 SAR.');
    simulator.setBalance('taqnyat', 0);
    clock.advance(3_600_000);
    await expect
      .poll(() => channel.state())
      .toMatchObject({ state: 'reconnecting', reason: expect.stringMatching(/used up/) });
    await expect(channel.send(anOutbound(), patient())).rejects.toMatchObject({
      code: 'unreachable',
      scope: 'inbox',
      retryAfterMs: 60_000,
    });
    simulator.setBalance('taqnyat', 500);
    clock.advance(60_000);
    await expect.poll(() => channel.state()).toMatchObject({ state: 'connected', reason: null });
  });

  it('has bad credentials where the token is another', async () => {
    const { channel } = await openSender('taqnyat', { settings: { SMS_TOKEN: 'another' } });
    expect(channel.state()).toMatchObject({ state: 'bad-credentials', reason: expect.stringMatching(/token/) });
  });
});

/** Stands before the simulator of Twilio, which lists no messages: answers what Twilio answers to a list of those to a number. */
async function openListing(
  list: () => object[],
): Promise<{ origin: string; forwardTo(origin: string): void; asked: string[] }> {
  let target = '';
  const asked: string[] = [];
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await Array.fromAsync(request));
    const { authorization = '', 'content-type': type = '' } = request.headers;
    try {
      const answer = await fetch(target + request.url, {
        method: request.method ?? 'GET',
        headers: { authorization, ...(type ? { 'content-type': type } : {}) },
        ...(body.length > 0 ? { body } : {}),
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    } catch {
      response.destroy();
    }
  };
  const server: Server = createServer((request, response) => {
    if (request.method !== 'GET' || !request.url?.includes('/Messages.json?')) return void forward(request, response);
    asked.push(request.url);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ messages: list() }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forwardTo: (origin) => {
      target = origin;
    },
    asked,
  };
}

describe('sending by Twilio', () => {
  const openListed = async () => {
    const listing = await openListing(() =>
      opened.simulator.sent.map(({ id, text, at }) => ({
        sid: id,
        body: text,
        status: 'sent',
        date_created: new Date(at).toUTCString(),
      })),
    );
    const opened = await openSender('twilio', { origin: listing.origin, settings: { SMS_PRICE: '0.2' } });
    listing.forwardTo(new URL(opened.simulator.settings('twilio').SMS_BASE_URL ?? '').origin);
    return { ...opened, asked: listing.asked };
  };

  it('gives the id under which reports come, and counts by the price that is set', async () => {
    const { channel, simulator } = await openListed();
    const result = await channel.send(anOutbound({ text: 'س'.repeat(71) }), patient());
    expect(result).toEqual({
      externalId: simulator.sent[0]?.id,
      status: 'accepted',
      cost: { units: 2, amount: 0.4, currency: 'SAR' },
    });
  });

  it('finds a message whose answer was lost, and sends one that is not there', async () => {
    const { channel, simulator, asked } = await openListed();
    const [taken, lost] = [anOutbound(), anOutbound({ text: 'رقم طلبكم 1043' })];
    simulator.failNext('cut', 1, { taken: true });
    await expect(channel.send(taken, patient())).rejects.toMatchObject({ code: 'timed-out' });
    expect(await channel.send(taken, patient())).toMatchObject({ externalId: simulator.sent[0]?.id });
    simulator.failNext('cut');
    await expect(channel.send(lost, patient())).rejects.toMatchObject({ code: 'timed-out' });
    await channel.send(lost, patient());
    expect(simulator.sent.map(({ text }) => text)).toEqual([taken.text, lost.text]);
    expect(asked[0]).toContain(`To=%2B${person}`);
  });

  it('does not take another sending of the same words for it', async () => {
    const { channel, simulator } = await openListed();
    const [first, second] = [anOutbound(), anOutbound()];
    await channel.send(first, patient());
    simulator.failNext('cut');
    await expect(channel.send(second, patient())).rejects.toMatchObject({ code: 'timed-out' });
    const { externalId } = await channel.send(second, patient());
    expect(externalId).toBe(simulator.sent[1]?.id);
  });
});

describe('reports', () => {
  it('of Twilio come by the address that goes with each message', async () => {
    const { channel, simulator, sink } = await openSender('twilio');
    const { externalId } = await channel.send(anOutbound(), patient());
    const [sent] = simulator.sent;
    if (!sent) throw new Error('nothing was sent');
    for (const status of ['sent', 'delivered'] as const)
      expect((await simulator.report(sent, status))?.status).toBe(200);
    expect((await simulator.report(sent, 'undelivered', 30006))?.status).toBe(200);
    expect(sink.events).toMatchObject([
      { event: 'receipt', externalId, status: 'sent', address: person },
      { event: 'receipt', externalId, status: 'delivered' },
      { event: 'receipt', externalId, status: 'failed', code: 'message-invalid' },
    ]);
    expect((await simulator.report(sent, 'delivered', undefined, { signature: 'wrong' }))?.status).toBe(401);
    expect((await simulator.report(sent, 'delivered', undefined, { signature: 'none' }))?.status).toBe(401);
    expect(sink.events).toHaveLength(3);
  });

  it('of Unifonic are read as JSON and as a form, with the word in their address or where none is set', async () => {
    for (const callbacks of ['json', 'form'] as const)
      for (const settings of [{}, { SMS_WEBHOOK_TOKEN: 'a-word-of-our-own-1' }] as Record<string, string>[]) {
        const { channel, simulator, sink } = await openSender('unifonic', {
          simulator: { unifonic: { callbacks } },
          settings,
        });
        const { externalId } = await channel.send(anOutbound(), patient());
        const [sent] = simulator.sent;
        if (!sent) throw new Error('nothing was sent');
        expect((await simulator.report(sent, 'delivered'))?.status).toBe(200);
        expect((await simulator.report(sent, 'undelivered'))?.status).toBe(200);
        expect(sink.events).toMatchObject([
          { event: 'receipt', externalId, status: 'delivered', address: person },
          { event: 'receipt', externalId, status: 'failed', code: 'rejected' },
        ]);
      }
  });

  it('that anybody could post are warned of once at the start, and are short', async () => {
    const warned = ({ log }: OpenSender) => log.filter((line) => line.includes('SMS_WEBHOOK_TOKEN')).length;
    for (const provider of ['unifonic', 'taqnyat'] as const) {
      const open = await openSender(provider);
      expect([warned(open), open.channel.webhook?.maxBytes]).toEqual([1, 32_768]);
      const known = await openSender(provider, { settings: { SMS_WEBHOOK_TOKEN: 'a-word-of-our-own-1' } });
      expect([warned(known), known.channel.webhook?.maxBytes]).toEqual([0, 262_144]);
    }
    const signed = await openSender('twilio');
    expect([warned(signed), signed.channel.webhook?.maxBytes]).toEqual([0, 262_144]);
  });

  it('of Taqnyat are read in the form of its answers', async () => {
    const { channel, simulator, sink } = await openSender('taqnyat');
    const { externalId } = await channel.send(anOutbound(), patient());
    const [sent] = simulator.sent;
    if (!sent) throw new Error('nothing was sent');
    for (const status of ['sent', 'delivered'] as const) await simulator.report(sent, status);
    expect(sink.events).toMatchObject([
      { externalId, status: 'sent' },
      { externalId, status: 'delivered' },
    ]);
  });

  it('are told again where the core could not store them', async () => {
    const { channel, simulator, sink } = await openSender('unifonic', {
      simulator: { unifonic: { retryDelaysMs: [1] } },
    });
    await channel.send(anOutbound(), patient());
    const [sent] = simulator.sent;
    if (!sent) throw new Error('nothing was sent');
    sink.fail(new Error('the disk is full'));
    expect((await simulator.report(sent, 'delivered'))?.status).toBe(500);
    sink.fail(null);
    await expect.poll(() => sink.events.length).toBe(1);
  });
});

describe('what people text', () => {
  it('is a message, and STOP also a wish', async () => {
    const { simulator, sink, channel } = await openSender('twilio');
    await simulator.say(person, 'متى تفتحون؟');
    await simulator.say(person, 'STOP');
    expect(sink.events).toMatchObject([
      { event: 'message', text: 'متى تفتحون؟', phone: `+${person}` },
      { event: 'message', text: 'STOP', answerable: false },
      { event: 'opt-out', address: person, on: true },
    ]);
    await expect(channel.send(anOutbound(), patient())).rejects.toMatchObject({ code: 'opted-out' });
    await simulator.say(person, 'START');
    await channel.send(anOutbound(), patient());
    expect(sink.events.at(-1)).toMatchObject({ event: 'opt-out', on: false });
  });
});

describe('stopping', () => {
  it('while it starts leaves nothing running', async () => {
    const { channel, sink } = await openSender('taqnyat');
    await channel.stop();
    const starting = channel.start(sink);
    await channel.stop();
    await starting;
    expect(channel.state().state).toBe('stopped');
    await expect(channel.send(anOutbound(), patient())).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('waits a little for what is on its way', async () => {
    const { channel, simulator } = await openSender('taqnyat');
    const sending = channel.send(anOutbound(), patient());
    await channel.stop();
    expect(await sending).toMatchObject({ externalId: simulator.sent[0]?.id });
    await expect(channel.send(anOutbound(), patient())).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('does not wait for ever: the end of the sending is then not known', async () => {
    const clock = createFakeClock('2026-11-21T08:00:00Z');
    const { channel, simulator } = await openSender('unifonic', { clock });
    simulator.failNext('timeout');
    const failed = expect(channel.send(anOutbound(), patient())).rejects.toMatchObject({ code: 'timed-out' });
    await expect.poll(() => simulator.requests.length).toBe(1);
    const stopped = channel.stop();
    clock.advance(3_000);
    await stopped;
    await failed;
  });
});
