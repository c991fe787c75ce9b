import { describe, expect, it } from 'vitest';
import { faultOf, pricesOf, usualPrices } from '../../../channels/x/prices.ts';
import { xKind, xSettings } from '../../../channels/x/settings.ts';
import { checkInbox } from '../../../src/inbox/given-inboxes.ts';

const keys = { APP_KEY: 'k', APP_SECRET: 's', ACCESS_TOKEN: '1-t', ACCESS_SECRET: 'a' };

const checked = (values: Record<string, string>) => checkInbox(xKind, { ...keys, ...values });
const settingsOf = (values: Record<string, string> = {}) => {
  const result = checked(values);
  if (!('values' in result)) throw new Error(JSON.stringify(result.faults));
  return xSettings(result.values);
};
const faults = (values: Record<string, string>) => {
  const result = checked(values);
  return 'faults' in result ? result.faults.map(({ name, message }) => `${name} ${message}`) : [];
};

describe('the settings of an inbox of X', () => {
  it('need the four keys and nothing else', () => {
    expect(settingsOf()).toEqual({
      appKey: 'k',
      appSecret: 's',
      accessToken: '1-t',
      accessSecret: 'a',
      bearerToken: null,
      baseUrl: 'https://api.x.com',
      pollSeconds: 60,
      webhook: 'none',
      publicReply: 'once',
      publicLinks: false,
      longPosts: false,
      monthlyBudget: null,
      prices: usualPrices,
    });
    const { APP_SECRET: _, ...less } = keys;
    expect(checkInbox(xKind, less)).toEqual({ faults: [{ name: 'APP_SECRET', message: 'is missing' }] });
  });

  it('are sent over TLS, except to a machine nearby', () => {
    expect(settingsOf({ BASE_URL: 'http://127.0.0.1:9/' }).baseUrl).toBe('http://127.0.0.1:9');
    expect(settingsOf({ BASE_URL: 'http://x-simulator:9' }).baseUrl).toBe('http://x-simulator:9');
    expect(faults({ BASE_URL: 'http://api.example.com' })).toEqual([
      expect.stringMatching(/^BASE_URL must begin with https/),
    ]);
    expect(faults({ BASE_URL: 'api.x.com' })).toEqual([expect.stringMatching(/must be an address/)]);
  });

  it.each([
    [{ POLL_SECONDS: '0' }, /POLL_SECONDS must be a whole number of seconds from 1 to 3600/],
    [{ POLL_SECONDS: 'often' }, /from 1 to 3600/],
    [{ MONTHLY_BUDGET_USD: '0' }, /MONTHLY_BUDGET_USD must be a number of US dollars above 0/],
    [{ MONTHLY_BUDGET_USD: 'Infinity' }, /above 0/],
    [{ PUBLIC_REPLY: 'always' }, /PUBLIC_REPLY must be once or never/],
    [{ PUBLIC_LINKS: 'yes' }, /PUBLIC_LINKS must be true or false/],
    [{ WEBHOOK: 'on' }, /WEBHOOK must be none, activity or account-activity/],
    [{ ACCESS_TOKEN: 'two words' }, /ACCESS_TOKEN must be one word/],
    [{ PRICES: 'post-reed=1' }, /PRICES must be a list .*"post-reed=1" is not/],
  ])('say of %j what is wrong with it', (values, fault) => {
    expect(faults(values as Record<string, string>)).toEqual([expect.stringMatching(fault)]);
  });

  it('hide every key', () => {
    expect(xKind.secrets).toEqual(expect.arrayContaining(Object.keys(keys)));
  });
});

describe('prices that differ', () => {
  it('stand in place of the usual ones', () => {
    expect(settingsOf({ PRICES: 'post-read=0.004, dm-send=0.02' }).prices).toEqual({
      ...usualPrices,
      'post-read': 0.004,
      'dm-send': 0.02,
    });
  });

  it('are checked word by word', () => {
    expect(faultOf('owned-read=0.001,post-read=0')).toBeNull();
    for (const wrong of ['post-read', 'post-read=-1', 'post-read=a', ',', 'constructor=1'])
      expect(faultOf(wrong)).not.toBeNull();
    expect(pricesOf('')).toEqual(usualPrices);
  });
});
