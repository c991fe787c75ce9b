import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { faultsIn } from './chat-page.ts';
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
    expect(await page.getByText(/Not sent/).count()).toBe(0);
    expect(fromAgent(visitor)).toEqual(['Hello there']);
    expect(await page.locator('[data-message][data-author=agent]').count()).toBe(1);
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
    await page.context().clearCookies();
    await answerBox(page, 'en').press('Control+Enter');
    await page.getByText(/sign in to go on where you stopped/i).waitFor();
    await signIn(page);
    await page.getByRole('button', { name: 'Send again' }).waitFor();
    await page.getByRole('button', { name: 'Put back into the answer box' }).click();
    expect(await answerBox(page, 'en').inputValue()).toBe('half a sentence');
  });
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
