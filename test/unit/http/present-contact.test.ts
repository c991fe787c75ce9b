import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPhone } from '../../../src/http/present/contact.ts';

describe('a masked phone', () => {
  it.each([
    ['+966512345678', '+••••••••••78'],
    ['966512345678@c.us', '••••••••••78@c.us'],
    ['+966 51 234 5678', '+••• •• ••• ••78'],
    ['visitor-0193abcdef', 'visitor-0193abcdef'],
    ['sara1234567@example.org', 'sara1234567@example.org'],
  ])('%s is shown as %s', (phone, shown) => {
    expect(maskPhone(phone)).toBe(shown);
  });

  it('shows two digits and no more, however it is written', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 15 });
    fc.assert(
      fc.property(digits, fc.constantFrom('', ' ', '-'), (all, between) => {
        const shown = maskPhone(`+${all.join('').replace(/(\d{3})(?=\d{4})/g, `$1${between}`)}`);
        expect(shown.match(/\d/g)).toEqual(all.slice(-2).map(String));
      }),
    );
  });
});
