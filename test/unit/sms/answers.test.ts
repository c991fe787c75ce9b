import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../channels/sms/providers/ask.ts';
import { LostAnswer, type Refusal, type Sms, type Taken } from '../../../channels/sms/providers/provider.ts';
import * as taqnyat from '../../../channels/sms/providers/taqnyat.ts';
import * as twilio from '../../../channels/sms/providers/twilio.ts';
import * as unifonic from '../../../channels/sms/providers/unifonic.ts';
import type { SmsSettings } from '../../../channels/sms/settings.ts';

const settings: SmsSettings = {
  provider: 'unifonic',
  baseUrl: 'https://sms.test',
  account: 'AC1',
  token: 'the-token',
  sender: 'Wasl',
  price: null,
  currency: 'SAR',
  webhookToken: null,
  perSecond: 1,
};
const message: Sms = {
  to: '966500000001',
  text: 'رقم طلبكم 1042 & شكرًا',
  ref: 'd1',
  callbackUrl: 'https://wasl.test/w',
};

const failed = (read: (answer: Answer) => Taken, status: number, body: unknown): Refusal => {
  try {
    read({ status, body });
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('it was read as taken');
};

const formOf = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body));

describe('a message to Unifonic', () => {
  it('is a form with our id as CorrelationID, and no address of ours', () => {
    const { url, body, headers } = unifonic.requestOf(settings, message);
    expect([url, headers?.['content-type']]).toEqual([
      'https://sms.test/rest/SMS/messages',
      'application/x-www-form-urlencoded',
    ]);
    expect(formOf(body)).toEqual({
      AppSid: 'the-token',
      SenderID: 'Wasl',
      Recipient: message.to,
      Body: message.text,
      responseType: 'JSON',
      CorrelationID: 'd1',
      MessageType: '3',
    });
    const abroad = unifonic.requestOf(settings, { ...message, to: '201000000001' });
    expect(formOf(abroad.body)).not.toHaveProperty('MessageType');
  });

  it('is taken in both forms of its answers', () => {
    const whole = {
      success: true,
      errorCode: 'ER-00',
      data: { MessageID: '77', NumberOfUnits: '2', Cost: 0.16, CurrencyCode: 'SAR' },
    };
    expect(unifonic.takenOf({ status: 200, body: whole })).toEqual({
      externalId: '77',
      status: 'accepted',
      cost: { units: 2, amount: 0.16, currency: 'SAR' },
    });
    const short = { success: 'true', data: { MessageID: 7700000000001, Status: 'Queued' } };
    expect(unifonic.takenOf({ status: 200, body: short })).toEqual({
      externalId: '7700000000001',
      status: 'accepted',
      cost: null,
    });
  });

  it.each([
    ['ER-01', 'config-invalid', 'no-balance'],
    ['ER-02', 'message-invalid', undefined],
    ['ER-03', 'message-invalid', undefined],
    ['ER-04', 'message-invalid', undefined],
    ['ER-05', 'rejected', undefined],
    ['ER-06', 'message-invalid', undefined],
    ['ER-07', 'rejected', undefined],
    ['ER-08', 'config-invalid', 'no-sender'],
    ['ER-09', 'rejected', undefined],
    ['ER-99', 'rejected', undefined],
  ])('refused with %s is %s', (errorCode, code, alarm) => {
    const error = failed(unifonic.takenOf, 200, { success: false, errorCode, message: '', data: {} });
    expect([error.code, error.alarm, error.providerCode]).toEqual([code, alarm, errorCode]);
  });

  it.each([
    [401, 'config-invalid', 'bad-credentials'],
    [402, 'config-invalid', 'bad-credentials'],
    [409, 'rejected', undefined],
    [429, 'throttled', undefined],
    [449, 'message-invalid', undefined],
    [480, 'config-invalid', 'no-sender'],
    [503, 'unreachable', undefined],
  ])('refused with HTTP %s is %s', (status, code, alarm) => {
    const error = failed(unifonic.takenOf, status, { success: false, errorCode: `ER-${status}` });
    expect([error.code, error.alarm]).toEqual([code, alarm]);
  });
});

