import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import { consoleMail } from '../fakes/console-mail.ts';
import { faultsIn, takePicture } from './chat-page.ts';
import { consoleForEach, patience } from './console-page.ts';
import { looks } from './looks.ts';

const words = {
  ar: {
    add: 'إضافة قناة',
    name: 'الاسم لدى الموظفين',
    host: 'الخادم',
    user: 'اسم المستخدم',
    secret: 'كلمة المرور',
    address: 'عنوان البريد',
    connect: 'حفظ والاتصال',
    save: 'حفظ',
    missing: 'هذا الحقل مطلوب.',
    wrongAddress: 'اكتب عنوان بريد إلكتروني، مثل care@example.org.',
    refused: 'بيانات الدخول غير صحيحة',
    why: 'يرفض خادم البريد اسم المستخدم أو كلمة المرور.',
    connected: 'متصلة',
    edit: 'تعديل',
    remove: 'حذف القناة',
    removeNow: 'نعم، احذفها',
    inbox: 'بريد العناية',
    whole: 'عرض الرسالة كاملة',
    look: 'عرضها كما بدت',
    source: 'تنزيل المصدر',
    robot: 'تذكر الرسالة عن نفسها أنها أُرسلت آليًا',
    unreadable: 'تعذّرت قراءة هذه الرسالة',
    visitor: 'زائر',
    urgent: 'تذكرة ذات أهمية عالية',
    needsChange: 'تحتاج إلى تعديل',
    noFolder: 'لا يوجد في صندوق البريد مجلد باسم',
    remarked: 'لا تكفي إعادة المحاولة',
    replyTo: 'الرد إلى',
    all: 'الكل',
  },
  en: {
    add: 'Add an inbox',
    name: 'Name among staff',
    host: 'Server',
    user: 'User name',
    secret: 'Password',
    address: 'Mail address',
    connect: 'Save and connect',
    save: 'Save',
    missing: 'This field is needed.',
    wrongAddress: 'Write a mail address such as care@example.org.',
    refused: 'Wrong credentials',
    why: 'The mail server refuses the user name or the password.',
    connected: 'Connected',
    edit: 'Edit',
    remove: 'Remove the inbox',
    removeNow: 'Yes, remove it',
    inbox: 'Care mailbox',
    whole: 'Show the whole mail',
    look: 'As it looked',
    source: 'Download the source',
    robot: 'The mail says of itself that it was sent automatically',
    unreadable: 'This mail could not be read',
    visitor: 'Visitor',
    urgent: 'A ticket of high importance',
    needsChange: 'Needs a change',
    noFolder: 'The mailbox has no folder',
    remarked: 'Trying again does not help',
    replyTo: 'Answer to',
    all: 'All',
  },
} as const;
const given = {
  kind: 'email',
  inboxId: 'email',
  values: { IMAP_URL: { password: 'right' }, ADDRESS: 'care@example.edu' },
};

const { wasl, signedIn, ask } = consoleForEach(() => ({ channels: { kinds: [consoleMail], inboxes: [given] } }));
const receive = (event: GivenEvent) => wasl().gateway.flow.receive(event);
const settled = () => wasl().gateway.flow.idle();

const html = `<div dir="rtl"><h2>طلب شهادة خبرة</h2><p>السلام عليكم، أرجو <b>إصدار</b> الشهادة.</p>
<script>document.body.textContent = 'it ran'</script><table><tr><td>الرقم</td><td>4471</td></tr></table></div>`;

type GivenLetter = Extract<GivenEvent, { event: 'message' }>;
const letterOf = (more: Partial<GivenLetter>): GivenLetter => ({
  event: 'message',
  inboxId: 'email',
  externalId: '<one@example.org>',
  address: 'noura@example.org',
  displayName: 'نورة الحربي',
  conversationKey: 'thread-of-noura',
  visibility: 'private',
  sentAt: '2026-11-22T07:00:00.000Z',
  kind: 'text',
  text: 'السلام عليكم ورحمة الله\nأرجو إصدار شهادة خبرة باسم Noura Alharbi.\n\nOn 20 November the registrar wrote:\n> نعتذر عن التأخير',
  attachments: [],
  automated: 'none',
  letter: {
    subject: 'طلب شهادة خبرة',
    from: { address: 'noura@example.org', name: 'نورة الحربي' },
    to: [{ address: 'care@example.edu', name: 'مركز العناية' }],
    cc: [{ address: 'dean@example.edu', name: '' }],
    newText: 'السلام عليكم ورحمة الله\nأرجو إصدار شهادة خبرة باسم Noura Alharbi.',
    problem: null,
  },
  html,
  source: { gzip: gzipSync('Subject: one\r\n\r\nwords\r\n'), keepDays: 30 },
  ...more,
});

