import { describe, expect, it, vi } from 'vitest';
import { codeOf, openSimulator, openToSara } from './open-simulator.ts';

describe('sending', () => {
  it('is answered with the contact and a message id, and remembered', async () => {
    const { simulator, sara, text } = await openToSara();
    const { status, body } = await text('تم', { biz_opaque_callback_data: 'msg_1' });
    expect(status).toBe(200);
    expect(body.contacts).toEqual([{ input: sara.phone, wa_id: sara.phone, user_id: sara.userId }]);
    expect(body.messages?.[0]?.id).toMatch(/^wamid\./);
    expect(simulator.sent.map(({ wamid, to }) => [wamid, to.phone])).toEqual([[body.messages?.[0]?.id, sara.phone]]);
  });

  it('refuses whoever has no token, or another one', async () => {
    const { text, ask, number, post } = await openToSara();
    expect((await text()).status).toBe(200);
    const wrong = await post({}, 'another');
    expect([wrong.status, codeOf(wrong), wrong.body.error?.type]).toEqual([401, 190, 'OAuthException']);
    expect((await ask(number, {}, null)).status).toBe(401);
  });

  it('answers a wrong form with the provider’s error body', async () => {
    const { post, simulator } = await openToSara();
    const { status, body } = await post({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '966500000001',
      type: 'text',
      text: {},
    });
    expect(status).toBe(400);
    expect(body.error).toEqual({
      message: "(#100) The parameter text['body'] is required.",
      type: 'OAuthException',
      code: 100,
      error_data: { messaging_product: 'whatsapp', details: "The parameter text['body'] is required." },
      fbtrace_id: expect.any(String),
    });
    expect(simulator.requests.at(-1)).toMatchObject({ method: 'POST', status: 400, code: 100 });
    expect(simulator.sent).toEqual([]);
  });

  it('refuses a body that is no JSON, another number and another path', async () => {
    const { ask, number } = await openToSara();
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    expect(codeOf(await ask(`${number}/messages`, { ...init, body: '{' }))).toBe(100);
    expect(codeOf(await ask('1234567/messages', { ...init, body: '{}' }))).toBe(100);
    expect(codeOf(await ask(`${number}/message`, { ...init, body: '{}' }))).toBe(100);
  });

  it('reaches somebody by user id alone, and never says the number then', async () => {
    const { simulator, post } = await openSimulator();
    const hidden = simulator.person({ userId: 'SA.13491208655302741918', name: 'خالد' });
    await simulator.deliver(hidden.text('مرحبا'));
    const { body } = await post({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      recipient: hidden.userId,
      type: 'text',
      text: { body: 'أهلا' },
    });
    expect(body.contacts).toEqual([{ input: hidden.userId, user_id: hidden.userId }]);
    const stranger = await post({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      recipient: 'SA.1',
      type: 'text',
      text: { body: 'x' },
    });
    expect(codeOf(stranger)).toBe(131026);
  });

  it('refuses a message to itself and media that it does not have', async () => {
    const { post, text } = await openToSara();
    expect(codeOf(await text('x', { to: '966112345678' }))).toBe(131021);
    const image = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '966500000001',
      type: 'image',
      image: { id: '123' },
    };
    expect(codeOf(await post(image))).toBe(100);
  });

  it('notes read and typing marks apart from messages', async () => {
    const { simulator, post } = await openToSara();
    const mark = {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.HBgM1',
      typing_indicator: { type: 'text' },
    };
    expect((await post(mark)).body).toEqual({ success: true });
    expect(simulator.marks).toEqual([mark]);
    expect(simulator.sent).toEqual([]);
  });
});

describe('the number', () => {
  it('tells the fields that are asked for, and refuses those that there are not', async () => {
    const { ask, number } = await openSimulator();
    const { body } = await ask(`${number}?fields=display_phone_number,quality_rating`);
    expect(body).toEqual({ display_phone_number: '+966112345678', quality_rating: 'GREEN', id: number });
    expect(codeOf(await ask(`${number}?fields=colour`))).toBe(100);
  });
});

describe('what goes wrong on demand', () => {
  it('answers with the code, as often as asked, and then is well', async () => {
    const { simulator, text } = await openToSara();
    simulator.failNext(130429, 2);
    expect([codeOf(await text()), codeOf(await text()), (await text()).status]).toEqual([130429, 130429, 200]);
    expect(simulator.sent).toHaveLength(1);
  });

  it('cuts the connection or stays silent, with the message taken or not', async () => {
    const { simulator, text, sara, ask, number } = await openToSara();
    simulator.failNext('reset');
    await expect(text()).rejects.toThrow();
    expect(simulator.sent).toHaveLength(0);
    simulator.failNext('timeout', 1, { taken: true });
    const body = JSON.stringify({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: sara.phone,
      type: 'text',
      text: { body: 'x' },
    });
    const cut = new AbortController();
    const lost = ask(`${number}/messages`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      signal: cut.signal,
    });
    await vi.waitFor(() => expect(simulator.sent).toHaveLength(1));
    cut.abort();
    await expect(lost).rejects.toThrow();
    await vi.waitFor(() => expect(simulator.requests.at(-1)?.status).toBe(0));
  });

  it('is down for everybody until it is up again', async () => {
    const { simulator, text, ask, number } = await openToSara();
    simulator.setDown(true);
    expect([(await text()).status, (await ask(number)).status]).toEqual([503, 503]);
    simulator.setDown(false);
    expect((await text()).status).toBe(200);
  });

  it('lets messages to whoever has blocked the number fail afterwards', async () => {
    const { simulator, text, sara, clock } = await openToSara();
    simulator.block(sara);
    expect((await text()).status).toBe(200);
    clock.advance(0);
    expect(simulator.sent[0]?.receipts).toEqual(['failed']);
  });
});
