import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFields, formFor, missingFields } from '../../../src/casework/forms.ts';
import { isNationalId } from '../../../src/casework/national-id.ts';
import type { FormField } from '../../../src/organisation/casework.ts';
import type { OrganisationSnapshot } from '../../../src/organisation/settings.ts';
import { ticketNumber } from '../../../src/ticket/number.ts';

const both = (name: string) => ({ ar: name, en: name });
const field = (id: string, facts: Partial<FormField>): FormField => ({
  id,
  name: both(id),
  kind: 'text',
  required: false,
  ...facts,
});

const organisation = {
  casework: {
    forms: [
      field('building', { required: true, types: ['service'], services: ['supply'] }),
      field('section', {
        kind: 'choice',
        choices: [
          { id: 'women', name: { ar: 'قسم الطالبات', en: 'Women’s section' } },
          { id: 'men', name: { ar: 'قسم الطلاب', en: 'Men’s section' } },
        ],
      }),
      field('day', { kind: 'date' }),
      field('count', { kind: 'number' }),
      field('earlier', { kind: 'reference' }),
      field('id', { kind: 'national-id', types: ['complaint'] }),
    ],
  },
} as unknown as OrganisationSnapshot;

const supply = { type: 'service', service: 'supply' } as const;
const complaint = { type: 'complaint', service: null } as const;
const idsOf = (fields: readonly FormField[]): string[] => fields.map(({ id }) => id);
const checked = (
  values: Record<string, string>,
  facts: { type: 'service' | 'complaint'; service: string | null } = complaint,
) => checkFields(organisation, facts, values);

describe('the form of a matter', () => {
  it('has the fields of its type and service, and those that all have', () => {
    expect(idsOf(formFor(organisation, supply))).toEqual(['building', 'section', 'day', 'count', 'earlier']);
    expect(idsOf(formFor(organisation, complaint))).toEqual(['section', 'day', 'count', 'earlier', 'id']);
  });

  it('lacks what is mandatory and was not given, or given as blanks', () => {
    expect(idsOf(missingFields(organisation, supply, {}))).toEqual(['building']);
    expect(idsOf(missingFields(organisation, supply, { building: '  ' }))).toEqual(['building']);
    expect(idsOf(missingFields(organisation, supply, { building: '\u200b\u200f' }))).toEqual(['building']);
    expect(missingFields(organisation, supply, { building: 'A' })).toEqual([]);
    expect(missingFields(organisation, complaint, {})).toEqual([]);
  });

  it('refuses a field that it does not have, and says which it has', () => {
    expect(() => checked({ building: 'A' })).toThrow(/body\.fields\.building: .*has section, day, count, earlier, id/);
    expect(() => checked({ toString: 'A' })).toThrow(/body\.fields\.toString/);
  });
});

describe('what is written for a field', () => {
  it.each([
    ['a choice by its id', { section: 'women' }, 'women'],
    ['a choice by its name, however it is spelt', { section: 'قسم الطالبات ' }, 'women'],
    ['a date in Arabic digits', { day: '٢٥/١١/٢٠٢٦' }, '2026-11-25'],
    ['a Hijri date', { day: '15/06/1448' }, '2026-11-25'],
    ['a number in Arabic digits with its separators', { count: '١٬٢٠٠٫٥' }, '1200.5'],
    [
      'a ticket number of ours in its groups',
      { earlier: `رقم ${spaced(ticketNumber(2026, 42))}` },
      ticketNumber(2026, 42),
    ],
    ['a number of another platform', { earlier: 'TW-٢٠٢٦/٩٩' }, 'TW-2026/99'],
    ['a national ID in Arabic digits', { id: '١٠٠٠٠٠٠٠٠٨' }, '1000000008'],
    ['a national ID between direction marks', { id: '\u200f\u2067١٠٠٠\u200e٠٠٠-٠٠٨\u2069\u202c' }, '1000000008'],
    ['a national ID in full-width digits', { id: '１００００００００８' }, '1000000008'],
  ])('%s is understood', (_what, values, value) => {
    expect(Object.values(checked(values as Record<string, string>))).toEqual([value]);
  });

  it.each([
    ['a choice that there is not', { section: 'other' }, 'choose one of women, men'],
    ['a date that does not exist', { day: '2026-02-30' }, 'write a date that exists'],
    ['a day that depends on when it is read', { day: 'غدا' }, 'write a date that exists'],
    ['words for a number', { count: 'many' }, 'write a number'],
    ['a reference without a digit', { earlier: 'لا أعرف' }, 'write the number of the earlier request'],
    ['an ID whose check digit is wrong', { id: '1000000009' }, 'a digit was mistyped'],
    ['an ID of another country', { id: '3000000004' }, 'ten digits'],
    ['nothing', { day: '   ' }, 'must not be empty'],
    ['nothing that is seen', { count: '\u200b' }, 'must not be empty'],
    ['an ID with a digit too few', { id: '100000000' }, 'ten digits'],
    ['too much', { earlier: '1'.repeat(2001) }, 'at most 2000'],
  ])('%s is refused with what to write', (_what, values, sentence) => {
    expect(() => checked(values as Record<string, string>)).toThrow(sentence);
  });

  it('may be a relative day where today is known', () => {
    expect(checkFields(organisation, complaint, { day: 'غدا' }, '2026-11-25')).toEqual({ day: '2026-11-26' });
  });
});

describe('a national ID or residence permit', () => {
  /** The check digit found by trying, with the sum written the other way round: from the right, every second one twice. */
  const sumOf = (digits: string): number =>
    [...digits].reverse().reduce((sum, one, at) => {
      const value = Number(one) * (at % 2 === 1 ? 2 : 1);
      return sum + Math.floor(value / 10) + (value % 10);
    }, 0);

  it('has exactly one right last digit', () => {
    fc.assert(
      fc.property(fc.constantFrom('1', '2'), fc.stringMatching(/^\d{8}$/), (first, rest) => {
        const all = Array.from({ length: 10 }, (_, last) => `${first}${rest}${last}`);
        expect(all.filter(isNationalId)).toEqual(all.filter((one) => sumOf(one) % 10 === 0));
        expect(all.filter(isNationalId)).toHaveLength(1);
      }),
    );
  });
});

function spaced(number: string): string {
  return `${number.slice(0, 2)} ${number.slice(2, 7)} ${number.slice(7)}`;
}
