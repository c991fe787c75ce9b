import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb } from '../../src/web/build.ts';
import { type OutsideGateway, openOutsideGateway } from '../integration/casework/outside-gateway.ts';
import { launchBrowser } from './browser.ts';
import { complaintsOf, faultsIn, takePicture } from './chat-page.ts';
import { looks } from './looks.ts';

const root = resolve(import.meta.dirname, '../..');
const asked =
  'نأمل فحص الخط الأرضي في المبنى 12 وإفادتنا بموعد الإصلاح.\nهل العطل من الكابل الخارجي أم من اللوحة الداخلية؟';

let browser: Browser | null;
let wasl: OutsideGateway;

beforeAll(async () => {
  await buildWeb({ root, force: false, only: ['assets'], report: () => undefined });
  browser = await launchBrowser();
  if (browser) wasl = await openOutsideGateway();
});
afterAll(async () => {
  await browser?.close();
  await wasl?.close();
});
beforeEach((context) => {
  if (!browser) context.skip();
});

describe.each(looks)('in %s on a %s', (language, device, options) => {
  const open = async (path: string) => {
    const page = await (await (browser as Browser).newContext({ ...options, locale: 'ar-SA' })).newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${wasl.url}${path}?lang=${language}`);
    const fits = async (name: string): Promise<void> => {
      expect(await faultsIn(page)).toEqual([]);
      const [wide, screen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(wide).toBe(screen);
      expect(complaints).toEqual([]);
      await takePicture(page, `${name}-${language}-${device}`, true);
    };
    return { page, fits };
  };

  it('a person says with one tap how it was, and then what they like to add', async () => {
    const ticket = await wasl.aTicket();
    const { token } = await wasl.aSurvey(await wasl.step(ticket.number, 'close', { note: 'أُجيب هاتفيًا' }));
    const { page, fits } = await open(`/survey/${token}`);
    await fits('survey');
    await page.locator('button[value="2"]').click();
    await page.locator('textarea').waitFor();
    await fits('survey-details');
    await page.locator('label:has(input[value="4"])').click();
    await page.locator('textarea').fill('تأخر الرد');
    await page.locator('.send').click();
    await page.locator('textarea').waitFor({ state: 'detached' });
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/^(شكرًا لكم|Thank you)$/);
    await page.context().close();
  });

  it('an outside body reads what is asked of it, and answers', async () => {
    const { number } = await wasl.aTicket({
      subject: 'خط الهاتف الأرضي في المبنى 12 مقطوع منذ الأحد، جوالي 0551234567 واسمي سارة',
    });
    await wasl.step(number, 'refer', { bodyId: 'telecom', text: asked, consent: device === 'phone' });
    const { body } = await wasl.ask('GET', `/api/v1/tickets/${number}/referrals`);
    const { page, fits } = await open(new URL(body.items[0].link).pathname);
    await fits('refer');
    await page.locator('textarea').fill('أُصلح الكابل الخارجي صباح اليوم، والخط يعمل.');
    await page.locator('input[type=file]').setInputFiles({
      name: 'report.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('done'),
    });
    await page.locator('.send').click();
    await page.locator('textarea').waitFor({ state: 'detached' });
    expect(await page.locator('blockquote').count()).toBe(0);
    expect((await wasl.ticket(number)).status).toBe('new');
    await page.context().close();
  });
});
