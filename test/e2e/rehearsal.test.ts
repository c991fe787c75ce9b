import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRehearsal, type Rehearsal } from '../rehearse/rehearsal.ts';
import { createWasl, freePort, type Wasl } from '../rehearse/wasl.ts';
import { removeStore, storeEnv } from '../support/store-env.ts';
import { launchBrowser } from './browser.ts';
import { faultsIn } from './chat-page.ts';

const directory = mkdtempSync(join(tmpdir(), 'wasl-rehearsal-test-'));
const browser: Browser | null = await launchBrowser();
let rehearsal: Rehearsal;
let wasl: Wasl;

const open = async (): Promise<void> => {
  const port = await freePort(0);
  rehearsal = await openRehearsal({
    waslOrigin: `http://localhost:${port}`,
    port: 0,
    sms: 'twilio',
    async restart(settings) {
      await wasl.restart(settings);
      await rehearsal.connect();
    },
  });
  const settings = { PORT: String(port), ...storeEnv(directory), LOG_LEVEL: 'silent', ...rehearsal.settings };
  wasl = createWasl(settings, directory);
  await wasl.start();
};

const visit = async (width: number, language: 'ar' | 'en'): Promise<Page> => {
  const context = await browser!.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${rehearsal.origin}/?lang=${language}`);
  await page.locator('#connection.on').waitFor();
  return page;
};

const write = async (place: Locator, text: string): Promise<void> => {
  await place.locator('textarea').fill(text);
  await place.locator('textarea').press('Enter');
};

describe.skipIf(!browser)('a rehearsal of all channels with Wasl itself', () => {
  beforeAll(open);
  afterAll(async () => {
    await browser?.close();
    await wasl.stop();
    await rehearsal.close();
    await removeStore(directory);
  });

  it('connects everything', async () => {
    expect(await rehearsal.connect()).toEqual([]);
  });

  it('is answered on X in public, briefly and at a price, and in messages', async () => {
    const page = await visit(1600, 'ar');
    const x = page.locator('#x');
    await write(x, 'كيف أستعير كاميرا؟');
    const answer = x.locator('.by-account');
    await answer.getByText('وصل', { exact: true }).waitFor();
    expect(await answer.locator('.measures').textContent()).toMatch(/\d+\/280 · \$0\.01$/);
    await x.getByRole('tab', { name: 'رسائل خاصة' }).click();
    await write(x, 'السلام عليكم');
    await x.locator('.lines .service-line').first().waitFor();
    expect(await faultsIn(page)).toEqual([]);
    await page.close();
  });

  it('is answered by text message, and says what it costs', async () => {
    const page = await visit(390, 'en');
    await page.getByRole('tab', { name: 'Text messages' }).click();
    const sms = page.locator('#sms');
    await page.getByText('Emily Carter').click();
    await write(sms, 'Hello, how can I borrow a camera?');
    const line = sms.locator('.service-line').first();
    await line.getByText(/^\d segments? · GSM-7 · .*USD/).waitFor();
    await line.getByText('Delivered').waitFor();
    expect(await page.locator('#x, #whatsapp').evaluateAll((all) => all.map((one) => one.checkVisibility()))).toEqual([
      false,
      false,
    ]);
    const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isWider).toBe(false);
    await page.close();
  });

  it('says in plain words what was refused', async () => {
    const page = await visit(1600, 'ar');
    await page.route('**/sms/*/say', (route) => route.fulfill({ status: 413, body: '' }));
    await write(page.locator('#sms'), 'مرحبا');
    await page.locator('#sms .trouble').getByText('ما أُرسل أكبر من المسموح. (413)').waitFor();
    await page.locator('#switch-x-down').check();
    await write(page.locator('#x'), 'متى يفتح الاستوديو؟');
    await page.locator('#x .trouble').getByText('المزود متعطل، ووصل يعيد المحاولة.').waitFor();
    await page.close();
  });
});
