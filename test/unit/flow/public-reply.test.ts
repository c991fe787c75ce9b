import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicParts, requirePublicFiles } from '../../../src/flow/public-reply.ts';
import { loadTemplates } from '../../../src/template/load.ts';
import { createRender } from '../../../src/template/template.ts';
import { createPublicChannel } from '../../fakes/public-channel.ts';

const channel = createPublicChannel();
const measure = (text: string): number => channel.measure?.(text) ?? 0;
const templates = await loadTemplates('templates');
const render = createRender(templates, 'Asia/Riyadh');

describe('what is said in public', () => {
  const texts = templates.filter(({ id }) => id.startsWith('public-'));

  it.each(texts.flatMap(({ id }) => (['ar', 'en'] as const).map((language) => [id, language] as const)))(
    '%s in %s fits into one post, has no link and points to private messages',
    (id, language) => {
      for (const times of [0, 1, 2, 3]) {
        const text = render(id, language, { answer: 'x'.repeat(200), times }, 'brief');
        expect(measure(text)).toBeLessThanOrEqual(280);
        expect(text).not.toMatch(/https?:|www\.|\{|@/);
        expect(text).toContain(language === 'ar' ? 'الرسائل الخاصة' : 'private message');
      }
    },
  );
});

describe("an agent's long words in public", () => {
  const words = fc.array(fc.constantFrom('كلمة', 'word', 'نعم.', '😀', 'الصيانة،'), { minLength: 1, maxLength: 220 });

  it('are one post or a short thread of numbered ones that fit, and lose nothing', () => {
    fc.assert(
      fc.property(words, (some) => {
        const text = some.join(' ');
        try {
          const parts = publicParts(text, channel);
          expect(parts.every((part) => measure(part) <= 280)).toBe(true);
          expect(parts.length).toBeLessThanOrEqual(4);
          const said = parts.map((part) => (parts.length > 1 ? part.replace(/ \(\d\/\d\)$/, '') : part)).join(' ');
          expect(said.split(/\s+/)).toEqual(some);
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid', details: { length: measure(text), maxLength: 280 } });
          expect(measure(text)).toBeGreaterThan(280 * 2);
        }
      }),
    );
  });
});

describe('files in public', () => {
  const file = { name: 'a.jpg', type: 'image/jpeg', bytes: 10 };
  const may = { maxBytes: 100, maxCount: 1, types: ['image/*'] };
  const refused = (files: (typeof file)[], attachments: typeof may | null): string | null => {
    try {
      requirePublicFiles(files, { attachments });
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };

  it('are those that the medium takes there; of others it is told why not', () => {
    expect(refused([file], may)).toBeNull();
    expect(refused([], null)).toBeNull();
    expect(refused([file], null)).toContain('cannot be sent in public');
    expect(refused([file, file], may)).toContain('at most 1');
    expect(refused([{ ...file, type: 'application/pdf' }], may)).toContain('of a kind');
    expect(refused([{ ...file, bytes: 101 }], may)).toContain('larger');
  });
});
