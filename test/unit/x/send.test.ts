import { describe, expect, it } from 'vitest';
import type { XApi, XClient } from '../../../channels/x/client.ts';
import { createLimits } from '../../../channels/x/limits.ts';
import { createMeter } from '../../../channels/x/meter.ts';
import { createSender } from '../../../channels/x/outgoing/send.ts';
import { createSendings } from '../../../channels/x/outgoing/sendings.ts';
import { usualPrices } from '../../../channels/x/prices.ts';
import { Refusal, withoutAnswer } from '../../../channels/x/refusal.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import { anOutbound } from './an-outbound.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z');
const duplicate = () =>
  new Refusal({ code: 'rejected', says: 'X takes no post with the same words twice.' }, { providerCode: 'duplicate' });

/** A sender over a client whose answers to writes, and to looking for what was sent, are given one by one. */
async function open({
  writes = [] as unknown[],
  posts = [] as unknown[],
  dms = [] as unknown[],
  handle = null as string | null,
}) {
  const asked: string[] = [];
  const next = (name: string, answers: unknown[]) => async (): Promise<unknown> => {
    asked.push(name);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const said: string[] = [];
  const write = next('write', writes);
  const reply = (text: string) => {
    said.push(text);
    return write();
  };
  const api = { reply, sendDmToParticipant: write } as unknown as XApi;
  const client: XClient = { ask: (_, work) => work(api), close: () => undefined };
  const deps = hostDeps({ clock: { now: () => now, after: () => () => undefined } });
  const meter = createMeter({ inboxId: 'x', prices: usualPrices, budget: null, deps });
  const sendings = createSendings(() => now);
  const notes = { recall: async () => null, remember: async () => undefined };
  await Promise.all([meter.open(notes), sendings.open(notes)]);
  const reader = { ownPosts: next('posts', posts), dmEventsWith: next('dms', dms) };
  const self = async () => ({ id: '1', username: 'wasl_care' });
  const sender = createSender({
    client,
    limits: createLimits(() => now),
    meter,
    sendings,
    uploads: { idOf: async () => '1', stop: () => undefined },
    find: { reader, self, isTaken: sendings.has },
    handles: { see: () => undefined, of: async () => handle },
    shape: { publicLinks: false, longPosts: false },
  });
  const send = (message: ReturnType<typeof anOutbound>) => sender.send(message, new AbortController().signal);
  return { send, asked, said, meter, sendings };
}

const inPublic = () => anOutbound({ visibility: 'public', quotes: '500', text: 'راسلونا على الخاص' });
const ours = { id: '900', text: '@sara_q راسلونا على الخاص', referenced_posts: [{ type: 'replied_to', id: '500' }] };
const page = (...data: object[]) => ({ data });
const lost = () => withoutAnswer(new Error('cut'));

describe('after an unknown outcome', () => {
  it('the post that X calls a duplicate, though it was not shown before, is the one that is there', async () => {
    const { send, asked } = await open({ writes: [lost(), duplicate()], posts: [page(), page(ours)] });
    const message = inPublic();
    await expect(send(message)).rejects.toMatchObject({ code: 'timed-out' });
    expect(await send(message)).toMatchObject({ externalId: '900' });
    expect(asked).toEqual(['write', 'posts', 'write', 'posts']);
  });

  it('the post is looked for on every page of what was posted since', async () => {
    const others = Array.from({ length: 100 }, (_, at) => ({ ...ours, id: String(1_000 + at), text: 'كلام آخر' }));
    const first = { data: others, meta: { next_token: 'more' } };
    const { send, asked } = await open({ writes: [lost()], posts: [first, page(ours)] });
    const message = inPublic();
    await send(message).catch(() => undefined);
    expect(await send(message)).toMatchObject({ externalId: '900' });
    expect(asked).toEqual(['write', 'posts', 'posts']);
  });

  it('a duplicate that is not there is refused, and nobody is addressed by name', async () => {
    const { send, asked } = await open({ writes: [lost(), duplicate()], posts: [page()] });
    const message = inPublic();
    await send(message).catch(() => undefined);
    await expect(send(message)).rejects.toMatchObject({ code: 'rejected', providerCode: 'duplicate' });
    expect(asked).toEqual(['write', 'posts', 'write', 'posts']);
  });

  it('only a post with the same words below the same post counts', async () => {
    const others = [
      { ...ours, id: '901', referenced_posts: [{ type: 'replied_to', id: '501' }] },
      { ...ours, id: '902', text: '@sara_q كلام آخر' },
    ];
    const { send } = await open({ writes: [lost(), { data: { id: '903' } }], posts: [page(...others)] });
    const message = inPublic();
    await send(message).catch(() => undefined);
    expect(await send(message)).toMatchObject({ externalId: '903' });
  });

  it('only a message of our own, written since, with the same words counts', async () => {
    const event = (id: string, fields: object) => ({
      id,
      sender_id: '1',
      text: 'وصلتنا رسالتك',
      created_at: '2026-11-21T12:00:01.000Z',
      ...fields,
    });
    const others = [
      event('901', { sender_id: '77' }),
      event('902', { text: 'كلام آخر' }),
      event('903', { created_at: '2026-11-21T11:00:00.000Z' }),
    ];
    const again = await open({ writes: [lost(), { data: { dm_event_id: '904' } }], dms: [page(...others)] });
    const message = anOutbound();
    await again.send(message).catch(() => undefined);
    expect(await again.send(message)).toMatchObject({ externalId: '904' });
    const found = await open({ writes: [lost()], dms: [page(...others, event('905', {}))] });
    await found.send(message).catch(() => undefined);
    expect(await found.send(message)).toMatchObject({ externalId: '905' });
  });

  it('nothing is sent where X cannot say what became of it', async () => {
    for (const answer of [{ data: 'none' }, new SendError('unreachable', 'X cannot be reached.')]) {
      const { send, asked } = await open({ writes: [lost()], posts: [answer] });
      const message = inPublic();
      await send(message).catch(() => undefined);
      await expect(send(message)).rejects.toMatchObject({ retryable: true });
      expect(asked).toEqual(['write', 'posts']);
    }
  });

  it('it waits for people to let X be asked, since it may stand there, and is found then', async () => {
    const refusals = [
      new Refusal({ code: 'config-invalid', says: 'The credits are used up.', alarm: 'capped' }, { scope: 'inbox' }),
      new SendError('config-invalid', 'The monthly budget is used up.', { providerCode: 'budget' }),
      new SendError('rejected', 'The plan does not include it.'),
    ];
    for (const refusal of refusals) {
      const { send, asked } = await open({ writes: [lost()], posts: [refusal, page(ours)] });
      const message = inPublic();
      await send(message).catch(() => undefined);
      const waits = { code: 'unreachable', retryable: true, retryAfterMs: 900_000, scope: 'person' };
      await expect(send(message)).rejects.toMatchObject(waits);
      expect(await send(message)).toMatchObject({ externalId: '900' });
      expect(asked).toEqual(['write', 'posts', 'posts']);
    }
  });

  it('it waits too where X calls it a duplicate and then lets nobody look', async () => {
    const capped = new SendError('config-invalid', 'The credits are used up.');
    const { send } = await open({ writes: [lost(), duplicate()], posts: [page(), capped] });
    const message = inPublic();
    await send(message).catch(() => undefined);
    await expect(send(message)).rejects.toMatchObject({ code: 'unreachable', retryable: true });
  });

  it('it is looked for again, even where a try in between was refused', async () => {
    const busy = new SendError('throttled', 'Too fast.');
    const { send, asked } = await open({ writes: [lost(), busy], posts: [page(), page(ours)] });
    const message = inPublic();
    await send(message).catch(() => undefined);
    await expect(send(message)).rejects.toMatchObject({ code: 'throttled' });
    expect(await send(message)).toMatchObject({ externalId: '900' });
    expect(asked).toEqual(['write', 'posts', 'write', 'posts']);
  });

  it('its price stays counted, and that of what X refused does not', async () => {
    const { send, meter } = await open({ writes: [lost(), duplicate()], posts: [page()] });
    const message = inPublic();
    await send(message).catch(() => undefined);
    await send(message).catch(() => undefined);
    expect(meter.usage().lines).toEqual([{ what: 'reply-summoned', count: 1, amount: 0.01 }]);
  });
});

describe('an answer of X', () => {
  it('is understood with what it is wrapped in and without', async () => {
    const { send } = await open({ writes: [{ data: { dm_event_id: '1' } }, { dm_event_id: '2' }] });
    expect((await send(anOutbound())).externalId).toBe('1');
    expect((await send(anOutbound())).externalId).toBe('2');
  });

  it('without an id is no success, and the next try looks first', async () => {
    const { send, asked } = await open({ writes: [{ data: {} }], posts: [page(ours)] });
    const message = inPublic();
    await expect(send(message)).rejects.toMatchObject({ code: 'unexpected-response', retryable: true });
    expect((await send(message)).externalId).toBe('900');
    expect(asked).toEqual(['write', 'posts']);
  });

  it('of a post that goes on with one of ours costs what a post costs', async () => {
    const { send } = await open({ writes: [{ data: { id: '901' } }, { data: { id: '902' } }] });
    expect(await send(inPublic())).toMatchObject({ cost: { amount: 0.01 } });
    const further = anOutbound({ visibility: 'public', quotes: '901', text: 'وتتمته' });
    expect(await send(further)).toMatchObject({ externalId: '902', cost: { amount: 0.015 } });
  });
});

describe('the same words for two people', () => {
  it('carry a name from the second on, without being refused first', async () => {
    const { send, said } = await open({
      writes: [{ data: { id: '901' } }, { data: { id: '902' } }],
      handle: 'khalid_a',
    });
    await send(inPublic());
    await send(anOutbound({ ...inPublic(), id: 'another', address: '78', quotes: '600' }));
    expect(said).toEqual(['راسلونا على الخاص', '@khalid_a راسلونا على الخاص']);
  });

  it('are tried with a name where X knew them from elsewhere, and once only', async () => {
    const { send, said } = await open({ writes: [duplicate()], handle: 'khalid_a' });
    await expect(send(inPublic())).rejects.toMatchObject({ providerCode: 'duplicate' });
    expect(said).toEqual(['راسلونا على الخاص', '@khalid_a راسلونا على الخاص']);
  });

  it('are said again as they were the first time, so that X can tell a second one', async () => {
    const { send, said } = await open({
      writes: [lost(), { data: { id: '901' } }, { data: { id: '902' } }],
      posts: [page()],
      handle: 'khalid_a',
    });
    const message = inPublic();
    await send(message).catch(() => undefined);
    await send(anOutbound({ ...inPublic(), id: 'another', address: '78', quotes: '600' }));
    await send(message);
    expect(said).toEqual(['راسلونا على الخاص', '@khalid_a راسلونا على الخاص', 'راسلونا على الخاص']);
  });

  it('are refused where nobody knows the name', async () => {
    const { send, said } = await open({ writes: [duplicate()] });
    await expect(send(inPublic())).rejects.toMatchObject({ providerCode: 'duplicate' });
    expect(said).toHaveLength(1);
  });
});
