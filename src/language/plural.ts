/** The six Arabic plural forms; `{n}` stands for the number. `zero` and `many` fall back to `other`. */
export interface ArabicForms {
  zero?: string;
  one: string;
  two: string;
  few: string;
  many?: string;
  other: string;
}

const rules = new Intl.PluralRules('ar');

/** A count in right Arabic: 1 تذكرة واحدة, 2 تذكرتان, 3 تذاكر, 11 تذكرة, 100 تذكرة, by the given forms. */
export const arabicCount = (n: number, forms: ArabicForms): string =>
  (forms[rules.select(n)] ?? forms.other).replaceAll('{n}', String(n));
