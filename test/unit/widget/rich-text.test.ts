import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RichNode, readRichText, safeHref, textRuns } from '../../../channels/web-chat/widget/panel/rich-text.ts';

const allowed = ['p', 'br', 'strong', 'em', 'ul', 'ol', 'li', 'a', 'code'];

const textOf = (nodes: readonly RichNode[]): string =>
  nodes.map((node) => (node.kind === 'text' ? node.text : textOf(node.children))).join('');

const elementsOf = (nodes: readonly RichNode[]): Extract<RichNode, { kind: 'element' }>[] =>
  nodes.flatMap((node) => (node.kind === 'element' ? [node, ...elementsOf(node.children)] : []));

describe('formatted text', () => {
  it('keeps paragraphs, emphasis, lists and links', () => {
    expect(readRichText('<p>رقم <strong>القاعة</strong></p>')).toEqual([
      {
        kind: 'element',
        tag: 'p',
        children: [
          { kind: 'text', text: 'رقم ' },
          { kind: 'element', tag: 'strong', children: [{ kind: 'text', text: 'القاعة' }] },
        ],
      },
    ]);
    const [list] = readRichText('<ul><li><p>واحد</p></li><li>اثنان<br>ثلاثة</li></ul>');
    expect(elementsOf(list ? [list] : []).map(({ tag }) => tag)).toEqual(['ul', 'li', 'p', 'li', 'br']);
  });

  it.each([
    ['<script>alert(1)</script>نص', 'نص'],
    ['<style>p{color:red}</style>نص', 'نص'],
    ['<img src=x onerror=alert(1)>نص', 'نص'],
    ['<svg><a href="https://x.example">ل</a></svg>نص', 'نص'],
    ['<!-- <b>تعليق</b> -->نص', 'نص'],
    ['<div onclick="alert(1)">نص</div>', 'نص'],
    ['1 < 2 و 3 > 2', '1 < 2 و 3 > 2'],
    ['&lt;b&gt; &amp;amp; &#1587;&#x644;', '<b> &amp; سل'],
  ])('of %j shows only %j', (markup, text) => {
    expect(textOf(readRichText(markup))).toBe(text);
  });

  it('drops every attribute but a safe link', () => {
    const [link] = elementsOf(readRichText('<a href="https://a.example/?x=1&amp;y=2" onclick="x()" style="y">هنا</a>'));
    expect(link).toEqual({
      kind: 'element',
      tag: 'a',
      href: 'https://a.example/?x=1&y=2',
      children: [{ kind: 'text', text: 'هنا' }],
    });
  });

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '&#106;avascript:alert(1)',
    'data:text/html,x',
    '//x.example',
    '/etc',
    'vbscript:x',
    'blob:x',
    'file:///x',
  ])('makes no link of %j', (address) => {
    expect(elementsOf(readRichText(`<a href="${address}">ن</a>`))[0]).not.toHaveProperty('href');
  });

  it('never gives anything but allowed tags and followable addresses, whatever comes', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '/',
        '<a href=',
        '<script>',
        '</script>',
        '<p',
        'javascript:',
        '&#',
        '<!--',
        '-->',
        '<b>',
        '<IMG ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        for (const { tag, href } of elementsOf(readRichText(pieces.join('')))) {
          expect(allowed).toContain(tag);
          if (href !== undefined) expect(safeHref(href)).toBe(href);
        }
      }),
    );
  });

  it('reads a long and hostile text quickly', () => {
    const startedAt = performance.now();
    readRichText('<a '.repeat(20_000) + '<'.repeat(20_000) + '<b>'.repeat(20_000));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('plain text', () => {
  it('makes links that can be followed, without the punctuation after them', () => {
    expect(textRuns('انظر https://a.example/b. شكرًا')).toEqual([
      { kind: 'text', text: 'انظر ' },
      { kind: 'link', text: 'https://a.example/b', href: 'https://a.example/b' },
      { kind: 'text', text: '. شكرًا' },
    ]);
  });

  it.each(['+966 11 000 0000', '0550000000', 'EDU-26-00417', '2026-11-25 14:30'])(
    'keeps %s from turning round',
    (number) => {
      expect(textRuns(`رقم ${number} هنا`)[1]).toEqual({ kind: 'ltr', text: number });
    },
  );

  it('loses no character', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) =>
          textRuns(text)
            .map((run) => run.text)
            .join('') === text,
      ),
    );
  });
});
