import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { buildWeb } from '../../src/web/build.ts';
import { projectRoot } from '../../src/web/build-stamp.ts';
import { type FakeWebChat, startFakeWebChat } from '../fakes/web-chat-server.ts';
import { launchBrowser } from './browser.ts';

/** A fake of the chat's server before each test of the file, and a browser; all are skipped where no browser can run. */
export function widgetForEach(): { theBrowser(): Browser; fake(): FakeWebChat } {
  let browser: Browser | null;
  let fake: FakeWebChat;

  beforeAll(async () => {
    await buildWeb({ root: projectRoot, force: false, only: ['assets', 'widget'], report: () => undefined });
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async (context) => {
    if (!browser) context.skip();
    fake = await startFakeWebChat();
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    await fake?.close();
  });
  return { theBrowser: () => browser as Browser, fake: () => fake };
}
