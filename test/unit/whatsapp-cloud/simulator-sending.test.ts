import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import {
  createWhatsappCloudSimulator,
  type WhatsappCloudOptions,
  type WhatsappCloudSimulator,
} from '../../fakes/whatsapp-cloud/simulator.ts';

const hour = 3_600_000;
const started: WhatsappCloudSimulator[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()));
});

interface Answer {
  status: number;
  body: Record<string, never> & {
    error?: { code: number; message: string; type: string; fbtrace_id: string; error_data?: { details: string } };
    messages?: { id: string }[];
    contacts?: Record<string, string>[];
  };
}

const start = async (options: WhatsappCloudOptions = {}) => {
  const clock = createFakeClock('2026-11-01T08:00:00Z');
  const simulator = createWhatsappCloudSimulator({ clock, receipts: null, ...options });
  started.push(simulator);
  const { baseUrl } = await simulator.start();
  const settings = simulator.settings();
  const token = settings.WHATSAPP_CLOUD_ACCESS_TOKEN ?? '';
  const ask = async (path: string, init: RequestInit = {}, bearer: string | null = token): Promise<Answer> => {
    const headers = { ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }), ...init.headers };
    const answer = await fetch(path.startsWith('http') ? path : `${baseUrl}/${path}`, { ...init, headers });
    const body = answer.headers.get('content-type')?.includes('json') ? await answer.json() : {};
    return { status: answer.status, body };
  };
  const number = settings.WHATSAPP_CLOUD_PHONE_NUMBER_ID ?? '';
  const account = settings.WHATSAPP_CLOUD_WABA_ID ?? '';
  const post = (body: unknown, bearer?: string): Promise<Answer> =>
    ask(
      `${number}/messages`,
      { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      bearer,
    );
  const sara = simulator.person({ phone: '966500000001', name: 'سارة' });
  const text = (body = 'مرحبا', more: object = {}) =>
    post({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: sara.phone,
      type: 'text',
      text: { body },
      ...more,
    });
  const template = (name: string, code: string, components?: unknown) =>
    post({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: sara.phone,
      type: 'template',
      template: { name, language: { code }, components },
    });
  return { simulator, clock, sara, ask, post, text, template, number, account, token };
};

const opened = async (options: WhatsappCloudOptions = {}) => {
  const all = await start(options);
  await all.simulator.deliver(all.sara.text('السلام عليكم'));
  return all;
};

const codeOf = (answer: Answer): number | undefined => answer.body.error?.code;
const named = (text: string, parameter_name: string) => ({ type: 'text', text, parameter_name });

