import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Route, WebSocketRoute } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/web/build-stamp.ts';
import { type OpenGateway, openGateway, type Tab } from '../integration/web-chat/open-gateway.ts';
import { launchBrowser } from './browser.ts';
import { desk, faultsIn, phone, takePicture } from './chat-page.ts';

const patience = { timeout: 20_000 };
const email = 'admin@example.org';

const stories = {
  ar: {
    hello: ['السلام عليكم', 'نورة بنت سعد العتيبي', 'كلية العلوم', 'الكادر الأكاديمي'],
    name: 'نورة بنت سعد العتيبي',
    wantsPerson: 'أريد التحدث إلى موظف',
    nobodyWaits: 'لا أحد ينتظر الآن',
    wrong: 'البريد الإلكتروني أو كلمة المرور غير صحيحة.',
    why: 'لماذا قال المساعد هذا؟',
    because: 'طلب المستفيد التحدث إلى موظف.',
    typing: /يكتب الآن/,
    take: 'تولّي المحادثة',
    yours: 'تتولى هذه المحادثة. المساعد متوقف عن الرد.',
    answer: 'أهلًا بك يا أستاذة نورة، معك هدى. كيف أخدمك؟',
    delivered: 'وصلت',
    resume: 'إعادتها إلى المساعد',
    assistantHas: /يتولى المساعد هذه المحادثة/,
    question: 'متى تفتحون وما أوقات الدوام؟',
    answered: /من الأحد إلى الخميس/,
    complaint: 'أشتكي من تأخر صيانة جهاز العرض في القاعة 12 منذ أسبوعين',
    complaintType: 'شكوى',
    opened: 'فُتحت التذكرة (شكوى)',
    tickets: 'التذاكر',
    back: 'العودة إلى القائمة',
    details: 'بيانات المستفيد',
    entity: 'كلية العلوم',
    label: 'الرد',
    direction: 'rtl',
  },
  en: {
    hello: ['Hello', 'Omar Haddad', 'College of Engineering', 'Students'],
    name: 'Omar Haddad',
    wantsPerson: 'I want to talk to a person',
    nobodyWaits: 'Nobody is waiting',
    wrong: 'The e-mail address or the password is not right.',
    why: 'Why did the assistant say this?',
    because: 'The person asked to talk to somebody.',
    typing: /is writing/,
    take: 'Take over',
    yours: 'You have this conversation. The assistant does not answer.',
    answer: 'Hello Omar, this is Huda. How can I help?',
    delivered: 'Delivered',
    resume: 'Hand back to the assistant',
    assistantHas: /The assistant has this conversation/,
    question: 'What are your working hours?',
    answered: /Sunday to Thursday/,
    complaint:
      'The projector was promised for Monday and nobody came. This is a complaint about the maintenance centre.',
    complaintType: 'Complaint',
    opened: 'Ticket opened (Complaint)',
    tickets: 'Tickets',
    back: 'Back to the list',
    details: 'Contact details',
    entity: 'College of Engineering',
    label: 'Answer',
    direction: 'ltr',
  },
} as const;
type Language = keyof typeof stories;

let browser: Browser | null;
let wasl: OpenGateway;
let password = '';
const contexts: BrowserContext[] = [];

/** Everything that the browser complained about, blocked styles and scripts first of all. */
function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isNetwork = /WebSocket|ERR_|Failed to load resource/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isNetwork) complaints.push(message.text());
  });
  return complaints;
}

async function openConsole(language: Language, options: BrowserContextOptions = desk): Promise<Page> {
  const context = await browser!.newContext({ timezoneId: 'Asia/Riyadh', ...options });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(patience.timeout);
  await page.addInitScript((chosen) => {
    if (!localStorage.getItem('wasl-language')) localStorage.setItem('wasl-language', chosen);
  }, language);
  await page.goto(`${wasl.url}/console/`);
  return page;
}

async function signIn(page: Page, word = password): Promise<void> {
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(word);
  await page.locator('button[type=submit]').click();
}

async function signedIn(language: Language, options?: BrowserContextOptions): Promise<Page> {
  const page = await openConsole(language, options);
  await signIn(page);
  await page.locator('nav').first().waitFor();
  return page;
}

/** A visitor who has said who they are. */
async function aVisitor(language: Language): Promise<Tab> {
  const tab = await wasl.visit({ auth: { language } });
  for (const line of stories[language].hello) {
    const before = tab.got.length;
    await tab.say(line);
    await expect.poll(() => tab.got.length, patience).toBeGreaterThan(before);
    await settled(tab);
  }
  return tab;
}

