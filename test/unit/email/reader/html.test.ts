import { describe, expect, it } from 'vitest';
import { harmless } from '../../../../channels/email/reader/harmless.ts';
import { textOfHtml } from '../../../../channels/email/reader/html-text.ts';

const words = (html: string): string => textOfHtml(harmless(html));

describe('HTML made harmless', () => {
  it.each([
    ['<script>alert(1)</script>x', 'x'],
    ['<style>p{}</style><p>x</p>', '<p>x</p>'],
    ['<p onclick="a()">x</p>', '<p>x</p>'],
    ['<a href="javascript:alert(1)">x</a>', '<a rel="noreferrer noopener" target="_blank">x</a>'],
    ['<form action="https://x.example"><input value="1">x</form>', 'x'],
    ['<img src="https://track.example/p.gif">', '<img />'],
    ['<img src="//track.example/p.gif">', '<img />'],
    ['<img src="cid:one" alt="a">', '<img src="cid:one" alt="a" />'],
    ['<img src="data:image/svg+xml;base64,PHN2Zz4=">', '<img />'],
    ['<img src="data:image/png;base64,iVBORw0=">', '<img src="data:image/png;base64,iVBORw0=" />'],
    [
      '<p class="a" id="b" style="color:red;TEXT-ALIGN: right; background:url(http://x)">x</p>',
      '<p style="text-align:right">x</p>',
    ],
    [
      '<body dir="rtl" lang="ar"><p align="right">x</p></body>',
      '<div dir="rtl" lang="ar"><p align="right">x</p></div>',
    ],
    ['<div style="display:none">preheader</div>x', 'x'],
    ['<span style="font-size:0px">preheader</span>x', 'x'],
    ['<span style="font-size:14px">shown</span>', '<span>shown</span>'],
    ['<img src="cid:p" width="1" height="1">x', 'x'],
    ['<title>page</title><p>x</p>', '<p>x</p>'],
    ['<!--[if mso]><p>mso</p><![endif]-->x', 'x'],
    ['<iframe src="https://x.example"></iframe>x', 'x'],
    ['<svg><a href="javascript:1">s</a></svg>x', 'x'],
  ])('%s', (html, expected) => expect(harmless(html)).toBe(expected));

  it('keeps links to pages and addresses, which open apart and tell nothing of us', () => {
    expect(harmless('<a href="https://x.example/?a=1&b=2">x</a>')).toBe(
      '<a href="https://x.example/?a=1&amp;b=2" rel="noreferrer noopener" target="_blank">x</a>',
    );
    expect(harmless('<a href="mailto:a@x.example">x</a>')).toContain('href="mailto:a@x.example"');
  });

  it('keeps tables, lists and quotations', () => {
    const html =
      '<table><tr><td colspan="2">a</td></tr></table><ol start="3"><li>b</li></ol><blockquote>c</blockquote>';
    expect(harmless(html)).toBe(html);
  });
});

describe('words of HTML', () => {
  it.each([
    ['<p>one</p><p>two</p>', 'one\n\ntwo'],
    ['<div>one</div><div>two</div>', 'one\ntwo'],
    ['one<br>two<br/><br>three', 'one\ntwo\n\nthree'],
    ['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
    ['<ol start="3"><li>one</li><li>two</li></ol>', '3. one\n4. two'],
    ['see <a href="https://x.example/a">the page</a>.', 'see the page (https://x.example/a).'],
    ['<a href="https://x.example/">x.example</a>', 'x.example'],
    ['<a href="https://x.example">x.example</a><a href="https://y.example">y.example</a>', 'x.example y.example'],
    [
      '<a href="https://x.example/a">Sign in</a><span><a href="https://x.example/b">Help</a></span>.',
      'Sign in (https://x.example/a) Help (https://x.example/b).',
    ],
    ['<a href="#a">one</a> <a href="#b">two</a><br><a href="#c">three</a>', 'one two\nthree'],
    ['<a href="#a">Wel</a><a href="#a">come</a>', 'Welcome'],
    ['<a href="mailto:a@x.example">a@x.example</a>', 'a@x.example'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', 'a  b\nc  d'],
    ['<p>a &amp; b &lt;c&gt; &copy; &#x645;&nbsp;d</p>', 'a & b <c> © م d'],
    ['  a \n  b  ', 'a b'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['a<b>b</b> <i>c</i>', 'ab c'],
    ['x<hr>y', 'x\n---\ny'],
    ['<img src="cid:1" alt="a map">', 'a map'],
    ['<div style="display:none">hidden</div><p>seen</p>', 'seen'],
    ['<p></p><p>&nbsp;</p>', ''],
  ])('%s', (html, expected) => expect(words(html)).toBe(expected));

  it('keep their direction for the eye', () => {
    expect(words('<div dir="rtl"><p>PDF مرفق</p><p>مرفق PDF</p><p>only latin</p></div>')).toBe(
      '\u200fPDF مرفق\n\nمرفق PDF\n\nonly latin',
    );
    expect(words('<p dir="ltr">اسم is a word</p>')).toBe('\u200eاسم is a word');
    expect(words('<p style="direction:rtl">1. PDF مرفق</p>')).toBe('\u200f1. PDF مرفق');
    expect(words('<p>PDF مرفق</p>')).toBe('PDF مرفق');
  });
});
