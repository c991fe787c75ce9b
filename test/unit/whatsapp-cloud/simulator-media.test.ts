import { describe, expect, it } from 'vitest';
import { codeOf, openSimulator, openToSara } from './open-simulator.ts';

describe('media', () => {
  it('are uploaded, described and given to whoever has the token', async () => {
    const { simulator, ask, number, token, post } = await openToSara();
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
    const { ask, number } = await openSimulator();
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
    const { simulator, ask, clock } = await openSimulator();
    const { id } = simulator.media.add('image/jpeg', Buffer.from('x'));
    const { body } = (await ask(id)) as unknown as { body: { url: string } };
    clock.advance(5 * 60_000);
    expect((await ask(body.url)).status).toBe(404);
  });

  it('can lead elsewhere, at once or by a redirect, where it shows who came with what', async () => {
    const { simulator, ask } = await openSimulator();
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