/** Waits until the assistant has said all that it says to a message. */
async function settled(tab: Tab): Promise<void> {
  await wasl.gateway.flow.idle();
  await expect.poll(() => tab.got.at(-1)?.author, patience).toBe('assistant');
}

const conversationOf = async (name: string): Promise<{ id: string; version: number; handledBy: string }> => {
  const { items } = (await (await wasl.api(`/conversations?q=${encodeURIComponent(name)}`)).json()) as {
    items: { id: string; version: number; handledBy: string }[];
  };
  return items[0]!;
};

const fromAgent = (tab: Tab): string[] => tab.got.filter(({ author }) => author === 'agent').map(({ text }) => text);
const box = (page: Page, language: Language) =>
  page.getByRole('textbox', { name: stories[language].label, exact: true });
const rows = (page: Page) => page.locator('[data-row]');

/** The conversation of a visitor who waits for a person, open in a console. */
async function waitingIn(language: Language, options?: BrowserContextOptions): Promise<{ page: Page; visitor: Tab }> {
  const visitor = await aVisitor(language);
  await visitor.say(stories[language].wantsPerson);
  const page = await signedIn(language, options);
  await rows(page).filter({ hasText: stories[language].name }).first().click();
  await page.locator('[data-message]').first().waitFor();
  return { page, visitor };
}

beforeAll(async () => {
  // By itself, since a bundler that runs inside a test builds for development.
  const { NODE_ENV: _, ...env } = process.env;
  await promisify(execFile)(process.execPath, ['src/web/build.ts'], { cwd: projectRoot, env });
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

beforeEach(async (context) => {
  if (!browser) context.skip();
  wasl = await openGateway({ forBrowser: true, rateLimits: context.task.name.includes('locked') ? 'on' : 'off' });
  password = wasl.gateway.administrator.generatedPassword ?? '';
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  await wasl?.close();
});

describe.each([
  ['ar', 'desk', desk],
  ['ar', 'phone', phone],
  ['en', 'desk', desk],
  ['en', 'phone', phone],
] as const)('an agent in %s on a %s', (language, device, options) => {
  const say = stories[language];
  const picture = (page: Page, name: string) => takePicture(page, `console-${language}-${device}-${name}`);

  it('sees a visitor come live, reads the reasons, takes over, answers and hands back', async () => {
    const page = await openConsole(language, options);
    const complaints = watch(page);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(say.direction);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await faultsIn(page)).toEqual([]);
    await picture(page, 'sign-in');
    await signIn(page, 'not the password');
    await page.getByText(say.wrong).waitFor();
    await signIn(page);
    await page.getByText(say.nobodyWaits).waitFor();

    const visitor = await aVisitor(language);
    await visitor.say(say.wantsPerson);
    await rows(page).filter({ hasText: say.name }).waitFor();
    expect(await faultsIn(page)).toEqual([]);
    await picture(page, 'list');

    await rows(page).filter({ hasText: say.name }).click();
    await page.getByText(say.wantsPerson).waitFor();
    await page.getByRole('button', { name: say.why }).last().click();
    await page.getByText(say.because).waitFor();
    expect(await faultsIn(page)).toEqual([]);
    await picture(page, 'reasons');

    visitor.socket.emit('typing', { on: true });
    await page.getByText(say.typing).waitFor();
    await page.getByRole('button', { name: say.take, exact: true }).click();
    await page.getByText(say.yours).waitFor();
    const heardTyping: unknown[] = [];
    visitor.socket.on('typing', (event: unknown) => heardTyping.push(event));
    await box(page, language).fill(say.answer);
    await expect.poll(() => heardTyping, patience).toContainEqual({ on: true });
    await box(page, language).press('Control+Enter');
    await expect.poll(() => fromAgent(visitor), patience).toEqual([say.answer]);
    await page.locator('[data-message][data-author=agent]').getByText(say.answer).waitFor();
    await page.locator('[data-status=delivered]').last().getByText(say.delivered).waitFor();
    expect(await box(page, language).inputValue()).toBe('');
    expect(await faultsIn(page)).toEqual([]);
    await picture(page, 'answered');

    await page.getByRole('button', { name: say.resume }).click();
    await page.getByText(say.assistantHas).waitFor();
    await visitor.say(say.question);
    await page.locator('[data-message]').getByText(say.answered).last().waitFor();
    if (device === 'phone') {
      await page.getByRole('button', { name: say.details }).click();
      await page.getByRole('dialog').getByText(say.entity).waitFor();
      await page.waitForTimeout(300);
      expect(await faultsIn(page)).toEqual([]);
      await picture(page, 'card');
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: say.back }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    expect(complaints).toEqual([]);
  });

  it('finds the ticket that a visitor was given, with its promise, its path and its words', async () => {
    const visitor = await aVisitor(language);
    await visitor.say(say.complaint);
    await settled(visitor);
    const page = await signedIn(language, options);
    const complaints = watch(page);
    await page.getByRole('link', { name: say.tickets }).click();
    await rows(page).first().waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await faultsIn(page)).toEqual([]);
    await picture(page, 'tickets');
    await rows(page).first().click();
    await page.getByText(say.opened).waitFor();
    await page.locator('[data-message]').getByText(say.complaint).waitFor();
    expect(await page.getByText(say.complaintType, { exact: true }).count()).toBeGreaterThan(0);
    expect(await faultsIn(page)).toEqual([]);
    await picture(page, 'ticket');
    expect(complaints).toEqual([]);
  });
});

