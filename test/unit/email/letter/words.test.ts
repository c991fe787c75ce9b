import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../../channels/email/letter/blocks.ts';
import { bodyHtml } from '../../../../channels/email/letter/body.ts';
import { lineHtml } from '../../../../channels/email/letter/words.ts';

const shown = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '',
    );

describe('a line of a letter as HTML', () => {
  it.each([
    [
      'phone number',
      'الهاتف +966 11 123 4567 للتواصل',
      '<bdi dir="ltr" style="white-space:nowrap">+966 11 123 4567</bdi>',
    ],
    ['ticket number', 'رقم 26000010.', '<bdi dir="ltr" style="white-space:nowrap">26000010</bdi>'],
    ['Arabic-Indic date', 'في ٢٥/١١/٢٠٢٦', '<bdi dir="ltr" style="white-space:nowrap">٢٥/١١/٢٠٢٦</bdi>'],
    [
      'link',
      'انظر https://example.org/a?b=1&c=2.',
      '<bdi dir="ltr"><a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a></bdi>\u2069.',
    ],
    [
      'address',
      'إلى help@example.org، شكراً',
      '<bdi dir="ltr"><a href="mailto:help@example.org">help@example.org</a></bdi>',
    ],
    ['foreign words that were isolated', 'مثل \u2068IT (Riyadh)\u2069', '<bdi dir="ltr">IT (Riyadh)</bdi>'],
    ['Arabic words in an English letter', 'such as \u2068قسم 12\u2069', '<bdi>قسم '],
    [
      'isolated link',
      'في \u2068https://example.org/x\u2069',
      '<a href="https://example.org/x">https://example.org/x</a>',
    ],
  ])('keeps a %s in its order', (_name, line, html) => {
    expect(lineHtml(line)).toContain(html);
  });

  it('is nothing but words: what looks like HTML is shown, not obeyed', () => {
    expect(lineHtml('<script>x</script> & "q"')).toBe('&lt;script&gt;x&lt;/script&gt; &amp; &quot;q&quot;');
    expect(lineHtml('https://example.org/"onclick="x')).not.toMatch(/<a[^>]*onclick/);
    expect(lineHtml('javascript:alert(1)')).not.toContain('<a');
  });

  it('says the same as the text, whatever the text', () => {
    const line = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('\u2068', '\u2069', '+966 5', ' https://a.b/', 'x@y.zz', '٣'),
        ),
      )
      .map((all) => all.join('').replace(/\n/g, ''));
    fc.assert(
      fc.property(line, (text) => {
        const html = lineHtml(text);
        expect(shown(html)).toBe(text.replace(/[\u2066-\u2069\u202a-\u202e]/g, ''));
        expect(html.match(/<bdi/g)?.length ?? 0).toBe(html.match(/<\/bdi>/g)?.length ?? 0);
      }),
    );
  });
});

describe('the parts of a text', () => {
  it('are paragraphs, lists and facts', () => {
    const text =
      'أهلاً.\nسطر ثانٍ\n\nرقم الطلب: \u206812\u2069\nالنوع: شكوى\nنعدك بالرد.\n\n٣. ثالث\n٤. رابع\n\n• أول\n- ثانٍ';
    expect(blocksOf(text)).toEqual([
      { kind: 'paragraph', lines: ['أهلاً.', 'سطر ثانٍ'] },
      {
        kind: 'facts',
        rows: [
          { name: 'رقم الطلب', value: '\u206812\u2069' },
          { name: 'النوع', value: 'شكوى' },
        ],
      },
      { kind: 'paragraph', lines: ['نعدك بالرد.'] },
      { kind: 'numbered', first: 3, items: ['ثالث', 'رابع'] },
      { kind: 'bullets', items: ['أول', 'ثانٍ'] },
    ]);
  });

  it('leave a lone line with a colon, a time and an address as sentences', () => {
    for (const text of ['ملاحظة: لا يلزم الحضور', 'من 7:30 إلى 14:30\nhttps://example.org/a: x', 'بقي ما يلي:\nالاسم'])
      expect(blocksOf(text).map(({ kind }) => kind)).toEqual(['paragraph']);
  });

  it('lose no word, whatever the text', () => {
    const line = fc.constantFrom('1. أول', '• نقطة', 'رقم: 12', 'النوع: شكوى', 'جملة', '', '  ', '2) x', 'a: b');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const words = (text: string) => text.match(/[\p{L}\p{Nd}]{2,}/gu) ?? [];
        expect(words(shown(bodyHtml({ text: lines.join('\n') }, 'ar').replace(/<(?:br|\/\w+)>/g, ' ')))).toEqual(
          words(lines.join('\n')),
        );
      }),
    );
  });
});
