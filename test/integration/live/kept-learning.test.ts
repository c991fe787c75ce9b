import { mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LearnedKnowledge, learnKnowledge, wordsFor } from '../../../src/knowledge/engine.ts';
import { findLearned, keepLearned, type Whole } from '../../../src/live/kept-learning.ts';
import { booking, complaint, hours, lessonOf, lists } from './a-lesson.ts';

const whole: Whole = { ...lessonOf(hours, complaint), lists };
const learn = ({ articles, synonyms }: Whole): LearnedKnowledge =>
  learnKnowledge(articles, wordsFor({ lists, synonyms }));
const learned = learn(whole);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-kept-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const files = (): string[] => readdirSync(directory).sort();

describe('what was learned', () => {
  it('is found again for the same content, as it was', () => {
    keepLearned(directory, whole, learned);
    expect(findLearned(directory, structuredClone(whole))).toEqual(learned);
  });

  it.each<[string, Whole]>([
    ['another article', { ...whole, articles: [hours, complaint, booking] }],
    ['another phrasing', { ...whole, articles: [{ ...hours, phrasings: { ar: ['متى تفتحون'] } }, complaint] }],
    ['a synonym', { ...whole, synonyms: { ar: [['دوام', 'شفت']], en: [] } }],
    ['another word list', { ...whole, lists: { ...lists, plurals: [{ head: 'شكوى', forms: ['شكاوى'] }] } }],
  ])('is not found for %s', (_name, other) => {
    keepLearned(directory, whole, learned);
    expect(findLearned(directory, other)).toBeNull();
  });

  it('counts as not there where its file is broken, and is kept anew', () => {
    keepLearned(directory, whole, learned);
    const path = join(directory, files()[0] ?? '');
    truncateSync(path, 100);
    expect(findLearned(directory, whole)).toBeNull();
    writeFileSync(path, 'nothing that was learned');
    expect(findLearned(directory, whole)).toBeNull();
    keepLearned(directory, whole, learned);
    expect(findLearned(directory, whole)).toEqual(learned);
  });

  it('is kept six times, the newest', () => {
    const lessons = Array.from(
      { length: 8 },
      (_, at): Whole => ({ ...whole, articles: [{ ...hours, id: `hours-${at}` }] }),
    );
    for (const [at, lesson] of lessons.entries()) {
      const known = new Set(at === 0 ? [] : files());
      keepLearned(directory, lesson, learned);
      const path = files().find((name) => !known.has(name)) ?? '';
      utimesSync(join(directory, path), at, at);
    }
    expect(files()).toHaveLength(6);
    expect(lessons.map((lesson) => findLearned(directory, lesson) !== null)).toEqual([
      ...[false, false],
      ...Array<boolean>(6).fill(true),
    ]);
  });

  it('leaves files of others alone, and no unfinished ones behind', () => {
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    for (let at = 0; at < 8; at += 1)
      keepLearned(directory, { ...whole, articles: [{ ...hours, id: `h${at}` }] }, learned);
    expect(files()).toContain('notes.txt');
    expect(files().filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is not kept where nothing can be written, and nobody suffers for it', () => {
    const file = join(directory, 'a-file');
    writeFileSync(file, '');
    expect(() => keepLearned(file, whole, learned)).not.toThrow();
    expect(findLearned(file, whole)).toBeNull();
    expect(findLearned(join(directory, 'nowhere'), whole)).toBeNull();
  });
});
