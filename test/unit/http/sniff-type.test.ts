import { describe, expect, it } from 'vitest';
import { sniffType } from '../../../src/http/read-upload.ts';

describe('the type of a file', () => {
  it('is what its bytes say', async () => {
    expect(await sniffType(Buffer.from('%PDF-1.7\n'), 'image/png')).toBe('application/pdf');
    expect(await sniffType(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), 'text/plain')).toBe('image/jpeg');
  });

  it('is text only where it reads as text and says so', async () => {
    const arabic = Buffer.from('اسم;رقم\n'.repeat(600)).subarray(0, 4099);
    expect(await sniffType(arabic, 'text/csv')).toBe('text/csv');
    await expect(sniffType(arabic, 'text/html')).rejects.toMatchObject({ code: 'invalid' });
    await expect(sniffType(Buffer.from([1, 0, 2]), 'text/plain')).rejects.toMatchObject({ code: 'invalid' });
    await expect(sniffType(Buffer.from([0xc3, 0x28, 0x61, 0x61, 0x61, 0x61]), 'text/plain')).rejects.toThrow();
  });

  it.each([
    ['a program', Buffer.from('MZ\u0090\u0000', 'latin1')],
    ['an SVG image', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is refused', async (_name, bytes) => {
    await expect(sniffType(bytes, 'image/png')).rejects.toMatchObject({ code: 'invalid' });
  });
});
