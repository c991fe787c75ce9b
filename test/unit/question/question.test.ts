import { describe, expect, it } from 'vitest';
import { isPhrasing, suggestionId } from '../../../src/question/suggestion.ts';
import { aQuestion } from './a-question.ts';

const near = [{ id: 'near', confidence: 0.4 }];

describe('a question waits for editors', () => {
  it.each([
    ['had no answer', { outcome: 'none' }],
    ['was offered articles and chose none', { outcome: 'choose' }],
    ['was answered, and it did not help', { outcome: 'answer', said: 'near', helped: 'no' }],
  ] as const)('when it %s', (_why, facts) => {
    const question = aQuestion(facts);
    expect(question.waitingAt).toBe(question.at);
  });

  it.each([
    ['was answered', { outcome: 'answer', said: 'near' }],
    ['was answered by what the person chose', { outcome: 'choose', said: 'near' }],
    ['was assigned', { state: 'assigned', assignedTo: 'near' }],
    ['was dismissed', { state: 'dismissed' }],
  ] as const)('no more when it %s', (_why, facts) => {
    expect(aQuestion(facts).waitingAt).toBeNull();
  });
});

it('counts for the article that was named, else told, else the nearest that is likely', () => {
  expect(aQuestion({ articles: near, said: 'told', assignedTo: 'named' }).articleId).toBe('named');
  expect(aQuestion({ articles: near, said: 'told' }).articleId).toBe('told');
  expect(aQuestion({ articles: near }).articleId).toBe('near');
  expect(aQuestion({ articles: [{ id: 'far', confidence: 0.1 }] }).articleId).toBeNull();
});

it('is kept for 400 days', () => {
  expect(aQuestion({ at: '2026-01-01T00:00:00.000Z' }).expiresAt).toBe('2027-02-05T00:00:00.000Z');
});

it('makes one suggestion of the same words, however they are spelled', () => {
  expect(suggestionId('cards', 'ar', 'أين أجدّد البطاقة؟')).toBe(suggestionId('cards', 'ar', 'اين اجدد البطاقه'));
  expect(suggestionId('cards', 'ar', 'البطاقة')).not.toBe(suggestionId('hours', 'ar', 'البطاقة'));
});

it('takes two to twenty words for a phrasing', () => {
  expect([isPhrasing('البطاقة'), isPhrasing('أين البطاقة؟')]).toEqual([false, true]);
  expect([isPhrasing('كلمة '.repeat(20)), isPhrasing('كلمة '.repeat(21))]).toEqual([true, false]);
});
