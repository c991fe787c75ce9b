import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capabilities } from '../../../channels/web-chat/capabilities.ts';
import type { Capabilities } from '../../../src/channel/capabilities.ts';
import { fitTo, split, typedChoice } from '../../../src/flow/fit-to.ts';

const words = fc.oneof(
  fc.constantFrom(
    'السلام',
    'عليكم.',
    'نعم،',
    'هل؟',
    'ok.',
    'سَنَعُودُ',
    '😀',
    '👩‍🏫',
    '\n',
    '\n\n',
    'كلمةطويلةجداًلاتنتهيأبداً',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const text = fc.array(words, { maxLength: 40 }).map((all) => all.join(' '));
const blanks = /\s/gu;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

describe('split', () => {
  it('never makes a part longer than allowed, empty, or with half a character', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (whole, max) => {
        const parts = split(whole.toWellFormed(), max);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(max);
          expect(part).not.toMatch(loneSurrogate);
        }
        if (parts.length > 1) expect(parts).not.toContain('');
      }),
    );
  });

  it('loses nothing but blanks at the cuts', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (whole, max) => {
        const parts = split(whole, max);
        expect(parts.join('').replace(blanks, '')).toBe(whole.replace(blanks, ''));
        let at = 0;
        for (const part of parts) {
          const found = whole.indexOf(part, at);
          expect(whole.slice(at, found).trim()).toBe('');
          at = found + part.length;
        }
        expect(whole.slice(at).trim()).toBe('');
      }),
    );
  });

  it('ends for the smallest of limits', () => {
    expect(split('😀ab', 1).join('')).toBe('😀ab');
  });

  it('leaves a text that fits as it is', () => {
    fc.assert(
      fc.property(text, (whole) => {
        expect(split(whole, Math.max(1, whole.length))).toEqual([whole]);
      }),
    );
  });

  it('cuts after a paragraph rather than after a sentence, and after a sentence rather than after a word', () => {
    expect(split('أهلاً بك.\n\nنعمل على طلبك. شكراً لك', 25)).toEqual(['أهلاً بك.', 'نعمل على طلبك. شكراً لك']);
    expect(split('نعمل على طلبك. شكراً لصبرك', 20)).toEqual(['نعمل على طلبك.', 'شكراً لصبرك']);
    expect(split('نعمل على طلبك', 10)).toEqual(['نعمل على', 'طلبك']);
  });
});

const choices = [
  { id: 'helped:yes', title: 'نعم' },
  { id: 'helped:no', title: 'لا' },
  { id: 'agent', title: 'Talk to a person' },
];
const can = (quickReplies: Capabilities['quickReplies']): Capabilities => ({ ...capabilities, quickReplies });

describe('fitTo', () => {
  it('leaves choices to the buttons of the medium', () => {
    const fitted = fitTo('هل أفادك هذا؟', choices, can({ as: 'native', max: 3, titleLength: 20 }));
    expect(fitted).toEqual({ parts: ['هل أفادك هذا؟'], quickReplies: choices });
  });

  it('lists more choices than there are buttons, and all where there are none', () => {
    const listed = { parts: ['هل أفادك هذا؟\n\n1. نعم\n2. لا\n3. Talk to a person'], quickReplies: [] };
    expect(fitTo('هل أفادك هذا؟', choices, can({ as: 'native', max: 2, titleLength: 20 }))).toEqual(listed);
    expect(fitTo('هل أفادك هذا؟', choices, can({ as: 'numbered-list' }))).toEqual(listed);
  });

  it('lists choices that a button cannot show whole or apart: one refused title would lose the message', () => {
    const native = can({ as: 'native', max: 3, titleLength: 14 });
    expect(fitTo('؟', choices, native).quickReplies).toEqual([]);
    const alike = [choices[0], { id: 'other', title: 'نعم' }].flatMap((one) => one ?? []);
    expect(fitTo('؟', alike, native)).toEqual({ parts: ['؟\n\n1. نعم\n2. نعم'], quickReplies: [] });
    expect(fitTo('؟', choices.slice(0, 2), native).quickReplies).toHaveLength(2);
  });

  it('drops choices where the medium has no use for them', () => {
    expect(fitTo('نص', choices, can({ as: 'none' }))).toEqual({ parts: ['نص'], quickReplies: [] });
  });
});

describe('typedChoice', () => {
  it('understands each offered choice by its title and by its number', () => {
    const titles = fc.uniqueArray(fc.stringMatching(/^[ء-ي]{2,10}$/), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(titles, fc.nat(), (all, pick) => {
        const offered = all.map((title, at) => ({ id: `choice-${at}`, title }));
        const at = pick % offered.length;
        expect(typedChoice(offered, ` ${all[at]}\n`)).toBe(`choice-${at}`);
        for (const form of ['', '.', ')']) expect(typedChoice(offered, `${at + 1}${form}`)).toBe(`choice-${at}`);
        expect(typedChoice(offered, `${offered.length + 1}`)).toBeNull();
      }),
    );
  });

  it('takes letters of either case for the same title', () => {
    expect(typedChoice(choices, 'TALK to a person')).toBe('agent');
  });

  it('knows a place in words, with courtesies around it', () => {
    const of = (typed: string) => typedChoice(choices, typed);
    for (const typed of ['الأول لو سمحت', 'الخيار الأول', 'the first one please', 'رقم ١، شكراً', 'first'])
      expect([typed, of(typed.replace('one ', '').replace('١', '1'))]).toEqual([typed, choices[0]?.id]);
    expect(of('الثاني')).toBe(choices[1]?.id);
    expect(of('الأول والثاني معاً')).toBeNull();
  });

  it('finds nothing in a sentence, in zero, or where nothing was offered', () => {
    for (const typed of ['', '0', 'نعم لكن متأخر', '12 مقعداً', '-1']) expect(typedChoice(choices, typed)).toBeNull();
    expect(typedChoice([], '1')).toBeNull();
  });
});
