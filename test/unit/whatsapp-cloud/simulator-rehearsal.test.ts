import { fileTypeFromBuffer } from 'file-type';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createReceiver } from '../../fakes/whatsapp-cloud/receiver.ts';
import { createWhatsappCloudSimulator } from '../../fakes/whatsapp-cloud/simulator.ts';
import { silentVoiceNote } from '../../fakes/whatsapp-cloud/voice-note.ts';
import { addPhone } from '../../rehearse/phone.ts';
import type { Line } from '../../rehearse/places/whatsapp-line.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** The page's news, read as a browser does. */
const readNews = async (url: string) => {
  const cut = new AbortController();
  ends.push(() => cut.abort());
  const answer = await fetch(url, { signal: cut.signal });
  const lines = new Map<string, Line>();
  const people = new Map<string, { isHidden: boolean; isLate: boolean; isBlocked: boolean }>();
  const typing: string[] = [];
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const part of answer.body ?? []) {
      const events = (rest + new TextDecoder().decode(part)).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const news = JSON.parse(event.slice('data: '.length));
        if (news.kind === 'line') lines.set(news.line.id, news.line);
        if (news.kind === 'typing') typing.push(news.phone);
        if (news.kind === 'state') for (const one of news.people) people.set(one.phone, one);
      }
    }
  };
  read().catch(() => {});
  return { lines, people, typing };
};

const start = async () => {
  const simulator = createWhatsappCloudSimulator({ receipts: { statuses: ['sent', 'delivered'], afterMs: [0, 1] } });
  const phone = addPhone(simulator);
  const receiver = await createReceiver();
  const { origin, baseUrl } = await simulator.start();
  simulator.connect(receiver.url);
  ends.push(phone.close, simulator.stop, receiver.stop);
  const sara = '966500000101';
  const json = { 'content-type': 'application/json' };
  const post = (path: string, body: unknown) =>
    fetch(`${origin}/whatsapp/${sara}/${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
  const settings = simulator.settings();
  const serve = (body: object) =>
    fetch(`${baseUrl}/${settings.WHATSAPP_CLOUD_PHONE_NUMBER_ID}/messages`, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${settings.WHATSAPP_CLOUD_ACCESS_TOKEN}` },
      body: JSON.stringify({ messaging_product: 'whatsapp', ...body }),
    });
  const to = { recipient_type: 'individual', to: sara };
  return { simulator, receiver, origin, post, serve, to, sara, news: await readNews(`${origin}/events`) };
};

describe('the phone of a rehearsal', () => {
  it('posts what is written and shows how far it came', async () => {
    const { receiver, post, serve, news, sara } = await start();
    expect((await post('say', { kind: 'text', text: 'السلام عليكم' })).status).toBe(202);
    await vi.waitFor(() =>
      expect([...news.lines.values()]).toMatchObject([{ by: 'person', text: 'السلام عليكم', progress: 'arrived' }]),
    );
    expect(receiver.posts).toHaveLength(1);
    const [id] = news.lines.keys();
    await serve({ status: 'read', message_id: id, typing_indicator: { type: 'text' } });
    await vi.waitFor(() => expect([...news.lines.values()]).toMatchObject([{ progress: 'read' }]));
    expect(news.typing).toEqual([sara]);
  });

  it('shows what the service sends, with what can be tapped, and answers with the tap', async () => {
    const { receiver, post, serve, to, news } = await start();
    await post('say', { kind: 'text', text: 'مرحبا' });
    const action = { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'نعم' } }] };
    await serve({
      ...to,
      type: 'interactive',
      interactive: { type: 'button', body: { text: 'هل يكفي هذا؟' }, action },
    });
    const line = await vi.waitFor(() => {
      const found = [...news.lines.values()].find(({ by, progress }) => by === 'service' && progress === 'delivered');
      if (!found) throw new Error('not yet');
      return found;
    });
    expect(line).toMatchObject({ text: 'هل يكفي هذا؟', buttons: [{ kind: 'reply', id: 'yes', title: 'نعم' }] });
    await post('say', { kind: 'button', id: 'yes', title: 'نعم', to: line.id });
    await vi.waitFor(() => expect(receiver.posts.at(-1)?.raw.toString()).toContain('"button_reply":{"id":"yes"'));
    expect(receiver.posts.at(-1)?.raw.toString()).toContain(line.id.replaceAll('/', '\\/'));
  });

  it('sends files as what they are', async () => {
    const { origin, receiver, sara, news } = await start();
    const send = (type: string, name: string) =>
      fetch(`${origin}/whatsapp/${sara}/file?name=${name}&caption=x`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: 'bytes',
      });
    for (const [type, name] of [
      ['image/png', 'a.png'],
      ['video/mp4', 'a.mp4'],
      ['application/pdf', 'a.pdf'],
      ['image/tiff', 'a.tif'],
    ] as const) {
      expect((await send(type, name)).status).toBe(202);
    }
    await vi.waitFor(() => expect(receiver.posts).toHaveLength(4));
    expect([...news.lines.values()].map(({ file }) => file?.type)).toEqual(['image', 'video', 'document', 'document']);
    const url = [...news.lines.values()][0]?.file?.url;
    expect(await (await fetch(`${origin}/${url}`)).text()).toBe('bytes');
  });

  it('turns its switches, and writing opens the window again', async () => {
    const { simulator, post, serve, to, news, sara } = await start();
    await post('say', { kind: 'text', text: 'مرحبا' });
    for (const name of ['later', 'hidden', 'blocked'])
      expect((await post('switch', { name, on: true })).status).toBe(204);
    await vi.waitFor(() =>
      expect(news.people.get(sara)).toMatchObject({ isLate: true, isHidden: true, isBlocked: true }),
    );
    const text = { ...to, type: 'text', text: { body: 'x' } };
    expect((await serve(text)).status).toBe(400);
    await post('say', { kind: 'text', text: 'عدت' });
    expect((await serve(text)).status).toBe(200);
    await vi.waitFor(() => expect(simulator.sent.at(-1)?.receipts).toEqual(['failed']));
    await post('switch', { name: 'down', on: true });
    expect((await serve(text)).status).toBe(503);
  });

  it('refuses what it does not know', async () => {
    const { post } = await start();
    expect((await post('say', { kind: 'dance' })).status).toBe(400);
    expect((await post('switch', { name: 'light', on: true })).status).toBe(400);
  });

  it('has a voice note that is Ogg with Opus', async () => {
    expect(await fileTypeFromBuffer(silentVoiceNote(1))).toMatchObject({ mime: 'audio/ogg; codecs=opus' });
  });
});
