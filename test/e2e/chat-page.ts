import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const pictures = resolve(import.meta.dirname, '../../test-results');

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};
export const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

/** A page with the chat, and what can be seen and done in it. */
export interface ChatPage {
  page: Page;
  context: BrowserContext;
  /** What the browser complained about: errors of scripts, and everything that the page's policy blocked. */
  complaints: string[];
  launcher: Locator;
  panel: Locator;
  field: Locator;
  /** The bubbles in order, as they read. */
  bubbles: Locator;
  open(): Promise<void>;
  write(text: string): Promise<void>;
}

/** Everything that the browser complains about from now on, blocked styles and scripts first of all. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isNetwork = /WebSocket|ERR_|Failed to load resource/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isNetwork) complaints.push(message.text());
  });
  return complaints;
}

/** Opens a page in a context and gives its handles. */
export async function openPage(context: BrowserContext, url: string): Promise<ChatPage> {
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const [launcher, panel] = [page.locator('.launcher'), page.locator('.panel')];
  await page.goto(url);
  await launcher.waitFor();
  const field = panel.locator('.field');
  return {
    page,
    context,
    complaints,
    launcher,
    panel,
    field,
    bubbles: panel.locator('.bubble:not(.typing)'),
    async open() {
      await launcher.click();
      await panel.waitFor();
    },
    async write(text) {
      await field.fill(text);
      await field.press('Enter');
    },
  };
}

/** A visitor's browser of its own, on a page. */
export const visit = async (browser: Browser, url: string, options: BrowserContextOptions = desk): Promise<ChatPage> =>
  openPage(await browser.newContext({ locale: 'ar-SA', timezoneId: 'Asia/Riyadh', ...options }), url);

/** Waits until the bubbles read so. */
export const seesBubbles = async (chat: ChatPage, texts: readonly string[]): Promise<void> => {
  await expect.poll(() => chat.bubbles.allInnerTexts(), { timeout: 20_000 }).toEqual(texts);
};

/** Waits until the last own message has come so far. */
export const seesProgress = async (chat: ChatPage, progress: string): Promise<void> => {
  const last = chat.panel.locator('[data-progress]').last();
  await expect.poll(() => last.getAttribute('data-progress'), { timeout: 20_000 }).toBe(progress);
};

/** What the accessibility checker finds, as rule and element. */
export async function faultsIn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
}

/** Keeps a picture of the page for people to look at. */
export async function takePicture(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage });
}
