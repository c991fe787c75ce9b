/** Takes the pictures that the README shows, from the real screens of a freshly seeded Wasl: `npm run pictures`. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { channelKinds } from '../../channels/index.ts';
import { systemClock } from '../../src/clock.ts';
import { coreSettings, readSettings } from '../../src/config.ts';
import { createGateway } from '../../src/gateway.ts';
import { givenInboxes } from '../../src/inbox/given-inboxes.ts';
import { createLog } from '../../src/log.ts';
import { launchBrowser } from './browser.ts';
import { phone, visit } from './chat-page.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'src/web/pictures');
const port = 18_733;
const url = `http://localhost:${port}`;
const password = 'only for the pictures';

const talks = {
  ar: [
    'السلام عليكم',
    'سارة أحمد الغامدي',
    'كلية العلوم',
    'عضو هيئة تدريس',
    'جهاز العرض في القاعة لا يعمل',
    'مبنى 12 قاعة 3',
  ],
  en: ['Hello, how can I borrow a camera?', 'Omar Hassan', 'College of Medicine', 'academic staff'],
};

/** Sunday at ten in Riyadh: people are at work. */
const ahead = Date.parse('2026-11-22T07:00:00.000Z') - Date.now();
const clock = { now: () => Date.now() + ahead, after: systemClock.after };

async function talk(browser: Browser, lang: 'ar' | 'en', options = {}): Promise<Page> {
  const chat = await visit(browser, `${url}/?lang=${lang}`, options);
  await chat.open();
  for (const words of talks[lang]) {
    const before = await chat.bubbles.count();
    await chat.write(words);
    await chat.page.waitForFunction(
      (count) => (document.querySelector('wasl-chat')?.shadowRoot?.querySelectorAll('.bubble').length ?? 0) > count + 1,
      before,
    );
  }
  await chat.page.waitForTimeout(800);
  return chat.page;
}

async function consoleOf(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1360, height: 850 }, locale: 'ar' })).newPage();
  await page.goto(`${url}/console/`);
  await page.locator('input[name=email], input[type=email]').first().fill('admin@example.org');
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByText('الكل', { exact: true }).click();
  await page.getByText('سارة أحمد الغامدي').first().click();
  await page.waitForTimeout(1_200);
  return page;
}

const shoot = (page: Page, name: string): Promise<Buffer> => page.screenshot({ path: join(folder, `${name}.png`) });

const browser = await launchBrowser();
if (!browser) process.exit(1);
mkdirSync(folder, { recursive: true });
const directory = mkdtempSync(join(tmpdir(), 'wasl-pictures-'));
const env = { PORT: String(port), DATA_DIR: directory, ADMIN_PASSWORD: password, RATE_LIMITS: 'off' };
const settings = readSettings(coreSettings, env);
const gateway = await createGateway({
  settings,
  root,
  version: '0',
  log: createLog('error'),
  kinds: channelKinds,
  inboxes: givenInboxes(channelKinds, env),
  clock,
});
await gateway.start();
await shoot(await talk(browser, 'ar', { ...phone, deviceScaleFactor: 1 }), 'chat-phone-ar');
await shoot(await talk(browser, 'en', { viewport: { width: 1280, height: 800 } }), 'chat-desk-en');
const contact = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
await contact.goto(`${url}/?lang=ar`);
await contact.waitForTimeout(800);
await shoot(contact, 'contact-desk-ar');
await shoot(await consoleOf(browser), 'console-ar');
await browser.close();
await gateway.stop();
rmSync(directory, { recursive: true, force: true });
process.stdout.write(`The pictures are in ${folder}\n`);
