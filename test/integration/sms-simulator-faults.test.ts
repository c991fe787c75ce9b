import { describe, expect, it, vi } from 'vitest';
import type { Fault } from '../fakes/sms/faults.ts';
import type { Provider } from '../fakes/sms/model.ts';
import type { SmsEvent } from '../fakes/sms/simulator.ts';
import { ask, fieldsOf, notice, openSms, sara } from './sms-simulator-harness.ts';

const omar = '966500000002';
const landline = '966112345678';

describe('Taqnyat', () => {
  it('takes a message to several numbers under one id, and names what it rejects', async () => {
    const { taqnyat, simulator } = await openSms();
    const { status, body } = await taqnyat({ recipients: [sara, Number(omar), landline], smsId: 'ticket-1042' });
    expect(status).toBe(201);
    expect(body).toEqual({
      statusCode: 201,
      messageId: Number(simulator.sent[0]?.id),
      cost: 0.16,
      currency: 'SAR',
      totalCount: 2,
      msgLength: 1,
      accepted: `[${sara},${omar},]`,
      rejected: `[${landline},]`,
    });
    expect(simulator.sent.map(({ to, correlation }) => [to, correlation])).toEqual([
      [sara, 'ticket-1042'],
      [omar, 'ticket-1042'],
    ]);
  });

  it('answers 201 even where it takes nothing', async () => {
    const { taqnyat, simulator } = await openSms();
    const { status, body } = await taqnyat({ recipients: [landline] });
    expect([status, body.accepted, body.rejected]).toEqual([201, '[]', `[${landline},]`]);
    expect(body).not.toHaveProperty('messageId');
    expect(simulator.sent).toEqual([]);
  });

  it.each([
    [{ recipients: [] }, /number/],
    [{ recipients: [`+${sara}`] }, /number/],
    [{ recipients: sara }, /number/],
    [{ sender: 'Another' }, /Sender Name not active/],
    [{ body: '' }, /body/],
    [{ text: notice }, /Wrong parameter/],
  ])('refuses %j', async (fields, message) => {
    const { taqnyat, simulator } = await openSms();
    const answer = await taqnyat(fields);
    expect(answer).toMatchObject({ status: 400, body: { statusCode: 400, message: expect.stringMatching(message) } });
    expect(simulator.sent).toEqual([]);
  });

  it('takes 1000 numbers at once and not one more', async () => {
    const { taqnyat } = await openSms();
    const recipients = Array.from({ length: 1001 }, () => sara);
    expect((await taqnyat({ recipients })).body.message).toMatch(/greater than 1000/);
    expect((await taqnyat({ recipients: recipients.slice(1) })).body.totalCount).toBe(1000);
  });

  it('refuses a body that is no JSON', async () => {
    const { at, token, simulator } = await openSms();
    const headers = { authorization: `Bearer ${token('taqnyat')}`, 'content-type': 'application/json' };
    const answer = await ask(at('taqnyat', '/v1/messages'), { method: 'POST', headers, body: '{"recipients":' });
    expect(answer.status).toBe(400);
    expect(simulator.requests.map(({ status }) => status)).toEqual([400]);
  });

  it('tells what is left, to whoever has the token', async () => {
    const { taqnyat, at, token } = await openSms();
    await taqnyat();
    const headers = { authorization: `Bearer ${token('taqnyat')}` };
    expect((await ask(at('taqnyat', '/account/balance'), { headers })).body.balance).toBe('999.92');
    expect((await ask(at('taqnyat', '/account/balance'))).status).toBe(401);
    expect((await taqnyat({}, 'another')).status).toBe(401);
  });

  it('reports to the address of the account, three times at most', async () => {
    const { taqnyat, simulator, receiver, clock } = await openSms();
    await taqnyat();
    receiver.answerNext(500, 500, 500, 500);
    await simulator.report(simulator.sent[0]!, 'delivered');
    for (const attempts of [2, 3]) {
      clock.advance(3_600_000);
      await vi.waitFor(() => expect(simulator.answers).toHaveLength(attempts));
    }
    await vi.waitFor(() => expect(simulator.isQuiet()).toBe(true));
    const id = Number(simulator.sent[0]?.id);
    expect(receiver.posts.map(({ raw }) => JSON.parse(raw))).toEqual(
      Array.from({ length: 3 }, () => ({ messageId: id, recipient: sara, status: 'delivered' })),
    );
  });
});

