import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { questions, settled as settledQuestion } from '../../src/question/question.ts';
import { faultsIn, takePicture } from './chat-page.ts';
import { words } from './console-knowledge-words.ts';
import { consoleForEach, patience } from './console-page.ts';
import { visitorsOf } from './console-visitor.ts';
import { looks } from './looks.ts';

interface Stored {
  id: string;
  version: number;
  status: string;
  title: { ar?: string; en?: string };
  phrasings: { ar?: string[]; en?: string[] };
}

const theConsole = consoleForEach();
const { wasl, signedIn, ask } = theConsole;
const { aVisitor, settled } = visitorsOf(theConsole);

/** Thirty questions of the last ten weeks that an article answered: some helped, some became tickets. */
async function putQuestions(articleId: string): Promise<void> {
  const ops = Array.from({ length: 30 }, (_, place) => {
    const document = aQuestion({ place, articleId });
    return { op: 'insert', in: questions, document } as const;
  });
  expect((await wasl().gateway.store.write(ops)).ok).toBe(true);
}

const dayMs = 86_400_000;
const aQuestion = ({ place, articleId }: { place: number; articleId: string }) =>
  settledQuestion({
    id: `asked-${place}`,
    version: 1,
    text: 'متى تفتح المكتبة؟',
    language: 'ar',
    at: new Date(Date.now() - (1 + Math.floor((place * place) / 13)) * dayMs).toISOString(),
    conversationId: `c${place}`,
    channel: 'web-chat',
    messageIds: [`m${place}`],
    outcome: 'answer',
    articles: [{ id: articleId, confidence: 0.9 }],
    said: articleId,
    helped: place % 3 === 0 ? 'no' : 'yes',
    ticketNumber: place % 5 === 0 ? `2600${1000 + place}` : null,
    state: 'open',
    assignedTo: null,
    by: null,
  });

