import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../fakes/web-chat-server.ts';
import { desk, faultsIn, openPage, phone, seesBubbles, seesProgress, takePicture, visit } from './chat-page.ts';
import { widgetForEach } from './widget-page.ts';

const root = resolve(import.meta.dirname, '../..');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
);

const { theBrowser, fake } = widgetForEach();

const words = {
  ar: {
    question: 'جهاز العرض في قاعة 12 لا يعمل',
    answer: 'نأسف لذلك. ما رقم المبنى؟',
    reply: 'مبنى 14',
    thanks: 'شكرًا، سُجّل الطلب.',
  },
  en: {
    question: 'The projector in hall 12 does not work',
    answer: 'Sorry to hear that. Which building?',
    reply: 'Building 14',
    thanks: 'Thank you, it is registered.',
  },
};

const asksForBuilding =
  (language: 'ar' | 'en'): Answer =>
  ({ quickReplyId }) => {
    const { answer, reply, thanks } = words[language];
    if (quickReplyId)
      return [{ text: thanks, html: `<p>${thanks}</p><ul><li><strong>EDU-26-00417</strong></li></ul>` }];
    return [
      {
        text: answer,
        quickReplies: [
          { id: 'building-14', title: reply },
          { id: 'other', title: '…' },
        ],
      },
    ];
  };

describe.each([
  ['ar', 'phone', phone],
  ['ar', 'desk', desk],
  ['en', 'phone', phone],
  ['en', 'desk', desk],
] as const)('a visitor in %s on a %s', (language, device, options) => {
  it('writes, uses a quick reply and is answered, on a page with the strictest policy', async () => {
    fake().answerWith(asksForBuilding(language));
    const { question, answer, reply, thanks } = words[language];
    const chat = await visit(theBrowser(), fake().hostPage({ lang: language }), options);
    expect(await faultsIn(chat.page)).toEqual([]);
    await takePicture(chat.page, `widget-${language}-${device}-closed`);
    await chat.open();
    await expect.poll(() => chat.panel.getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
    await takePicture(chat.page, `widget-${language}-${device}-open`);
    expect(await faultsIn(chat.page)).toEqual([]);
    await chat.write(question);
    await seesBubbles(chat, [question, answer]);
    await chat.panel.getByRole('button', { name: reply }).click();
    await seesBubbles(chat, [question, answer, reply, `${thanks}\n\nEDU-26-00417`]);
    await seesProgress(chat, 'sent');
    fake().typing(true);
    await chat.panel.locator('.typing').waitFor();
    await takePicture(chat.page, `widget-${language}-${device}-talk`);
    expect(await faultsIn(chat.page)).toEqual([]);
    expect(fake().attempts.map(({ quickReplyId }) => quickReplyId)).toEqual([undefined, 'building-14']);
    expect(chat.complaints).toEqual([]);
  });
});

describe('before it is opened', () => {
  it('costs the page one small script and nothing else', async () => {
    const context = await theBrowser().newContext(desk);
    const asked: string[] = [];
    context.on(
      'request',
      (request) => request.url().startsWith(fake().origin) && asked.push(new URL(request.url()).pathname),
    );
    const chat = await openPage(context, fake().hostPage());
    await chat.page.waitForLoadState('networkidle');
    expect([...new Set(asked)]).toEqual(['/widget.js']);
    expect(gzipSync(readFileSync(resolve(root, 'dist/widget/widget.js'))).length).toBeLessThan(10_000);
  });

  it('is there once, although the page has the script twice', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    expect(await chat.page.locator('wasl-chat').count()).toBe(1);
  });

  it("opens from the page's own link, and by calls made before it was loaded", async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.page.locator('[data-wasl-open]').click();
    await chat.panel.waitFor();
    await chat.page.evaluate(() => (window as unknown as { Wasl(call: string): void }).Wasl('close'));
    await chat.panel.waitFor({ state: 'hidden' });
    expect(await chat.page.evaluate(() => document.activeElement?.hasAttribute('data-wasl-open'))).toBe(true);
    const open = await visit(theBrowser(), fake().hostPage({ open: 'true' }));
    await open.panel.waitFor();
  });

  it('says so when the chat cannot be loaded, and works on the next try', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.context.route('**/web-chat/config**', (route) => route.abort());
    await chat.launcher.click();
    await chat.page.locator('.notice').waitFor();
    await chat.context.unroute('**/web-chat/config**');
    await chat.open();
  });

  it('takes the newest panel where a release has replaced the one it was built with', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.context.route(/\/widget\/panel-.+\.js/, (route) => route.fulfill({ status: 404 }));
    await chat.open();
  });
});

