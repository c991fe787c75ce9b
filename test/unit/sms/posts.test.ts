import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unsignedPosts } from '../../../channels/sms/providers/reports.ts';
import { readPost, signatureOf, twilioPosts } from '../../../channels/sms/providers/twilio-posts.ts';
import { meaningOf } from '../../../channels/sms/providers/unifonic.ts';

const token = 'a-word-of-our-own-1';
const postOf = (raw: string, url = '/webhooks/sms', headers = {}) => ({ raw: Buffer.from(raw), url, headers });

describe('a report that nobody signed', () => {
  const { read, isGenuine } = unsignedPosts(token, meaningOf);

  it.each([
    ['as JSON', '{"MessageID":"77","DLR":"Delivered","Recipient":"966500000001","CorrelationID":"d1"}'],
    ['as a form', 'MessageID=77&DLR=Delivered&Recipient=%2B966500000001&CorrelationID=d1'],
    ['under other names', '{"message_id":77,"delivery_status":"DELIVRD","to":"00966500000001","correlationId":"d1"}'],
    ['in a list', '[{"msgId":77,"status":"delivered","mobile":"966500000001","reference":"d1"}]'],
    [
      'in a list of something',
      '{"type":"dlr","reports":[{"messageId":77,"state":"Delivered","number":"+966 50 000 0001","ref":"d1"}]}',
    ],
  ])('is read %s', (_how, raw) => {
    expect(read(raw)).toEqual({
      reports: [{ externalId: '77', ref: 'd1', status: 'delivered', to: '966500000001' }],
      incoming: [],
      odd: [],
    });
  });

  it('that came with others is read, and what is odd among them is told', () => {
    const raw =
      '[{"messageId":1,"status":"sent"},{"messageId":2,"status":"eaten"},{"status":"sent"},{"messageId":3,"status":"failed","errorCode":"ER-05"}]';
    expect(read(raw)).toMatchObject({
      reports: [
        { externalId: '1', status: 'sent' },
        {
          externalId: '3',
          status: 'failed',
          code: 'rejected',
          reason: 'No network takes text messages to this number.',
        },
      ],
      odd: ['unknown-status', 'no-id'],
    });
  });

  it('is found by our id where the provider has none', () => {
    expect(read('{"CorrelationID":"d1","Status":"Sent"}').reports).toEqual([
      { externalId: 'd1', ref: 'd1', status: 'sent' },
    ]);
  });

  it('names nobody where the number is written in the way of the country', () => {
    expect(read('{"messageId":1,"status":"sent","to":"0500000001"}').reports).toEqual([
      { externalId: '1', status: 'sent' },
    ]);
  });

  it('tells what the message cost, where it does', () => {
    expect(
      read('{"MessageID":1,"Status":"Sent","NumberOfUnits":2,"Cost":"0.16","CurrencyCode":"sar"}').reports[0]?.cost,
    ).toEqual({
      units: 2,
      amount: 0.16,
      currency: 'SAR',
    });
  });

  it('is believed by the word in its address', () => {
    const raw = '{"anything":1}';
    expect(isGenuine(postOf(raw, `/webhooks/sms?token=${token}`))).toBe(true);
    for (const url of ['/webhooks/sms', '/webhooks/sms?token=', `/webhooks/sms?token=${token}x`, '//[?token=1'])
      expect(isGenuine(postOf(raw, url))).toBe(false);
  });

  it('is taken without a word where none is set, if it can be read', () => {
    const open = unsignedPosts(null, meaningOf);
    expect(open.isGenuine(postOf('{"messageId":1,"status":"sent"}'))).toBe(true);
    expect(open.isGenuine(postOf('{"anything":1}'))).toBe(false);
    expect(open.isGenuine(postOf('MessageSid=SM1&MessageStatus=sent'))).toBe(false);
  });

  const sentOf = (count: number): string =>
    JSON.stringify(Array.from({ length: count }, (_, at) => ({ messageId: at, status: 'sent' })));

  it('that stands deep in lists is looked for only so far, and the post is odd', () => {
    const within = (depth: number): string => '[{"a":'.repeat(depth) + sentOf(1) + '}]'.repeat(depth);
    expect(read(within(3))).toMatchObject({ reports: [{ externalId: '0' }], odd: [] });
    for (const raw of [within(4), within(20_000), '['.repeat(100_000) + ']'.repeat(100_000)])
      expect(read(raw)).toEqual({ reports: [], incoming: [], odd: ['too-deep'] });
    expect(read('['.repeat(120_000)).odd).toEqual(['unreadable']);
    expect(read('[{"a":'.repeat(20_000)).odd).toEqual(['unreadable']);
  });

  it('is one of at most two hundred, and the others make the post odd', () => {
    expect(read(sentOf(200))).toMatchObject({ reports: { length: 200 }, odd: [] });
    expect(read(sentOf(5_000))).toMatchObject({ reports: { length: 200 }, odd: ['too-many'] });
  });

  it('is taken from anybody only in short posts of a few', () => {
    const open = unsignedPosts(null, meaningOf);
    expect([open.isOpen, open.maxBytes]).toEqual([true, 32_768]);
    expect(open.isGenuine(postOf(sentOf(20)))).toBe(true);
    expect(open.isGenuine(postOf(sentOf(21)))).toBe(false);
    expect(open.isGenuine(postOf(sentOf(20) + ' '.repeat(32_768)))).toBe(false);
    for (const raw of ['['.repeat(120_000), '[{"a":'.repeat(5_000), '['.repeat(9_000) + ']'.repeat(9_000)])
      expect(open.isGenuine(postOf(raw))).toBe(false);
  });

  it('may be anything: nothing is thrown', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (raw) => void read(raw)));
    expect(read('').odd).toEqual(['unreadable']);
    expect(read('{"__proto__":{"messageId":1},"status":null}').reports).toEqual([]);
  });
});

