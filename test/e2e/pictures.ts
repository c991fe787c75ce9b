/** Takes the pictures that the README shows, from the real screens of a freshly seeded Wasl: `npm run pictures`. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { simpleParser } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { channelKinds } from '../../channels/index.ts';
import { systemClock } from '../../src/clock.ts';
import { coreSettings, readSettings } from '../../src/config.ts';
import { createGateway } from '../../src/gateway.ts';
import { givenInboxes } from '../../src/inbox/given-inboxes.ts';
import { createLog } from '../../src/log.ts';
import { imapPassword, imapUser, startImapServer } from '../fakes/email/imap-server.ts';
import { startSmtpServer } from '../fakes/email/smtp-server.ts';
import { createWhatsappCloudSimulator } from '../fakes/whatsapp-cloud/simulator.ts';
import { createXSimulator } from '../fakes/x/simulator.ts';
import { openOutsideGateway } from '../integration/casework/outside-gateway.ts';
import { addPhone } from '../rehearse/phone.ts';
import { removeStore, storeEnv } from '../support/store-env.ts';
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

const mail = [
  'From: =?utf-8?B?2YXZhtmJINiu2KfZhNivINin2YTYudiq2YrYqNmK?= <mona@example.net>',
  'To: care@example.org',
  `Subject: =?utf-8?B?${Buffer.from('انقطاع الإنترنت في القاعة 12').toString('base64')}?=`,
  'Message-ID: <picture@example.net>',
  'Date: Sun, 22 Nov 2026 07:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from(
    'السلام عليكم ورحمة الله\n\nالإنترنت مقطوع في القاعة 12 بالمبنى 3 منذ أسبوع، ونرجو إصلاحه قبل الاختبارات.\n\nمع التحية\nمنى خالد العتيبي',
  ).toString('base64'),
].join('\r\n');

/** A mail comes, and the letter that answers it is opened as a mail program shows it. */
async function letterOf(browser: Browser): Promise<Page> {
  mailbox.deliver(mail);
  while (smtp.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  const { html } = await simpleParser(smtp.received[0]?.raw ?? '');
  const page = await (await browser.newContext({ viewport: { width: 680, height: 850 } })).newPage();
  await page.setContent(String(html));
  return page;
}

async function letterInConsole(page: Page): Promise<Page> {
  await page.getByText('منى خالد العتيبي').first().click();
  await page.waitForTimeout(1_200);
  return page;
}

const said = ['السلام عليكم', 'خالد سعد العتيبي', 'كلية الهندسة', 'طالب', 'كيف أستعير كاميرا لتصوير فعالية؟'];

/** The telephone of the rehearsal, after somebody wrote on it. */
async function telephone(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ar' })).newPage();
  await page.clock.setFixedTime(new Date(clock.now()));
  await page.goto(`${whatsapp.origin}/`);
  await page.getByText('خالد العتيبي').first().click();
  for (const words of said) {
    const { sent } = simulator.counted;
    await page.getByPlaceholder('اكتبوا رسالة').fill(words);
    await page.keyboard.press('Enter');
    while (simulator.counted.sent === sent) await page.waitForTimeout(100);
    await page.waitForTimeout(700);
  }
  await page.waitForTimeout(2_500);
  return page;
}

async function whatsappInConsole(page: Page): Promise<Page> {
  await page.getByText('خالد سعد العتيبي').first().click();
  await page.waitForTimeout(1_500);
  return page;
}

/** A complaint that everybody reads, with the one answer that it got, as an agent sees it. */
async function postInConsole(page: Page): Promise<Page> {
  const person = x.person({ username: 'huda_sa', name: 'هدى القرني' });
  const post = person.mention('لي شهر أراجعكم على تأخر صيانة المعمل ولا أحد يرد، عندي شكوى على التأخير');
  const before = x.counted.posts;
  await x.deliver(post, { as: 'xaa' });
  while (x.counted.posts === before) await page.waitForTimeout(100);
  await page.getByText('هدى القرني').first().click();
  await page.waitForTimeout(1_500);
  return page;
}

/** What nobody could answer, as editors find it: similar questions together. */
async function questionsInConsole(browser: Browser, page: Page): Promise<Page> {
  for (const question of ['هل توجد حضانة لأطفال الموظفين؟', 'توجد حضانة لأطفال الموظفين؟', 'أين أجد مواقف الدراجات؟']) {
    const chat = await visit(browser, `${url}/?lang=ar`, {});
    await chat.open();
    for (const words of [...talks.ar.slice(0, 4), question]) {
      const before = await chat.bubbles.count();
      await chat.write(words);
      await chat.page.waitForFunction(
        (count) =>
          (document.querySelector('wasl-chat')?.shadowRoot?.querySelectorAll('.bubble').length ?? 0) > count + 1,
        before,
      );
    }
    await chat.context.close();
  }
  await page.getByRole('link', { name: 'المعرفة' }).click();
  await page.getByRole('link', { name: 'أسئلة بلا جواب' }).click();
  await page
    .getByText(/أحدث الأسئلة/)
    .first()
    .click();
  await page.waitForTimeout(800);
  return page;
}

/** What a person rates with one tap, once their ticket is closed. */
async function surveyPage(browser: Browser): Promise<void> {
  const outside = await openOutsideGateway();
  const ticket = await outside.aTicket();
  const { token } = await outside.aSurvey(await outside.step(ticket.number, 'close', { note: 'أُجيب هاتفيًا' }));
  const page = await (await browser.newContext({ ...phone, deviceScaleFactor: 1 })).newPage();
  await page.goto(`${outside.url}/survey/${token}?lang=ar`);
  await page.locator('button[value="5"]').click();
  await page.locator('textarea').waitFor();
  await shoot(page, 'survey-phone-ar');
  await outside.close();
}

const shoot = (page: Page, name: string): Promise<Buffer> => page.screenshot({ path: join(folder, `${name}.png`) });

const browser = await launchBrowser();
if (!browser) process.exit(1);
mkdirSync(folder, { recursive: true });
const directory = mkdtempSync(join(tmpdir(), 'wasl-pictures-'));
const [mailbox, smtp] = [await startImapServer(), await startSmtpServer()];
const simulator = createWhatsappCloudSimulator({
  clock,
  limits: { pairRate: 'bucket' },
  receipts: { statuses: ['sent', 'delivered', 'read'], afterMs: [100, 300, 600] },
});
const telephones = addPhone(simulator);
const whatsapp = await simulator.start();
simulator.connect(`http://127.0.0.1:${port}/webhooks/whatsapp`);
const x = createXSimulator({ clock, auto: 'none' });
await x.start();
const env = {
  PORT: String(port),
  ...storeEnv(directory),
  ADMIN_PASSWORD: password,
  RATE_LIMITS: 'off',
  EMAIL_IMAP_URL: `imap://${imapUser}:${imapPassword}@127.0.0.1:${mailbox.port}`,
  EMAIL_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
  EMAIL_ADDRESS: 'care@example.org',
  ...simulator.settings(),
  ...x.settings(),
  X_MONTHLY_BUDGET_USD: '50',
};
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
await x.connect(`http://127.0.0.1:${port}/webhooks/x`);
await shoot(await talk(browser, 'ar', { ...phone, deviceScaleFactor: 1 }), 'chat-phone-ar');
await shoot(await talk(browser, 'en', { viewport: { width: 1280, height: 800 } }), 'chat-desk-en');
const contact = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
await contact.goto(`${url}/?lang=ar`);
await contact.waitForTimeout(800);
await shoot(contact, 'contact-desk-ar');
await shoot(await letterOf(browser), 'letter-ar');
const path = join(folder, 'whatsapp-phone-ar.png');
await (await telephone(browser)).locator('#whatsapp').screenshot({ path });
const staff = await consoleOf(browser);
await shoot(staff, 'console-ar');
await shoot(await letterInConsole(staff), 'console-letter-ar');
await shoot(await whatsappInConsole(staff), 'console-whatsapp-ar');
await shoot(await postInConsole(staff), 'console-x-ar');
await shoot(await questionsInConsole(browser, staff), 'console-questions-ar');
await surveyPage(browser);
await browser.close();
await gateway.stop();
telephones.close();
await Promise.all([mailbox.stop(), smtp.close(), simulator.stop(), x.stop()]);
await removeStore(directory);
process.stdout.write(`The pictures are in ${folder}\n`);
