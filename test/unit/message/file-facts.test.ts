import { describe, expect, it } from 'vitest';
import { cleanName, peek, tellType } from '../../../src/message/file-facts.ts';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);
const zip = Buffer.from('504b0304140000000000', 'hex');
const mp4 = Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex');
const arabic = Buffer.from('السلام عليكم');
const noise = Buffer.from([1, 0, 2, 0, 3]);

describe('the type of a file', () => {
  it.each([
    ['what its bytes say, whatever is claimed', jpeg, 'application/pdf', 'image/jpeg'],
    ['what is claimed where the bytes tell only the box', zip, 'application/vnd.ms-excel', 'application/vnd.ms-excel'],
    ['the box where nothing better is claimed', zip, 'image/png', 'application/zip'],
    ['a voice where voice and film share the box', mp4, 'audio/mp4', 'audio/mp4'],
    ['text where nothing is claimed and it reads as text', arabic, '', 'text/plain'],
    ['what is claimed where bytes do not tell', arabic, 'text/csv', 'text/csv'],
    ['unknown where a picture is claimed and none is there', arabic, 'image/png', 'application/octet-stream'],
    ['unknown where text is claimed and bytes are none', noise, 'text/plain', 'application/octet-stream'],
    ['unknown where nothing tells', noise, '', 'application/octet-stream'],
  ])('is %s', async (_what, head, claimed, type) => {
    expect((await tellType(head, claimed)).type).toBe(type);
  });

  it('gives the usual ending of a name where the bytes tell it', async () => {
    expect([(await tellType(jpeg, '')).ending, (await tellType(noise, '')).ending]).toEqual(['jpg', '']);
  });
});

it('a name has no path and no characters that turn it around', () => {
  expect(cleanName('../../etc/\u202eصورة\u0000.png')).toBe('صورة.png');
  expect(cleanName('C:\\files\\a.pdf')).toBe('a.pdf');
  expect(cleanName(' \u0007 ')).toBe('');
});

it('the beginning of a file is read without losing any of it, and the rest is let go when it is not wanted', async () => {
  let isClosed = false;
  async function* pieces() {
    try {
      for (let at = 0; at < 100; at++) yield Buffer.alloc(1_000, at);
    } finally {
      isClosed = true;
    }
  }
  const all = await peek(pieces());
  expect(all.head.length).toBe(5_000);
  let bytes = 0;
  for await (const chunk of all.whole) bytes += chunk.length;
  expect([bytes, isClosed]).toEqual([100_000, true]);
  isClosed = false;
  await (await peek(pieces())).close();
  expect(isClosed).toBe(true);
});
