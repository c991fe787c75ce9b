import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/language/fold.ts';
import { readWordRows } from '../../../src/learning/word-rows.ts';

const path = join(import.meta.dirname, '../../../knowledge-base/understanding/plurals.txt');
const rows = readWordRows(path, readFileSync(path, 'utf8')).map(({ head, forms }) => [head, ...forms]);

describe('the list of broken plurals', () => {
  it('has a singular and at least one other form in each row', () => {
    expect(rows.length).toBeGreaterThanOrEqual(900);
    expect(rows.filter((row) => row.length < 2 || !row.every((form) => /^[\u0621-\u064a]{2,}$/.test(form)))).toEqual(
      [],
    );
  });

  it('holds no form twice, however it is spelled', () => {
    const forms = rows.flat().map(fold);
    expect(forms.filter((form, place) => forms.indexOf(form) !== place)).toEqual([]);
  });

  it.each([
    ['شكاوى', 'شكوى'],
    ['كشوفات', 'كشف'],
    ['أسعار', 'سعر'],
    ['أرقام', 'رقم'],
    ['معامل', 'معمل'],
    ['أجهزة', 'جهاز'],
    ['مواعيد', 'موعد'],
  ])('reads %s as %s', (plural, singular) => {
    expect(rows.find((row) => row.includes(plural))?.[0]).toBe(singular);
  });
});
