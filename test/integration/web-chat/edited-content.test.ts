import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiToken, type OpenGateway, openGateway } from './open-gateway.ts';

let wasl: OpenGateway;
beforeEach(async () => {
  wasl = await openGateway();
});
let expectedFaults = 0;
afterEach(async () => {
  expect(wasl.faults).toHaveLength(expectedFaults);
  expectedFaults = 0;
  await wasl.close();
});

interface Setting<T> {
  version: number;
  value: T;
}
interface Text {
  id: string;
  group: string;
  texts: Record<string, string>;
}

const send = (method: string, path: string, body: unknown): Promise<Response> =>
  fetch(`${wasl.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const read = async <T>(path: string): Promise<Setting<T>> => (await wasl.api(path)).json() as Promise<Setting<T>>;

const rewrite = (all: Text[], id: string, texts: Record<string, string>): Text[] =>
  all.map((one) => (one.id === id ? { ...one, texts: { ...one.texts, ...texts } } : one));

describe('what people edit', () => {
  it('is said to the next visitor, without a restart', async () => {
    const { version, value } = await read<Text[]>('/settings/templates');
    const edited = rewrite(value, 'greeting', { ar: 'حياكم الله في {{ unit }}.' });
    expect((await send('PUT', '/settings/templates', { version, value: edited })).status).toBe(200);
    await vi.waitFor(async () => {
      const visitor = await wasl.visit({ auth: { language: 'ar' } });
      await visitor.say('السلام عليكم');
      expect((await visitor.answers(1))[0]?.text).toBe('حياكم الله في إدارة الخدمات التعليمية.');
    });
  });

  it('must be a template that can be read, in both languages, and says where it is not', async () => {
    const { version, value } = await read<Text[]>('/settings/templates');
    const broken = await send('PUT', '/settings/templates', {
      version,
      value: rewrite(value, 'greeting', { en: 'Hello\n{% if hours.open %}never closed' }),
    });
    expect(broken.status).toBe(400);
    expect(JSON.stringify(await broken.json())).toContain('.texts.en, line 2');
    const missing = value.map((one) => (one.id === 'greeting' ? { ...one, texts: { ar: 'أهلاً' } } : one));
    const one = await send('PUT', '/settings/templates', { version, value: missing });
    expect(JSON.stringify(await one.json())).toContain('missing in');
  });

  it('keeps every text that Wasl says, and says which are missing', async () => {
    const { version, value } = await read<Text[]>('/settings/templates');
    const left = await send('PUT', '/settings/templates', { version, value: value.slice(2) });
    expect(left.status).toBe(400);
    const { error } = (await left.json()) as { error: { message: string } };
    expect(error.message).toBe(`body.value: the texts "${value[0]?.id}", "${value[1]?.id}" are missing.`);
    expect((await send('PUT', '/settings/templates', { version, value: [] })).status).toBe(400);
    expect((await read('/settings/templates')).version).toBe(version);
  });

  it('cannot silence Wasl or hold it up: the shipped text is said, and one line tells of it', async () => {
    const { version, value } = await read<Text[]>('/settings/templates');
    const endless = '{% for i in (1..100000000) %}{{ i }}{% endfor %}';
    const edited = rewrite(value, 'greeting', { en: endless });
    expect((await send('PUT', '/settings/templates', { version, value: edited })).status).toBe(200);
    expectedFaults = 1;
    await vi.waitFor(async () => {
      const visitor = await wasl.visit({ auth: { language: 'en' } });
      const began = performance.now();
      await visitor.say('Hello');
      expect((await visitor.answers(1))[0]?.text).toMatch(/^Hello|^Welcome/);
      expect(performance.now() - began).toBeLessThan(5000);
      expect(wasl.faults).toMatchObject([{ fields: { template: 'greeting' } }]);
    });
  });

  it('is refused where somebody else edited it meanwhile', async () => {
    const { version, value } = await read<Text[]>('/settings/templates');
    expect((await send('PUT', '/settings/templates', { version, value })).status).toBe(200);
    expect((await send('PUT', '/settings/templates', { version, value })).status).toBe(409);
  });

  it('answers from an article as soon as it is published', async () => {
    const article = {
      id: 'test-falcon-parking',
      status: 'published',
      title: { en: 'Falcon perches' },
      body: { en: 'Falcon perches stand beside gate 9.' },
      phrasings: { en: ['where can I leave my falcon', 'falcon perch', 'is there a perch for falcons'] },
    };
    expect((await wasl.apiPost('/articles', article)).status).toBe(201);
    await vi.waitFor(async () => {
      const answer = await wasl.apiPost('/answer', { text: 'where do I leave my falcon?' });
      const { outcome, articles } = (await answer.json()) as { outcome: string; articles: { id: string }[] };
      expect([outcome, articles[0]?.id]).toEqual(['answer', 'test-falcon-parking']);
    });
  });
});
