import { describe, expect, it } from 'vitest';
import { cloudKind, cloudSettings } from '../../../channels/whatsapp-cloud/settings.ts';
import { checkInbox } from '../../../src/inbox/given-inboxes.ts';

const good = {
  PHONE_NUMBER_ID: '100200300400500',
  ACCESS_TOKEN: 'EAAtoken',
  APP_SECRET: 'secret',
  VERIFY_TOKEN: 'a-word',
};

const faultsOf = (values: Record<string, string>): string[] => {
  const checked = checkInbox(cloudKind, { ...good, ...values });
  return 'faults' in checked ? checked.faults.map(({ name }) => name) : [];
};

describe('the settings of a number', () => {
  it('are few: the rest is usual', () => {
    const checked = checkInbox(cloudKind, good);
    if ('faults' in checked) throw new Error('refused');
    expect(cloudSettings(checked.values)).toEqual({
      phoneNumberId: '100200300400500',
      businessAccountId: null,
      accessToken: 'EAAtoken',
      appSecret: 'secret',
      verifyToken: 'a-word',
      baseUrl: 'https://graph.facebook.com/v26.0',
      mediaHosts: ['lookaside.fbsbx.com'],
      perSecond: 80,
    });
  });

  it('hide the token, the secret and the word', () => {
    expect(cloudKind.secrets).toEqual(['ACCESS_TOKEN', 'APP_SECRET', 'VERIFY_TOKEN']);
  });

  it.each([
    ['PHONE_NUMBER_ID', '+966 50 111 2222'],
    ['WABA_ID', 'my account'],
    ['ACCESS_TOKEN', 'two words'],
    ['ACCESS_TOKEN', 'line\nend'],
    ['BASE_URL', 'graph.facebook.com/v26.0'],
    ['BASE_URL', 'http://graph.facebook.com/v26.0'],
    ['PER_SECOND', '0'],
    ['PER_SECOND', 'many'],
  ])('name the one that is wrong: %s', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([name]);
  });

  it('let the token go unencrypted to this machine only, and take addresses with a slash at the end', () => {
    for (const host of ['127.0.0.1:8080', 'localhost:1', '[::1]:1'])
      expect(faultsOf({ BASE_URL: `http://${host}/v26.0` })).toEqual([]);
    const checked = checkInbox(cloudKind, { ...good, BASE_URL: 'https://graph.example/v26.0//' });
    if ('faults' in checked) throw new Error('refused');
    expect(cloudSettings(checked.values).baseUrl).toBe('https://graph.example/v26.0');
  });
});