describe('what an agent types', () => {
  it('is sent once, however often the way broke, and shown as unsent until then', async () => {
    const { page, visitor } = await waitingIn('en');
    let tries = 0;
    // The first try never arrives; the second arrives, and its answer is lost.
    await page.route('**/messages', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      tries += 1;
      if (tries === 1) return route.abort();
      if (tries > 2) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await box(page, 'en').fill('Hello there');
    await box(page, 'en').press('Control+Enter');
    await page.getByText(/Not sent/).waitFor();
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => tries, patience).toBe(2);
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => tries, patience).toBe(3);
    await page.locator('[data-status=delivered]').last().waitFor();
    expect(await page.getByText(/Not sent/).count()).toBe(0);
    expect(fromAgent(visitor)).toEqual(['Hello there']);
    expect(await page.locator('[data-message][data-author=agent]').count()).toBe(1);
  });

  it('is still there after another conversation, a reload and a new sign-in', async () => {
    const { page } = await waitingIn('en');
    await aVisitor('ar').then((other) => other.say(stories.ar.wantsPerson));
    await box(page, 'en').fill('half a sentence');
    await rows(page).filter({ hasText: stories.ar.name }).click();
    await page.getByRole('heading', { name: stories.ar.name }).waitFor();
    expect(await box(page, 'en').inputValue()).toBe('');
    await rows(page).filter({ hasText: stories.en.name }).click();
    await expect.poll(() => box(page, 'en').inputValue(), patience).toBe('half a sentence');
    await page.reload();
    await expect.poll(() => box(page, 'en').inputValue(), patience).toBe('half a sentence');
    await page.context().clearCookies();
    await box(page, 'en').press('Control+Enter');
    await page.getByText(/sign in to go on where you stopped/i).waitFor();
    await signIn(page);
    await page.getByRole('button', { name: 'Send again' }).waitFor();
    await page.getByRole('button', { name: 'Put back into the answer box' }).click();
    expect(await box(page, 'en').inputValue()).toBe('half a sentence');
  });
});

describe('two agents and one conversation', () => {
  const post = (path: string, body: unknown) => wasl.apiPost(path, body);

  it('tells the second one what changed and lets them go on', async () => {
    const { page } = await waitingIn('en');
    const { id } = await conversationOf(stories.en.name);
    // Somebody else takes it after the click and before the server hears of it.
    const takenBefore = async (route: Route): Promise<void> => {
      await post(`/conversations/${id}/resume`, {});
      await route.continue();
    };
    await page.route('**/assign', takenBefore, { times: 1 });
    await page.getByRole('button', { name: 'Take over', exact: true }).click();
    await page.getByText(/changed before that was done.*with the assistant/).waitFor();
    expect((await conversationOf(stories.en.name)).handledBy).toBe('assistant');
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go on anyway' }).click();
    await page.getByText(stories.en.yours).waitFor();
    expect((await conversationOf(stories.en.name)).handledBy).toBe('agent');
  });

  it('is no conflict when only the visitor wrote meanwhile', async () => {
    const { page, visitor } = await waitingIn('en');
    const wroteBefore = async (route: Route): Promise<void> => {
      await visitor.say('Are you there?');
      await route.continue();
    };
    await page.route('**/assign', wroteBefore, { times: 1 });
    await page.getByRole('button', { name: 'Take over', exact: true }).click();
    await page.getByText(stories.en.yours).waitFor();
  });

  it('shows what another one did without a reload', async () => {
    const { page } = await waitingIn('en');
    const { id } = await conversationOf(stories.en.name);
    await post(`/conversations/${id}/close`, {});
    await page.getByText(/This conversation is closed/).waitFor();
    await page.getByText(stories.en.nobodyWaits).waitFor();
  });
});

