import { describe, expect, it } from 'vitest';
import { smsKind, smsSettings } from '../../../channels/sms/settings.ts';
import { checkInbox } from '../../../src/inbox/given-inboxes.ts';

const read = (values: Record<string, string>) => {
  const checked = checkInbox(smsKind, values);
  return 'faults' in checked ? checked.faults.map(({ name }) => name) : smsSettings(checked.values);
};

const account = `AC${'0'.repeat(32)}`;

describe('the settings of text messages', () => {
  it('need nothing for the log', () => {
    expect(read({ PROVIDER: 'log' })).toMatchObject({
      provider: 'log',
      price: null,
      currency: 'SAR',
      webhookToken: null,
    });
  });

  it('have the address and the pace of each provider', () => {
    expect(read({ PROVIDER: 'unifonic', TOKEN: 't', SENDER: 'Wasl' })).toMatchObject({
      baseUrl: 'https://el.cloud.unifonic.com',
      perSecond: 10,
    });
    expect(read({ PROVIDER: 'taqnyat', TOKEN: 't', SENDER: 'Wasl' })).toMatchObject({
      baseUrl: 'https://api.taqnyat.sa',
      perSecond: 1.6,
    });
    expect(read({ PROVIDER: 'twilio', ACCOUNT: account, TOKEN: 't', SENDER: '+966110000000' })).toMatchObject({
      baseUrl: 'https://api.twilio.com',
      account,
    });
  });

  it.each<[Record<string, string>, string[]]>([
    [{ SENDER: 'Wasl' }, ['PROVIDER']],
    [{ PROVIDER: 'nexmo' }, ['PROVIDER']],
    [{ PROVIDER: 'unifonic' }, ['TOKEN', 'SENDER']],
    [{ PROVIDER: 'taqnyat', TOKEN: 't', SENDER: 'twelve chars' }, ['SENDER']],
    [{ PROVIDER: 'taqnyat', TOKEN: 't', SENDER: '+966110000000' }, ['SENDER']],
    [{ PROVIDER: 'unifonic', TOKEN: 't', SENDER: 'وصل' }, ['SENDER']],
    [{ PROVIDER: 'unifonic', TOKEN: 't', SENDER: '12345' }, ['SENDER']],
    [{ PROVIDER: 'twilio', TOKEN: 't', SENDER: 'Wasl' }, ['ACCOUNT']],
    [{ PROVIDER: 'twilio', ACCOUNT: 'me', TOKEN: 't', SENDER: '0110000000' }, ['ACCOUNT', 'SENDER']],
    [{ PROVIDER: 'log', BASE_URL: 'http://example.org' }, ['BASE_URL']],
    [{ PROVIDER: 'log', BASE_URL: 'nowhere' }, ['BASE_URL']],
    [{ PROVIDER: 'log', PRICE: '-1', CURRENCY: 'riyal', PER_SECOND: '0' }, ['PRICE', 'CURRENCY', 'PER_SECOND']],
    [{ PROVIDER: 'log', WEBHOOK_TOKEN: 'short' }, ['WEBHOOK_TOKEN']],
  ])('say what is wrong: %j', (values, names) => {
    const faults = read(values);
    expect([...new Set(Array.isArray(faults) ? faults : [])].sort()).toEqual([...names].sort());
  });

  it('never show the token in what they say', () => {
    const checked = checkInbox(smsKind, { PROVIDER: 'twilio', TOKEN: 'a secret one', ACCOUNT: 'also-secret' });
    expect(JSON.stringify(checked)).toContain('TOKEN');
    expect(JSON.stringify(checked)).not.toMatch(/a secret one|also-secret/);
  });
});
