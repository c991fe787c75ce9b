import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText, renderMarkdown } from '../../../src/knowledge/markdown.ts';

describe('an answer as HTML', () => {
  it('keeps paragraphs, lists and emphasis', () => {
    expect(renderMarkdown('**مهم**\n\n1. أولًا\n2. ثانيًا')).toBe(
      '<p><strong>مهم</strong></p>\n<ol>\n<li>أولًا</li>\n<li>ثانيًا</li>\n</ol>\n',
    );
  });

  it('opens links apart and gives nothing away', () => {
    expect(renderMarkdown('[x](https://a.example)')).toBe(
      '<p><a href="https://a.example" rel="noopener noreferrer" target="_blank">x</a></p>\n',
    );
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JAVASCRIPT:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:x)',
    '[x](/relative)',
    '<javascript:alert(1)>',
  ])('makes no link of %j', (body) => expect(renderMarkdown(body)).not.toContain('<a'));

  it.each(['mailto:a@b.example', 'tel:+966110000000', 'http://a.example/'])('links %s', (address) => {
    expect(renderMarkdown(`[x](${address})`)).toContain(`href="${address}"`);
  });

  it('shows raw HTML as it was typed', () => {
    expect(renderMarkdown('<script>alert(1)</script><img src=x onerror=y>')).not.toMatch(/<(script|img)/);
    expect(renderMarkdown('![x](https://a.example/x.png)')).not.toContain('<img');
  });

  it('never throws and never lets a script through', () => {
    const part = fc.constantFrom(
      '<script>',
      '](',
      '[',
      'javascript:',
      '![',
      '`',
      '\n',
      '<a href=',
      '"',
      "'",
      '&#',
      ')',
      'x',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        expect(renderMarkdown(parts.join(''))).not.toMatch(/<script|<img|href="javascript/i);
      }),
    );
  });
});

describe('an answer as plain text', () => {
  it('numbers and bullets its lines', () => {
    expect(plainText('قبل **ذلك**:\n\n3. أولًا\n4. ثانيًا\n\n- one\n  - deep\n- two')).toBe(
      'قبل ذلك:\n\n3. أولًا\n4. ثانيًا\n\n• one\n  • deep\n• two',
    );
  });

  it('puts addresses behind their words, once', () => {
    expect(plainText('[our page](https://a.example/x)')).toBe('our page (https://a.example/x)');
    expect(plainText('<https://a.example/x>')).toBe('https://a.example/x');
    expect(plainText('[a@b.example](mailto:a@b.example)')).toBe('a@b.example');
  });

  it('leaves plain text alone', () => {
    expect(plainText('سطر\nسطر آخر')).toBe('سطر\nسطر آخر');
    expect(plainText('')).toBe('');
  });
});
