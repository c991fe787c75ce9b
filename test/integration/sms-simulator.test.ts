import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { countSegments } from '../fakes/sms/segments.ts';
import { twilioSignature } from '../fakes/sms/twilio-callbacks.ts';
import { type Answered, ask, fieldsOf, notice, openSms as open, sara, twilioAccount } from './sms-simulator-harness.ts';

describe('segments', () => {
  it.each([
    ['a'.repeat(160), 'GSM-7', 160, 1],
    ['a'.repeat(161), 'GSM-7', 161, 2],
    ['a'.repeat(306), 'GSM-7', 306, 2],
    ['a'.repeat(307), 'GSM-7', 307, 3],
    [`${'a'.repeat(158)}€`, 'GSM-7', 160, 1],
    [`${'a'.repeat(159)}€`, 'GSM-7', 161, 2],
    // the escape of the 153rd character does not fit into the first part
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 306, 3],
    ['ع'.repeat(70), 'UCS-2', 70, 1],
    ['ع'.repeat(71), 'UCS-2', 71, 2],
    ['ع'.repeat(134), 'UCS-2', 134, 2],
    ['ع'.repeat(135), 'UCS-2', 135, 3],
    [`${'ع'.repeat(66)}👍${'ع'.repeat(66)}`, 'UCS-2', 134, 3],
  ])('of %j: %s, %i units, %i', (text, encoding, units, segments) => {
    expect(countSegments(text)).toEqual({ encoding, units, segments });
  });

  it('grow with the text and never shrink', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string(), (text, more) => {
        expect(countSegments(text + more).segments).toBeGreaterThanOrEqual(countSegments(text).segments);
      }),
    );
  });
});

describe('Unifonic', () => {
  it('takes a message, counts its segments and its price', async () => {
    const { unifonic, simulator } = await open();
    const { status, body } = await unifonic({ CorrelationID: 'ticket-1042', Body: 'ع'.repeat(71) });
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: true, errorCode: 'ER-00', message: '' });
    expect(body.data).toEqual({
      MessageID: simulator.sent[0]?.id,
      CorrelationID: 'ticket-1042',
      Status: 'Queued',
      NumberOfUnits: 2,
      Cost: 0.16,
      CurrencyCode: 'SAR',
      Balance: 999.84,
      Recipient: sara,
      DateCreated: '2026-11-01',
    });
    expect(simulator.sent).toMatchObject([
      { provider: 'unifonic', to: sara, segments: 2, cost: 0.16, correlation: 'ticket-1042', encoding: 'UCS-2' },
    ]);
  });

  it('answers in short, as its newer pages show it, where asked to', async () => {
    const { unifonic, simulator } = await open({ unifonic: { answers: 'short' } });
    const { body } = await unifonic();
    expect(body.success).toBe('true');
    expect(body.data).toEqual({ MessageID: Number(simulator.sent[0]?.id), Status: 'Queued' });
  });

  it.each([
    [{ AppSid: 'another' }, 401, 'ER-401'],
    [{ Recipient: `+${sara}` }, 410, 'ER-410'],
    [{ Recipient: `00${sara}` }, 410, 'ER-410'],
    [{ Recipient: `${sara}99` }, 200, 'ER-03'],
    [{ Recipient: '96650' }, 200, 'ER-04'],
    [{ Recipient: '966112345678' }, 200, 'ER-05'],
    [{ Body: ' ' }, 449, 'ER-449'],
    [{ SenderID: 'Another' }, 480, 'ER-480'],
    [{ Bodi: 'x' }, 406, 'ER-406'],
    [{ responseType: 'XML' }, 406, 'ER-406'],
  ])('refuses %j', async (fields, status, errorCode) => {
    const { unifonic, simulator } = await open();
    const answer = await unifonic(fields);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ success: false, errorCode, data: {} });
    expect(simulator.sent).toEqual([]);
    expect(simulator.balance('unifonic')).toBe(1000);
  });

  it('says which parameter is missing', async () => {
    const { at, token } = await open();
    const send = (fields: Record<string, string>): Promise<Answered> =>
      ask(at('unifonic', '/rest/SMS/messages'), { method: 'POST', body: new URLSearchParams(fields) });
    expect((await send({ Recipient: sara, Body: 'x' })).status).toBe(402);
    expect((await send({ AppSid: token('unifonic'), Body: 'x' })).status).toBe(422);
    expect((await send({ AppSid: token('unifonic'), Recipient: sara })).status).toBe(421);
  });

  it('refuses the same text to the same number within a minute, and takes it after', async () => {
    const { unifonic, clock } = await open();
    const codes: string[] = [];
    codes.push((await unifonic()).body.errorCode);
    clock.advance(59_999);
    codes.push((await unifonic()).body.errorCode);
    codes.push((await unifonic({ Body: `${notice}.` })).body.errorCode);
    codes.push((await unifonic({ Recipient: '966500000002' })).body.errorCode);
    clock.advance(1);
    codes.push((await unifonic()).body.errorCode);
    expect(codes).toEqual(['ER-00', 'ER-09', 'ER-00', 'ER-00', 'ER-00']);
  });

  it('refuses for want of money', async () => {
    const { unifonic, simulator } = await open();
    simulator.setBalance('unifonic', 0.07);
    expect((await unifonic()).body.errorCode).toBe('ER-01');
  });

  it('reports an outcome with its own fields and in local time, and nothing before', async () => {
    const { unifonic, simulator, receiver, clock } = await open();
    await unifonic();
    const [message] = simulator.sent;
    if (!message) throw new Error('nothing was sent');
    expect(await simulator.report(message, 'sent')).toBeNull();
    clock.advance(2000);
    expect(await simulator.report(message, 'undelivered')).toMatchObject({ status: 200 });
    expect(JSON.parse(receiver.posts[0]?.raw ?? '')).toEqual({
      MessageID: message.id,
      DLR: 'Undeliverable',
      Recipient: sara,
      TimeCreated: '2026-11-01 11:00:00',
      SCTS: '2026-11-01 11:00:02',
      DLRTimestamp: '2026-11-01 11:00:02',
    });
  });

  it('writes its reports as a form where asked to, to the address of the message', async () => {
    const { unifonic, simulator, receiver } = await open({ unifonic: { callbacks: 'form' } });
    await unifonic({ statusCallback: `${receiver.url}&of=message` });
    await simulator.report(simulator.sent[0]!, 'delivered');
    expect(receiver.posts[0]?.path).toBe('/webhooks/sms?inbox=notices&of=message');
    expect(fieldsOf(receiver.posts[0]?.raw ?? '').DLR).toBe('Delivered');
  });

  it('tries six times until the answer is 200', async () => {
    const { unifonic, simulator, receiver, clock } = await open();
    await unifonic();
    receiver.answerNext(500, 500, 503, 404, 302, 500, 500);
    await simulator.report(simulator.sent[0]!, 'delivered');
    for (let attempt = 2; attempt <= 6; attempt += 1) {
      clock.advance(24 * 60 * 60 * 1000);
      await vi.waitFor(() => expect(simulator.answers).toHaveLength(attempt));
    }
    clock.advance(24 * 60 * 60 * 1000);
    await vi.waitFor(() => expect(simulator.isQuiet()).toBe(true));
    expect(receiver.posts).toHaveLength(6);
  });
});

