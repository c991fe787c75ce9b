import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MailPart } from '../../../../channels/email/mail.ts';
import { gistOf, writtenNow } from '../../../../channels/email/reader/gist.ts';
import { screen } from '../../../../channels/email/screen/screen.ts';
import { judges } from '../reader/build-mail.ts';
import { build, own, type Row } from './build-facts.ts';
import { oddPairs, people } from './people.ts';
import { robots } from './robots.ts';

const show = (row: Row): string => JSON.stringify(row).slice(0, 120);
const verdictOf = (row: Row) => screen(build(row), own);
/** As a reader puts it before the rules: with what was written now. */
const readVerdictOf = (row: Row) => {
  const facts = build(row);
  const mail = { subject: facts.subject, references: [], text: facts.text, html: null };
  return screen({ ...facts, written: writtenNow(mail, gistOf(mail, judges), judges) }, own);
};

describe('screening', () => {
  it('is tried on at least 150 robots and 150 people', () => {
    expect(robots.length).toBeGreaterThanOrEqual(150);
    expect(people.length).toBeGreaterThanOrEqual(150);
  });

  it.each(people.map((row) => [show(row), row] as const))('lets a person through: %s', (_, row) => {
    expect(verdictOf(row)).toEqual({ automated: 'none', why: null, reports: [] });
  });

  it('lets people through who are odd in two ways', () => {
    expect(oddPairs.filter((row) => verdictOf(row).automated !== 'none').map(show)).toEqual([]);
  });

  it.each(robots.map(([kind, row]) => [kind, show(row), row] as const))('sees %s in %s', (kind, _, row) => {
    const { automated, why } = verdictOf(row);
    expect(automated).toBe(kind);
    expect(why).toMatch(/^[A-Z].{10,}/);
  });

  it('tells robots from people by what they wrote now just as by the whole words', () => {
    const kinds = robots.map(([kind, row]) => [kind, show(row)]);
    expect(robots.map(([, row]) => [readVerdictOf(row).automated, show(row)])).toEqual(kinds);
    expect([...people, ...oddPairs].filter((row) => readVerdictOf(row).automated !== 'none').map(show)).toEqual([]);
  });

  it('gives reports for bounces and for nothing else', () => {
    for (const [kind, row] of robots) expect(verdictOf(row).reports.length > 0).toBe(kind === 'bounce');
  });

  it('says why in words that an agent understands, the variable part last', () => {
    expect(verdictOf({ headers: { 'Auto-Submitted': 'auto-replied' } }).why).toBe(
      'The mail says of itself that it was sent automatically: auto-submitted: auto-replied',
    );
  });
});

const hostile = [
  '<',
  '@',
  'a@',
  '<a@b',
  'from:',
  'Message-ID: <',
  '\n',
  '\r\n',
  ' ',
  '>',
  ': ',
  '(',
  '[',
  '=',
  '5.',
  '550 ',
  'a',
  'ـ',
  'َ',
  'on x wrote',
  '-',
  '&nbsp;',
  'no',
  '\u0000',
  '漢',
];

const longText = (sign: string): Row => ({
  from: 'mailer-daemon@x.example',
  subject: sign.repeat(20_000),
  text: sign.repeat(400_000 / sign.length),
  replyTo: `${sign.repeat(1000)}@x.example`,
  headers: {
    'content-type': sign.repeat(20_000),
    precedence: sign.repeat(20_000),
    'x-failed-recipients': sign.repeat(20_000),
    'in-reply-to': sign.repeat(20_000),
    references: sign.repeat(20_000),
  },
});

describe('a hostile mail', () => {
  it.each(hostile)('of %j over and over takes no long time', (sign) => {
    const row = longText(sign);
    const parts: MailPart[] = [
      { type: 'multipart/report', depth: 0, name: '', text: null },
      { type: 'message/delivery-status', depth: 1, name: '', text: sign.repeat(65_536 / sign.length) },
      { type: 'message/rfc822', depth: 1, name: '', text: sign.repeat(65_536 / sign.length) },
    ];
    const began = performance.now();
    screen(build(row), own);
    screen(build({ ...row, parts }), own);
    screen(build({ ...row, from: `${sign.repeat(5000)}@x.example` }), own);
    expect(performance.now() - began).toBeLessThan(1500);
  });

  it('never makes it throw, and only bounces have reports', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc
        .array(fc.constantFrom(...hostile, 'undeliverable', 'automatic reply', 'رد تلقائي', 'a@b.example'), {
          maxLength: 30,
        })
        .map((list) => list.join('')),
    );
    const types = fc.constantFrom(
      'multipart/report',
      'message/rfc822',
      'message/delivery-status',
      'text/rfc822-headers',
      'text/plain',
      '',
    );
    const names = fc.constantFrom(
      'auto-submitted',
      'precedence',
      'content-type',
      'x-failed-recipients',
      'list-id',
      'from',
      'in-reply-to',
      'feedback-id',
    );
    const row = fc.record({
      from: fc.oneof(fc.constant(null), words),
      name: words,
      subject: words,
      text: words,
      path: fc.oneof(fc.constant(null), words),
      headers: fc.dictionary(names, words),
      parts: fc.array(
        fc.record({ type: types, depth: fc.nat(5), name: words, text: fc.oneof(fc.constant(null), words) }),
        { maxLength: 8 },
      ),
    });
    fc.assert(
      fc.property(row, (one) => {
        const verdict = verdictOf(one);
        expect(verdict.why === null).toBe(verdict.automated === 'none');
        expect(verdict.reports.length > 0).toBe(verdict.automated === 'bounce');
        for (const said of verdict.reports) expect(said.reason.length).toBeLessThanOrEqual(300);
      }),
      { numRuns: 500 },
    );
  });

  it('meets no pattern that repeats a repetition without bound', () => {
    const folder = new URL('../../../../channels/email/screen/', import.meta.url);
    const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
    expect(sources.join('\n')).not.toMatch(/[+*]\)[+*]/);
  });
});
