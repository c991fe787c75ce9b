import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasLink, marksOfPost, wordsOfPost } from '../../../src/language/post-words.ts';

describe('the words of a post', () => {
  it.each([
    ['@AlGhada_U السلام عليكم متى يفتح #باب_القبول؟ https://t.co/abc', 'السلام عليكم متى يفتح باب القبول؟'],
    ['راسلوني على a.b@ghada.edu.sa', 'راسلوني على a.b@ghada.edu.sa'],
    ['انظر t.co/x أو wa.me/966', 'انظر أو'],
    ['#جامعة_الغداء @AlGhada', ''],
    ['@AlGhada 👇', '👇'],
    ['hello @x, how are you?', 'hello , how are you?'],
    ['Yes.No, e.g. this', 'Yes.No, e.g. this'],
    ['سطر\nوآخر @x', 'سطر\nوآخر'],
  ])('of "%s" are "%s"', (text, words) => {
    expect(wordsOfPost(text)).toBe(words);
  });

  it('hold no name of an account and no link, whatever was written', () => {
    const piece = fc.constantFrom('@care', '@a_b', 'https://t.co/x', 'كلمة', '#وسم', 'word', '؟', '\n', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const words = wordsOfPost(pieces.join(' '));
        expect(words).not.toMatch(/@|https|#/);
        expect(wordsOfPost(words)).toBe(words);
      }),
    );
  });
});

describe('what stands in a post besides its words', () => {
  it('is counted; names at its beginning only tell whom it answers', () => {
    expect(marksOfPost('@a @b شوفوا @c #x #y https://t.co/1 t.co/2')).toEqual({ tags: 2, names: 1, links: 2 });
    expect(marksOfPost('كلام بلا شيء')).toEqual({ tags: 0, names: 0, links: 0 });
  });

  it('is a link wherever a program would make one', () => {
    expect(['www.x.com', 'في ghada.edu.sa', 'http://a.b/c'].every(hasLink)).toBe(true);
    expect(['الساعة 7.30', 'a@b.com', 'نعم.لا'].some(hasLink)).toBe(false);
  });
});
