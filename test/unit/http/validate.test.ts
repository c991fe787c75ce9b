import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { WaslError } from '../../../src/errors.ts';
import { opaqueId, words } from '../../../src/http/fields.ts';
import { validate } from '../../../src/http/validate.ts';

const schema = z.strictObject({ name: words(10), inner: z.array(z.object({ id: opaqueId })).optional() });

const faultsOf = (value: unknown): string[] => {
  try {
    validate(schema, value, 'body');
    return [];
  } catch (error) {
    if (!(error instanceof WaslError)) throw error;
    return (error.details as { faults: { path: string }[] }).faults.map(({ path }) => path);
  }
};

describe('a checked list', () => {
  const list = z.array(z.strictObject({ id: z.string(), name: words(10) })).max(3);
  const refused = (value: unknown): WaslError => {
    try {
      validate(list, value, 'body');
    } catch (error) {
      if (error instanceof WaslError) return error;
    }
    throw new Error('not refused');
  };

  it('is given as it was read, and refused as a whole where it is too long', () => {
    const good = { id: 'a', name: 'x' };
    expect(validate(list, [good], 'body')).toEqual([good]);
    expect(refused([good, good, good, good]).message).toMatch(/^body: /);
  });

  it('names its wrong elements by place and id, as far as that is one', () => {
    const error = refused([
      { id: 'a', name: 'x' },
      { id: 'b', name: '' },
      { id: 'no id\n', name: 'x', more: 1 },
    ]);
    expect(error.message).toBe('body.1.name (id "b"): must not be empty');
    expect(error.details).toEqual({
      faults: [
        { path: 'body.1.name', id: 'b', message: 'must not be empty' },
        { path: 'body.2.more', message: 'Unknown field.' },
      ],
    });
  });

  it('is not looked at any further once its first hundred faults are known', () => {
    let seen = 0;
    const counted = z.array(
      z.unknown().refine(() => {
        seen += 1;
        return false;
      }),
    );
    expect(() => validate(counted, new Array(100_000).fill(0), 'body')).toThrow(WaslError);
    expect(seen).toBe(100);
  });
});

describe('a checked value', () => {
  it('is given as it was read', () => {
    expect(validate(schema, { name: 'سارة' }, 'body')).toEqual({ name: 'سارة' });
  });

  it.each([
    [{ name: 'x', more: 1 }, ['body.more']],
    [{ name: 'x', inner: [{ id: 'a' }, { id: 'b', other: 1 }] }, ['body.inner.1.other']],
    [{ name: 'x', inner: [{ id: 5 }] }, ['body.inner.0.id']],
    [{ name: '   ' }, ['body.name']],
    [{ name: '\ud800' }, ['body.name']],
    [undefined, ['body']],
  ])('%j is refused at %j', (value, paths) => {
    expect(faultsOf(value)).toEqual(paths);
  });

  it('of any kind is read or refused, and nothing of it stands in the error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          validate(schema, { name: 5, secret: value }, 'body');
          throw new Error('not refused');
        } catch (error) {
          if (!(error instanceof WaslError)) throw error;
          expect(error.code).toBe('invalid');
        }
      }),
    );
  });
});

describe('words', () => {
  it.each(['', '  \n', '\u200b', '\u200f', '\u2060\u200d', '\u202e', '\u3164', '\u2800', '\ufe0f'])(
    'are refused where nothing of them can be seen: %j',
    (text) => expect(words(10).safeParse(text).error?.issues[0]?.message).toBe('must not be empty'),
  );

  it.each(['a\u0000', '\u0000', 'a\u001b[1m', 'a\u007f', 'a\u0085'])(
    'are refused with control characters: %j',
    (text) => expect(words(10).safeParse(text).error?.issues[0]?.message).toBe('must not have control characters'),
  );

  it.each(['نمی\u200cخواهم', '\u200fرقم\u200e 5', '👩\u200d💻', 'سطر\r\nآخر\tهنا', '\u2068ok\u2069'])(
    'stay as they are with joiners, marks and lines: %j',
    (text) => expect(words(20).parse(text)).toBe(text),
  );
});
