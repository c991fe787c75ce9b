import { AxeBuilder } from '@axe-core/playwright';
import { simpleParser } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeLetter } from '../../channels/email/letter/compose.ts';
import { createFrames } from '../../channels/email/letter/frame.ts';
import { letterHead } from '../../channels/email/letter/headers.ts';
import type { Language } from '../../src/language/language.ts';
import { aMessage, someDeps, someSettings } from '../unit/email/letter/a-letter.ts';
import { launchBrowser } from './browser.ts';

const longLink = `https://example.org/services/${'maintenance-'.repeat(12)}?id=12`;
const texts: Record<Language, string> = {
  ar: `تم تسجيل الطلب.\nرقم الطلب: \u206826000010\u2069\nالنوع: صيانة\n\nبقي أن نعرف:\n1. الاسم\n2. الجهة\n\n• الهاتف +966 11 123 4567\n• ${longLink}`,
  en: `Your request was registered.\nRequest number: 26000010\nType: Maintenance\n\nStill missing:\n1. Your name\n2. Your entity\n\n• Call +966 11 123 4567\n• ${longLink}`,
};

async function htmlOf(language: Language): Promise<string> {
  const message = aMessage({ language, text: texts[language] });
  const around = { settings: someSettings(), name: 'n', loopMark: 'm', replySecret: Buffer.alloc(32) };
  const frame = await createFrames(someDeps().deps)(language);
  const mail = await simpleParser(await composeLetter(message, letterHead(message, around), frame, []));
  return String(mail.html);
}

const browser: Browser | null = await launchBrowser();
let page: Page;
const asked: string[] = [];

async function open(language: Language, width: number, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme });
  await page.setContent(await htmlOf(language));
}

const looks = (['ar', 'en'] as const).flatMap((language) =>
  [640, 390].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ language, width, scheme }))),
);

describe.skipIf(!browser)('a letter on a screen', () => {
  beforeAll(async () => {
    const context = await browser!.newContext();
    page = await context.newPage();
    page.on('request', (request) => asked.push(request.url()));
  });
  afterAll(() => browser?.close());

  it.each(looks)(
    'fits, can be read and is turned the right way ($language, $width px, $scheme)',
    async ({ language, width, scheme }) => {
      await open(language, width, scheme);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([]);
      const words = page.locator('td.words');
      expect(await words.evaluate((cell) => getComputedStyle(cell).direction)).toBe(language === 'ar' ? 'rtl' : 'ltr');
      const list = await page.locator('ol').evaluate((one) => {
        const [outer, inner] = [one.getBoundingClientRect(), one.children[0]!.getBoundingClientRect()];
        return { left: inner.left - outer.left, right: outer.right - inner.right };
      });
      expect(language === 'ar' ? list.right - list.left : list.left - list.right).toBeGreaterThan(15);
    },
  );

  it('shows a phone number from left to right within Arabic words', async () => {
    await open('ar', 640, 'light');
    const places = await page
      .locator('li bdi')
      .first()
      .evaluate((bdi) => {
        const letters = bdi.firstChild!;
        return ['+', '966', '4567'].map((part) => {
          const range = document.createRange();
          const from = (letters.textContent ?? '').indexOf(part);
          range.setStart(letters, from);
          range.setEnd(letters, from + part.length);
          return range.getBoundingClientRect().left;
        });
      });
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBe(3);
  });

  it('is 600 pixels wide at most, with what an inbox previews out of sight, and asks nothing of the network', async () => {
    await open('ar', 1200, 'light');
    const card = await page.locator('table.card').boundingBox();
    expect(card?.width).toBe(600);
    expect((card?.x ?? 0) + 300).toBe(600);
    expect(await page.locator('body > div').isVisible()).toBe(false);
    expect(asked.filter((url) => !url.startsWith('about:') && !url.startsWith('data:'))).toEqual([]);
  });
});
