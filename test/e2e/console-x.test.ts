import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desk, faultsIn, phone, takePicture } from './chat-page.ts';
import { consoleForEach, patience } from './console-page.ts';
import { createTexts, createX, post, privately } from './console-x.ts';

let x: ReturnType<typeof createX>;
let texts: ReturnType<typeof createTexts>;

const inboxes = [
  { kind: 'x', inboxId: 'x', values: {} },
  { kind: 'sms', inboxId: 'sms', values: {} },
];

const { wasl, signedIn, ask } = consoleForEach(() => {
  x = createX();
  texts = createTexts();
  return { channels: { kinds: [x.kind, texts.kind], inboxes } };
});

/** Everything that was said, one after the other; gives the conversation of the last. */
async function hear(all: readonly ReturnType<typeof post>[]): Promise<string> {
  const { gateway } = wasl();
  let last = '';
  for (const one of all) {
    last = (await gateway.flow.receive(one)).conversationId;
    await gateway.flow.idle();
  }
  return last;
}

/** Who reads what agents sent. */
const agentPosts = () => x.sent.filter(({ author }) => author === 'agent').map(({ visibility }) => visibility);

const words = {
  ar: {
    badge: 'عامة',
    everybody: 'يقرؤه الجميع',
    open: 'فتح المنشور في ⁨منصة إكس⁩',
    barred: 'لا تسمح قواعد المنصة للبرامج بالرد على هذا المنشور.',
    quoted: 'المنشور المقصود',
    greeting: 'تحية أو شكر أو رمز لا غير.',
    answer: 'الرد',
    publish: 'نشر الرد',
    toPerson: 'رسالة خاصة',
    toAll: 'رد علني',
    two: 'يُنشر في منشورين متتاليين',
    tooLong: /النص أطول مما تحمله 4 منشورات/,
    personal: /بيانات شخصية/,
    edit: 'تعديل النص',
    anyway: 'نشرها مع ذلك',
    privately: 'إرسالها برسالة خاصة',
    spent: 'الإنفاق هذا الشهر',
    details: 'التفاصيل والحدود',
    near: 'اقترب الإنفاق من حده',
    add: 'إضافة قناة',
    provider: 'مزوّد الرسائل',
    toPublic: 'عرض المحادثة العلنية',
    onlyPerson: 'لا يقرؤها إلا المستفيد',
    back: 'العودة إلى القائمة',
    filter: 'العلنية أو الخاصة',
    number: 'رقم التذكرة',
    start: 'بدء العمل',
    begun: 'بدء العمل عليها',
    delay: 'إبلاغ بتأخر',
    reason: 'سبب التأخر',
    tell: 'إبلاغ المستفيد',
    late: 'تأخر الرد',
    resolve: 'تمت المعالجة',
    finished: 'الرد مع سؤال: هل حُلّت المشكلة؟',
    person: 'بيانات المستفيد',
    reveal: 'عرض بيانات التواصل',
    reaching: 'تعديل طريقة التواصل',
    preferred: 'القناة المفضلة',
    texts: 'رسائل نصية',
    save: 'حفظ',
    toPrivate: 'فتح المحادثة الخاصة',
    waiting: 'بانتظار موظف',
    waits: /ينتظر منذ/,
    waitsHere: /ينتظر المستفيد موظفًا منذ/,
    used: 'الاستعمال هذا الشهر',
    counted: /رسائل نصية.*: .?12.* · .*أجزاء رسائل نصية.*: .?31/,
  },
  en: {
    badge: 'Public',
    everybody: 'Everybody reads this',
    open: 'Open the post on ⁨X⁩',
    barred: 'The rules of the platform let no program answer this post.',
    quoted: 'The post that is meant',
    greeting: 'A greeting, a thanks or a sign only.',
    answer: 'Answer',
    publish: 'Post the reply',
    toPerson: 'Private message',
    toAll: 'Public reply',
    two: 'Goes out as 2 posts in a row',
    tooLong: /longer than 4 posts/,
    personal: /personal data/,
    edit: 'Change the text',
    anyway: 'Post it anyway',
    privately: 'Send it as a private message',
    spent: 'Spent this month',
    details: 'Details and limits',
    near: 'The budget is nearly used up',
    add: 'Add an inbox',
    provider: 'Provider',
    toPublic: 'Show the public conversation',
    onlyPerson: 'Only the person reads this',
    back: 'Back to the list',
    filter: 'Public or private',
    number: 'Number of the ticket',
    start: 'Start work',
    begun: 'Work has begun',
    delay: 'Tell of a delay',
    reason: 'Why it takes longer',
    tell: 'Tell the person',
    late: 'The answer is late',
    resolve: 'Mark as resolved',
    finished: 'The answer, and whether it is solved',
    person: 'Contact details',
    reveal: 'Show contact details',
    reaching: 'Change how to reach them',
    preferred: 'Preferred channel',
    texts: 'SMS',
    save: 'Save',
    toPrivate: 'Open the private conversation',
    waiting: 'Waiting',
    waits: /waiting for/,
    waitsHere: /has been waiting for somebody/,
    used: 'Used this month',
    counted: /Text messages.*: .?12.* · .*Segments of text messages.*: .?31/,
  },
} as const;

