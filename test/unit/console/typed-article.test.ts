import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../src/web/console/api/shapes.ts';
import {
  blank,
  changesOf,
  cleaned,
  isUnchanged,
  mergeArticles,
  type TypedArticle,
  typedOf,
  writtenOf,
} from '../../../src/web/console/knowledge/typed-article.ts';

const nursery: Article = {
  id: 'nursery',
  version: 3,
  status: 'published',
  title: { ar: 'الحضانة' },
  body: { ar: 'نعم.', en: 'Yes.' },
  phrasings: { ar: ['هل توجد حضانة', 'وين الحضانة'] },
};

const line = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const typed: fc.Arbitrary<TypedArticle> = fc.record({
  status: fc.constantFrom('draft', 'published'),
  titleAr: line,
  titleEn: line,
  bodyAr: line,
  bodyEn: line,
  phrasingsAr: fc.uniqueArray(line),
  phrasingsEn: fc.uniqueArray(line),
  service: line,
  departmentId: line,
  outside: fc.boolean(),
});

describe('an article in the form', () => {
  it('goes back as it came', () => {
    expect(writtenOf(typedOf(nursery))).toEqual({
      status: 'published',
      title: { ar: 'الحضانة' },
      body: { ar: 'نعم.', en: 'Yes.' },
      phrasings: { ar: ['هل توجد حضانة', 'وين الحضانة'], en: [] },
      service: null,
      departmentId: null,
      outside: false,
    });
  });

  it('sends only what was changed, and blanks are no change', () => {
    const base = typedOf(nursery);
    expect(changesOf(base, { ...base, titleEn: 'Nursery', bodyAr: 'نعم. ' })).toEqual({
      title: { ar: 'الحضانة', en: 'Nursery' },
    });
    expect(isUnchanged(base, { ...base, phrasingsEn: ['', '  '] })).toBe(true);
  });

  it('has each phrasing once, without blanks around it', () => {
    expect(cleaned([' a', 'a', '', 'b '])).toEqual(['a', 'b']);
  });
});

describe('an article that two change at once', () => {
  const base = typedOf(nursery);

  it('takes in what the other changed where nothing was typed, and keeps what was typed', () => {
    const mine = { ...base, titleAr: 'حضانة الأطفال' };
    const theirs = { ...base, bodyAr: 'نعم، في المبنى 3.' };
    const { merged, changed } = mergeArticles({ base, mine, theirs });
    expect(merged).toEqual({ ...base, titleAr: 'حضانة الأطفال', bodyAr: 'نعم، في المبنى 3.' });
    expect(changed).toEqual([{ field: 'bodyAr', isDisputed: false }]);
  });

  it('keeps what was typed where both changed the same words, and says so', () => {
    const { merged, changed } = mergeArticles({
      base,
      mine: { ...base, titleAr: 'حضانة الأطفال' },
      theirs: { ...base, titleAr: 'حضانة الجامعة' },
    });
    expect(merged.titleAr).toBe('حضانة الأطفال');
    expect(changed).toEqual([{ field: 'titleAr', isDisputed: true }]);
  });

  it('puts phrasings together line by line: what either added is there, what either removed is gone', () => {
    const { merged } = mergeArticles({
      base,
      mine: { ...base, phrasingsAr: ['هل توجد حضانة', 'وين الحضانة', 'كم رسومها'] },
      theirs: { ...base, phrasingsAr: ['وين الحضانة', 'متى تفتح الحضانة'] },
    });
    expect(merged.phrasingsAr).toEqual(['وين الحضانة', 'كم رسومها', 'متى تفتح الحضانة']);
  });

  it('is mine where the other changed nothing, and theirs where I did not', () => {
    fc.assert(
      fc.property(typed, typed, (one, other) => {
        expect(mergeArticles({ base: one, mine: other, theirs: one }).merged).toEqual(other);
        expect(mergeArticles({ base: one, mine: one, theirs: other }).merged).toEqual(other);
        expect(mergeArticles({ base: one, mine: other, theirs: one }).changed).toEqual([]);
      }),
    );
  });

  it('never loses a line that either wrote anew', () => {
    fc.assert(
      fc.property(typed, typed, typed, (start, mine, theirs) => {
        const { merged } = mergeArticles({ base: start, mine, theirs });
        const fresh = [...mine.phrasingsAr, ...theirs.phrasingsAr].filter((one) => !start.phrasingsAr.includes(one));
        expect(merged.phrasingsAr).toEqual(expect.arrayContaining(fresh));
      }),
    );
  });

  it('begins blank', () => {
    expect(isUnchanged(blank, { ...blank, phrasingsAr: [''] })).toBe(true);
  });
});
