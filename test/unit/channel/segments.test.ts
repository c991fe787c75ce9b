import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segments } from '../../../src/channel/segments.ts';
import { countSegments } from '../../fakes/sms/segments.ts';

const gsm =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

describe('segments', () => {
  it.each([
    ['', 'gsm-7', 0, 1],
    ['a'.repeat(160), 'gsm-7', 160, 1],
    ['a'.repeat(161), 'gsm-7', 161, 2],
    ['a'.repeat(306), 'gsm-7', 306, 2],
    ['a'.repeat(307), 'gsm-7', 307, 3],
    ['€'.repeat(80), 'gsm-7', 160, 1],
    [`${'a'.repeat(159)}€`, 'gsm-7', 161, 2],
    ['س'.repeat(70), 'ucs-2', 70, 1],
    ['س'.repeat(71), 'ucs-2', 71, 2],
    ['س'.repeat(134), 'ucs-2', 134, 2],
    ['س'.repeat(135), 'ucs-2', 135, 3],
    ['س'.repeat(670), 'ucs-2', 670, 10],
    ['😀'.repeat(35), 'ucs-2', 70, 1],
    [`${'a'.repeat(159)}ç`, 'ucs-2', 160, 3],
  ])('are counted as the networks do: %j', (text, encoding, units, parts) => {
    expect(segments(text)).toEqual({ encoding, units, parts });
  });

  it('do not cut an escaped character: it begins the next part', () => {
    // 152 letters and the two septets of the sign do not fit into 153
    expect(segments(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toEqual({ encoding: 'gsm-7', units: 305, parts: 2 });
    expect(segments(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toEqual({ encoding: 'gsm-7', units: 306, parts: 3 });
  });

  it('do not cut a character outside the basic plane', () => {
    // 66 letters and the two units of the picture do not fit into 67
    expect(segments(`${'س'.repeat(66)}😀${'س'.repeat(65)}`)).toEqual({ encoding: 'ucs-2', units: 133, parts: 2 });
    expect(segments(`${'س'.repeat(66)}😀${'س'.repeat(66)}`)).toEqual({ encoding: 'ucs-2', units: 134, parts: 3 });
  });

  it('of every text of the alphabet without an escape are as many as its length says', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...gsm), { maxLength: 700 }), (letters) => {
        const { encoding, parts } = segments(letters.join(''));
        expect(encoding).toBe('gsm-7');
        expect(parts).toBe(letters.length <= 160 ? 1 : Math.ceil(letters.length / 153));
      }),
    );
  });

  it('hold the whole text, and no part more than one could', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 250 }), (text) => {
        const { encoding, units, parts } = segments(text);
        const [alone, joined] = encoding === 'gsm-7' ? [160, 153] : [70, 67];
        if (parts === 1) expect(units).toBeLessThanOrEqual(alone);
        else {
          expect(units).toBeLessThanOrEqual(parts * joined);
          // what a character of two units leaves empty is one unit a part at most
          expect(units).toBeGreaterThan((parts - 1) * (joined - 1));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never get fewer when a letter is added', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ unit: 'binary', maxLength: 3 }),
        (text, more) => {
          expect(segments(text + more).parts).toBeGreaterThanOrEqual(segments(text).parts);
        },
      ),
    );
  });

  it('are as many as a provider counts that counts for itself', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.constantFrom(...gsm, '€', '[', '~'), { maxLength: 700 }).map((signs) => signs.join('')),
      fc.array(fc.constantFrom('س', 'ع', ' ', '😀'), { maxLength: 300 }).map((signs) => signs.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { encoding, units, parts } = segments(text);
        expect(countSegments(text)).toEqual({ encoding: encoding.toUpperCase(), units, segments: parts });
      }),
    );
  });
});