describe('a message to Taqnyat', () => {
  it('is JSON for one recipient under the bearer token', () => {
    const { url, body, headers } = taqnyat.requestOf(settings, message);
    expect([url, headers?.authorization]).toEqual(['https://sms.test/v1/messages', 'Bearer the-token']);
    expect(JSON.parse(body ?? '')).toEqual({ recipients: [message.to], body: message.text, sender: 'Wasl' });
  });

  it('is taken with what it cost', () => {
    const body = {
      statusCode: 201,
      messageId: 42,
      cost: '0.0550',
      currency: 'SAR',
      totalCount: 1,
      msgLength: 1,
      accepted: '[966500000001,]',
      rejected: '[]',
    };
    expect(taqnyat.takenOf({ status: 201, body })).toEqual({
      externalId: '42',
      status: 'accepted',
      cost: { units: 1, amount: 0.055, currency: 'SAR' },
    });
  });

  it('is not taken where the one number was rejected within a success', () => {
    for (const rejected of ['[966500000001,]', ['966500000001']])
      expect(failed(taqnyat.takenOf, 201, { statusCode: 201, messageId: 1, rejected }).code).toBe('message-invalid');
  });

  it.each([
    [400, 'Your balance is not enough', 'config-invalid', 'no-balance'],
    [400, 'Sender Name not active .', 'config-invalid', 'no-sender'],
    [400, 'Mobile(s) number(s) is not specified or incorrect', 'message-invalid', undefined],
    [400, 'Message body is not specified', 'message-invalid', undefined],
    [400, 'this country Not authorized to using the API', 'rejected', undefined],
    [400, 'SMS-API not responding , please try again', 'unreachable', undefined],
    [400, 'Something else', 'rejected', undefined],
    [400, 'Invalid bearer token', 'config-invalid', 'bad-credentials'],
    [401, 'Whatever of the sender', 'config-invalid', 'bad-credentials'],
    [429, 'Too many requests', 'throttled', undefined],
    [200, { statusCode: 400, message: 'Your balance is not enough' }, 'config-invalid', 'no-balance'],
  ])('refused with %s %j is %s', (status, said, code, alarm) => {
    const body = typeof said === 'string' ? { statusCode: status, message: said } : said;
    const error = failed(taqnyat.takenOf, status, body);
    expect([error.code, error.alarm]).toEqual([code, alarm]);
  });

  it('tells its balance', () => {
    expect(taqnyat.balanceOf({ status: 200, body: { balance: '12.50', currency: 'SAR' } })).toEqual({
      left: 12.5,
      currency: 'SAR',
    });
  });
});

describe('a message to Twilio', () => {
  const own = { ...settings, sender: '+966110000000' };

  it('goes to the number with its plus, from the sender or by a Messaging Service', () => {
    const { url, body, headers } = twilio.requestOf(own, message);
    expect(url).toBe('https://sms.test/2010-04-01/Accounts/AC1/Messages.json');
    expect(headers?.authorization).toBe(`Basic ${Buffer.from('AC1:the-token').toString('base64')}`);
    expect(formOf(body)).toEqual({
      To: '+966500000001',
      From: '+966110000000',
      Body: message.text,
      StatusCallback: 'https://wasl.test/w',
    });
    const service = `MG${'a'.repeat(32)}`;
    expect(formOf(twilio.requestOf({ ...own, sender: service }, { ...message, callbackUrl: null }).body)).toEqual({
      To: '+966500000001',
      MessagingServiceSid: service,
      Body: message.text,
    });
  });

  it('is taken before its price is known', () => {
    const body = { sid: 'SM1', status: 'queued', num_segments: '1', price: null, price_unit: 'USD', error_code: null };
    expect(twilio.takenOf({ status: 201, body })).toEqual({ externalId: 'SM1', status: 'accepted', cost: null });
    expect(twilio.takenOf({ status: 201, body: { ...body, price: '-0.02000' } }).cost).toEqual({
      units: 1,
      amount: 0.02,
      currency: 'USD',
    });
  });

  it.each([
    [400, 21211, 'message-invalid', undefined],
    [400, 21408, 'config-invalid', undefined],
    [400, 21606, 'config-invalid', undefined],
    [400, 21212, 'config-invalid', 'no-sender'],
    [400, 21610, 'opted-out', undefined],
    [400, 21614, 'message-invalid', undefined],
    [401, 20003, 'config-invalid', 'bad-credentials'],
    [403, 20005, 'config-invalid', 'no-balance'],
    [429, 20429, 'throttled', undefined],
    [404, 20404, 'config-invalid', undefined],
    [400, 99999, 'rejected', undefined],
  ])('refused with %s %s is %s', (status, given, code, alarm) => {
    const error = failed(twilio.takenOf, status, { code: given, message: '', status });
    expect([error.code, error.alarm]).toEqual([code, alarm]);
  });

  it('that failed while it was made is refused', () => {
    expect(failed(twilio.takenOf, 201, { sid: 'SM1', status: 'failed', error_code: 30006 }).code).toBe(
      'message-invalid',
    );
  });

  const since = Date.parse('2026-11-21T08:00:00Z');
  const listed = { sid: 'SM1', status: 'sent', body: message.text, date_created: 'Sat, 21 Nov 2026 08:00:01 +0000' };
  const find = (messages: unknown[], isOther = (_sid: string) => false) =>
    twilio.foundIn({ status: 200, body: { messages } }, message, since, isOther)?.externalId;

  it('is found again by its words, if it was made since and is no other sending of ours', () => {
    expect(find([{ junk: 1 }, listed])).toBe('SM1');
    expect(find([{ ...listed, body: 'another' }])).toBeUndefined();
    expect(find([{ ...listed, date_created: 'Sat, 21 Nov 2026 07:50:00 +0000' }])).toBeUndefined();
    expect(find([listed], (sid) => sid === 'SM1')).toBeUndefined();
    expect(() => twilio.foundIn({ status: 500, body: undefined }, message, since, () => false)).toThrow(LostAnswer);
  });
});

describe('an answer that says nothing', () => {
  const readers = { unifonic: unifonic.takenOf, taqnyat: taqnyat.takenOf, twilio: twilio.takenOf };
  it.each(Object.entries(readers))('of %s leaves open whether the message was taken', (_name, read) => {
    for (const [status, body] of [
      [200, undefined],
      [201, {}],
      [500, undefined],
      [502, { code: 20003 }],
      [504, null],
    ] as const)
      expect(failed(read, status, body)).toBeInstanceOf(LostAnswer);
  });
});
