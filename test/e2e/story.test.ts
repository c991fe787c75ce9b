import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { type OpenGateway, openGateway } from '../integration/web-chat/open-gateway.ts';
import { launchBrowser } from './browser.ts';

const browser = await launchBrowser();
const pictures = join(import.meta.dirname, '../../test-results');

/** A Sunday morning in Riyadh, from which time goes on: people are at work. */
const sundayMorning = (): Clock => {
  const ahead = Date.parse('2026-11-22T07:00:00.000Z') - Date.now();
  return { now: () => Date.now() + ahead, after: systemClock.after };
};
const clock = sundayMorning();

interface Story {
  launcher: string;
  input: string;
  hello: string;
  greeting: RegExp;
  hours: RegExp;
  name: string;
  entity: string;
  category: string;
  question: string;
  answer: RegExp;
  helped: string;
  glad: RegExp;
  rate: RegExp;
  best: string;
  thanked: RegExp;
  matter: string;
  registered: RegExp;
  promise: RegExp;
  anyUpdate: string;
  status: RegExp;
}

const stories: Record<'ar' | 'en', Story> = {
  ar: {
    launcher: 'تحدّث معنا',
    input: 'نص الرسالة',
    hello: 'السلام عليكم',
    greeting: /وعليكم السلام ورحمة الله وبركاته/,
    hours: /من الأحد إلى الخميس/,
    name: 'سارة أحمد المحمد',
    entity: 'كلية العلوم',
    category: 'الكادر الأكاديمي',
    question: 'هل يمكن استعارة كاميرا من الإدارة؟',
    answer: /3 أيام عمل/,
    helped: 'نعم، شكراً',
    glad: /يسعدنا ذلك/,
    rate: /كيف كانت الخدمة؟/,
    best: 'ممتاز',
    thanked: /شكراً لك على رأيك/,
    matter: 'أشتكي من تأخر صيانة جهاز العرض في القاعة 12 منذ أسبوعين',
    registered: /تم تسجيل طلبكم بنجاح/,
    promise: /نعدك بالرد قبل .*(نوفمبر|ديسمبر)/,
    anyUpdate: 'هل هناك جديد على طلبي؟',
    status: /طلبك رقم/,
  },
  en: {
    launcher: 'Chat with us',
    input: 'Your message',
    hello: 'Hello',
    greeting: /Welcome/,
    hours: /Sunday to Thursday/,
    name: 'Sara Ahmed',
    entity: 'College of Science',
    category: 'Academic staff',
    question: 'Can I borrow a camera from the department?',
    answer: /3 working days/,
    helped: 'Yes, thank you',
    glad: /Glad to hear it/,
    rate: /How was our service\?/,
    best: 'Excellent',
    thanked: /Thank you for telling us/,
    matter: 'My complaint: nobody has repaired the projector in hall 12 for two weeks',
    registered: /registered successfully/,
    promise: /answer before .*(November|December)/,
    anyUpdate: 'Any update?',
    status: /Your request/,
  },
};

const widths: Record<'phone' | 'desk', BrowserContextOptions> = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desk: { viewport: { width: 1280, height: 800 } },
};

const chatOf = (page: Page): Locator => page.locator('wasl-chat');

/** Reading order of the thread: all words that are shown, one text. */
const threadOf = (page: Page): Locator => chatOf(page).locator('[role="log"]');

/** Half-faded words have half a contrast, so what moves comes to its end first. */
const settle = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const roots = [document, document.querySelector('wasl-chat')?.shadowRoot];
    const moving = roots.flatMap((root) => root?.getAnimations() ?? []);
    const ending = moving.filter((one) => one.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    return Promise.allSettled(ending.map(({ finished }) => finished)).then(() => null);
  });

async function expectAccessible(page: Page): Promise<void> {
  await settle(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.flat().join(' ')).join(', ')}`,
  );
  expect(told).toEqual([]);
}

describe.skipIf(!browser)('the story of a visitor', () => {
  let wasl: OpenGateway;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    wasl = await openGateway({ clock, rateLimits: 'on', forBrowser: true });
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
    await wasl?.close();
  });

  const arrive = async (options: BrowserContextOptions, language: 'ar' | 'en'): Promise<Page> => {
    const context = await browser!.newContext({
      ...options,
      locale: language === 'ar' ? 'ar-SA' : 'en-GB',
      timezoneId: 'Asia/Riyadh',
    });
    contexts.push(context);
    await context.clock.install({ time: clock.now() });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${wasl.url}/?lang=${language}`);
    return page;
  };

  const cases = (['ar', 'en'] as const).flatMap((language) =>
    (['phone', 'desk'] as const).map((width) => ({ language, width })),
  );

  it.each(cases)('is told in $language on a $width', async ({ language, width }) => {
    const said = stories[language];
    const faults: string[] = [];
    const picture = (page: Page, name: string) =>
      page.screenshot({ path: join(pictures, `story-${language}-${width}-${name}.png`) });
    const watch = (page: Page): void => {
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    };
    const say = async (page: Page, text: string): Promise<void> => {
      const field = chatOf(page).getByRole('textbox', { name: said.input });
      await field.fill(text);
      await field.press('Enter');
    };
    const hears = (page: Page, words: RegExp | string) => threadOf(page).getByText(words).last().waitFor();
    const openChat = (page: Page) => chatOf(page).getByRole('button', { name: said.launcher }).click();
    const tap = (page: Page, title: string) => threadOf(page).getByRole('button', { name: title, exact: true }).click();

    const page = await arrive(widths[width], language);
    watch(page);
    expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
    await expectAccessible(page);
    await picture(page, '1-contact-page');
    await openChat(page);
    await chatOf(page).getByRole('textbox', { name: said.input }).waitFor();
    await expectAccessible(page);

    await say(page, said.hello);
    await hears(page, said.greeting);
    await hears(page, said.hours);
    await say(page, said.name);
    await hears(page, said.name);
    await say(page, said.entity);
    await tap(page, said.category);
    await say(page, said.question);
    await hears(page, said.answer);
    await picture(page, '2-answer');
    await tap(page, said.helped);
    await hears(page, said.glad);
    await hears(page, said.rate);
    await expectAccessible(page);
    await tap(page, said.best);
    await hears(page, said.thanked);
    await say(page, said.matter);
    await hears(page, said.registered);
    await hears(page, said.promise);
    const number = /26\d{6}/.exec((await threadOf(page).innerText()) ?? '')?.[0] ?? '';
    expect(number).toMatch(/^26\d{6}$/);
    await expectAccessible(page);
    await picture(page, '3-ticket');

    const storageState = await page.context().storageState();
    await page.context().close();

    const later = await arrive({ ...widths[width], storageState }, language);
    watch(later);
    await openChat(later);
    await hears(later, said.registered);
    const remembered = await threadOf(later).innerText();
    for (const words of [said.hello, said.name, said.question, said.matter, number])
      expect(remembered).toContain(words);
    await say(later, said.anyUpdate);
    await hears(later, said.status);
    expect((await threadOf(later).innerText()).split(said.anyUpdate).at(-1)).toContain(number);
    await expectAccessible(later);
    await picture(later, '4-back');

    const ticket = (await (await wasl.api(`/tickets/${number}`)).json()) as { number: string; channel: string };
    expect(ticket).toMatchObject({ number, channel: 'web-chat', language });
    expect(faults).toEqual([]);
    expect(wasl.faults).toEqual([]);
  });
});