describe('what goes wrong on purpose', () => {
  const refused: readonly [Fault, Record<Provider, string | number>][] = [
    ['auth', { unifonic: 'ER-401', taqnyat: 401, twilio: 20003 }],
    ['balance', { unifonic: 'ER-01', taqnyat: 400, twilio: 20005 }],
    ['number', { unifonic: 'ER-02', taqnyat: 400, twilio: 21211 }],
    ['duplicate', { unifonic: 'ER-09', taqnyat: 400, twilio: 30007 }],
    ['opted-out', { unifonic: 'ER-07', taqnyat: 400, twilio: 21610 }],
    ['unverified', { unifonic: 'ER-400', taqnyat: 400, twilio: 21608 }],
    ['rate', { unifonic: 'ER-429', taqnyat: 429, twilio: 20429 }],
  ];

  it.each(refused)('%s is said in the words of each provider', async (what, codes) => {
    const { simulator, unifonic, taqnyat, twilio } = await openSms();
    simulator.failNext(what, 3);
    expect((await unifonic()).body.errorCode).toBe(codes.unifonic);
    expect((await taqnyat()).body.statusCode).toBe(codes.taqnyat);
    expect((await twilio()).body.code).toBe(codes.twilio);
    expect(simulator.sent).toEqual([]);
    expect(simulator.requests.map(({ code }) => code)).toEqual([codes.unifonic, codes.taqnyat, codes.twilio]);
  });

  it('looks like success and is none', async () => {
    const { simulator, unifonic, taqnyat, twilio } = await openSms();
    simulator.failNext('ok-with-error', 3);
    expect(await unifonic()).toMatchObject({ status: 200, body: { success: false, errorCode: 'ER-05' } });
    expect(await taqnyat()).toMatchObject({ status: 201, body: { accepted: '[]', totalCount: 0 } });
    expect(await twilio()).toMatchObject({ status: 201, body: { status: 'failed', error_code: 30008 } });
    expect(simulator.sent).toEqual([]);
  });

  it('is an error of the server for as many messages as asked, and only of the provider asked for', async () => {
    const { simulator, unifonic, twilio } = await openSms();
    simulator.failNext(503, 2, { provider: 'unifonic' });
    expect((await twilio()).status).toBe(201);
    expect([(await unifonic()).status, (await unifonic()).status, (await unifonic()).status]).toEqual([503, 503, 200]);
  });

  it.each([500, 'cut', 'malformed'] as const)('takes the message and loses the answer: %s', async (what) => {
    const { simulator, unifonic } = await openSms();
    simulator.failNext(what, 1, { taken: true });
    const answer = await unifonic().catch(() => null);
    expect(answer?.body.success).toBeUndefined();
    expect(simulator.sent).toMatchObject([{ to: sara, text: notice }]);
    expect((await unifonic()).body.errorCode).toBe('ER-09');
  });

  it('is a black hole that never answers', async () => {
    const { simulator, unifonic } = await openSms();
    simulator.failNext('timeout');
    const patience = new AbortController();
    const asked = unifonic({}, patience.signal);
    const lost = expect(asked).rejects.toThrow();
    await vi.waitFor(() => expect(simulator.requests).toMatchObject([{ provider: 'unifonic', status: 0 }]));
    patience.abort();
    await lost;
    expect(simulator.sent).toEqual([]);
  });

  it('is down for all until it is healed', async () => {
    const { simulator, unifonic, taqnyat, twilio } = await openSms();
    simulator.setDown(true);
    simulator.failNext('auth', 9);
    for (const send of [unifonic, taqnyat, twilio]) expect((await send()).status).toBe(503);
    simulator.heal();
    expect([(await unifonic()).status, (await taqnyat()).status, (await twilio()).status]).toEqual([200, 201, 201]);
  });
});

describe('reports by themselves', () => {
  it('follow a message after their times', async () => {
    const { simulator, twilio, receiver, clock } = await openSms();
    const seen: string[] = [];
    simulator.watch((event: SmsEvent) => seen.push(event.kind === 'report' ? event.status : event.kind));
    simulator.setReports({ statuses: ['sent', 'delivered'], afterMs: [100, 900] });
    await twilio({ StatusCallback: receiver.url });
    expect(simulator.isQuiet()).toBe(false);
    clock.advance(100);
    expect(seen).toEqual(['sent', 'sent']);
    clock.advance(800);
    expect(seen).toEqual(['sent', 'sent', 'delivered']);
    await vi.waitFor(() => expect(simulator.isQuiet()).toBe(true));
    expect(receiver.posts.map(({ raw }) => fieldsOf(raw).MessageStatus).sort()).toEqual(['delivered', 'sent']);
  });

  it('say undelivered of a number that is blocked, until it is not', async () => {
    const { simulator, twilio, clock } = await openSms();
    simulator.setReports({ statuses: ['sent', 'delivered'], afterMs: [0, 1] });
    simulator.block(sara, 30004);
    await twilio();
    clock.advance(1);
    expect(simulator.sent[0]).toMatchObject({ reports: ['sent', 'undelivered'], error: '30004' });
    simulator.unblock(sara);
    await twilio();
    clock.advance(1);
    expect(simulator.sent[1]).toMatchObject({ reports: ['sent', 'delivered'], error: null });
  });
});

describe('the simulator', () => {
  it('keeps no message and no request where only counts are wanted', async () => {
    const { simulator, unifonic } = await openSms({ keep: false });
    await unifonic();
    await unifonic();
    expect(simulator.counted).toEqual({ requests: 2, sent: 1 });
    expect([simulator.sent, simulator.requests]).toEqual([[], []]);
  });

  it('gives the settings by which a gateway finds each provider', async () => {
    const { simulator } = await openSms();
    expect(simulator.settings('twilio')).toEqual({
      SMS_PROVIDER: 'twilio',
      SMS_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/twilio$/),
      SMS_ACCOUNT: 'AC00000000000000000000000000000001',
      SMS_TOKEN: expect.any(String),
      SMS_SENDER: '+12025550123',
    });
  });

  it('ends quietly with a report waiting and a request unanswered', async () => {
    const { simulator, unifonic } = await openSms({ reports: { statuses: ['delivered'], afterMs: [60_000] } });
    await unifonic();
    simulator.failNext('timeout');
    const hanging = expect(unifonic({ Body: 'x' })).rejects.toThrow();
    await vi.waitFor(() => expect(simulator.requests).toHaveLength(2));
    await simulator.stop();
    await hanging;
    expect(simulator.isQuiet()).toBe(true);
  });
});
