import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSubject } from '../../../../channels/email/quoted/read-subject.ts';

const replies = [
  'Re: البوابة',
  'RE: البوابة',
  'Re[2]: البوابة',
  'RE(3): البوابة',
  'Re : البوابة',
  'Re：البوابة',
  'ＲＥ: البوابة',
  'رد: البوابة',
  'رد : البوابة',
  'ردّ: البوابة',
  'رَدّ: البوابة',
  'رد (2): البوابة',
  'رد[٢]: البوابة',
  'الرد: البوابة',
  '\u202bرد: البوابة\u202c',
  '\u200fرد\u200f:\u200e البوابة',
  'AW: البوابة',
  'Antw: البوابة',
  'SV: البوابة',
  'VS: البوابة',
  'YNT: البوابة',
  '回复: البوابة',
  '回复：البوابة',
  '[EXTERNAL] Re: البوابة',
  'Re: [EXTERNAL] البوابة',
  'Re: رد: RE: [wasl #42] AW: البوابة [خارجي]',
  'رد: Re: البوّابــة',
];

const forwards = [
  'FW: البوابة',
  'Fwd: البوابة',
  'fwd:البوابة',
  'TR: البوابة',
  'WG: البوابة',
  'İLT: البوابة',
  'إعادة توجيه: البوابة',
  'اعادة توجيه : البوابة',
  'إعادة إرسال: البوابة',
  'تحويل: البوابة',
  'Fwd: FW: البوابة',
  '[ext] إعادة توجيه: البوابة',
];

describe('the subject of a mail', () => {
  test.each(replies)('%s is a reply about the same topic', (subject) => {
    expect(readSubject(subject)).toEqual({ topic: 'البوابه', isReply: true, isForward: false });
  });

  test.each(forwards)('%s is a forward about the same topic', (subject) => {
    expect(readSubject(subject)).toEqual({ topic: 'البوابه', isReply: false, isForward: true });
  });

  test('may be both a reply and a forward', () => {
    expect(readSubject('رد: Fwd: مفتاح القاعة ١٢')).toEqual({
      topic: 'مفتاح القاعه 12',
      isReply: true,
      isForward: true,
    });
  });

  test.each([
    ['Research: new laboratory', 'research: new laboratory'],
    ['Reply needed: key of room 3', 'reply needed: key of room 3'],
    ['ردود الفعل: المؤتمر', 'ردود الفعل: المؤتمر'],
    ['رد المبلغ: طلب', 'رد المبلغ: طلب'],
    ['تحويل بين الكليات', 'تحويل بين الكليات'],
    ['Forwarding address', 'forwarding address'],
    ['Re-opening of the library', 're-opening of the library'],
    ['Room 12: re: nothing', 'room 12: re: nothing'],
    ['SVG: upload fails', 'svg: upload fails'],
    ['Trial: account', 'trial: account'],
  ])('%s only begins like a prefix', (subject, topic) => {
    expect(readSubject(subject)).toEqual({ topic, isReply: false, isForward: false });
  });

  test.each(['', '   ', 'Re:', 'رد: ', '[EXTERNAL]', 'Re: Fwd: [tag] \u200f'])('%j leaves no topic', (subject) => {
    expect(readSubject(subject).topic).toBe('');
  });

  test('spellings of the same topic are the same topic', () => {
    const one = readSubject('طلب إعادة  تعيين كلمة المُرور ١٢٣').topic;
    expect(readSubject('Re: طلب اعادة تعيين كلمه المرور 123').topic).toBe(one);
  });

  test('a prefix more changes nothing of the topic', () => {
    const prefix = fc.constantFrom('Re: ', 'رد: ', 'FW: ', 'RE[4]: ', 'إعادة توجيه: ', '[x] ', '\u200fرد: ');
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.array(prefix, { maxLength: 4 }), (topic, prefixes) => {
        expect(readSubject(prefixes.join('') + topic).topic).toBe(readSubject(topic).topic);
      }),
    );
  });

  test('a hostile subject is read in no time', () => {
    const began = performance.now();
    for (const part of ['re: ', '[', 'رد', ' ', 're[', 're:['])
      expect(() => readSubject(part.repeat(250_000))).not.toThrow();
    expect(performance.now() - began).toBeLessThan(200);
  });
});