describe('a post of Twilio', () => {
  const authToken = 'twilio-auth-token';
  const publicUrl = 'https://care.example.org';
  const posts = twilioPosts({ token: authToken, sender: '+966110000000' }, publicUrl);
  const raw = 'MessageSid=SM1&Body=%D9%86%D8%B9%D9%85+%26&From=%2B966500000001&To=%2B966110000000&A=';
  const signed = (address: string, body = raw) => ({ 'x-twilio-signature': signatureOf(address, body, authToken) });

  it('is signed over its address and its parameters in the order of their names', () => {
    // the example of the provider's page "Webhooks security"
    const example = 'CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234&From=%2B14158675310&To=%2B18005551212';
    expect(signatureOf('https://example.com/myapp.php?foo=1&bar=2', example, '12345')).toBe(
      'L/OH5YylLD5NRKLltdqwSvS0BnU=',
    );
  });

  it('is genuine whether the port was signed or not, and whatever a proxy took from the path', () => {
    for (const address of ['https://care.example.org/webhooks/sms', 'https://care.example.org:443/webhooks/sms'])
      expect(posts.isGenuine(postOf(raw, '/webhooks/sms', signed(address)))).toBe(true);
    const below = twilioPosts({ token: authToken, sender: '' }, 'http://care.example.org:8080/wasl');
    for (const address of [
      'http://care.example.org:8080/wasl/w?a=1',
      'http://care.example.org/wasl/w?a=1',
      'http://care.example.org:8080/w?a=1',
    ])
      expect(below.isGenuine(postOf(raw, '/w?a=1', signed(address)))).toBe(true);
  });

  it('is not genuine with another token, address, body or none', () => {
    const address = `${publicUrl}/webhooks/sms`;
    expect(posts.isGenuine(postOf(raw))).toBe(false);
    expect(posts.isGenuine(postOf(`${raw}1`, '/webhooks/sms', signed(address)))).toBe(false);
    expect(posts.isGenuine(postOf(raw, '/webhooks/sms?x=1', signed(address)))).toBe(false);
    expect(
      posts.isGenuine(postOf(raw, '/webhooks/sms', { 'x-twilio-signature': signatureOf(address, raw, 'other') })),
    ).toBe(false);
    expect(posts.isGenuine(postOf(raw, '/webhooks/sms', { 'x-twilio-signature': ['a', 'b'] }))).toBe(false);
  });

  it('is about the sender that it names: who is written to, or who wrote', () => {
    expect(posts.about(raw)).toEqual({ mine: true, strangers: [] });
    expect(posts.about('MessageSid=SM1&MessageStatus=sent&From=%2B966110000000&To=%2B966500000001').mine).toBe(true);
    expect(posts.about('MessageSid=SM1&MessageStatus=sent&From=Other&To=%2B966500000001')).toEqual({
      mine: false,
      strangers: ['sender Other'],
    });
    expect(posts.about('').mine).toBe(true);
  });

  it.each([
    ['accepted', 'accepted'],
    ['queued', 'accepted'],
    ['sending', 'accepted'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('with the status %s says %s', (status, expected) => {
    expect(readPost(`MessageSid=SM1&MessageStatus=${status}&To=%2B966500000001`).reports).toMatchObject([
      { externalId: 'SM1', status: expected, to: '966500000001' },
    ]);
  });

  it('says why a message did not arrive', () => {
    expect(readPost('MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30006').reports[0]).toMatchObject({
      code: 'message-invalid',
    });
    expect(readPost('MessageSid=SM1&MessageStatus=failed&ErrorCode=1').reports[0]).toMatchObject({ code: 'rejected' });
  });

  const said = (text: string, more = '') =>
    readPost(`MessageSid=SM1&From=%2B966500000001&Body=${encodeURIComponent(text)}${more}`).incoming[0];

  it('is what somebody wrote', () => {
    expect(said('نعم & لا')).toEqual({
      externalId: 'SM1',
      from: '966500000001',
      text: 'نعم & لا',
      hasFiles: false,
      optOut: null,
      isAnswered: false,
    });
    expect(said('', '&NumMedia=1')).toMatchObject({ text: '', hasFiles: true });
  });

  it('is a wish to hear no more, or again, by the word alone or as Twilio tells it', () => {
    for (const word of ['STOP', ' stop ', 'Unsubscribe', 'QUIT'])
      expect(said(word)).toMatchObject({ optOut: true, isAnswered: true });
    expect(said('START')).toMatchObject({ optOut: false, isAnswered: true });
    expect(said('إلغاء الاشتراك', '&OptOutType=STOP')).toMatchObject({ optOut: true, isAnswered: true });
    expect(said('help')).toMatchObject({ optOut: null, isAnswered: true });
    for (const word of ['yes', 'please stop', 'توقف'])
      expect(said(word)).toMatchObject({ optOut: null, isAnswered: false });
  });

  it('may be anything: nothing is thrown', () => {
    fc.assert(
      fc.property(fc.string(), (any) => void [readPost(any), posts.about(any), posts.isGenuine(postOf(any, any))]),
    );
    expect(readPost('Body=x').odd).toEqual(['no-id']);
    expect(readPost('MessageSid=SM1&MessageStatus=eaten').odd).toEqual(['unknown-status']);
    expect(readPost('MessageSid=SM1&Body=x&From=whatsapp').odd).toEqual(['no-sender']);
  });
});
