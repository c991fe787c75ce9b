import { describe, expect, it } from 'vitest';
import { weeklyWords } from '../../../src/report/weekly-words.ts';

describe('what the list of the weekly file leaves out', () => {
  it.each([
    [1, 'تذكرة واحدة أخرى لا تظهر في هذه القائمة'],
    [2, 'تذكرتان أخريان لا تظهران في هذه القائمة'],
    [3, '3 تذاكر أخرى لا تظهر في هذه القائمة'],
    [10, '10 تذاكر أخرى لا تظهر في هذه القائمة'],
    [11, '11 تذكرة أخرى لا تظهر في هذه القائمة'],
    [100, '100 تذكرة أخرى لا تظهر في هذه القائمة'],
    [103, '103 تذاكر أخرى لا تظهر في هذه القائمة'],
  ])('is counted as Arabic does: %i', (count, words) => {
    expect(weeklyWords.ar.more(count)).toBe(words);
  });

  it('is counted as English does', () => {
    expect(weeklyWords.en.more(1)).toBe('1 more ticket that this list does not show');
    expect(weeklyWords.en.more(2)).toBe('2 more tickets that this list does not show');
  });
});
