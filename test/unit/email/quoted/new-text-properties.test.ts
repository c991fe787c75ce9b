import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newText, signatureOf } from '../../../../channels/email/quoted/new-text.ts';

const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

const isSubsequence = (few: string[], many: string[]): boolean => {
  let at = 0;
  for (const word of many) if (word === few[at]) at += 1;
  return at === few.length;
};

const pieces = [
  'On Mon, May 12, 2026 at 10:15 AM Care <care@example.edu.sa> wrote:',
  'في 12 مايو 2026 10:15 كتب رعاية <care@example.edu.sa>:',
  '> marked',
  '>اقتباس',
  '-- ',
  '________________________________',
  '-----Original Message-----',
  'From: Care <care@example.edu.sa>',
  'Sent: Sunday, May 12, 2026 10:15 AM',
  'من: رعاية',
  'تم الإرسال: 12 مايو 2026 10:15 ص',
  'إلى: سارة',
  'Subject: x',
  'Best regards',
  'مع التحية',
  'شكراً',
  'Sent from my iPhone',
  'Sara Ahmed',
  'جوال: 0500000000',
  'الجهاز لا يعمل منذ أمس.',
  'Please see my answers below',
  '',
  ' ',
];
const mail = fc.record({
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 30 })), { maxLength: 14 })
      .map((lines) => lines.join('\n')),
  ),
  html: fc.constantFrom(null, '<blockquote>x</blockquote>'),
  isReply: fc.boolean(),
});

/** Words with sentence ends, no line of which looks like a quote, a closing or a card. */
const plain = fc
  .array(
    fc.constantFrom(
      'الجهاز لا يعمل منذ أمس.',
      'I need a new key, please.',
      '',
      'هل وصلكم طلبي؟',
      'We were told to wait.',
    ),
  )
  .map((lines) => lines.join('\n'));

describe('the new words of any mail', () => {
  test('are words of the mail, in its order, and never fewer than one where there is one', () => {
    fc.assert(
      fc.property(mail, (one) => {
        const found = words(newText(one));
        expect(isSubsequence(found, words(one.text))).toBe(true);
        expect(found.length > 0 || words(one.text).length === 0 || newText(one).trim() !== '').toBe(true);
        expect(isSubsequence(words(signatureOf(one)), words(one.text))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  test('of a plain mail are all its words, and once more the same', () => {
    fc.assert(
      fc.property(plain, fc.boolean(), (text, isReply) => {
        const once = newText({ text, html: null, isReply });
        expect(words(once)).toEqual(words(text));
        expect(newText({ text: once, html: null, isReply })).toBe(once);
      }),
    );
  });
});

const megabyte = (part: string): string => part.repeat(Math.ceil(1_000_000 / part.length));
/** Ten times what is needed on a machine with nothing else to do; what is not linear takes far longer. */
const mostMs = 2000;
const hostile: [string, string][] = [
  ['"On On On" in one line', megabyte('On ')],
  ['"On" in each line', megabyte('On\n')],
  ['attributions without an end', megabyte('On 12 May 2026 10:15\n')],
  ['colons', megabyte(':')],
  ['lines of colons', megabyte('في 1:\n')],
  ['verbs', megabyte('wrote كتب ')],
  ['100,000 quoted lines', 'x\n'.concat('> y\n'.repeat(100_000))],
  ['100,000 quote marks in a line', '>'.repeat(100_000)],
  ['labels', megabyte('From: a@b.co\n')],
  ['labels of all kinds', megabyte('From: x\nTo: y\n\n')],
  ['one line of labels', megabyte('from: sent: to: ')],
  ['separators', megabyte('-----Original Message-----\n')],
  ['dashes', megabyte('-')],
  ['underscores', megabyte('____________\n')],
  ['delimiters', megabyte('-- \n')],
  ['closings', megabyte('مع التحية\n')],
  ['thanks', megabyte('شكرا\n\n')],
  ['devices', megabyte('Sent from my iPhone\n')],
  ['addresses', megabyte('a@b.co ')],
  ['digits', megabyte('1')],
  ['cards', megabyte('Sara Ahmed\n0500000000\nx@y.zz\n\n')],
  ['notices', megabyte('This message is confidential intended recipient received in error delete\n\n')],
  ['one notice', megabyte('This message is confidential intended recipient received in error delete ')],
  ['blank lines', megabyte('\n')],
  ['blanks', megabyte(' ')],
  ['direction marks', megabyte('\u200f')],
  ['dots', megabyte('a.')],
  ['stars', megabyte('*')],
  ['brackets', megabyte('<a')],
  ['short words', megabyte('مع ')],
];

describe('a hostile mail is read in no time:', () => {
  test.each(hostile)('%s', (_, text) => {
    for (const isReply of [true, false]) {
      const began = performance.now();
      newText({ text, html: null, isReply });
      expect(performance.now() - began).toBeLessThan(mostMs);
    }
  });
});
