import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../../channels/whatsapp-cloud/payload/codes.ts';
import { SendError } from '../../../src/channel/send-error.ts';

const isRetryable = (code: number): boolean => new SendError(meaningOf({ code }).code, '').retryable;

describe('an error of the Cloud API', () => {
  it.each([1, 2, 4, 80007, 130429, 131000, 131016, 131056])('%d is tried again', (code) => {
    expect(isRetryable(code)).toBe(true);
    expect(meaningOf({ code }).alarm).toBeUndefined();
  });

  it.each([
    100, 130472, 131008, 131009, 131021, 131026, 131030, 131047, 131048, 131049, 131050, 131051, 131052, 131053, 131062,
    132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016,
  ])('%d is never tried again', (code) => {
    expect(isRetryable(code)).toBe(false);
  });

  it.each([3, 10, 190, 200, 250, 299, 368, 131031, 131042, 130497, 133010])(
    '%d is about the account: everything is kept, the inbox says so',
    (code) => {
      expect(meaningOf({ code })).toMatchObject({ code: 'unreachable', scope: 'inbox', alarm: expect.any(String) });
    },
  );

  it('is about the window, a wish or one person where it is', () => {
    expect(meaningOf({ code: 131047 }).code).toBe('window-closed');
    expect(meaningOf({ code: 131050 }).code).toBe('opted-out');
    expect(meaningOf({ code: 131056 })).toMatchObject({ code: 'throttled', scope: 'person' });
    expect(meaningOf({ code: 130429 })).toMatchObject({ code: 'throttled', scope: 'inbox' });
  });

  it('tells a number that does not exist from a bad parameter', () => {
    expect(meaningOf({ code: 100 }).code).toBe('message-invalid');
    expect(meaningOf({ code: 100, subcode: 33 })).toMatchObject({ code: 'unreachable', alarm: 'bad-credentials' });
  });

  it.each([
    [401, 'unreachable'],
    [403, 'unreachable'],
    [404, 'rejected'],
    [429, 'throttled'],
    [500, 'unreachable'],
    [503, 'unreachable'],
    [504, 'timed-out'],
  ])('without a known code is read by its status %d', (status, code) => {
    expect(meaningOf({ code: -1, status }).code).toBe(code);
    expect(meaningOf({ code: 999_999, status }).code).toBe(code);
  });

  it('is a refused token by code 0 only where the status says so', () => {
    expect(meaningOf({ code: 0, status: 401 }).alarm).toBe('bad-credentials');
    expect(meaningOf({ code: 0, status: 500 }).alarm).toBeUndefined();
  });
});
