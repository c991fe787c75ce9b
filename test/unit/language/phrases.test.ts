import { describe, expect, it } from 'vitest';
import { tokens } from '../../../src/language/fold.ts';
import { compilePhrases } from '../../../src/language/phrases.ts';

const phrases = compilePhrases(
  {
    ask: ['(أريد|ابغى) <thing> (الآن)?', 'give me (a|the)? <thing>'],
    follow: ['متى <thing> ...'],
  },
  { lists: { thing: ['قاعة', 'جهاز عرض', 'hall'] } },
);
const whole = (text: string): string | null => phrases.whole(tokens(text));

describe('phrases', () => {
  it('are read with choices, lists and parts that may miss', () => {
    expect(whole('أُريد قاعه')).toBe('ask');
    expect(whole('ابغى جهاز عرض الان')).toBe('ask');
    expect(whole('Give me the hall')).toBe('ask');
    expect(whole('وابغى قاعة')).toBe('ask');
  });

  it('are whole only from first to last word', () => {
    expect(whole('أريد قاعة كبيرة')).toBeNull();
    expect(whole('لا أريد قاعة')).toBeNull();
    expect(whole('أريد')).toBeNull();
    expect(whole('')).toBeNull();
  });

  it('may be open at the end, but not endlessly', () => {
    expect(whole('متى جهاز عرض كليتنا يصل')).toBe('follow');
    expect(whole(`متى قاعة ${'كلمة '.repeat(11)}`)).toBeNull();
  });

  it('are found anywhere, the longest at each place', () => {
    expect(phrases.find(tokens('سلام أريد قاعة الآن شكرا'))).toEqual([{ label: 'ask', start: 1, end: 4 }]);
  });

  it('take attached particles only where they are let', () => {
    const strict = compilePhrases({ harm: ['تحرش'] });
    const loose = compilePhrases({ harm: ['تحرش'] }, { loose: true });
    for (const word of ['للتحرش', 'التحرش', 'وبالتحرش', 'لتحرش']) {
      expect(strict.find([word])).toEqual([]);
      expect(loose.find([word])).toHaveLength(1);
    }
    expect(strict.find(['وتحرش'])).toHaveLength(1);
  });

  it('refuse a list that does not exist', () => {
    expect(() => compilePhrases({ ask: ['<nothing>'] })).toThrow('<nothing>');
  });
});
