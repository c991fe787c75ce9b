import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { asStoreError, isUnavailable } from '../../../../src/store/mongo/errors.ts';

const { mongo } = mongoose;
const systemError = (code: string): Error => Object.assign(new Error(`write ${code}`), { code, syscall: 'write' });

describe('errors of the driver', () => {
  test.each(['EPIPE', 'ECONNRESET'])(
    'a connection that broke while it was written to (%s) is the server away',
    (code) => {
      expect(isUnavailable(systemError(code))).toBe(true);
      expect(asStoreError(systemError(code), 'somewhere').code).toBe('unavailable');
    },
  );

  test('one that cut off a bulk write is the server away too', () => {
    const error = new mongo.MongoBulkWriteError({ message: 'cut off', code: 0 } as never, {} as never);
    Object.assign(error, { errorResponse: systemError('EPIPE') });
    expect(isUnavailable(error)).toBe(true);
  });

  test('a file that is not there is no fault of the server', () => {
    expect(isUnavailable(systemError('ENOENT'))).toBe(false);
    expect(asStoreError(systemError('ENOENT'), 'somewhere').code).toBe('failed');
  });
});
