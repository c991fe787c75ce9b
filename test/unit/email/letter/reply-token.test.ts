import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loopMark } from '../../../../channels/email/letter/loop-mark.ts';
import { deliveryIdOf, messageIdOf } from '../../../../channels/email/letter/message-id.ts';
import { makeToken, readToken, replyAddress } from '../../../../channels/email/letter/reply-token.ts';

const secret = createHmac('sha256', 'tests').update('one').digest();
const other = createHmac('sha256', 'tests').update('two').digest();
const own = ['care@example.org', 'info+desk@example.org'];
const key = fc.stringMatching(/^[a-z0-9]{1,26}$/);

describe('the token of a reply address', () => {
  it('proves the conversation that it was made for, whatever the key and the letters of the address become', () => {
    fc.assert(
      fc.property(key, fc.constantFrom(...own), (one, address) => {
        const extended = replyAddress(secret, address, one);
        expect(readToken(secret, extended, own)).toBe(one);
        expect(readToken(secret, ` ${extended.toUpperCase()}`, own)).toBe(one);
        expect(extended.indexOf('@')).toBeLessThanOrEqual(64);
      }),
    );
  });

  it('proves nothing once a letter of it is changed, or under the secret of another installation', () => {
    fc.assert(
      fc.property(key, fc.nat(60), (one, at) => {
        const token = makeToken(secret, one);
        const place = at % token.length;
        const changed = `${token.slice(0, place)}${token[place] === 'a' ? 'b' : 'a'}${token.slice(place + 1)}`;
        expect(readToken(secret, `care+${changed}@example.org`, own)).toBeNull();
        expect(readToken(other, `care+${token}@example.org`, own)).toBeNull();
      }),
    );
  });

  it('is not looked for in the address of somebody else', () => {
    const token = makeToken(secret, 'k1');
    expect(readToken(secret, `care+${token}@example.com`, own)).toBeNull();
    expect(readToken(secret, `cara+${token}@example.org`, own)).toBeNull();
    expect(readToken(secret, 'care@example.org', own)).toBeNull();
    expect(readToken(secret, 'care+@example.org', own)).toBeNull();
    expect(readToken(secret, '', own)).toBeNull();
  });

  it('reads any text as an address without harm', () => {
    fc.assert(fc.property(fc.string(), (text) => readToken(secret, text, own) === null));
  });

  it('leaves the bare address where both do not fit into 64 letters, or the key is none', () => {
    const long = `${'a'.repeat(40)}@example.org`;
    expect(replyAddress(secret, long, 'k'.repeat(26))).toBe(long);
    expect(replyAddress(secret, 'care@example.org', 'Not A Key')).toBe('care@example.org');
    expect(() => makeToken(secret, 'Not A Key')).toThrow(RangeError);
  });
});

describe('the Message-ID of a delivery', () => {
  it('leads back to the delivery, and to none where it is of another domain or form', () => {
    const id = 'Ab_9-zQ0123456789abcdefghij';
    expect(deliveryIdOf(messageIdOf(id, 'example.org'), 'example.org')).toBe(id);
    expect(deliveryIdOf(` <${id}@EXAMPLE.org> `, 'example.org')).toBe(id);
    expect(deliveryIdOf(`<${id}@example.com>`, 'example.org')).toBeNull();
    expect(deliveryIdOf(`<a b@example.org>`, 'example.org')).toBeNull();
    expect(deliveryIdOf('', 'example.org')).toBeNull();
  });
});

describe('the loop mark', () => {
  it('is one for an installation and differs between two', () => {
    expect(loopMark(secret)).toBe(loopMark(secret));
    expect(loopMark(secret)).not.toBe(loopMark(other));
    expect(loopMark(secret)).toMatch(/^[0-9a-f]{32}$/);
  });
});