describe('sending', () => {
  it('is answered with the contact and a message id, and remembered', async () => {
    const { simulator, sara, text } = await opened();
    const { status, body } = await text('تم', { biz_opaque_callback_data: 'msg_1' });
    expect(status).toBe(200);
    expect(body.contacts).toEqual([{ input: sara.phone, wa_id: sara.phone, user_id: sara.userId }]);
    expect(body.messages?.[0]?.id).toMatch(/^wamid\./);
    expect(simulator.sent.map(({ wamid, to }) => [wamid, to.phone])).toEqual([[body.messages?.[0]?.id, sara.phone]]);
  });

  it('refuses whoever has no token, or another one', async () => {
    const { text, ask, number, post } = await opened();
    expect((await text()).status).toBe(200);
    const wrong = await post({}, 'another');
    expect([wrong.status, codeOf(wrong), wrong.body.error?.type]).toEqual([401, 190, 'OAuthException']);
    expect((await ask(number, {}, null)).status).toBe(401);
  });

  it('answers a wrong form with the provider’s error body', async () => {
    const { post, simulator } = await opened();
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
    const { ask, number } = await opened();
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    expect(codeOf(await ask(`${number}/messages`, { ...init, body: '{' }))).toBe(100);
    expect(codeOf(await ask('1234567/messages', { ...init, body: '{}' }))).toBe(100);
    expect(codeOf(await ask(`${number}/message`, { ...init, body: '{}' }))).toBe(100);
  });

  it('reaches somebody by user id alone, and never says the number then', async () => {
    const { simulator, post } = await start();
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
    const { post, text } = await opened();
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
    const { simulator, post } = await opened();
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

describe('the window', () => {
  it('is closed to whoever never wrote, and open for 24 hours afterwards', async () => {
    const { simulator, sara, text, clock } = await start();
    expect(codeOf(await text())).toBe(131047);
    await simulator.deliver(sara.text('مرحبا'));
    clock.advance(24 * hour - 1);
    expect((await text()).status).toBe(200);
    clock.advance(1);
    expect(codeOf(await text())).toBe(131047);
  });

  it('stays open for 72 hours after an advertisement, and lets templates through always', async () => {
    const { simulator, sara, text, template, clock } = await start();
    expect((await template('conversation_resume', 'ar')).status).toBe(200);
    await simulator.deliver(sara.text('مرحبا', { referral: { source_type: 'ad', source_id: '1' } }));
    clock.advance(72 * hour - 1);
    expect((await text()).status).toBe(200);
  });

  it('can refuse by a receipt instead, or not at all', async () => {
    const { simulator, text, clock } = await start({ limits: { window: 'status' } });
    expect((await text()).status).toBe(200);
    clock.advance(0);
    expect(simulator.sent[0]?.receipts).toEqual(['failed']);
    const lax = await start({ limits: { window: 'off' } });
    expect((await lax.text()).status).toBe(200);
  });

  it('is for each person alone', async () => {
    const { text } = await opened();
    expect(codeOf(await text('x', { to: '966500000002' }))).toBe(131047);
  });
});

describe('the rates', () => {
  it('allow one message in 6 seconds, and a burst that is paid back', async () => {
    const { text, clock } = await opened({ limits: { throughput: false } });
    const burst = await Promise.all(Array.from({ length: 20 }, () => text()));
    expect(burst.every(({ status }) => status === 200)).toBe(true);
    clock.advance(6000);
    expect(codeOf(await text())).toBe(131056);
    clock.advance(20 * 6000 - 6001);
    expect(codeOf(await text())).toBe(131056);
    clock.advance(1);
    expect((await text()).status).toBe(200);
    clock.advance(6000);
    expect((await text()).status).toBe(200);
  });

  it('allow no more than 45 in a burst', async () => {
    const { text } = await opened({ limits: { throughput: false } });
    const burst = await Promise.all(Array.from({ length: 46 }, () => text()));
    expect(burst.map(codeOf).filter((code) => code === 131056)).toHaveLength(1);
  });

  it('can be counted as a bucket that fills again by one in 6 seconds', async () => {
    const { text, clock } = await opened({ limits: { throughput: false, pairRate: 'bucket' } });
    const burst = await Promise.all(Array.from({ length: 45 }, () => text()));
    expect(burst.every(({ status }) => status === 200)).toBe(true);
    expect(codeOf(await text())).toBe(131056);
    clock.advance(6000);
    expect([(await text()).status, codeOf(await text())]).toEqual([200, 131056]);
  });

  it('allow 80 messages a second, in and out together', async () => {
    const { text, clock } = await opened({ limits: { pairRate: false } });
    const first = await Promise.all(Array.from({ length: 80 }, () => text()));
    expect(first.filter(({ status }) => status === 200)).toHaveLength(79);
    expect(first.map(codeOf).filter((code) => code === 130429)).toHaveLength(1);
    clock.advance(1000);
    expect((await text()).status).toBe(200);
  });
});

describe('templates', () => {
  it('are listed in pages, of every status and both languages', async () => {
    const { ask, account } = await start();
    const names: string[] = [];
    let path: string | undefined = `${account}/message_templates?limit=4&fields=name,language,status`;
    while (path) {
      const { body } = (await ask(path)) as unknown as {
        body: { data: { name: string; language: string; status: string }[]; paging?: { next?: string } };
      };
      expect(body.data.length).toBeLessThanOrEqual(4);
      names.push(...body.data.map(({ name, language, status }) => `${name} ${language} ${status}`));
      path = body.paging?.next;
    }
    expect(new Set(names).size).toBe(11);
    expect(names).toContain('ticket_update ar APPROVED');
    expect(names.join(' ')).toMatch(/PAUSED.*REJECTED.*PENDING.*DISABLED/);
  });

  it('are sent with the right places only', async () => {
    const { template } = await start();
    const header = { type: 'header', parameters: [named('1042', 'ticket')] };
    const body = (...parameters: unknown[]) => [header, { type: 'body', parameters }];
    const send = (components: unknown) => template('ticket_update', 'ar', components);
    expect((await send(body(named('سارة', 'name'), named('مغلقة', 'status')))).status).toBe(200);
    expect(codeOf(await send(body(named('سارة', 'name'))))).toBe(132000);
    expect(codeOf(await send(body(named('سارة', 'name'), { type: 'text', text: 'مغلقة' })))).toBe(100);
    expect(codeOf(await send([{ type: 'body', parameters: [named('سارة', 'name'), named('مغلقة', 'status')] }]))).toBe(
      132000,
    );
  });

  it('with numbered places and a link need both', async () => {
    const { template } = await start();
    const body = {
      type: 'body',
      parameters: [
        { type: 'text', text: 'سارة' },
        { type: 'text', text: 'صيانة' },
      ],
    };
    const url = { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'abc' }] };
    expect((await template('service_link', 'en', [body, url])).status).toBe(200);
    expect(codeOf(await template('service_link', 'en', [body]))).toBe(131008);
    expect(codeOf(await template('service_link', 'en', [body, { ...url, index: '1' }]))).toBe(132012);
  });

  it('are refused where unknown, in another language, paused, rejected or disabled', async () => {
    const { template } = await start();
    const codes = [];
    for (const [name, code] of [
      ['nothing', 'ar'],
      ['ticket_update', 'fr'],
      ['service_survey', 'ar'],
      ['season_offer', 'ar'],
      ['season_offer', 'en'],
      ['old_notice', 'ar'],
    ] as const) {
      codes.push(codeOf(await template(name, code)));
    }
    expect(codes).toEqual([132001, 132001, 132015, 132001, 132001, 132016]);
  });
});

describe('a change of a template', () => {
  it('is in the list at once and told by a webhook', async () => {
    const { simulator, template } = await start();
    expect((await template('conversation_resume', 'ar')).status).toBe(200);
    const told = simulator.changeTemplate('conversation_resume', 'ar', 'PAUSED');
    expect(told.change).toMatchObject({
      field: 'message_template_status_update',
      value: { event: 'PAUSED', message_template_name: 'conversation_resume', message_template_language: 'ar' },
    });
    expect(codeOf(await template('conversation_resume', 'ar'))).toBe(132015);
    expect((await template('conversation_resume', 'en')).status).toBe(200);
  });
});

describe('media', () => {
  it('are uploaded, described and given to whoever has the token', async () => {
    const { simulator, ask, number, token, post } = await opened();
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', 'image/png');
    form.set('file', new Blob(['png bytes'], { type: 'image/png' }), 'a.png');
    const upload = (await ask(`${number}/media`, { method: 'POST', body: form })) as unknown as {
      body: { id: string };
    };
    const { body } = (await ask(upload.body.id)) as unknown as {
      body: { url: string; file_size: number; mime_type: string; sha256: string };
    };
    expect(body).toMatchObject({
      mime_type: 'image/png',
      file_size: 9,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await fetch(body.url)).status).toBe(401);
    const file = await fetch(body.url, { headers: { authorization: `Bearer ${token}` } });
    expect(await file.text()).toBe('png bytes');
    const image = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '966500000001',
      type: 'image',
      image: { id: upload.body.id },
    };
    expect((await post(image)).status).toBe(200);
    simulator.media.expire(upload.body.id);
    expect(codeOf(await ask(upload.body.id))).toBe(100);
  });

  it('are refused where the type or the size is not allowed', async () => {
    const { ask, number } = await start();
    const upload = (type: string, bytes: number) => {
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      form.set('type', type);
      form.set('file', new Blob([Buffer.alloc(bytes)]), 'a');
      return ask(`${number}/media`, { method: 'POST', body: form });
    };
    expect(codeOf(await upload('application/x-msdownload', 10))).toBe(100);
    expect(codeOf(await upload('image/png', 5 * 1024 * 1024 + 1))).toBe(131053);
    expect((await upload('audio/ogg; codecs=opus', 10)).status).toBe(200);
  });

  it('have addresses that live 5 minutes', async () => {
    const { simulator, ask, clock } = await start();
    const { id } = simulator.media.add('image/jpeg', Buffer.from('x'));
    const { body } = (await ask(id)) as unknown as { body: { url: string } };
    clock.advance(5 * 60_000);
    expect((await ask(body.url)).status).toBe(404);
  });

  it('can lead elsewhere, at once or by a redirect, where it shows who came with what', async () => {
    const { simulator, ask } = await start();
    const astray = simulator.media.add('image/jpeg', Buffer.from('x'), { astray: 'host' });
    const { body } = (await ask(astray.id)) as unknown as { body: { url: string } };
    expect(new URL(body.url).origin).toBe(simulator.elsewhere.url);
    await ask(body.url);
    expect(simulator.elsewhere.headers[0]?.authorization).toMatch(/^Bearer /);
    const turned = simulator.media.add('image/jpeg', Buffer.from('x'), { astray: 'redirect' });
    const answer = (await ask(turned.id)) as unknown as { body: { url: string } };
    expect((await ask(answer.body.url, { redirect: 'manual' })).status).toBe(302);
  });
});

describe('the number', () => {
  it('tells the fields that are asked for, and refuses those that there are not', async () => {
    const { ask, number } = await start();
    const { body } = await ask(`${number}?fields=display_phone_number,quality_rating`);
    expect(body).toEqual({ display_phone_number: '+966112345678', quality_rating: 'GREEN', id: number });
    expect(codeOf(await ask(`${number}?fields=colour`))).toBe(100);
  });
});

describe('what goes wrong on demand', () => {
  it('answers with the code, as often as asked, and then is well', async () => {
    const { simulator, text } = await opened();
    simulator.failNext(130429, 2);
    expect([codeOf(await text()), codeOf(await text()), (await text()).status]).toEqual([130429, 130429, 200]);
    expect(simulator.sent).toHaveLength(1);
  });

  it('cuts the connection or stays silent, with the message taken or not', async () => {
    const { simulator, text, sara, ask, number } = await opened();
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
    const { simulator, text, ask, number } = await opened();
    simulator.setDown(true);
    expect([(await text()).status, (await ask(number)).status]).toEqual([503, 503]);
    simulator.setDown(false);
    expect((await text()).status).toBe(200);
  });

  it('lets messages to whoever has blocked the number fail afterwards', async () => {
    const { simulator, text, sara, clock } = await opened();
    simulator.block(sara);
    expect((await text()).status).toBe(200);
    clock.advance(0);
    expect(simulator.sent[0]?.receipts).toEqual(['failed']);
  });
});
