import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idInToken, linkToken } from '../../src/link-token.ts';

const secret = new TextEncoder().encode('a secret of the test');
const anId = fc.stringMatching(/^[\w-]{1,40}$/);

describe('the token of a link', () => {
  it('gives back its id under its own secret', () => {
    fc.assert(fc.property(anId, (id) => idInToken(secret, linkToken(secret, id)) === id));
  });

  it('opens nothing under another secret', () => {
    const other = new TextEncoder().encode('another secret');
    fc.assert(fc.property(anId, (id) => idInToken(other, linkToken(secret, id)) === null));
  });

  it('is worth nothing once any sign of it is changed', () => {
    fc.assert(
      fc.property(anId, fc.nat(), fc.constantFrom('a', 'f', '0', 'Z', '.', ' '), (id, at, sign) => {
        const token = linkToken(secret, id);
        const place = at % token.length;
        const changed = token.slice(0, place) + sign + token.slice(place + 1);
        return changed === token || idInToken(secret, changed) === null;
      }),
    );
  });

  it.each(['', '.', 'id', 'id.', '.00', `id.${'0'.repeat(32)}`, `a/b.${'0'.repeat(32)}`])('refuses "%s"', (token) => {
    expect(idInToken(secret, token)).toBeNull();
  });
});