describe('files', () => {
  const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });

  it('go along with a message, pictures as pictures', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.panel.locator('.attach:not([disabled])').waitFor();
    await chat.panel
      .locator('.file-input')
      .setInputFiles([file('صورة.png', 'image/png', png), file('report.pdf', 'application/pdf', Buffer.from('%PDF-'))]);
    await expect.poll(() => chat.panel.locator('.tray-line.ready').count()).toBe(2);
    expect(await faultsIn(chat.page)).toEqual([]);
    await takePicture(chat.page, 'widget-ar-desk-files');
    await chat.write('مرفقان');
    await seesProgress(chat, 'sent');
    await expect
      .poll(() => chat.panel.locator('.picture img').evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBe(10);
    expect(await chat.panel.locator('a.file').getAttribute('href')).toContain(`${fake().origin}/files/`);
    expect(fake().attempts[0]?.attachmentIds).toHaveLength(2);
    expect(
      fake()
        .files.map(({ name }) => name)
        .sort(),
    ).toEqual(['report.pdf', 'صورة.png'].sort());
    expect(chat.complaints).toEqual([]);
    await chat.page.reload();
    await chat.open();
    await expect
      .poll(() => chat.panel.locator('.picture img').evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBe(10);
  });

  it('that cannot be taken are turned away before they are sent', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.panel.locator('.attach:not([disabled])').waitFor();
    const input = chat.panel.locator('.file-input');
    await input.setInputFiles(file('big.png', 'image/png', Buffer.alloc(1_000_001)));
    await chat.panel.getByText('أكبر من الحد المسموح به').waitFor();
    await input.setInputFiles(file('page.html', 'text/html', Buffer.from('<p>')));
    await chat.panel.getByText('غير مقبول').waitFor();
    expect(fake().files).toEqual([]);
  });

  it('that the server refuses can be tried again', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.panel.locator('.attach:not([disabled])').waitFor();
    fake().refuseUploads({ code: 'invalid', message: 'الملف غير سليم.' });
    await chat.panel.locator('.file-input').setInputFiles(file('a.png', 'image/png', png));
    await chat.panel.getByText('الملف غير سليم.').waitFor();
    fake().refuseUploads(undefined);
    await chat.panel.getByRole('button', { name: 'إعادة رفع الملف' }).click();
    await chat.panel.locator('.tray-line.ready').waitFor();
  });
});

describe('whoever uses it', () => {
  it('can do so with the keyboard alone', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.press('Enter');
    await chat.panel.waitFor();
    await chat.page.keyboard.type('سطر أول');
    await chat.page.keyboard.press('Shift+Enter');
    await chat.page.keyboard.type('سطر ثانٍ');
    await chat.page.keyboard.press('Enter');
    await seesBubbles(chat, ['سطر أول\nسطر ثانٍ']);
    await chat.page.keyboard.press('Escape');
    await chat.panel.waitFor({ state: 'hidden' });
    expect(await chat.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className)).toContain(
      'launcher',
    );
  });

  it('sees nothing move where less motion is wished for', async () => {
    const chat = await visit(theBrowser(), fake().hostPage(), { ...desk, reducedMotion: 'reduce' });
    await chat.open();
    await expect.poll(() => fake().handshakes.length).toBe(1);
    fake().typing(true);
    await chat.panel.locator('.typing').waitFor();
    const moving = await chat.page.evaluate(
      () => document.querySelector('wasl-chat')?.shadowRoot?.getAnimations().length,
    );
    expect(moving).toBe(0);
  });

  it('reaches a person with one press', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.panel.getByRole('button', { name: 'التحدث إلى موظف' }).click();
    await seesProgress(chat, 'sent');
    expect(fake().attempts[0]).toMatchObject({ quickReplyId: 'agent', text: 'التحدث إلى موظف' });
    fake().handledBy('nobody');
    await chat.panel.getByText('بانتظار أحد موظفينا').waitFor();
  });

  it('changes the language without a word being sent, and finds it again', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.panel.getByRole('button', { name: 'English' }).click();
    await chat.panel.getByText('The assistant is with you').waitFor();
    await expect.poll(() => fake().handshakes.at(-1)?.language).toBe('en');
    expect(fake().attempts).toEqual([]);
    await chat.page.reload();
    await chat.open();
    await chat.panel.getByText('The assistant is with you').waitFor();
  });

  it('may read the privacy notice first, and is not asked again once they have written', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.panel.getByRole('button', { name: 'إشعار الخصوصية' }).click();
    await chat.panel.getByText('لك الحق في الاطلاع على بياناتك').waitFor();
    expect(await faultsIn(chat.page)).toEqual([]);
    await chat.page.keyboard.press('Escape');
    await chat.write('سؤال');
    await chat.panel.locator('.privacy-line').waitFor({ state: 'detached' });
    await chat.page.reload();
    await chat.open();
    expect(await chat.panel.locator('.privacy-line').count()).toBe(0);
  });

  it('is safe from what a message may hold', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.write('سؤال');
    await seesProgress(chat, 'sent');
    fake().say({
      text: 'x',
      html: '<p onclick="stop()">نص<img src=x onerror="window.hit=1"><a href="javascript:window.hit=1">رابط</a><script>window.hit=1</script></p>',
    });
    await seesBubbles(chat, ['سؤال', 'نصرابط']);
    expect(await chat.panel.locator('.bubble a, .bubble img, .bubble script, .bubble [onclick]').count()).toBe(0);
    expect(await chat.page.evaluate(() => 'hit' in window)).toBe(false);
  });

  it('is told how many characters are left, and cannot send too many', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.field.fill('س'.repeat(3990));
    await chat.panel.getByText('الأحرف المتبقية: 10').waitFor();
    await chat.field.fill('س'.repeat(4003));
    await chat.panel.getByText('عدد الأحرف الزائدة: 3').waitFor();
    await chat.field.press('Enter');
    expect(await chat.bubbles.count()).toBe(0);
  });
});
