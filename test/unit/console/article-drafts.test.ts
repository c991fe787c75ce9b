import { describe, expect, it } from 'vitest';
import { draftFrom, keepDraft, readDraft } from '../../../src/web/console/knowledge/article-drafts.ts';
import { askedLanguage } from '../../../src/web/console/knowledge/asked-language.ts';
import { aShelf } from './a-shelf.ts';

const asked = [
  { text: 'هل توجد حضانة', language: 'ar' as const },
  { text: 'هل توجد حضانة ', language: 'ar' as const },
  { text: 'is there a nursery', language: 'en' as const },
];

describe('what is typed into the form of an article', () => {
  it('is kept by agent and article until it is saved', () => {
    const shelf = aShelf();
    const draft = draftFrom(asked, ['q1', 'q2']);
    keepDraft(shelf, 'huda', 'nursery', draft);
    expect(readDraft(shelf, 'huda', 'nursery')).toEqual(draft);
    expect(readDraft(shelf, 'sami', 'nursery')).toBeNull();
    expect(readDraft(shelf, 'huda', 'library')).toBeNull();
    keepDraft(shelf, 'huda', 'nursery', null);
    expect(readDraft(shelf, 'huda', 'nursery')).toBeNull();
  });

  it('is nothing where the storage holds something else', () => {
    const shelf = aShelf();
    shelf.setItem('wasl-article:huda:nursery', '{"version"');
    expect(readDraft(shelf, 'huda', 'nursery')).toBeNull();
  });

  it('begins with the questions that it is written for, each once in its language', () => {
    expect(draftFrom(asked, ['q1']).typed).toMatchObject({
      phrasingsAr: ['هل توجد حضانة'],
      phrasingsEn: ['is there a nursery'],
    });
  });
});

describe('the language of a question that was tried', () => {
  it('is the one in which the bank read it, else that of its letters', () => {
    expect(askedLanguage('kif ahjiz qaa', ['language: ar', 'read as: x'])).toBe('ar');
    expect(askedLanguage('متى تفتحون', [])).toBe('ar');
    expect(askedLanguage('opening hours', [])).toBe('en');
  });
});