describe('the console', () => {
  it('is worked with the keyboard alone, whatever its layout', async () => {
    const visitor = await aVisitor('ar');
    await visitor.say(stories.ar.wantsPerson);
    const page = await signedIn('ar');
    await rows(page).first().waitFor();
    // What an Arabic keyboard sends for the keys J, T and R.
    const press = (key: string, code: string) =>
      page.evaluate(
        (given) =>
          (document.activeElement ?? document.body).dispatchEvent(
            new KeyboardEvent('keydown', { ...given, bubbles: true, cancelable: true }),
          ),
        { key, code },
      );
    await press('ت', 'KeyJ');
    await expect
      .poll(() =>
        rows(page)
          .first()
          .evaluate((row) => row === document.activeElement),
      )
      .toBe(true);
    await page.keyboard.press('Enter');
    await page.locator('[data-message]').first().waitFor();
    await press('ف', 'KeyT');
    await page.getByText(stories.ar.yours).waitFor();
    await press('ق', 'KeyR');
    await page.keyboard.type('مرحبا');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => fromAgent(visitor), patience).toEqual(['مرحبا']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).pathname).toBe('/console/conversations');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(300);
    expect(await faultsIn(page)).toEqual([]);
    await takePicture(page, 'console-ar-desk-keys');
  });

  it('turns to the other language at once and remembers it', async () => {
    const page = await signedIn('ar');
    await page.getByRole('button', { name: /حسابي/ }).click();
    await page.waitForTimeout(300);
    expect(await faultsIn(page)).toEqual([]);
    // The menu is walked with the keyboard.
    await expect
      .poll(() =>
        page
          .getByRole('menuitem')
          .first()
          .evaluate((item) => item === document.activeElement),
      )
      .toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Conversations' }).waitFor();
    expect(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang])).toEqual([
      'ltr',
      'en',
    ]);
    await page.reload();
    await page.getByRole('heading', { name: 'Conversations' }).waitFor();
  });

  it('says that the live connection is gone and catches up when it is back', async () => {
    const visitor = await aVisitor('en');
    const page = await openConsole('en');
    const open: WebSocketRoute[] = [];
    let isCut = false;
    // Going offline leaves open sockets open in this browser, so they are cut by hand.
    await page.routeWebSocket(/socket\.io/, (socket) => {
      if (isCut) return void socket.close();
      socket.connectToServer();
      open.push(socket);
    });
    await page.route('**/*', (route) => (isCut ? route.abort() : route.continue()));
    await signIn(page);
    await page.getByText(stories.en.nobodyWaits).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    isCut = true;
    for (const socket of open) await socket.close();
    await page.getByText('Reconnecting').waitFor();
    await visitor.say(stories.en.wantsPerson);
    isCut = false;
    await rows(page).filter({ hasText: stories.en.name }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('says until when a locked sign-in is locked', async () => {
    const page = await openConsole('en');
    const locked = page.getByText(/You can try again after \d\d:\d\d/);
    for (let tries = 0; tries < 30 && !(await locked.isVisible()); tries++) {
      const answered = page.waitForResponse('**/api/v1/session');
      await signIn(page, `wrong ${tries}`);
      await answered;
      await page.getByRole('alert').waitFor();
    }
    expect(await locked.isVisible()).toBe(true);
    expect(await faultsIn(page)).toEqual([]);
  });

  it('leaves nothing to read after signing out', async () => {
    const { page } = await waitingIn('en');
    await box(page, 'en').fill('a draft');
    await page.getByRole('button', { name: /My account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    expect((await page.request.get(`${wasl.url}/api/v1/session`)).status()).toBe(401);
  });

  it('has a first page of less than 300 KB, and less than 450 KB to the list', async () => {
    const page = await openConsole('ar');
    const sizes = async (): Promise<number> => {
      await page.evaluate(() => document.fonts.ready);
      const loaded = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => name.includes('/console/')),
      );
      const bodies = await Promise.all(
        [...new Set([page.url(), ...loaded])].map(async (url) => (await page.request.get(url)).body()),
      );
      return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1024;
    };
    await page.getByRole('heading', { level: 1 }).waitFor();
    const first = await sizes();
    await signIn(page);
    await page.getByText(stories.ar.nobodyWaits).waitFor();
    const list = await sizes();
    console.info(`first page ${first.toFixed(0)} KB, to the list ${list.toFixed(0)} KB, gzipped, with fonts`);
    expect(first).toBeLessThan(300);
    expect(list).toBeLessThan(450);
  });
});
