import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb } from '../../src/web/build.ts';
import { type FakeWebChat, startFakeWebChat } from '../fakes/web-chat-server.ts';
import { launchBrowser } from './browser.ts';
import { desk, faultsIn, phone, takePicture, visit } from './chat-page.ts';
import { serveContactPage } from './contact-page.ts';

const root = resolve(import.meta.dirname, '../..');
const sundayMorning = Date.parse('2026-11-22T09:00:00+03:00');
const fridayMorning = Date.parse('2026-11-20T09:00:00+03:00');

let browser: Browser | null;
let fake: FakeWebChat;
let site: { url: string; close(): Promise<unknown> };

beforeAll(async () => {
  await buildWeb({ root, force: false, only: ['assets', 'widget'], report: () => undefined });
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

beforeEach(async (context) => {
  if (!browser) context.skip();
  fake = await startFakeWebChat();
  site = await serveContactPage(fake.origin, sundayMorning);
});
afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
  await site?.close();
  await fake?.close();
});

const visitSite = (language: string, options = desk, url = site.url) =>
  visit(browser as Browser, `${url}?lang=${language}`, options);

describe.each([
  ['ar', 'phone', phone],
  ['ar', 'desk', desk],
  ['en', 'phone', phone],
  ['en', 'desk', desk],
] as const)('the contact page in %s on a %s', (language, device, options) => {
  it('is accessible, fits the screen, and is not blocked by its own policy', async () => {
    const site = await visitSite(language, options);
    await site.page.waitForLoadState('networkidle');
    expect(await faultsIn(site.page)).toEqual([]);
    const { wide, screen } = await site.page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      screen: document.documentElement.clientWidth,
    }));
    expect(wide).toBe(screen);
    expect(await site.page.evaluate(() => document.fonts.check('600 20px "Wasl Plex"', 'س'))).toBe(true);
    await takePicture(site.page, `contact-${language}-${device}`);
    await takePicture(site.page, `contact-${language}-${device}-whole`, true);
    expect(site.complaints).toEqual([]);
  });
});

describe('the contact page', () => {
  it('opens the chat from its big button, in its language', async () => {
    const site = await visitSite('ar');
    await site.page.getByRole('button', { name: 'ابدأ المحادثة' }).click();
    await site.panel.getByText('المساعد الآلي معك').waitFor({ timeout: 20_000 });
    expect(await faultsIn(site.page)).toEqual([]);
  });

  it('tells whether people are there now, and else when they are back', async () => {
    const open = await visitSite('ar');
    await open.page.getByText('موظفونا متاحون الآن حتى 2:30 م').waitFor();
    const later = await serveContactPage(fake.origin, fridayMorning);
    const closed = await visitSite('ar', desk, later.url);
    await closed.page.getByText('نعود الأحد، 22 نوفمبر عند 7:30 ص').waitFor();
    await later.close();
  });

  it('leads to itself in the other language', async () => {
    const site = await visitSite('ar');
    await site.page.getByRole('link', { name: 'English' }).click();
    await site.page.getByRole('heading', { name: 'How to reach us' }).waitFor();
    expect(await site.page.locator('html').getAttribute('dir')).toBe('ltr');
  });

  it('can be printed without what only a screen can do', async () => {
    const site = await visitSite('ar');
    await site.page.emulateMedia({ media: 'print' });
    expect(await site.page.getByRole('button', { name: 'ابدأ المحادثة' }).isVisible()).toBe(false);
    expect(await site.launcher.isVisible()).toBe(false);
    expect(await site.page.getByRole('heading', { name: 'قنوات التواصل' }).isVisible()).toBe(true);
    await takePicture(site.page, 'contact-ar-print', true);
  });
});
