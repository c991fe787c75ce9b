import { Buffer } from 'node:buffer';
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { complaintsOf, desk, faultsIn, phone, takePicture } from './chat-page.ts';
import { consoleForEach, patience } from './console-page.ts';
import { answerBox, fromAgent, rows, stories, visitorsOf } from './console-visitor.ts';

const theConsole = consoleForEach();
const { signIn, ask } = theConsole;
const { aVisitor, waitingIn } = visitorsOf(theConsole);

interface Known {
  id: string;
  handledBy: string;
}

const conversationOf = async (name: string): Promise<Known> => {
  const { items } = await ask<{ items: Known[] }>('GET', `/conversations?q=${encodeURIComponent(name)}`);
  return items[0]!;
};

describe('what an agent types', () => {
  it('is sent once, however often the way broke, and shown as unsent until then', async () => {
    const { page, visitor } = await waitingIn({ language: 'en' });
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
    await answerBox(page, 'en').fill('Hello there');
    await answerBox(page, 'en').press('Control+Enter');
    await page.getByText(/Not sent/).waitFor();
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => tries, patience).toBe(2);
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => tries, patience).toBe(3);
    await page.locator('[data-status=delivered]').last().waitFor();
    await expect.poll(() => page.getByText(/Not sent/).count(), patience).toBe(0);
    await expect.poll(() => fromAgent(visitor), patience).toEqual(['Hello there']);
    await expect.poll(() => page.locator('[data-message][data-author=agent]').count(), patience).toBe(1);
  });

  it('is still there after another conversation, a reload and a new sign-in', async () => {
    const { page } = await waitingIn({ language: 'en' });
    await aVisitor('ar').then((other) => other.say(stories.ar.wantsPerson));
    await answerBox(page, 'en').fill('half a sentence');
    await rows(page).filter({ hasText: stories.ar.name }).click();
    await page.getByRole('heading', { name: stories.ar.name }).waitFor();
    expect(await answerBox(page, 'en').inputValue()).toBe('');
    await rows(page).filter({ hasText: stories.en.name }).click();
    await expect.poll(() => answerBox(page, 'en').inputValue(), patience).toBe('half a sentence');
    await page.reload();
    await expect.poll(() => answerBox(page, 'en').inputValue(), patience).toBe('half a sentence');
    // What the page still asks for must be there first, or its refusal ends the session before anything is sent.
    await page.waitForLoadState('networkidle');
    await page.context().clearCookies();
    await answerBox(page, 'en').press('Control+Enter');
    await page.getByText(/sign in to go on where you stopped/i).waitFor();
    await signIn(page);
    await page.getByRole('button', { name: 'Send again' }).waitFor();
    await page.getByRole('button', { name: 'Put back into the answer box' }).click();
    expect(await answerBox(page, 'en').inputValue()).toBe('half a sentence');
  });
});

const attachWords = {
  ar: {
    letter: 'خطاب الموافقة.pdf',
    add: 'إرفاق ملفات',
    list: 'الملفات المرفقة',
    remove: /^إزالة/,
    refused: /لا تقبل هذه القناة ملفًا من هذا النوع: .*program\.exe/,
    tooMany: /لا تقبل القناة أكثر من 5 ملفات في الرسالة/,
    unsent: /لم تُرسل/,
    back: 'إعادتها إلى مربع الرد',
    send: 'إرسال',
  },
  en: {
    letter: 'Letter of approval.pdf',
    add: 'Attach files',
    list: 'Attached files',
    remove: /^Remove/,
    refused: /This channel does not take files of this kind: .*program\.exe/,
    tooMany: /The channel takes at most 5 files in a message/,
    unsent: /Not sent/,
    back: 'Put back into the answer box',
    send: 'Send',
  },
} as const;

/** A picture of one dot. */
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') });
const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: Buffer.from(dot, 'base64') });

/** Pastes into the focused field, or drops onto the window, a file as a browser hands it over. */
const handOver = (page: Page, way: 'paste' | 'drop', name: string): Promise<void> =>
  page.evaluate(
    ([event, base64, called]) => {
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], called, { type: 'image/png' }));
      const given = { bubbles: true, cancelable: true };
      const target = document.activeElement ?? document.body;
      if (event === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { ...given, clipboardData: transfer }));
      else {
        for (const kind of ['dragover', 'drop'])
          document.body.dispatchEvent(new DragEvent(kind, { ...given, dataTransfer: transfer }));
      }
    },
    [way, dot, name] as const,
  );