const letters = [
  letterOf({}),
  letterOf({
    externalId: '<two@example.org>',
    automated: 'auto-reply',
    automatedWhy: 'The mail says of itself that it was sent automatically: auto-submitted',
    text: 'أنا خارج المكتب حتى الأحد.',
    letter: {
      ...letterOf({}).letter!,
      subject: 'رد آلي: طلب شهادة خبرة',
      cc: [],
      newText: 'أنا خارج المكتب حتى الأحد.',
    },
  }),
  letterOf({
    externalId: '<three@example.org>',
    kind: 'unsupported',
    text: '',
    html: undefined,
    letter: { ...letterOf({}).letter!, subject: '', newText: '', problem: 'unreadable' },
  }),
];

describe.each(looks)('in %s on a %s', (language, device, options) => {
  const say = words[language];
  const picture = (page: Page, name: string) => takePicture(page, `inboxes-${language}-${device}-${name}`);

  it('an administrator sets up a mailbox, is told what is wrong with it, corrects and removes it', async () => {
    const page = await signedIn({ language, options, path: '/inboxes' });
    await page.getByRole('button', { name: say.add }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(say.name).fill(say.inbox);
    await dialog.getByLabel(say.address).fill('care');
    await picture(page, 'form');
    await dialog.getByRole('button', { name: say.connect }).click();
    await dialog.getByText(say.wrongAddress).waitFor();
    expect(await dialog.getByText(say.missing).count()).toBe(2);
    await picture(page, 'faults');
    expect(await faultsIn(page)).toEqual([]);
    for (const scheme of ['imap', 'smtp']) {
      const server = dialog.locator(`[data-field=${scheme}]`);
      await server.getByLabel(say.host).fill(`${scheme}.example.edu`);
      await server.getByLabel(say.user).fill('care@example.edu');
      await server.getByLabel(say.secret, { exact: true }).fill('wrong:@/');
    }
    await dialog.getByLabel(say.address).fill('care@example.edu');
    await dialog.getByRole('button', { name: say.connect }).click();
    const card = page.getByRole('listitem').filter({ hasText: say.inbox });
    await card.getByText(say.refused, { exact: true }).waitFor();
    await card.getByText(say.why).waitFor();
    await dialog.waitFor({ state: 'detached' });
    await picture(page, 'refused');
    expect(await faultsIn(page)).toEqual([]);

    await card.getByRole('button', { name: say.edit }).click();
    const imap = dialog.locator('[data-field=imap]');
    await expect.poll(() => imap.getByLabel(say.host).inputValue(), patience).toBe('imap.example.edu');
    expect(await imap.getByLabel(say.user).inputValue()).toBe('care@example.edu');
    expect(await imap.getByLabel(say.secret, { exact: true }).inputValue()).toBe('');
    await imap.getByLabel(say.secret, { exact: true }).fill('right');
    await picture(page, 'edit');
    await dialog.getByRole('button', { name: say.save, exact: true }).click();
    await card.getByText(say.connected, { exact: true }).waitFor();
    await picture(page, 'connected');

    await card.getByRole('button', { name: say.edit }).click();
    await dialog.getByRole('button', { name: say.remove }).click();
    await dialog.getByRole('button', { name: say.removeNow }).click();
    await card.waitFor({ state: 'detached' });
  });

  it('a mailbox that only a change can mend says so before anything else, and which mailbox it is', async () => {
    const values = {
      IMAP_URL: server('imaps', 'no-folder'),
      SMTP_URL: server('smtps'),
      ADDRESS: 'admission@example.edu',
    };
    await ask('POST', '/inboxes', { channel: 'email', name: say.inbox, values });
    const page = await signedIn({ language, options, path: '/inboxes' });
    const card = page.getByRole('listitem').filter({ hasText: say.inbox });
    await card.getByText(say.needsChange, { exact: true }).waitFor();
    await card.getByText('admission@example.edu').waitFor();
    const words = (await card.innerText()).replace(/\s+/g, ' ');
    expect(words.indexOf(say.noFolder)).toBeGreaterThan(0);
    expect(words.indexOf(say.noFolder)).toBeLessThan(words.indexOf(say.remarked));
    await page.getByText('care@example.edu').waitFor();
    await picture(page, 'needs-change');
    expect(await faultsIn(page)).toEqual([]);
  });

  it('a conversation is headed by the name or the address of its letters, however long their subject', async () => {
    const subject = 'Request for a certificate of experience '.repeat(40).trim();
    const alarm = 'يوجد حريق في مبنى الكلية ونحن عالقون فيه';
    const sara = { address: 'sara@example.org', name: 'Sara Alqahtani' };
    const { conversationId } = await receive(
      letterOf({
        externalId: '<four@example.org>',
        address: sara.address,
        displayName: sara.name,
        conversationKey: 'thread-of-sara',
        letter: { ...letterOf({}).letter!, subject, from: sara },
      }),
    );
    await settled();
    await receive(
      letterOf({
        externalId: '<five@example.org>',
        address: 'reem@example.org',
        displayName: undefined,
        conversationKey: 'thread-of-reem',
        text: alarm,
        html: undefined,
        letter: {
          ...letterOf({}).letter!,
          subject: 'عاجل',
          from: { address: 'reem@example.org', name: '' },
          newText: alarm,
        },
      }),
    );
    await settled();
    const page = await signedIn({ language, options, path: '/conversations' });
    await page.getByText(say.all, { exact: true }).click();
    await page.locator('[data-row]', { hasText: 'Sara Alqahtani' }).waitFor();
    await page.locator('[data-row]', { hasText: 'reem@example.org' }).getByLabel(say.urgent).waitFor();
    expect(await page.getByLabel(say.urgent).count()).toBe(1);
    expect(await page.locator('[data-row]', { hasText: say.visitor }).count()).toBe(0);
    await picture(page, 'names');
    await page.goto(`${wasl().url}/console/conversations/${conversationId}`);
    await page.locator('#conversation-title', { hasText: 'Sara Alqahtani' }).waitFor();
    await page.getByText(`${say.replyTo}:`).waitFor();
    await page.locator('[data-author=contact] [data-message]').first().waitFor();
    const heights = await page
      .getByTitle(subject)
      .evaluateAll((shown) => shown.map((one) => one.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(1);
    for (const height of heights) expect(height).toBeLessThan(60);
    await page.getByTitle(subject).first().scrollIntoViewIfNeeded();
    await picture(page, 'long-subject');
    expect(await faultsIn(page)).toEqual([]);
  });

  it('an agent reads mails: what is new, the whole, how it looked, and why a robot was not answered', async () => {
    for (const letter of letters) {
      await receive(letter);
      await settled();
    }
    const page = await signedIn({ language, options, path: '/conversations' });
    await page.getByText(say.all, { exact: true }).click();
    const row = page.locator('[data-row]').first();
    await row.getByText('طلب شهادة خبرة').first().waitFor();
    await picture(page, 'list');
    await row.click();
    const [first, robot, broken] = [0, 1, 2].map((at) => page.locator('[data-author=contact] [data-message]').nth(at));
    await first!.getByText('أرجو إصدار شهادة خبرة').waitFor();
    expect(await first!.getByText('نعتذر عن التأخير').count()).toBe(0);
    await first!.getByRole('button', { name: say.whole }).click();
    await first!.getByText('نعتذر عن التأخير').waitFor();
    await robot!.getByText(say.robot).waitFor();
    await broken!.getByText(say.unreadable).waitFor();
    await page.getByText(`${say.replyTo}:`).waitFor();
    await picture(page, 'letters');
    await robot!.scrollIntoViewIfNeeded();
    await picture(page, 'robot');
    expect(await faultsIn(page)).toEqual([]);

    await first!.getByRole('button', { name: say.look }).click();
    const frame = page.frameLocator('iframe');
    await frame.getByText('4471').waitFor();
    expect(await frame.getByText('it ran').count()).toBe(0);
    await picture(page, 'look');
    await page.keyboard.press('Escape');

    const download = page.waitForEvent('download');
    await first!.getByRole('link', { name: say.source }).click();
    expect((await download).suggestedFilename()).toMatch(/\.eml$/);
  });
});

const server = (scheme: string, password = 'right'): string => `${scheme}://care:${password}@${scheme}.example.edu`;

it('a conversation whose inbox was removed is read, and says why it cannot be answered', async () => {
  const values = { IMAP_URL: server('imaps'), SMTP_URL: server('smtps'), ADDRESS: 'other@example.edu' };
  const { id } = await ask<{ id: string }>('POST', '/inboxes', { channel: 'email', name: 'بريد القبول', values });
  const { conversationId } = await receive(letterOf({ inboxId: id }));
  await settled();
  const page = await signedIn({ language: 'ar', path: `/conversations/${conversationId}` });
  await page.getByText('بريد القبول').first().waitFor();
  await page.getByText(`${words.ar.replyTo}:`).waitFor();
  await ask('DELETE', `/inboxes/${id}`);
  await page.reload();
  await page.getByText('حُذفت القناة التي جاءت منها هذه المحادثة').waitFor();
  await page.getByText('أرجو إصدار شهادة خبرة').first().waitFor();
  expect(await page.getByRole('textbox', { name: 'الرد', exact: true }).count()).toBe(0);
  await takePicture(page, 'inboxes-ar-desk-removed');
  expect(await faultsIn(page)).toEqual([]);
});
