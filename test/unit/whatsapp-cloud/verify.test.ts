import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned } from '../../../channels/whatsapp-cloud/verify.ts';

// as the provider writes it: escaped, so that reading and writing it again gives other bytes
const raw = Buffer.from('{"body":"\\u0633\\u0644\\u0627\\u0645","url":"https:\\/\\/example.org"}');
const secret = 'app-secret';
const signature = (bytes: Buffer, by = secret): string =>
  `sha256=${createHmac('sha256', by).update(bytes).digest('hex')}`;

describe('the signature of a post', () => {
  it('is made over the bytes as they came', () => {
    expect(isSigned(raw, signature(raw), secret)).toBe(true);
    expect(isSigned(raw, signature(raw).toUpperCase().replace('SHA256', 'sha256'), secret)).toBe(true);
    expect(isSigned(raw, signature(Buffer.from(JSON.stringify(JSON.parse(raw.toString())))), secret)).toBe(false);
  });

  it.each([
    ['none', undefined],
    ['two', [signature(raw), signature(raw)]],
    ['that of another app', signature(raw, 'other')],
    ['half', signature(raw).slice(0, -1)],
    ['one of another kind', signature(raw).replace('sha256', 'sha1')],
    ['letters that are none of it', `sha256=${'ي'.repeat(64)}`],
    ['nothing', ''],
  ])('is refused: %s', (_name, given) => {
    expect(isSigned(raw, given, secret)).toBe(false);
  });
});
