import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createReceiver } from '../../fakes/x/receiver.ts';
import { createXPlace } from '../../rehearse/places/x.ts';
import type { ShownDm, ShownPost } from '../../rehearse/places/x-view.ts';
import { openX as openSimulator } from '../../unit/fakes-x/open-x.ts';
import { khalid, openPage, sara } from './page-harness.ts';

const picture = Buffer.from('not a picture to anybody but a browser');

const openX = async () => {
  const { simulator, clock, user: wasl } = await openSimulator();
  const receiver = await createReceiver(simulator.settings().X_APP_SECRET ?? '');
  await simulator.connect(receiver.url);
  onTestFinished(receiver.stop);
  const set = vi.fn(async (_usd: number) => {});
  const counted = vi.fn(async () => 0);
  const budget = { usd: 10, counted, set };
  const page = await openPage((parts) => createXPlace({ ...parts, simulator, budget }), clock);
  const say = (body: object, phone = sara): Promise<number> => page.post('say', body, phone);
  const turn = (name: string, on: boolean): Promise<number> => page.post('switch', { name, on });
  const posts = (): ShownPost[] => page.newest<ShownPost>('post', 'post');
  const dms = (): ShownDm[] => page.newest<ShownDm>('dm', 'line');
  const post = (at: number) =>
    vi.waitFor(() => {
      const found = posts()[at];
      if (!found) throw new Error('no such post yet');
      return found;
    });
  const file = (query: Record<string, string>, type: string) =>
    fetch(`${page.origin}/x/${sara}/file?${new URLSearchParams(query)}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: picture,
    });
  return { ...page, simulator, receiver, wasl, set, counted, say, turn, posts, dms, post, file };
};

describe('the public place of X', () => {
  it('shows what people write and how it hangs together, and tells Wasl of it', async () => {
    const { say, post, posts, receiver } = await openX();
    expect(await say({ kind: 'post', text: '@wasl_care الجهاز لا يعمل' })).toBe(202);
    const first = await post(0);
    expect(first).toMatchObject({ by: 'person', phone: sara, handle: 'sara_alqahtani', thread: first.id, cost: null });
    await say({ kind: 'post', text: 'وعندي كذلك', replyTo: first.id }, khalid);
    await say({ kind: 'post', text: '@wasl_care انظروا', quotes: first.id }, khalid);
    await say({ kind: 'repost', post: first.id }, khalid);
    await post(3);
    expect(posts()).toMatchObject([
      {},
      { replyTo: first.id, thread: first.id, phone: khalid },
      { quotes: first.id },
      { reposts: first.id },
    ]);
    await vi.waitFor(() => expect(receiver.posts.length).toBeGreaterThanOrEqual(2));
  });

  it('shows an edit in the place of the post, and a deletion', async () => {
    const { say, post, posts } = await openX();
    await say({ kind: 'post', text: '@wasl_care الجهز لا يعمل' });
    const { id } = await post(0);
    expect(await say({ kind: 'edit', post: id, text: '@wasl_care الجهاز لا يعمل' })).toBe(202);
    const edited = await post(1);
    await vi.waitFor(() => expect(posts()[0]).toMatchObject({ isReplaced: true }));
    expect(edited).toMatchObject({ isEdited: true, text: '@wasl_care الجهاز لا يعمل' });
    expect(await say({ kind: 'edit', post: id, text: 'مرة أخرى' })).toBe(410);
    expect(await say({ kind: 'delete', post: edited.id })).toBe(202);
    await vi.waitFor(() => expect(posts()[1]).toMatchObject({ isDeleted: true }));
  });

  it('shows what Wasl posts with its weight and what it cost', async () => {
    const { say, post, posts, wasl, ofKind, clock } = await openX();
    await say({ kind: 'post', text: '@wasl_care الجهاز لا يعمل' });
    const { id } = await post(0);
    await wasl.reply('أهلاً بك', id);
    await wasl.reply('التفاصيل في https://example.org', id);
    await post(2);
    expect(posts().slice(1)).toMatchObject([
      { by: 'account', isWasl: true, replyTo: id, weight: 8, cost: 0.01 },
      { cost: 0.2 },
    ]);
    clock.advance(400);
    await vi.waitFor(() => expect(ofKind('state').at(-1)).toMatchObject({ budget: 10, spent: { usd: 0.21 } }));
  });

  it('lets staff post from the account itself', async () => {
    const { say, post, simulator } = await openX();
    await say({ kind: 'post', by: 'staff', text: 'نعمل على إصلاح العطل' });
    expect(await post(0)).toMatchObject({ by: 'account', isWasl: false, phone: null, cost: null });
    expect(simulator.counted.posts).toBe(0);
  });

  it('takes pictures, and shows them', async () => {
    const { file, post, origin } = await openX();
    expect((await file({ kind: 'post', text: '@wasl_care هذا هو الجهاز' }, 'image/png')).status).toBe(202);
    const { files } = await post(0);
    expect(files).toMatchObject([{ type: 'image' }]);
    expect(await (await fetch(`${origin}/${files[0]?.url}`)).text()).toBe(picture.toString());
    expect((await file({ kind: 'post', text: 'x' }, 'application/pdf')).status).toBe(415);
  });

  it('refuses what cannot be', async () => {
    const { say, post } = await openX();
    await say({ kind: 'post', text: '@wasl_care مرحبا' });
    const { id } = await post(0);
    expect(await say({ kind: 'delete', post: id }, khalid)).toBe(403);
    expect(await say({ kind: 'repost', post: '1' })).toBe(404);
    expect(await say({ kind: 'post', text: ' ' })).toBe(400);
    expect(await say({ kind: 'dance' })).toBe(400);
    expect(await say({ kind: 'post', text: 'x' }, '966511111111')).toBe(404);
  });
});

describe('direct messages at X', () => {
  it('go both ways, and are read a little later', async () => {
    const { say, dms, simulator, wasl, receiver, ofKind, clock } = await openX();
    await say({ kind: 'dm', text: 'السلام عليكم' });
    await vi.waitFor(() => expect(dms()).toMatchObject([{ by: 'person', text: 'السلام عليكم' }]));
    const id = simulator.person({ username: 'sara_alqahtani' }).id;
    await wasl.sendDmToParticipant(id, { text: 'وعليكم السلام' });
    await vi.waitFor(() => expect(dms()[1]).toMatchObject({ by: 'service', isWasl: true, cost: 0.015 }));
    clock.advance(2000);
    await vi.waitFor(() => expect(dms()[1]).toMatchObject({ progress: 'read' }));
    expect(ofKind('dm').every(({ phone }) => phone === sara)).toBe(true);
    const types = () => receiver.posts.map(({ body }) => (body.data as { event_type: string }).event_type);
    await vi.waitFor(() => expect(types()).toContain('dm.read'));
  });

  it('may carry a picture, or be encrypted', async () => {
    const { say, dms, file, receiver } = await openX();
    expect((await file({ kind: 'dm', text: 'هذا هو' }, 'image/jpeg')).status).toBe(202);
    expect(await say({ kind: 'encrypted' })).toBe(202);
    await vi.waitFor(() => expect(dms()).toMatchObject([{ file: { type: 'image' } }, { kind: 'encrypted', text: '' }]));
    await vi.waitFor(() => expect(receiver.posts).toHaveLength(2));
  });
});

describe('the switches of X', () => {
  it('refuse everything, or replies alone, until they are turned back', async () => {
    const { turn, post, say, wasl, troubles, clock } = await openX();
    await say({ kind: 'post', text: '@wasl_care مرحبا' });
    const { id } = await post(0);
    expect(await turn('forbidden', true)).toBe(204);
    await expect(wasl.reply('أهلاً', id)).rejects.toMatchObject({ code: 403 });
    await turn('down', true);
    await expect(wasl.me()).rejects.toMatchObject({ code: 503 });
    await turn('down', false);
    await expect(wasl.reply('أهلاً', id)).rejects.toMatchObject({ code: 403 });
    await turn('forbidden', false);
    await wasl.reply('أهلاً', id);
    clock.advance(400);
    await vi.waitFor(() => expect(troubles().map(({ status }) => status)).toEqual([403, 503, 403]));
    expect(troubles()[0]?.detail).toContain('have not been mentioned');
  });

  it('close the messages of one person to whom they never wrote', async () => {
    const { turn, simulator, wasl, ofKind } = await openX();
    await turn('closed', true);
    const closed = simulator.person({ username: 'sara_alqahtani' }).id;
    await expect(wasl.sendDmToParticipant(closed, { text: 'x' })).rejects.toMatchObject({ code: 403 });
    await vi.waitFor(() => expect(ofKind('state').at(-1)).toMatchObject({ closed: [sara] }));
  });

  it('give Wasl a budget of which little is left, and then the first one again', async () => {
    const { turn, set, counted, ofKind } = await openX();
    counted.mockResolvedValueOnce(1.7);
    await turn('budget', true);
    await vi.waitFor(() => expect(set).toHaveBeenLastCalledWith(2));
    await turn('budget', true);
    await vi.waitFor(() => expect(set).toHaveBeenLastCalledWith(0.06));
    await vi.waitFor(() => expect(ofKind('state').at(-1)).toMatchObject({ budget: 0.06, turned: { budget: true } }));
    await turn('budget', false);
    await vi.waitFor(() => expect(set).toHaveBeenLastCalledWith(10));
    expect(await turn('light', true)).toBe(400);
  });

  it('say so where Wasl does not come back with another budget', async () => {
    const { turn, set, troubles } = await openX();
    set.mockRejectedValueOnce(new Error('it ended'));
    await turn('budget', true);
    await vi.waitFor(() => expect(troubles()).toEqual([{ by: 'wasl', status: 0 }]));
  });
});
