import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { questions, settled as settledQuestion } from '../../src/question/question.ts';
import { faultsIn, takePicture } from './chat-page.ts';
import { consoleForEach, patience } from './console-page.ts';
import { visitorsOf } from './console-visitor.ts';
import { looks } from './looks.ts';

const words = {
  ar: {
    questions: ['هل توجد حضانة لأطفال الموظفين؟', 'توجد حضانة لأطفال الموظفين؟'],
    newest: /أحدث الأسئلة/,
    people: 'سأل عنه شخصان',
    fromThese: 'مقالة جديدة منها',
    titleField: 'العنوان',
    bodyField: 'الجواب',
    title: 'حضانة أطفال المنسوبين',
    body: 'نعم، في الجامعة **حضانة** للأطفال من عمر سنة إلى أربع سنوات:\n\n- التسجيل في الأسبوع الأول من الفصل.\n- الدوام من السابعة صباحًا.',
    bold: 'حضانة',
    status: 'الحالة',
    save: 'حفظ',
    saved: /حُفظت المقالة/,
    savedDraft: /حُفظت المسودة/,
    missing: 'اكتب العنوان بالعربية أو الإنجليزية.',
    first: 'الصيغة 1',
    third: 'الصيغة 3',
    add: 'إضافة صيغة',
    pasted: 'سجّل ابني في الحضانة\nوين حضانة الجامعة؟\nكم رسوم الحضانة',
    good: 'عدد الصيغ جيد.',
    few: 'الصيغ قليلة. خمس صيغ مختلفة أو أكثر ترفع دقة الجواب.',
    changed: 'عدّل شخص آخر هذه المقالة في أثناء الكتابة',
    theirTitle: 'حضانة الجامعة',
    takeTheirs: 'الأخذ بالتعديل',
    myTitle: 'حضانة أطفال منسوبي الجامعة',
    restored: 'استُعيدت تغييرات كتبتها من قبل ولم تحفظها.',
    discard: 'تجاهل تغييراتي',
    nothingWaits: 'لا أسئلة تنتظر',
    ask: 'تجربة',
    again: 'التجربة من جديد',
    answers: 'يجيب مباشرة',
    tried: 'هل توجد حضانة لأطفال الموظفين؟',
    other: 'دلّوني على مكان أترك فيه طفلي وقت الدوام',
    belongsElsewhere: 'جوابه في مقالة أخرى',
    added: /أُضيف السؤال إلى صيغ المقالة/,
    howItGotThere: 'كيف وصل إلى ذلك',
    readIn: /قُرئ السؤال على أنه/,
    why: /لماذا (?:قال المساعد هذا|لم يجب المساعد)/,
    rightAnswer: /الجواب الصحيح في مقالة أخرى|الجواب موجود في مقالة/,
    late: 'عندكم مكان للأطفال الصغار؟',
    thanks: /شكرًا لك. ستُقترح/,
    mend: 'تعديل النص',
    mended: 'النص المعدّل',
    mendedText: 'هل عندكم مكان للأطفال الصغار؟',
    approve: 'اعتماد بعد التعديل',
    nothingProposed: 'لا صيغ مقترحة',
    search: 'البحث في المقالات',
    list: 'قائمة المقالات',
    effect: 'أثر المقالة',
    remove: 'حذف المقالة',
    removeNow: 'نعم، احذفها',
    newArticle: 'مقالة جديدة',
    settings: 'الضبط',
    readOnly: 'يمكنك الاطلاع على المقالة دون تعديلها.',
    phrasings: 'صيغ السؤال',
    asked: 'سُئل عنها',
    sentence: /قبل آخر تعديل.*سؤال/,
    numbers: 'عرض الأرقام',
    article: 'المكتبة',
    label: 'لا يجيب إلا إذا بلغت ثقته \u206694%\u2069 على الأقل',
    slider: 'أدنى ثقة للجواب',
    addRow: 'إضافة سطر',
    row: 'السطر 1',
    region: 'بالعربية',
    wordsOfRow: ['التصريح', 'كرت الدخول'],
    tooFew: 'يحتاج السطر إلى كلمتين مختلفتين أو أكثر.',
    saveBank: 'حفظ الضبط',
    savedBank: /حُفظ الضبط/,
  },
  en: {
    questions: ['Is there a nursery for the children of staff?', 'is there any nursery for children of the staff'],
    newest: /Newest questions/,
    people: 'asked by 2 people',
    fromThese: 'New article from these',
    titleField: 'Title',
    bodyField: 'Answer',
    title: 'Nursery for children of staff',
    body: 'Yes, the university has a **nursery** for children of one to four years:\n\n- Register in the first week of the term.\n- It opens at seven.',
    bold: 'nursery',
    status: 'Status',
    save: 'Save',
    saved: /The article is saved/,
    savedDraft: /The draft is saved/,
    missing: 'Write the title in Arabic or English.',
    first: 'Phrasing 1',
    third: 'Phrasing 3',
    add: 'Add a phrasing',
    pasted: 'register my son at the nursery\nwhere is the nursery\nnursery fees',
    good: 'A good number of phrasings.',
    few: 'Few phrasings. Five different ones or more make answers more accurate.',
    changed: 'Somebody else changed this article while you were writing',
    theirTitle: 'University nursery',
    takeTheirs: 'Take theirs',
    myTitle: 'Nursery for the children of our staff',
    restored: 'Changes that you wrote before and did not save are back.',
    discard: 'Discard my changes',
    nothingWaits: 'No questions are waiting',
    ask: 'Try it',
    again: 'Try again',
    answers: 'Answers at once',
    tried: 'Is there a nursery for the children of staff?',
    other: 'somewhere to leave my toddler during work',
    belongsElsewhere: 'Another article answers it',
    added: /The question is now a phrasing of/,
    howItGotThere: 'How it got there',
    readIn: /The question was read as/,
    why: /Why did the assistant (?:say this|not answer)/,
    rightAnswer: /has the (?:right )?answer/,
    late: 'do you have a place for little kids?',
    thanks: /Thank you. This/,
    mend: 'Change the text',
    mended: 'Changed text',
    mendedText: 'Is there a place for little kids?',
    approve: 'Approve as changed',
    nothingProposed: 'No suggested phrasings',
    search: 'Search the articles',
    list: 'List of articles',
    effect: 'Effect of the article',
    remove: 'Delete the article',
    removeNow: 'Yes, delete it',
    newArticle: 'New article',
    settings: 'Settings',
    readOnly: 'You can read this article but not change it.',
    phrasings: 'Phrasings of the question',
    asked: 'Asked',
    sentence: /Before the last change.*question/,
    numbers: 'Show the numbers',
    article: 'Library',
    label: 'Answer only if at least \u206694%\u2069 sure',
    slider: 'Least sureness for an answer',
    addRow: 'Add a row',
    row: 'Row 1',
    region: 'In English',
    wordsOfRow: ['permit', 'gate pass'],
    tooFew: 'The row needs two different words or more.',
    saveBank: 'Save the settings',
    savedBank: /The settings are saved/,
  },
} as const;

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
