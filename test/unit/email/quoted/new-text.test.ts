import { describe, expect, test } from 'vitest';
import { newText, signatureOf } from '../../../../channels/email/quoted/new-text.ts';
import { mails, type WrittenCase } from './mails.ts';
import { heldOut } from './mails-held-out.ts';

const mailOf = ({ text, isReply = true, html }: WrittenCase) => ({
  text,
  isReply,
  html: html ?? null,
});

describe.each([
  ['mails of all styles', mails],
  ['mails that were written later', heldOut],
])('%s', (_, cases) => {
  test.each(cases)('$title', (one) => {
    expect(newText(mailOf(one))).toBe(one.own);
    if (one.signature) expect(signatureOf(mailOf(one))).toContain(one.signature);
  });
});
