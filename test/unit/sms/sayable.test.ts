import { describe, expect, it } from 'vitest';
import { sayable } from '../../../channels/sms/sayable.ts';

describe('what is sent of a text', () => {
  it('is the text itself where it is Arabic, with its marks of direction', () => {
    const text = 'رقم طلبكم \u2068A-1042\u2069 – «شكرًا»';
    expect(sayable(text)).toBe(text);
  });

  it('is plain where nothing but typography makes it dear', () => {
    expect(sayable('Your ticket\u2019s number is \u20681042\u2069\u2026')).toBe("Your ticket's number is 1042...");
    expect(sayable('Straße \u2019naïve\u2019')).toBe('Straße \u2019naïve\u2019');
  });

  it('has no characters that steer machines, no half ones and no blanks around it', () => {
    expect(sayable(' a\u0000b\r\nc\td\ud800 ')).toBe('a b\nc d\ufffd');
    expect(sayable(' \u200f ')).toBe('');
  });
});
