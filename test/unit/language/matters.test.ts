import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matterParts } from '../../../src/language/matters.ts';

const partsOf = (text: string): string[] => matterParts(text).map((part) => part.text);

describe('the matters of a text', () => {
  it.each([
    ['ابي اعرف الدوام وكمان البروجكتر خربان', ['ابي اعرف الدوام', 'البروجكتر خربان']],
    ['متى الدوام؟ ووين مكتبكم؟', ['متى الدوام؟', 'ووين مكتبكم؟']],
    ['متى الدوام\nالبروجكتر خربان', ['متى الدوام', 'البروجكتر خربان']],
    ['عندي سؤال عن السكن، وأيضًا أحتاج كاميرا', ['عندي سؤال عن السكن', 'أحتاج كاميرا']],
    ['ابغى كاميرا وبعد ابي اعرف متى الدوام', ['ابغى كاميرا', 'ابي اعرف متى الدوام']],
    ['What are your hours and also my projector is broken', ['What are your hours', 'my projector is broken']],
    ['the screen is dead. Also, how do I borrow a camera?', ['the screen is dead', 'how do I borrow a camera?']],
  ])('%j is told in %j', (text, parts) => {
    expect(partsOf(text)).toEqual(parts);
  });

  it.each([
    'البروجكتر ايضا لا يعمل',
    'تحية طيبة وبعد',
    'وبعد المحاضرة نحتاج الجهاز',
    'I also need it',
    'القاعة والمعمل',
    'كمانجة',
  ])('%j is one', (text) => {
    expect(matterParts(text)).toEqual([{ text, joined: false }]);
  });

  it('leaves whole what has too many', () => {
    const text = ['سطر', 'سطر', 'سطر', 'سطر', 'سطر', 'سطر'].join('\n');
    expect(matterParts(text)).toEqual([{ text, joined: false }]);
  });

  it('loses no word but the joints, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('دوام', 'قاعة', '؟', '\n', '،', 'open', 'وكمان', 'and also')), (words) => {
        const text = words.join(' ');
        const kept = partsOf(text).join(' ');
        for (const word of ['دوام', 'قاعة', 'open']) expect(kept.split(word).length).toBe(text.split(word).length);
      }),
    );
  });
});
