import { describe, expect, it } from 'vitest';
import { coreSettings, readSettings, type SettingsError } from '../../../src/config.ts';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(coreSettings, env);
    return [];
  } catch (error) {
    return (error as SettingsError).faults;
  }
};

describe('a setting', () => {
  it.each(['abc', '-1', '65536', '1.5'])('PORT=%s is refused in one sentence', (PORT) => {
    expect(faultsOf({ PORT })).toEqual(['PORT: must be a whole number from 0 to 65535']);
  });

  it.each(['ftp://care.example', 'javascript:alert(1)', 'care.example'])('PUBLIC_URL=%s is refused', (PUBLIC_URL) => {
    expect(faultsOf({ PUBLIC_URL })).toEqual(['PUBLIC_URL: must be an address that begins with https:// or http://']);
  });

  it.each([
    'https://a.example/',
    'https://a.example/page',
    'a.example',
    'https://*.a.example/x',
    'null',
    'https://u@a.b',
  ])('ALLOWED_ORIGINS=%s is refused, also beside a good one', (entry) => {
    expect(faultsOf({ ALLOWED_ORIGINS: `https://b.example, ${entry}` })[0]).toMatch(/^ALLOWED_ORIGINS: each must be/);
  });

  it('ALLOWED_ORIGINS is read as browsers send origins', () => {
    const given = { ALLOWED_ORIGINS: 'https://A.example:443, http://localhost:3000,*' };
    expect(readSettings(coreSettings, given).ALLOWED_ORIGINS).toEqual([
      'https://a.example',
      'http://localhost:3000',
      '*',
    ]);
  });

  it.each(['maybe', 'true', '1.2.3', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.1,', 'loopback,maybe', '10.0.0.0/8/8'])(
    'TRUST_PROXY=%s is refused',
    (TRUST_PROXY) => {
      expect(faultsOf({ TRUST_PROXY })).toHaveLength(1);
    },
  );

  it.each(['1', '0', '10.0.0.1', '10.0.0.0/8, fd00::/8', 'loopback'])('TRUST_PROXY=%s is taken', (TRUST_PROXY) => {
    expect(faultsOf({ TRUST_PROXY })).toEqual([]);
  });
});