describe('Twilio', () => {
  it('signs as the example of its own documentation', () => {
    // given in another order than that of the names
    const fields = {
      To: '+18005551212',
      From: '+12349013030',
      Digits: '1234',
      CallSid: 'CA1234567890ABCDE',
      Caller: '+12349013030',
    };
    const signature = twilioSignature('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', fields);
    expect(signature).toBe('0/KCTR6DLpKmkAf8muzZqo1nDgQ=');
  });

  it('creates a message whose price is not known yet, and tells it when asked later', async () => {
    const { twilio, simulator, at, basic } = await open();
    const { status, body } = await twilio();
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'queued', num_segments: '1', price: null, price_unit: 'USD', to: `+${sara}` });
    expect(body.sid).toMatch(/^SM[0-9a-f]{32}$/);
    await simulator.report(simulator.sent[0]!, 'sent');
    const path = `/2010-04-01/Accounts/${twilioAccount}/Messages/${body.sid}.json`;
    const later = await ask(at('twilio', path), { headers: { authorization: basic } });
    expect(later.body).toMatchObject({ status: 'sent', price: '-0.02000', error_code: null });
  });

  it.each([
    [{ To: sara }, 400, 21211],
    [{ To: '+96650' }, 400, 21211],
    [{ To: '+966112345678' }, 400, 21614],
    [{ From: '+12025550199' }, 400, 21606],
    [{ Body: '' }, 400, 21602],
    [{ Body: 'a'.repeat(1601) }, 400, 21617],
    [{ StatusCallback: 'not an address' }, 400, 21609],
    [{ Bodi: 'x' }, 400, 20001],
  ])('refuses %j', async (fields, status, code) => {
    const { twilio, simulator } = await open();
    const answer = await twilio(fields);
    expect(answer).toMatchObject({ status, body: { code, status, message: expect.any(String) } });
    expect(answer.body.more_info).toBe(`https://www.twilio.com/docs/errors/${code}`);
    expect(simulator.sent).toEqual([]);
  });

  it('knows its customers by account and token', async () => {
    const { twilio } = await open();
    const wrong = `Basic ${Buffer.from(`${twilioAccount}:wrong`).toString('base64')}`;
    expect(await twilio({}, wrong)).toMatchObject({ status: 401, body: { code: 20003 } });
  });

  it('posts every status to the address of the message, signed with its query', async () => {
    const { twilio, simulator, receiver, token } = await open();
    await twilio({ StatusCallback: receiver.url });
    const [message] = simulator.sent;
    await simulator.report(message!, 'sent');
    await simulator.report(message!, 'undelivered', 30005);
    const fields = receiver.posts.map(({ raw }) => fieldsOf(raw));
    expect(fields.map((one) => [one.MessageStatus, one.ErrorCode, one.RawDlrDoneDate])).toEqual([
      ['sent', undefined, undefined],
      ['undelivered', '30005', '2611010800'],
    ]);
    for (const [at, { signature }] of receiver.posts.entries()) {
      expect(signature).toBe(twilioSignature(token('twilio'), receiver.url, fields[at]!));
    }
  });

  it('tells nobody of a message that asks for no reports, unless a service has an address set', async () => {
    const { twilio, simulator, receiver } = await open();
    await twilio();
    expect(await simulator.report(simulator.sent[0]!, 'delivered')).toBeNull();
    const service = `MG${'0'.repeat(32)}`;
    const { body } = await twilio({ MessagingServiceSid: service });
    expect(body).toMatchObject({ status: 'accepted', num_segments: '0' });
    await simulator.report(simulator.sent[1]!, 'delivered');
    expect(fieldsOf(receiver.posts[0]?.raw ?? '').MessagingServiceSid).toBe(service);
  });

  it('does not post again what was answered with 500', async () => {
    const { twilio, simulator, receiver, clock } = await open();
    await twilio({ StatusCallback: receiver.url });
    receiver.answerNext(500);
    await simulator.report(simulator.sent[0]!, 'delivered');
    clock.advance(60_000);
    expect(simulator.isQuiet()).toBe(true);
    expect(receiver.posts).toHaveLength(1);
  });

  it('posts once more where nobody was there', async () => {
    const { twilio, simulator, receiver, clock } = await open();
    await twilio({ StatusCallback: receiver.url });
    await receiver.stop();
    expect(await simulator.report(simulator.sent[0]!, 'delivered')).toEqual({ status: 0, body: '' });
    clock.advance(0);
    await vi.waitFor(() => expect(simulator.answers).toHaveLength(2));
    clock.advance(60_000);
    expect(simulator.isQuiet()).toBe(true);
  });

  it('brings what people text, signed', async () => {
    const { simulator, receiver, token } = await open();
    expect(await simulator.say(sara, 'شكرًا')).toMatchObject({ status: 200 });
    const fields = fieldsOf(receiver.posts[0]?.raw ?? '');
    expect(fields).toMatchObject({ From: `+${sara}`, To: '+12025550123', Body: 'شكرًا', NumSegments: '1' });
    expect(fields).toMatchObject({ FromCountry: 'SA', ToCountry: 'US', SmsStatus: 'received' });
    expect(fields).not.toHaveProperty('OptOutType');
    expect(receiver.posts[0]?.signature).toBe(twilioSignature(token('twilio'), receiver.url, fields));
  });

  it('obeys STOP and START, and says so', async () => {
    const { twilio, simulator, receiver } = await open();
    await simulator.say(sara, ' stop ');
    expect((await twilio()).body.code).toBe(21610);
    await simulator.say(sara, 'START');
    expect((await twilio()).status).toBe(201);
    expect(receiver.posts.map(({ raw }) => fieldsOf(raw).OptOutType)).toEqual(['STOP', 'START']);
  });

  it('can be forged: with a wrong signature, with none, and twice', async () => {
    const { simulator, receiver, token } = await open();
    await simulator.say(sara, 'مرحبا', { signature: 'wrong' });
    await simulator.say(sara, 'مرحبا', { signature: 'none' });
    await simulator.say(sara, 'مرحبا', { times: 2 });
    const [wrong, none, ...twins] = receiver.posts;
    expect(wrong?.signature).not.toBe(twilioSignature(token('twilio'), receiver.url, fieldsOf(wrong?.raw ?? '')));
    expect(none?.signature).toBeNull();
    expect(twins).toHaveLength(2);
    expect(twins[0]).toEqual(twins[1]);
  });
});
