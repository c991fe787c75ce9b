import { describe, expect, test } from 'vitest';
import { loadArticles } from '../../../src/knowledge/load.ts';
import { fold } from '../../../src/language/fold.ts';
import { languages } from '../../../src/language/language.ts';
import { loadOrganisation } from '../../../src/organisation/load.ts';

const organisation = await loadOrganisation('knowledge-base/organisation');
const articles = await loadArticles('knowledge-base/articles', organisation);
const bodies = articles.flatMap(({ id, body }) =>
  languages.map((language) => ({ id, language, text: body[language] ?? '' })),
);

describe('the shipped articles', () => {
  test('are at least 45, all published', () => {
    expect(articles.length).toBeGreaterThanOrEqual(45);
    expect(articles.filter(({ status }) => status !== 'published')).toEqual([]);
  });

  test('speak both languages, with five to eight phrasings in each', () => {
    for (const { id, title, body, phrasings } of articles) {
      for (const language of languages) {
        expect(title[language], id).toBeTruthy();
        expect(body[language], id).toBeTruthy();
        expect(phrasings[language]?.length, id).toBeGreaterThanOrEqual(5);
        expect(phrasings[language]?.length, id).toBeLessThanOrEqual(8);
      }
    }
  });

  test('never claim the same phrasing or title twice, however it is spelt', () => {
    const owners = new Map<string, string>();
    for (const { id, title, phrasings } of articles) {
      const own = new Set(
        languages.flatMap((language) => [title[language] ?? '', ...(phrasings[language] ?? [])]).map(fold),
      );
      for (const phrasing of own) {
        expect(`${phrasing}: ${owners.get(phrasing) ?? id}`).toBe(`${phrasing}: ${id}`);
        owners.set(phrasing, id);
      }
    }
  });

  test('do not repeat a phrasing within an article', () => {
    for (const { id, phrasings } of articles) {
      const folded = languages.flatMap((language) => phrasings[language] ?? []).map(fold);
      expect(new Set(folded).size, id).toBe(folded.length);
    }
  });

  test('answer every service of the organisation', () => {
    const answered = new Set(articles.map(({ service }) => service));
    expect(organisation.services.map(({ id }) => id).filter((id) => !answered.has(id))).toEqual([]);
  });

  test('guide to another body without a service or department of ours', () => {
    const outside = articles.filter((article) => article.outside);
    expect(outside.length).toBeGreaterThanOrEqual(8);
    expect(outside.filter(({ service, departmentId }) => service || departmentId)).toEqual([]);
  });

  test('stay short enough to read on a phone', () => {
    for (const { id, language, text } of bodies) {
      expect(text.split('\n').filter(Boolean).length, `${id} ${language}`).toBeLessThanOrEqual(6);
      expect(text.length, `${id} ${language}`).toBeLessThanOrEqual(700);
    }
  });

  test('give only contact details that stand in the organisation file', () => {
    const known = JSON.stringify(organisation.organisation);
    for (const { id, text } of bodies) {
      for (const detail of text.match(/\+966[\d ]+\d|[\w.-]+@[\w.-]+\w|https?:\/\/\S+/g) ?? []) {
        expect(known, id).toContain(detail);
      }
    }
  });

  test('use the working hours of the calendar', () => {
    const hours = articles.find(({ id }) => id === 'working-hours');
    const [open, close] = organisation.calendars[0]?.calendar.week.sun?.[0] ?? [];
    expect([open, close]).toEqual(['07:30', '14:30']);
    expect(hours?.body.ar).toContain('من الساعة 7:30 صباحًا إلى الساعة 2:30 ظهرًا');
    expect(hours?.body.en).toContain('7:30 am to 2:30 pm');
  });

  test('contain no emoji', () => {
    for (const { id, text } of bodies) expect(text, id).not.toMatch(/\p{Extended_Pictographic}/u);
  });
});
