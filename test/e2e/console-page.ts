import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, type TestContext } from 'vitest';
import type { Language } from '../../src/language/language.ts';
import { projectRoot } from '../../src/web/build-stamp.ts';
import { type OpenGateway, openGateway } from '../integration/web-chat/open-gateway.ts';
import { launchBrowser } from './browser.ts';
import { desk } from './chat-page.ts';

/** How long the console may take with what it is asked. */
export const patience = { timeout: 20_000 };

/** How somebody looks at the console. */
export interface Look {
  language: Language;
  /** The screen; a desk where none is given. */
  options?: BrowserContextOptions | undefined;
  /** The page within the console, with a slash before it. */
  path?: string;
}

/** The console of a Wasl of its own for each test, and a browser in front of it. */
export interface ConsoleOfTest {
  /** The Wasl of the running test. */
  wasl(): OpenGateway;
  /** A browser window of somebody who has not signed in. */
  open(look: Look): Promise<Page>;
  /** Fills in the form that the page shows; with the administrator's own password where no other is given. */
  signIn(page: Page, password?: string): Promise<void>;
  /** A browser window of the administrator. */
  signedIn(look: Look): Promise<Page>;
  /** Asks the interface with the administrator's token; throws where it does not do what it is asked. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** Builds the pages by a process of its own, since a bundler that runs inside a test builds for development. */
async function buildPages(): Promise<void> {
  const { NODE_ENV: _, ...env } = process.env;
  await promisify(execFile)(process.execPath, ['src/web/build.ts'], { cwd: projectRoot, env });
}

type Options = Parameters<typeof openGateway>[0];

async function openWindow(browser: Browser, url: string, { language, options = desk }: Look): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'Asia/Riyadh', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(patience.timeout);
  await page.addInitScript((chosen) => {
    if (!localStorage.getItem('wasl-language')) localStorage.setItem('wasl-language', chosen);
  }, language);
  await page.goto(url);
  return page;
}

/** Opens a Wasl before each test of the file and closes it after; all are skipped where no browser can run. */
export function consoleForEach(optionsOf: (context: TestContext) => Options = () => ({})): ConsoleOfTest {
  let browser: Browser | null;
  let wasl: OpenGateway;

  beforeAll(async () => {
    await buildPages();
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async (context) => {
    if (!browser) context.skip();
    wasl = await openGateway({ forBrowser: true, ...optionsOf(context) });
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    await wasl?.close();
  });

  const open: ConsoleOfTest['open'] = (look) =>
    openWindow(browser as Browser, `${wasl.url}/console${look.path ?? '/'}`, look);
  const signIn: ConsoleOfTest['signIn'] = async (page, password) => {
    await page.locator('input[name=email]').fill('admin@example.org');
    await page.locator('input[name=password]').fill(password ?? wasl.gateway.administrator.generatedPassword ?? '');
    await page.locator('button[type=submit]').click();
  };
  return {
    wasl: () => wasl,
    open,
    signIn,
    async signedIn(look) {
      const page = await open(look);
      await signIn(page);
      await page.locator('nav').first().waitFor({ state: 'attached' });
      return page;
    },
    async ask<T>(method: string, path: string, body?: unknown) {
      const response = await wasl.ask(method, path, body);
      const answer = (response.status === 204 ? {} : await response.json()) as T;
      if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
      return answer;
    },
  };
}