describe('files that an agent sends', () => {
  it.for(['ar', 'en'] as const)(
    'come by every way, survive a failed sending and reach the person: %s',
    async (language) => {
      const words = attachWords[language];
      const { page, visitor } = await waitingIn({ language });
      const complaints = complaintsOf(page);
      const chips = page.getByRole('list', { name: words.list }).getByRole('listitem');
      const clip = page.getByRole('button', { name: words.add });
      const input = page.locator('input[type=file]');
      const called = async (): Promise<string[]> => chips.locator('bdi').allInnerTexts();
      await clip.waitFor();

      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('log').focus();
      await page.keyboard.press('f');
      const program = { name: 'program.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') };
      await (await chooser).setFiles([pdf(words.letter), program]);
      await page.getByRole('alert').filter({ hasText: words.refused }).waitFor();
      await answerBox(page, language).focus();
      await handOver(page, 'paste', 'pasted.png');
      await handOver(page, 'drop', 'dropped.png');
      await expect.poll(called, patience).toEqual([words.letter, 'pasted.png', 'dropped.png']);
      await input.setInputFiles([picture('4.png'), picture('5.png'), picture('6.png')]);
      await page.getByRole('alert').filter({ hasText: words.tooMany }).waitFor();
      await expect.poll(() => page.locator('[data-state=here]').count(), patience).toBe(5);
      expect(await faultsIn(page)).toEqual([]);
      await takePicture(page, `console-attach-${language}-desk`);
      await page.setViewportSize(phone.viewport ?? { width: 390, height: 844 });
      await takePicture(page, `console-attach-${language}-phone`);
      await page.setViewportSize(desk.viewport ?? { width: 1280, height: 800 });
      for (const name of ['4.png', '5.png']) {
        await chips.filter({ hasText: name }).getByRole('button', { name: words.remove }).click();
      }
      expect(await page.getByText(words.tooMany).count()).toBe(0);

      // Words are not needed; the first try never arrives, and its files come back over a reload.
      await page.route('**/messages', (route) => route.abort(), { times: 1 });
      await page.getByRole('button', { name: words.send, exact: true }).click();
      await page.getByText(words.unsent).waitFor();
      expect(await chips.count()).toBe(0);
      await takePicture(page, `console-attach-failed-${language}`);
      await page.getByRole('button', { name: words.back }).click();
      await page.reload();
      await expect.poll(called, patience).toEqual([words.letter, 'pasted.png', 'dropped.png']);
      await page.getByRole('button', { name: words.send, exact: true }).click();
      const sent = () => visitor.got.filter(({ author }) => author === 'agent');
      await expect.poll(() => sent().length, patience).toBe(1);
      await page.locator('[data-author=agent] [data-status=delivered]').waitFor();
      await takePicture(page, `console-attach-sent-${language}`);
      expect(sent().map(({ text, attachments }) => [text, attachments?.map(({ name, type }) => [name, type])])).toEqual(
        [
          [
            '',
            [
              [words.letter, 'application/pdf'],
              ['pasted.png', 'image/png'],
              ['dropped.png', 'image/png'],
            ],
          ],
        ],
      );
      expect(complaints).toEqual([]);
    },
  );
});

describe('two agents and one conversation', () => {
  it('tells the second one what changed and lets them go on', async () => {
    const { page } = await waitingIn({ language: 'en' });
    const { id } = await conversationOf(stories.en.name);
    // Somebody else takes it after the click and before the server hears of it.
    const takenBefore = async (route: Route): Promise<void> => {
      await ask('POST', `/conversations/${id}/resume`, {});
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
    const { page, visitor } = await waitingIn({ language: 'en' });
    const wroteBefore = async (route: Route): Promise<void> => {
      await visitor.say('Are you there?');
      await route.continue();
    };
    await page.route('**/assign', wroteBefore, { times: 1 });
    await page.getByRole('button', { name: 'Take over', exact: true }).click();
    await page.getByText(stories.en.yours).waitFor();
  });

  it('shows what another one did without a reload', async () => {
    const { page } = await waitingIn({ language: 'en' });
    const { id } = await conversationOf(stories.en.name);
    await ask('POST', `/conversations/${id}/close`, {});
    await page.getByText(/This conversation is closed/).waitFor();
    await page.getByText(stories.en.nobodyWaits).waitFor();
  });
});