const looks = [
  ['ar', 'phone', phone],
  ['en', 'desk', desk],
  ['ar', 'desk', desk],
  ['en', 'phone', phone],
] as const;

/** Two looks are enough for every day; all of them are for those who change what is seen. */
const isShort = !process.env.WASL_ALL_LOOKS;

describe.each(isShort ? looks.slice(0, 2) : looks)('X in %s on a %s', (language, device, options) => {
  const say = words[language];
  const picture = (page: Page, name: string, fullPage = false) =>
    takePicture(page, `x-${language}-${device}-${name}`, fullPage);

  it('what everybody reads is unmistakable, and what is personal is asked about first', async () => {
    const id = await hear([
      post('1800000000000000000', 40, { text: 'صباح الخير' }),
      post('1800000000000000001', 30, { text: 'كيف أستعير جهازًا محمولًا من المكتبة؟' }),
      post('1800000000000000002', 20, {
        text: 'وماذا عن هذا؟',
        fields: [{ name: 'post', value: 'يسر المكتبة إعلان تمديد الإعارة حتى نهاية الفصل.' }],
        answerable: false,
      }),
      post('1800000000000000004', 15, { text: 'صباح الخير ☀️' }),
      post('1800000000000000003', 10, {
        text: 'RT كيف أستعير جهازًا محمولًا من المكتبة؟',
        automated: 'bulk',
        automatedWhy: 'It is a repost of another post.',
        answerable: false,
      }),
    ]);
    await ask('POST', `/conversations/${id}/assign`, {});
    const page = await signedIn({ language, options, path: `/conversations/${id}?view=open` });
    await page.locator('#conversation-title').waitFor();
    await page.getByText(say.barred).first().waitFor();
    await page.getByText(say.quoted).waitFor();
    await page.locator('[data-quiet]').getByText(say.greeting).first().waitFor();
    const link = page.getByRole('link', { name: say.open }).first();
    expect(await link.getAttribute('href')).toBe('https://x.com/sara_q/status/1800000000000000000');
    expect(await link.getAttribute('rel')).toContain('noopener');
    await page.getByText(say.everybody).waitFor();
    await picture(page, 'public');
    expect(await faultsIn(page)).toEqual([]);
    const box = page.getByRole('textbox', { name: say.answer, exact: true });
    await box.fill('كلمة '.repeat(80));
    await page.getByText(say.two).waitFor();
    await picture(page, 'two-posts');
    await box.fill('كلمة '.repeat(300));
    await page.getByText(say.tooLong).waitFor();
    expect(await page.getByRole('button', { name: say.publish }).isDisabled()).toBe(true);
    await box.fill('أهلًا بك، اتصل على ٠٥٠١٢٣٤٥٦٧');
    await box.press('Control+Enter');
    await page.getByRole('alertdialog').getByText(say.personal).waitFor();
    await picture(page, 'personal');
    expect(await faultsIn(page)).toEqual([]);
    expect(agentPosts()).toEqual([]);
    await page.getByRole('button', { name: say.edit }).click();
    await box.fill('أهلًا بك، يسعدنا أن تراسلنا في الخاص.');
    await page.getByRole('button', { name: say.publish }).click();
    await expect.poll(agentPosts, patience).toEqual(['public']);
    expect(x.sent.at(-1)?.quotes).toBe('1800000000000000004');
    await page.getByText(say.toPerson, { exact: true }).click();
    await box.fill('أهلًا بك، رقم التذكرة 26000010');
    await picture(page, 'private-choice');
    expect(await faultsIn(page)).toEqual([]);
    await box.press('Control+Enter');
    await page.getByRole('link', { name: say.toPublic }).waitFor();
    await expect.poll(agentPosts, patience).toEqual(['public', 'private']);
    await page.locator('[data-author=agent][data-message]').getByText('26000010').waitFor();
    await page.waitForTimeout(200);
    await picture(page, 'tied-private');
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('link', { name: say.toPublic }).click();
    await page.getByRole('link', { name: say.toPrivate }).waitFor();
    await page.getByText(say.onlyPerson).waitFor();
    await picture(page, 'tied-public');
    if (device === 'phone') await page.getByRole('link', { name: say.back }).click();
    await page.locator('[data-row]').getByText(say.badge).waitFor();
    await page.getByLabel(say.filter).selectOption('private');
    await page.locator('[data-row]').getByText(say.badge).waitFor({ state: 'detached' });
    await page.getByLabel(say.filter).selectOption('');
    await page.locator('[data-row]').getByText(say.badge).waitFor();
    await picture(page, 'list');
    expect(await faultsIn(page)).toEqual([]);
  });

  it('who waits is among those who wait, although the assistant still has the conversation', async () => {
    const question = { text: 'كيف أستعير جهازًا محمولًا من المكتبة؟', answerable: false };
    const id = await hear([post('1800000000000000201', 20, question)]);
    expect(await ask('GET', `/conversations/${id}`)).toMatchObject({ handledBy: 'assistant' });
    const page = await signedIn({ language, options });
    const row = page.locator('[data-row]');
    await row.getByText(say.waits).waitFor();
    await page.getByRole('button', { name: say.waiting }).getByText('1', { exact: true }).waitFor();
    await picture(page, 'waiting');
    expect(await faultsIn(page)).toEqual([]);
    await row.click();
    await page.getByText(say.waitsHere).waitFor();
    await picture(page, 'waiting-open');
    expect(await faultsIn(page)).toEqual([]);
  });

  it('the person of a ticket is told of its steps, over the channel that they prefer', async () => {
    const id = await hear([
      { ...privately('1800000000000000101', 30, 'جهاز العرض في القاعة لا يعمل'), phone: '+966501234567' },
    ]);
    const { contactId } = await ask<{ contactId: string }>('GET', `/conversations/${id}`);
    const facts = { contactId, type: 'report', subject: 'عطل في جهاز العرض', channel: 'desk' };
    const { number } = await ask<{ number: string }>('POST', '/tickets', facts);
    const page = await signedIn({ language, options, path: `/tickets/${number}` });
    await page.getByText(say.number).first().waitFor();
    await page.getByRole('button', { name: say.start }).click();
    const dialog = page.getByRole('dialog');
    await picture(page, 'ticket-start');
    expect(await faultsIn(page)).toEqual([]);
    await dialog.getByRole('button', { name: say.start }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(say.begun).first().waitFor();
    await page.getByRole('button', { name: say.delay }).click();
    await dialog.getByLabel(say.reason).fill('ننتظر وصول قطعة غيار من المورّد.');
    await picture(page, 'ticket-delay');
    expect(await faultsIn(page)).toEqual([]);
    await dialog.getByRole('button', { name: say.tell }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(say.late).first().waitFor();
    await page.getByRole('button', { name: say.resolve }).click();
    await dialog.getByRole('button', { name: say.resolve }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(say.finished).first().waitFor();
    await page.waitForTimeout(200);
    await picture(page, 'ticket');
    await page.locator('section[aria-labelledby=told] li').last().scrollIntoViewIfNeeded();
    await picture(page, 'ticket-told');
    expect(await faultsIn(page)).toEqual([]);
    await page.goto(`${wasl().url}/console/conversations/${id}?view=open`);
    if (device === 'phone') await page.getByRole('button', { name: say.person }).click();
    await page.getByRole('button', { name: say.reveal }).click();
    await page.getByRole('button', { name: say.reaching }).click();
    await page.getByRole('combobox', { name: say.preferred }).selectOption('x');
    await page.getByRole('checkbox', { name: say.texts }).check();
    await picture(page, 'reaching');
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: say.save }).click();
    await page.getByRole('button', { name: say.reaching }).waitFor();
    const known = await ask<{ mutedChannels: string[]; preferredChannel: string }>('GET', `/contacts/${contactId}`);
    expect(known).toMatchObject({ mutedChannels: ['sms'], preferredChannel: 'x' });
  });

  const inThisLook = isShort && language === 'en' ? () => undefined : it;
  inThisLook('an inbox shows what it costs and what is left', async () => {
    const page = await signedIn({ language, options, path: '/inboxes' });
    await page.getByText(say.near).waitFor();
    const texts = page.getByRole('region', { name: say.used });
    await texts.getByText(say.counted).waitFor();
    expect(await texts.textContent()).not.toContain('0.00');
    await page.getByText(say.details).first().click();
    await page.waitForTimeout(200);
    await picture(page, 'usage', true);
    await page.getByText(say.details).first().scrollIntoViewIfNeeded();
    await picture(page, 'usage-near');
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: say.add }).click();
    const form = page.getByRole('dialog');
    await form.locator('select').first().selectOption('x');
    await form.getByText('/webhooks/x').waitFor();
    await page.waitForTimeout(200);
    await picture(page, 'form-x');
    expect(await faultsIn(page)).toEqual([]);
    await form.locator('select').first().selectOption('sms');
    await form.getByText('/webhooks/sms').waitFor();
    await form.getByLabel(say.provider).scrollIntoViewIfNeeded();
    await picture(page, 'form-sms');
    expect(await faultsIn(page)).toEqual([]);
  });
});
