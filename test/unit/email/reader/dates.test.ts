import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate } from '../../../../channels/email/reader/dates.ts';
import { now } from './build-mail.ts';

describe('dates', () => {
  it.each([
    ['Fri, 20 Nov 2026 10:00:00 +0300', '2026-11-20T07:00:00.000Z'],
    ['20 Nov 2026 10:00 +0000 (UTC)', '2026-11-20T10:00:00.000Z'],
    ['Fri, 20 Nov 26 10:00:00 GMT', '2026-11-20T10:00:00.000Z'],
    ['Fri,20 Nov 2026 10:00:00 EST', '2026-11-20T15:00:00.000Z'],
    ['Fri, 20-Nov-2026 10.00.00 +03:00', '2026-11-20T07:00:00.000Z'],
    ['Friday, 20 November 2026 10:00:00', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00+03:00', '2026-11-20T07:00:00.000Z'],
    ['2026-11-20 10:00:00', '2026-11-20T10:00:00.000Z'],
    ['Fri Nov 20 10:00:00 2026', '2026-11-20T10:00:00.000Z'],
    ['الجمعة، 20 نوفمبر 2026 10:00:00 +0300', '2026-11-20T07:00:00.000Z'],
    ['٢٠ تشرين الثاني ٢٠٢٦ ١٠:٠٠ ص', '2026-11-20T10:00:00.000Z'],
    ['Fri, 20 Nov 2026 24:61:00 +9999', '2026-11-21T01:01:00.000Z'],
  ])('reads %s', (value, iso) => {
    expect(readDate(value, now)).toBe(iso);
  });

  it.each([
    null,
    '',
    'soon',
    '32',
    'Thu, 1 Jan 1970 00:00:00 +0000',
    '24 Nov 2026 12:00:00 +0000',
    '1 Jan 20266 10:00',
  ])('makes nothing of %s', (value) => expect(readDate(value, now)).toBeNull());

  it('gives back every moment that a mail program may write', () => {
    const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
    const two = (n: number) => String(n).padStart(2, '0');
    const moments = fc.date({ min: new Date('1990-01-02'), max: new Date(now), noInvalidDate: true });
    fc.assert(
      fc.property(moments, fc.integer({ min: -12, max: 13 }), (moment, hours) => {
        const at = new Date(Math.floor(moment.getTime() / 1000) * 1000);
        const local = new Date(at.getTime() + hours * 3_600_000);
        const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
        const zone = `${hours < 0 ? '-' : '+'}${two(Math.abs(hours))}00`;
        const value = `${local.getUTCDate()} ${names[local.getUTCMonth()]} ${local.getUTCFullYear()} ${time} ${zone}`;
        expect(readDate(value, now)).toBe(at.toISOString());
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (value) => readDate(value, now) !== undefined));
  });
});
