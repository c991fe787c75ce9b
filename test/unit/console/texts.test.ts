import { describe, expect, it } from 'vitest';
import { ar } from '../../../src/web/console/texts/ar.ts';
import { arCasework } from '../../../src/web/console/texts/ar-casework.ts';
import { arInboxes } from '../../../src/web/console/texts/ar-inboxes.ts';
import { arKnowledge } from '../../../src/web/console/texts/ar-knowledge.ts';
import { arUsage } from '../../../src/web/console/texts/ar-usage.ts';
import { arDesk } from '../../../src/web/console/texts/desk-ar.ts';
import { enDesk } from '../../../src/web/console/texts/desk-en.ts';
import { en } from '../../../src/web/console/texts/en.ts';
import { enCasework } from '../../../src/web/console/texts/en-casework.ts';
import { enInboxes } from '../../../src/web/console/texts/en-inboxes.ts';
import { enKnowledge } from '../../../src/web/console/texts/en-knowledge.ts';
import { enUsage } from '../../../src/web/console/texts/en-usage.ts';

type Tree = { readonly [key: string]: string | Tree };

const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );

const plural = /_(zero|one|two|few|many|other)$/;
const baseOf = (key: string): string => key.replace(plural, '');
const variablesOf = (text: string): string[] => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name ?? '').sort();

const arabic = leaves({ ...ar, ...arDesk, ...arInboxes, ...arUsage, ...arKnowledge, ...arCasework });
const english = leaves({ ...en, ...enDesk, ...enInboxes, ...enUsage, ...enKnowledge, ...enCasework });

const pluralForms = (all: [string, string][]): Map<string, string[]> => {
  const forms = new Map<string, string[]>();
  for (const [key] of all) {
    const form = plural.exec(key)?.[1];
    if (form) forms.set(baseOf(key), [...(forms.get(baseOf(key)) ?? []), form]);
  }
  return forms;
};

describe('the texts of the console', () => {
  it('have the same keys in both languages', () => {
    const keys = (all: [string, string][]) => [...new Set(all.map(([key]) => baseOf(key)))].sort();
    expect(keys(english)).toEqual(keys(arabic));
  });

  it('take the same values in both languages', () => {
    // Forms for one and two may say the number in a word, so a plural is judged by its general form.
    const general = (all: [string, string][]) =>
      new Map(
        all
          .filter(([key]) => !plural.test(key) || key.endsWith('_other'))
          .map(([key, text]) => [key, variablesOf(text)]),
      );
    const wanted = general(arabic);
    for (const [key, variables] of general(english))
      expect({ key, variables }).toEqual({ key, variables: wanted.get(key) });
  });

  it('have every plural form that the language asks for', () => {
    const formsOf = (language: string) => new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const [all, language] of [
      [arabic, 'ar'],
      [english, 'en'],
    ] as const) {
      for (const [key, forms] of pluralForms(all)) {
        expect({ key, forms: forms.toSorted() }).toEqual({ key, forms: formsOf(language) });
      }
    }
  });

  it('are written in their language', () => {
    const strangers = arabic.filter(([key, text]) => !/\p{Script=Arabic}/u.test(text) && key !== 'user.language');
    expect(strangers).toEqual([]);
    expect(english.filter(([key, text]) => /\p{Script=Arabic}/u.test(text) && key !== 'user.language')).toEqual([]);
  });
});
