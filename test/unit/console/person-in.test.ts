import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../src/web/console/api/shapes.ts';
import { personIn } from '../../../src/web/console/conversation/person-in.ts';

const named = (name: string | null): Conversation['contact'] => ({ id: 'p', name, entity: null, category: null });
const known = { contact: named('نورة الحربي'), displayName: 'N. Alharbi', recipient: 'noura@example.org' };

describe('the person in a conversation', () => {
  it('is called as people know them, else as their letters do, else by their address', () => {
    expect(personIn(known)).toBe('نورة الحربي');
    expect(personIn({ ...known, contact: named(null) })).toBe('N. Alharbi');
    expect(personIn({ ...known, contact: null, displayName: null })).toBe('noura@example.org');
  });

  it('keeps the handle of an account in its own order', () => {
    const onX = { ...known, contact: named(null), displayName: 'هدى القرني (@huda_sa)' };
    expect(personIn(onX)).toBe('هدى القرني (\u2068@huda_sa\u2069)');
    expect(personIn({ ...onX, displayName: '@huda_sa' })).toBe('\u2068@huda_sa\u2069');
    expect(personIn({ ...onX, displayName: 'mona.khalid@example.net' })).toBe('mona.khalid@example.net');
  });

  it('has no name where nothing is known', () => {
    expect(personIn({ contact: named(null), displayName: null, recipient: null })).toBeNull();
  });
});