describe.each(looks)('in %s on a %s', (language, device, options) => {
  const say = words[language];
  const picture = async (page: Page, name: string) => {
    await page.waitForTimeout(250);
    await takePicture(page, `knowledge-${language}-${device}-${name}`);
    expect(await faultsIn(page)).toEqual([]);
  };
  const goTo = (page: Page, path: string) => page.goto(`${wasl().url}/console${path}`);
  const articleNow = (id: string) => ask<Stored>('GET', `/articles/${id}`);
  /** Somebody asks in the chat, and the assistant does with it what it does. */
  const asks = async (text: string) => {
    const visitor = await aVisitor(language);
    await visitor.say(text);
    await settled(visitor);
    return visitor;
  };
  /** Whether the chosen row of a list or a dialog is the article of this test. */
  const pick = async (page: Page, title: string) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('searchbox').fill(title);
    await dialog.getByRole('button', { name: title }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const linesOf = ({ phrasings }: Stored): string[] => phrasings[language] ?? [];

  it('an editor makes an article of what nobody could answer, tries it, and learns from what people say', async () => {
    for (const question of say.questions) await asks(question);
    const page = await signedIn({ language, options, path: '/knowledge/questions' });
    const group = page.getByRole('listitem').filter({ hasText: say.questions[0] }).first();
    await group.getByText(say.people).waitFor();
    await group.getByText(say.newest).click();
    await picture(page, 'questions');
    await group.getByRole('button', { name: say.fromThese }).click();

    const part = page.getByRole('region', { name: language === 'ar' ? 'بالعربية' : 'In English', exact: true });
    await expect
      .poll(() => part.getByLabel(say.first, { exact: true }).inputValue(), patience)
      .toContain('?'.replace('?', language === 'ar' ? 'حضانة' : 'nursery'));
    await page.getByRole('button', { name: say.save, exact: true }).click();
    await page.getByText(say.missing).waitFor();
    await part.getByText(say.few).waitFor();
    await picture(page, 'missing');
    await part.getByLabel(say.titleField).fill(say.title);
    await part.getByLabel(say.bodyField, { exact: true }).fill(say.body);
    await part.locator('strong', { hasText: say.bold }).waitFor();
    await part.getByRole('button', { name: say.add }).click();
    await part.getByLabel(say.third, { exact: true }).evaluate((field, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', text);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, say.pasted);
    await part.getByText(say.good).waitFor();
    await page.getByLabel(say.status).selectOption('published');
    await picture(page, 'new');
    await page.getByRole('button', { name: say.save, exact: true }).click();
    await page.getByRole('heading', { name: say.title, level: 1 }).waitFor();
    const id = decodeURIComponent(page.url().split('/articles/')[1] ?? '');
    const made = await articleNow(id);
    expect(made).toMatchObject({ status: 'published', title: { [language]: say.title } });
    expect(linesOf(made)).toEqual(expect.arrayContaining([...say.questions, ...say.pasted.split('\n')]));
    await page.getByRole('region', { name: say.effect }).waitFor();
    await picture(page, 'article');

    await goTo(page, '/knowledge/questions');
    await page.getByText(say.nothingWaits).waitFor();
    await picture(page, 'no-questions');

    await goTo(page, '/knowledge/try');
    await page.getByRole('textbox').fill(say.tried);
    await page.getByRole('button', { name: say.ask, exact: true }).click();
    await expect
      .poll(async () => {
        const isKnown = await page.getByText(say.answers).isVisible();
        if (!isKnown) await page.getByRole('button', { name: say.again }).click();
        return isKnown;
      }, patience)
      .toBe(true);
    await page.getByText(say.howItGotThere).waitFor();
    await page.getByText(say.readIn).waitFor();
    await picture(page, 'try');
    await page.getByRole('textbox').fill(say.other);
    await page.getByRole('button', { name: say.ask, exact: true }).click();
    await page.getByRole('button', { name: say.belongsElsewhere }).click();
    await picture(page, 'pick');
    await pick(page, say.title);
    await page.getByText(say.added).waitFor();
    expect(linesOf(await articleNow(id))).toContain(say.other);

    const visitor = await asks(say.late);
    const { conversationId } = visitor.session;
    const conversation =
      conversationId ?? (await ask<{ items: { id: string }[] }>('GET', '/conversations')).items[0]!.id;
    await goTo(page, `/conversations/${conversation}`);
    const why = page.getByRole('button', { name: say.why });
    await why.last().waitFor();
    for (let place = (await why.count()) - 1; place >= 0; place -= 1) {
      await why.nth(place).click();
      await page.waitForTimeout(400);
      if ((await page.getByRole('button', { name: say.rightAnswer }).count()) > 0) break;
    }
    await page.getByRole('button', { name: say.rightAnswer }).first().click();
    await pick(page, say.title);
    await page.getByText(say.thanks).waitFor();
    await picture(page, 'corrected');

    await goTo(page, `/knowledge/suggestions?articleId=${id}`);
    const row = page.getByRole('listitem').filter({ hasText: say.late });
    await row.waitFor();
    await picture(page, 'suggestions');
    await row.getByRole('button', { name: say.mend }).click();
    await row.getByLabel(say.mended).fill(say.mendedText);
    await row.getByRole('button', { name: say.approve }).click();
    await page.getByText(say.nothingProposed).waitFor();
    expect(linesOf(await articleNow(id))).toContain(say.mendedText);
  });

  it('an editor finds an article, keeps what was typed when somebody else changes it too, and deletes it', async () => {
    const { id } = await ask<Stored>('POST', '/articles', {
      status: 'draft',
      title: { [language]: say.title },
      body: { [language]: say.body },
      phrasings: { [language]: [...say.questions] },
    });
    const page = await signedIn({ language, options, path: '/knowledge/articles' });
    await page.getByRole('table', { name: say.list }).waitFor();
    await picture(page, 'articles');
    await page.getByLabel(say.search).fill(say.title);
    const link = page.getByRole('link', { name: say.title, exact: true });
    await link.waitFor();
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBeLessThan(5);
    await link.click();
    const part = page.getByRole('region', { name: language === 'ar' ? 'بالعربية' : 'In English', exact: true });
    const title = part.getByLabel(say.titleField);
    await title.fill(say.myTitle);
    await ask('PATCH', `/articles/${id}`, {
      version: 1,
      title: { [language]: say.theirTitle },
      phrasings: { [language]: [...say.questions, say.late] },
    });
    await page.getByRole('button', { name: say.save, exact: true }).click();
    await page.getByText(say.changed).waitFor();
    expect(await title.inputValue()).toBe(say.myTitle);
    expect(await part.getByLabel(say.third, { exact: true }).inputValue()).toBe(say.late);
    await picture(page, 'conflict');
    await page.getByRole('button', { name: say.takeTheirs }).click();
    expect(await title.inputValue()).toBe(say.theirTitle);
    await title.fill(say.myTitle);
    await page.reload();
    await page.getByText(say.restored).waitFor();
    expect(await title.inputValue()).toBe(say.myTitle);
    await page.getByRole('button', { name: say.save, exact: true }).click();
    await page.getByText(say.savedDraft).waitFor();
    expect(await articleNow(id)).toMatchObject({
      title: { [language]: say.myTitle },
      phrasings: { [language]: [...say.questions, say.late] },
    });
    await page.getByRole('button', { name: say.remove }).click();
    await page.getByRole('button', { name: say.removeNow }).click();
    await page.getByRole('table', { name: say.list }).waitFor();
    await expect(articleNow(id)).rejects.toThrow();
  });

  it('an article shows what became of its questions, week by week and since its last change', async () => {
    const { id, version } = (await ask<{ items: Stored[] }>('GET', '/articles?limit=1&status=published')).items[0]!;
    await putQuestions(id);
    const fresh = await articleNow(id);
    await ask('PATCH', `/articles/${id}`, { version, title: fresh.title });
    const page = await signedIn({ language, options, path: `/knowledge/articles/${id}` });
    const panel = page.getByRole('region', { name: say.effect });
    await panel.getByRole('img', { name: new RegExp(`^${say.asked}: 30 `) }).waitFor();
    await panel.getByText(say.sentence).waitFor();
    await panel.getByText(say.numbers).click();
    await panel.scrollIntoViewIfNeeded();
    await picture(page, 'effect');
  });

  it('an administrator decides how sure an answer must be and which words mean the same', async () => {
    const page = await signedIn({ language, options, path: '/knowledge/settings' });
    const slider = page.getByRole('slider', { name: say.slider });
    await slider.focus();
    await page.keyboard.press(language === 'ar' ? 'ArrowRight' : 'ArrowLeft');
    await page.getByText(say.label).waitFor();
    const rows = page.getByRole('region', { name: say.region, exact: true });
    await rows.getByRole('button', { name: say.addRow }).click();
    const row = rows.getByRole('combobox', { name: say.row });
    const [first, second] = say.wordsOfRow;
    await row.fill(first);
    await row.press('Enter');
    await page.getByRole('button', { name: say.saveBank }).click();
    await page.getByText(say.tooFew).waitFor();
    await picture(page, 'settings');
    await row.fill(second);
    await row.press('Enter');
    await page.getByRole('button', { name: say.saveBank }).click();
    await page.getByText(say.savedBank).waitFor();
    const { value } = await ask<{ value: unknown }>('GET', '/settings/knowledge');
    expect(value).toMatchObject({ sureness: 0.94, synonyms: { [language]: [[...say.wordsOfRow]] } });
  });

  it('an agent reads the bank and tries it, and is offered nothing that agents may not do', async () => {
    const [email, password] = ['sami@example.org', 'a long enough password'];
    await ask('POST', '/agents', { name: 'Sami', email, role: 'agent', departments: [], password });
    const page = await theConsole.open({ language, options, path: '/knowledge/articles' });
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(password);
    await page.locator('button[type=submit]').click();
    const table = page.getByRole('table', { name: say.list });
    await table.waitFor();
    expect(await page.getByRole('link', { name: say.newArticle }).count()).toBe(0);
    expect(await page.getByRole('link', { name: say.settings, exact: true }).count()).toBe(0);
    await table.locator('[data-row]').first().click();
    await page.getByText(say.readOnly).waitFor();
    await page.getByRole('list', { name: say.phrasings }).first().waitFor();
    expect(await page.getByRole('button', { name: say.save, exact: true }).count()).toBe(0);
    await picture(page, 'read-only');
    await goTo(page, '/knowledge/settings');
    await table.waitFor();
  });
});
