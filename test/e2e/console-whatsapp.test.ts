import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleMail } from '../fakes/console-mail.ts';
import { faultsIn, takePicture } from './chat-page.ts';
import { consoleForEach, patience } from './console-page.ts';
import { createLinking, createWhatsapp, everyKind, said } from './console-whatsapp.ts';
import { looks } from './looks.ts';

let whatsapp: ReturnType<typeof createWhatsapp>;
let linking: ReturnType<typeof createLinking>;

const mailbox = {
  kind: 'email',
  inboxId: 'email',
  values: { IMAP_URL: { password: 'right' }, ADDRESS: 'care@example.edu' },
};

const inboxes = [
  mailbox,
  { kind: 'whatsapp-cloud', inboxId: 'whatsapp-cloud', values: {} },
  { kind: 'whatsapp-web', inboxId: 'whatsapp-web', values: {} },
];

const { wasl, signedIn, ask } = consoleForEach(() => {
  whatsapp = createWhatsapp();
  linking = createLinking();
  return { channels: { kinds: [consoleMail, whatsapp.kind, linking.kind], inboxes } };
});

/** Everything that was said, one after the other, after an agent took the conversation; gives its id. */
async function hear([first, ...more]: readonly ReturnType<typeof said>[]): Promise<string> {
  const { gateway } = wasl();
  const { conversationId } = await gateway.flow.receive(first!);
  await gateway.flow.idle();
  await ask('POST', `/conversations/${conversationId}/assign`, {});
  for (const one of more) await gateway.flow.receive(one);
  await gateway.flow.idle();
  return conversationId;
}

const sentTemplates = () => whatsapp.sent.filter(({ template }) => template !== undefined);

const words = {
  ar: {
    changedTo: 'رقم القاعة 41',
    deleted: /حذفها المرسل/,
    missed: 'مكالمة لم يُرد عليها',
    poll: 'استطلاع رأي',
    fileGone: 'لم يعد الملف متاحًا.',
    fetching: 'يجري جلبه',
    until: /يمكن الرد بنص حر حتى/,
    soon: /بقي من مدة الرد بنص حر/,
    closed: /انتهت مدة الرد بنص حر/,
    pick: 'اختيار قالب معتمد',
    first: 'المتغيّر ⁨1⁩',
    second: 'المتغيّر ⁨2⁩',
    send: 'إرسال القالب',
    scan: 'وجّه الكاميرا إلى هذا الرمز.',
    type: 'اكتب هذا الرمز في الهاتف:',
    add: 'إضافة قناة',
    stars: 'التقييم: 2 من 5',
    fromPhone: 'من هاتف القناة',
    onTicket: /بشأن التذكرة/,
    risk: 'طريقة غير رسمية',
    templates: 'القوالب المعتمدة',
    sync: 'مزامنة الآن',
    pending: 'قيد المراجعة',
    maybe: 'قد يكون الشخص نفسه',
    compare: 'مراجعة وضم',
    join: 'ضمّهما الآن',
    sendCode: 'إرسال رمز للتحقق',
    codeSent: /أُرسل الرمز إلى محادثة/,
    joined: 'ضُمّت إليه بيانات',
    undo: 'التراجع عن الضم',
    undoNow: 'نعم، تراجع عنه',
    write: 'مراسلة المستفيد',
    details: 'بيانات المستفيد',
    refused: 'طلب المستفيد عدم مراسلته.',
    answer: 'الرد',
  },
  en: {
    changedTo: 'رقم القاعة 41',
    deleted: /Deleted by the sender/,
    missed: 'A missed call',
    poll: 'A poll',
    fileGone: 'The file is not available any more.',
    fetching: 'being fetched',
    until: /Free words can be sent until/,
    soon: /Time left for free words/,
    closed: /The time for free words ended/,
    pick: 'Choose an approved template',
    first: 'Variable ⁨1⁩',
    second: 'Variable ⁨2⁩',
    send: 'Send the template',
    scan: 'Point the camera at this code.',
    type: 'Type this code on the phone:',
    add: 'Add an inbox',
    stars: 'Rating: 2 of 5',
    fromPhone: 'From the phone of the inbox',
    onTicket: /about ticket/,
    risk: 'An unofficial way',
    templates: 'Approved templates',
    sync: 'Sync now',
    pending: 'In review',
    maybe: 'Maybe the same person',
    compare: 'Look and join',
    join: 'Join them now',
    sendCode: 'Send a code to make sure',
    codeSent: /The code was sent to the chat/,
    joined: 'Joined with this person',
    undo: 'Undo',
    undoNow: 'Yes, undo it',
    write: 'Write to the person',
    details: 'Contact details',
    refused: 'The person asked not to be written to.',
    answer: 'Answer',
  },
} as const;

