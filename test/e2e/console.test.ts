import { gzipSync } from 'node:zlib';
import type { Page, WebSocketRoute } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { complaintsOf, faultsIn, takePicture } from './chat-page.ts';
import { consoleForEach, patience } from './console-page.ts';
import { answerBox, fromAgent, rows, stories, visitorsOf } from './console-visitor.ts';
import { looks } from './looks.ts';

const theConsole = consoleForEach(({ task }) => ({ rateLimits: task.name.includes('locked') ? 'on' : 'off' }));
const { wasl, open, signIn, signedIn } = theConsole;
const { aVisitor, settled, waitingIn } = visitorsOf(theConsole);

describe.each(looks)('an agent in %s on a %s', (language, device, options) => {
  const say = stories[language];
  const picture = (page: Page, name: string) => takePicture(page, `console-${language}-${device}-${name}`);

  it('sees a visitor come live, reads the reasons, takes over, answers and hands back', async () => {
    const page = await open({ language, options });
    const complaints = complaintsOf(page);
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
    await answerBox(page, language).fill(say.answer);
    await expect.poll(() => heardTyping, patience).toContainEqual({ on: true });
    await answerBox(page, language).press('Control+Enter');
    await expect.poll(() => fromAgent(visitor), patience).toEqual([say.answer]);
    await page.locator('[data-message][data-author=agent]').getByText(say.answer).waitFor();
    await page.locator('[data-status=delivered]').last().getByText(say.delivered).waitFor();
    expect(await answerBox(page, language).inputValue()).toBe('');
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
    const page = await signedIn({ language, options });
    const complaints = complaintsOf(page);
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

describe('the console', () => {
  it('is worked with the keyboard alone, whatever its layout', async () => {
    const visitor = await aVisitor('ar');
    await visitor.say(stories.ar.wantsPerson);
    const page = await signedIn({ language: 'ar' });
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
    const page = await signedIn({ language: 'ar' });
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
    const page = await open({ language: 'en' });
    const sockets: WebSocketRoute[] = [];
    let isCut = false;
    // Going offline leaves open sockets open in this browser, so they are cut by hand.
    await page.routeWebSocket(/socket\.io/, (socket) => {
      if (isCut) return void socket.close();
      socket.connectToServer();
      sockets.push(socket);
    });
    await page.route('**/*', (route) => (isCut ? route.abort() : route.continue()));
    await signIn(page);
    await page.getByText(stories.en.nobodyWaits).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    isCut = true;
    for (const socket of sockets) await socket.close();
    await page.getByText('Reconnecting').waitFor();
    await visitor.say(stories.en.wantsPerson);
    isCut = false;
    await rows(page).filter({ hasText: stories.en.name }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('says until when a locked sign-in is locked', async () => {
    const page = await open({ language: 'en' });
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
    const { page } = await waitingIn({ language: 'en' });
    await answerBox(page, 'en').fill('a draft');
    await page.getByRole('button', { name: /My account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    expect((await page.request.get(`${wasl().url}/api/v1/session`)).status()).toBe(401);
  });

  it('has a first page of less than 300 KB, and less than 450 KB to the list', async () => {
    const page = await open({ language: 'ar' });
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
