import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSealed, openSealed, seal, sealedChanges, shownFields, shownValue } from '../../../src/casework/seal.ts';
import type { OrganisationSnapshot } from '../../../src/organisation/settings.ts';

const secretOf = (name: string) => (purpose: string) => new TextEncoder().encode(`${name} for ${purpose}`);
const secret = secretOf('ours');

describe('a sealed value', () => {
  it('opens again under its secret, and shows its last four characters alone', () => {
    const sealed = seal(secret, '1000000008');
    expect(sealed).not.toContain('100000');
    expect(shownValue(sealed)).toBe('••••••0008');
    expect(openSealed(secret, sealed)).toBe('1000000008');
  });

  it('opens to any text that was sealed, each time sealed otherwise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (text) => {
        fc.pre(!isSealed(text));
        expect(openSealed(secret, seal(secret, text))).toBe(text);
      }),
    );
    expect(seal(secret, 'x')).not.toBe(seal(secret, 'x'));
  });

  it('does not open under another secret, nor changed', () => {
    const sealed = seal(secret, '1000000008');
    expect(() => openSealed(secretOf('theirs'), sealed)).toThrow();
    const changed = sealed.slice(0, -3) + (sealed.at(-3) === 'A' ? 'B' : 'A') + sealed.slice(-2);
    expect(() => openSealed(secret, changed)).toThrow();
  });

  it('is not sealed twice', () => {
    const sealed = seal(secret, '1000000008');
    expect(seal(secret, sealed)).toBe(sealed);
  });
});

describe('changes of a ledger', () => {
  const forms = [
    { id: 'id', kind: 'national-id' },
    { id: 'room', kind: 'text' },
  ];
  const organisation = { casework: { forms } } as unknown as OrganisationSnapshot;

  it('hold what a person may be known by sealed, and all else as it is', () => {
    const [classified, asked] = sealedChanges(organisation, secret, [
      { kind: 'classified', fields: { id: '1000000008', room: '12' } },
      { kind: 'data-asked', text: 'x', fields: ['id'], round: 1 },
    ]);
    const { fields } = classified as { fields: Record<string, string> };
    expect(fields.room).toBe('12');
    expect(isSealed(fields.id ?? '')).toBe(true);
    expect(shownFields(fields)).toEqual({ id: '••••••0008', room: '12' });
    expect(asked).toEqual({ kind: 'data-asked', text: 'x', fields: ['id'], round: 1 });
  });
});
