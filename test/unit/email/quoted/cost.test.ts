import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newText } from '../../../../channels/email/quoted/new-text.ts';
import { readSubject } from '../../../../channels/email/quoted/read-subject.ts';
import { screen } from '../../../../channels/email/screen/screen.ts';
import { build, own } from '../screen/build-facts.ts';

/** Each takes well under 200 ms alone; the bound leaves room for a busy machine and still refuses quadratic time. */
const bound = 2000;

const signs = [
  ' ',
  '\t',
  '\u00a0',
  '>',
  '-',
  '_',
  '=',
  '*',
  '.',
  ':',
  '@',
  '<',
  '(',
  '[',
  '"',
  'a',
  'ا',
  '1',
  '\u200f',
];
const begin = fc.constantFrom(
  '',
  'a',
  'a\n',
  '> ',
  '-- ',
  'On 1 2 ',
  'في 1 2 ',
  'From: ',
  'شكرا ',
  'Sent from ',
  '+1 ',
);
const end = fc.constantFrom('', 'a', '\nb', ':', ' wrote:\n> x', ' كتب:', '?');
const text = fc
  .tuple(begin, fc.constantFrom(...signs), end)
  .map(([before, sign, after]) => before + sign.repeat(1_000_000) + after);

const isQuick = (run: () => unknown): void => {
  const begun = performance.now();
  run();
  expect(performance.now() - begun).toBeLessThan(bound);
};

describe('a million signs of one kind', () => {
  test('are parted from what is quoted in time', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (one, isReply) => isQuick(() => newText({ text: one, html: null, isReply }))),
      { numRuns: 40, examples: [[`${' '.repeat(1_000_000)}a`, false]] },
    );
  });

  test('are screened in time, as words and as a subject', () => {
    fc.assert(
      fc.property(text, (one) => isQuick(() => screen(build({ text: one, subject: one }), own))),
      { numRuns: 20 },
    );
    fc.assert(
      fc.property(text, (one) => isQuick(() => readSubject(one))),
      { numRuns: 20 },
    );
  });
});