describe.each(looks)('WhatsApp in %s on a %s', (language, device, options) => {
  const say = words[language];
  const picture = (page: Page, name: string) => takePicture(page, `whatsapp-${language}-${device}-${name}`);

  it('every kind of message stands as what it is', async () => {
    const id = await hear(everyKind(30));
    const page = await signedIn({ language, options, path: `/conversations/${id}` });
    await page.getByText(say.changedTo).waitFor();
    await page.getByText(say.deleted).waitFor();
    await page.getByText(say.missed).waitFor();
    await page.getByText(say.poll).waitFor();
    await page.getByText(say.fetching).waitFor();
    await page.getByText(say.fileGone).waitFor();
    const sound = page.locator('audio');
    await sound.evaluate((player: HTMLAudioElement) => player.load());
    await sound.evaluate((player: HTMLAudioElement) => {
      player.preload = 'metadata';
    });
    await expect.poll(() => sound.evaluate((player: HTMLAudioElement) => player.duration), patience).toBeCloseTo(0.1);
    const shown = page.locator('[data-message] img').first();
    await shown.scrollIntoViewIfNeeded();
    await expect.poll(() => shown.evaluate((one: HTMLImageElement) => one.naturalWidth), patience).toBe(1);
    await picture(page, 'kinds-files');
    const map = page.locator('a[href^="https://www.openstreetmap.org/?mlat=24.7136&mlon=46.6753"]');
    expect(await map.getAttribute('rel')).toContain('noreferrer');
    await page.locator('[role=img]', { hasText: '👍' }).waitFor();
    expect(await page.locator('[data-line=reaction]').count()).toBe(1);
    await page.getByText(say.until).waitFor();
    await picture(page, 'kinds-end');
    await page.getByRole('log').evaluate((log) => log.scrollTo(0, 0));
    await page.waitForTimeout(200);
    await picture(page, 'kinds-start');
    await page.getByRole('log').evaluate((log) => log.scrollTo(0, 620));
    await page.waitForTimeout(200);
    await picture(page, 'kinds-middle');
    expect(await faultsIn(page)).toEqual([]);
  });

  it('free words are for the open window, a template for the closed one', async () => {
    const id = await hear([said('wamid.old', 26 * 60, { text: 'هل من جديد في تذكرتي؟' })]);
    await ask('POST', '/inboxes/whatsapp-cloud/templates/sync', {});
    const page = await signedIn({ language, options, path: `/conversations/${id}` });
    await page.locator('strong', { hasText: say.closed }).waitFor();
    expect(await page.getByRole('textbox', { name: say.answer, exact: true }).count()).toBe(0);
    await picture(page, 'window-closed');
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: say.pick }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('ticket_update').first().waitFor();
    expect(await dialog.getByText('appointment_reminder').count()).toBe(0);
    await page.waitForTimeout(200);
    await picture(page, 'templates');
    expect(await faultsIn(page)).toEqual([]);
    await dialog.getByRole('button', { name: /تذكرتك رقم/ }).click();
    await dialog.getByLabel(say.first).fill('سارة');
    await dialog.getByLabel(say.second).fill('26000017');
    await dialog.locator('figure').getByText('26000017').waitFor();
    await picture(page, 'template-filled');
    expect(await faultsIn(page)).toEqual([]);
    await dialog.getByRole('button', { name: say.send }).click();
    await expect.poll(() => sentTemplates().length, patience).toBe(1);
    expect(sentTemplates()[0]?.template).toMatchObject({
      name: 'ticket_update',
      language: 'ar',
      parameters: [
        { part: 'body', name: '1', value: 'سارة' },
        { part: 'body', name: '2', value: '26000017' },
      ],
    });
    await page.locator('[data-author=agent][data-message]').getByText('مرحبًا سارة').waitFor();
    await picture(page, 'template-sent');
    await hear([said('wamid.soon', 23 * 60 + 20, { text: 'شكرًا لكم' })]);
    await page.getByText(say.soon).waitFor();
    await page.getByRole('textbox', { name: say.answer, exact: true }).fill('refuse this');
    await page.getByRole('textbox', { name: say.answer, exact: true }).press('Control+Enter');
    await page.locator('[data-status=failed]').getByText(say.refused).waitFor();
    await picture(page, 'refused');
    expect(await faultsIn(page)).toEqual([]);
  });

  it('an administrator links an account, reads the templates and is told of the risk', async () => {
    const page = await signedIn({ language, options, path: '/inboxes' });
    await page.getByText(say.scan).waitFor();
    await page.getByText(say.risk).waitFor();
    await page.getByText('/webhooks/whatsapp').waitFor();
    await page.getByText('+966500000001').waitFor();
    await takePicture(page, `whatsapp-${language}-${device}-link-qr`, true);
    if (device === 'phone') {
      await page.getByText(say.scan).scrollIntoViewIfNeeded();
      await picture(page, 'link-qr-near');
    }
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: say.add }).click();
    const form = page.getByRole('dialog');
    await form.locator('select').first().selectOption('whatsapp-web');
    await form.getByText(say.risk).waitFor();
    await page.waitForTimeout(200);
    await picture(page, 'form-web');
    expect(await faultsIn(page)).toEqual([]);
    await form.locator('select').first().selectOption('whatsapp-cloud');
    await form.getByText('/webhooks/whatsapp').waitFor();
    await picture(page, 'form-cloud');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    linking.shows.login = { qr: null, code: 'ABCD1234', at: new Date().toISOString() };
    await page.getByText(say.type).waitFor();
    await page.getByText('ABCD-1234').waitFor();
    await page.getByText('ABCD-1234').scrollIntoViewIfNeeded();
    await picture(page, 'link-code');
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: say.templates }).click();
    await page.getByRole('button', { name: say.sync }).click();
    await page.getByText(say.pending).waitFor();
    await page.waitForTimeout(200);
    await picture(page, 'templates-admin');
    expect(await faultsIn(page)).toEqual([]);
  });

  it('one person under two addresses is proposed, joined and parted again', async () => {
    const id = await hear([said('wamid.one', 20, { text: 'أنا سارة من واتساب' })]);
    const { contactId } = await ask<{ contactId: string }>('GET', `/conversations/${id}`);
    const other = await hear([
      said('web.one', 10, {
        inboxId: 'whatsapp-web',
        address: '966501234567@c.us',
        conversationKey: '966501234567@c.us',
        displayName: 'Sara Q',
        text: 'Hello, this is Sara',
      }),
    ]);
    const page = await signedIn({ language, options, path: `/conversations/${id}` });
    if (device === 'phone') await page.getByRole('button', { name: say.details }).click();
    await page.getByText(say.maybe).waitFor();
    await page.getByText(say.maybe).scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
    await picture(page, 'same-person');
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: say.compare }).click();
    await page.getByRole('button', { name: say.join }).waitFor();
    await page.waitForTimeout(300);
    await picture(page, 'join');
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: say.sendCode }).click();
    await page.getByRole('dialog').getByText(say.codeSent).waitFor();
    await picture(page, 'code-sent');
    expect(await faultsIn(page)).toEqual([]);
    await page.getByRole('button', { name: say.join }).click();
    await page.getByText(say.joined).waitFor();
    expect((await ask<{ contactId: string }>('GET', `/conversations/${other}`)).contactId).toBe(contactId);
    await picture(page, 'joined');
    await page.getByRole('button', { name: say.undo, exact: true }).click();
    await page.getByRole('button', { name: say.undoNow }).click();
    await page.getByText(say.maybe).waitFor();
    expect((await ask<{ contactId: string }>('GET', `/conversations/${other}`)).contactId).not.toBe(contactId);
  });

  it('an agent writes first from the card of the person', async () => {
    const id = await hear([
      said('web.first', 10, {
        inboxId: 'whatsapp-web',
        address: '966501234567@c.us',
        conversationKey: '966501234567@c.us',
        text: 'السلام عليكم',
      }),
    ]);
    await ask('POST', '/inboxes/whatsapp-cloud/templates/sync', {});
    const page = await signedIn({ language, options, path: `/conversations/${id}` });
    if (device === 'phone') await page.getByRole('button', { name: say.details }).click();
    await page.getByRole('button', { name: say.write }).click();
    const dialog = page.getByRole('dialog').last();
    await dialog.locator('select').first().selectOption('whatsapp-cloud');
    await dialog.getByRole('button', { name: /تذكرتك رقم/ }).click();
    await page.waitForTimeout(200);
    await picture(page, 'start');
    expect(await faultsIn(page)).toEqual([]);
    await dialog.getByLabel(say.first).fill('سارة');
    await dialog.getByLabel(say.second).fill('26000017');
    await dialog.getByRole('button', { name: say.send }).click();
    await expect.poll(() => sentTemplates().length, patience).toBe(1);
    expect(sentTemplates()[0]?.address).toBe('966501234567');
    await page.locator('[data-author=agent][data-message]').getByText('مرحبًا سارة').waitFor();
    await picture(page, 'started');
  });

  it('what the person thought of the service, and what was typed on the phone, stand in the conversation', async () => {
    const id = await hear([said('wamid.a', 20, { text: 'شكرًا على الإصلاح' })]);
    await wasl().gateway.flow.receive({
      event: 'own-message',
      inboxId: 'whatsapp-cloud',
      externalId: 'wamid.own',
      address: '966501234567',
      conversationKey: '966501234567',
      sentAt: new Date().toISOString(),
      kind: 'text',
      text: 'أهلًا بك، معك خالد من المركز',
      attachments: [],
    });
    await ask('POST', `/conversations/${id}/close`, {});
    await wasl().gateway.flow.receive(said('wamid.b', 1, { text: 'مقبول', quickReplyId: 'rate:2' }));
    await wasl().gateway.flow.idle();
    await wasl().gateway.flow.receive(said('wamid.c', 0, { text: 'تأخر الفني عن موعده مرتين' }));
    await wasl().gateway.flow.idle();
    const page = await signedIn({ language, options, path: `/conversations/${id}` });
    await page.getByRole('img', { name: say.stars }).first().waitFor();
    await page.getByText(say.fromPhone).waitFor();
    if (device === 'phone') await page.getByRole('button', { name: say.details }).click();
    await page.locator('q', { hasText: 'تأخر الفني' }).waitFor();
    await page.waitForTimeout(300);
    await picture(page, 'rating');
    expect(await faultsIn(page)).toEqual([]);
  });

  it('an agent writes from the page of a ticket, and it stands on the ticket', async () => {
    const id = await hear([said('wamid.t', 26 * 60, { text: 'الجهاز لا يعمل' })]);
    await ask('POST', '/inboxes/whatsapp-cloud/templates/sync', {});
    const { contactId } = await ask<{ contactId: string }>('GET', `/conversations/${id}`);
    const facts = { contactId, type: 'report', subject: 'عطل في جهاز العرض', channel: 'desk' };
    const { number } = await ask<{ number: string }>('POST', '/tickets', facts);
    const page = await signedIn({ language, options, path: `/tickets/${number}` });
    await page.getByRole('button', { name: say.write }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(say.onTicket).waitFor();
    await dialog.locator('select').first().selectOption('whatsapp-cloud');
    await dialog.getByRole('button', { name: /تذكرتك رقم/ }).click();
    await dialog.getByLabel(say.first).fill('سارة');
    await dialog.getByLabel(say.second).fill(number);
    await picture(page, 'ticket-start');
    await dialog.getByRole('button', { name: say.send }).click();
    await page.locator('[data-author=agent][data-message]').getByText('مرحبًا سارة').waitFor();
    await page.goto(`${wasl().url}/console/tickets/${number}`);
    await page.locator('[data-author=agent][data-message]').getByText('مرحبًا سارة').waitFor();
    await picture(page, 'ticket');
    expect(await faultsIn(page)).toEqual([]);
  });
});
