import { describe, expect, it } from 'vitest';
import { faultsIn, openPage, seesBubbles, seesProgress, takePicture, visit } from './chat-page.ts';
import { widgetForEach } from './widget-page.ts';

const { theBrowser, fake } = widgetForEach();

describe('a connection that breaks', () => {
  it('loses nothing and doubles nothing', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.write('واحد');
    await seesProgress(chat, 'sent');
    fake().refuseConnections(true);
    fake().disconnectAll();
    await chat.write('اثنان');
    await chat.write('ثلاثة');
    await seesProgress(chat, 'sending');
    fake().say({ text: 'ما فاتك' });
    await chat.panel.getByText('انقطع الاتصال').waitFor();
    fake().refuseConnections(false);
    await seesBubbles(chat, ['واحد', 'ما فاتك', 'اثنان', 'ثلاثة']);
    await seesProgress(chat, 'sent');
    expect(
      fake()
        .stored()
        .map(({ text }) => text),
    ).toEqual(['واحد', 'ما فاتك', 'اثنان', 'ثلاثة']);
    await chat.panel.locator('.banner').waitFor({ state: 'detached' });
  });

  it('comes back when the server itself has ended it', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.write('واحد');
    await seesProgress(chat, 'sent');
    fake().disconnectAll(false);
    await chat.write('اثنان');
    await seesProgress(chat, 'sent');
    expect(fake().handshakes.at(-1)).toMatchObject({ token: expect.any(String), after: fake().stored()[0]?.id });
  });

  it('sends one message although its acknowledgement is lost', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    fake().dropAcks(1);
    await chat.write('مرة واحدة');
    await seesProgress(chat, 'sent');
    await seesBubbles(chat, ['مرة واحدة']);
    expect(fake().attempts).toHaveLength(2);
    expect(fake().stored()).toHaveLength(1);
  });

  it('tells of being offline and sends when it is back', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.write('أولًا');
    await seesProgress(chat, 'sent');
    await chat.context.setOffline(true);
    await chat.panel.getByText('لا يوجد اتصال بالإنترنت').waitFor();
    await chat.write('بعد العودة');
    expect(await faultsIn(chat.page)).toEqual([]);
    await takePicture(chat.page, 'widget-ar-desk-offline');
    await chat.context.setOffline(false);
    await seesProgress(chat, 'sent');
    expect(
      fake()
        .stored()
        .map(({ text }) => text),
    ).toEqual(['أولًا', 'بعد العودة']);
  });

  it('goes on in a new session when the server no longer knows the old one', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.write('قبل');
    await seesProgress(chat, 'sent');
    fake().forgetSessions();
    fake().disconnectAll();
    await chat.write('بعد');
    await seesBubbles(chat, ['قبل', 'بعد']);
    await seesProgress(chat, 'sent');
  });
});

describe('a server that refuses', () => {
  it('leaves the message with the reason, to be sent again or deleted', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    fake().refuseNext({ code: 'invalid', message: 'لا يمكن قبول هذه الرسالة.' });
    await chat.write('مرفوضة');
    await chat.panel.getByText('لا يمكن قبول هذه الرسالة.').waitFor();
    expect(await faultsIn(chat.page)).toEqual([]);
    await takePicture(chat.page, 'widget-ar-desk-refused');
    await chat.panel.getByRole('button', { name: 'إعادة الإرسال' }).click();
    await seesProgress(chat, 'sent');
    fake().refuseNext({ code: 'invalid', message: 'لا يمكن قبول هذه الرسالة.' });
    await chat.write('مرفوضة ثانية');
    await chat.panel.getByRole('button', { name: 'حذف' }).click();
    await seesBubbles(chat, ['مرفوضة']);
  });

  it('for being too fast is waited for, with its sentence shown meanwhile', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    fake().refuseNext({ code: 'rate-limited', message: 'نستقبل رسائلك تباعًا، لحظات من فضلك.', retryAfterMs: 1500 });
    await chat.write('سريعة');
    await chat.panel.getByText('نستقبل رسائلك تباعًا').waitFor();
    await seesProgress(chat, 'sent');
    expect(await chat.panel.getByText('نستقبل رسائلك تباعًا').count()).toBe(0);
  });
});

describe('a visitor who returns', () => {
  it('finds the conversation, and in two tabs the same one', async () => {
    fake().answerWith(({ text }) => [{ text: `وصلنا: ${text}` }]);
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.write('سؤال');
    await seesBubbles(chat, ['سؤال', 'وصلنا: سؤال']);
    const other = await openPage(chat.context, fake().hostPage());
    await other.open();
    await seesBubbles(other, ['سؤال', 'وصلنا: سؤال']);
    await other.write('من الثانية');
    const both = ['سؤال', 'وصلنا: سؤال', 'من الثانية', 'وصلنا: من الثانية'];
    await seesBubbles(other, both);
    await seesBubbles(chat, both);
    expect(fake().sessionCount()).toBe(1);
    expect(fake().attempts).toHaveLength(2);
  });

  it('has what was still unsent when the page was left', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.write('أولى');
    await seesProgress(chat, 'sent');
    fake().refuseConnections(true);
    fake().disconnectAll();
    await chat.write('لم تُرسل');
    await seesProgress(chat, 'sending');
    await chat.page.reload();
    await chat.open();
    await chat.panel.getByText('لم تُرسل').waitFor();
    fake().refuseConnections(false);
    await seesBubbles(chat, ['أولى', 'لم تُرسل']);
    await seesProgress(chat, 'sent');
    expect(fake().stored()).toHaveLength(2);
  });

  it('is told on the button how many answers wait, until they are seen', async () => {
    const chat = await visit(theBrowser(), fake().hostPage());
    await chat.open();
    await chat.write('سؤال');
    await seesProgress(chat, 'sent');
    await chat.page.keyboard.press('Escape');
    fake().say({ text: 'جواب أول', author: 'agent' });
    fake().say({ text: 'جواب ثانٍ', author: 'agent' });
    await expect.poll(() => chat.page.locator('.badge').innerText()).toBe('2');
    expect(await chat.launcher.getAttribute('aria-label')).toContain('رسائل غير مقروءة: 2');
    await chat.page.reload();
    await expect.poll(() => chat.page.locator('.badge').innerText(), { timeout: 15_000 }).toBe('2');
    await chat.open();
    await expect.poll(() => chat.page.locator('.badge').isVisible()).toBe(false);
    await chat.panel.getByText('أحد موظفينا معك').waitFor();
  });
});
