import { describe, expect, it } from 'vitest';
import { createTakenBack } from '../../../channels/x/intake/taken-back.ts';
import { readPosts } from '../../../channels/x/payload/page.ts';
import { deletionOf } from '../../../channels/x/payload/post-event.ts';
import { type GivenEvent, inboundEvent } from '../../../src/channel/inbound.ts';
import { createStore } from './account.ts';
import { aDm, aPage, aPost, eventsOf, reading, sara } from './bodies.ts';

const postOf = (id: string): GivenEvent =>
  eventsOf(readPosts(aPage([aPost({ id, edit_history_tweet_ids: [id] })]), reading())?.pieces)[0]!;
const deletion = (id: string): GivenEvent =>
  deletionOf({ id, authorId: sara.id, at: '2026-11-21T10:00:00.000Z', raw: {} }, 'x');
const kindsOf = (events: readonly GivenEvent[]) =>
  events.map((event) => ('kind' in event ? [event.kind, 'settled' in event && event.settled === true] : []));

/** A core like the true one: it keeps no deletion of what it does not know. */
function aCore() {
  const store = createStore();
  const receive: typeof store.sink.receive = async (event) => {
    inboundEvent.parse(event);
    const isVain = 'kind' in event && event.kind === 'deletion' && !store.ids().includes(event.refersTo ?? '');
    return isVain ? { messageId: '', conversationId: '', duplicate: true } : store.sink.receive(event);
  };
  return { ...store, sink: { ...store.sink, receive } };
}

async function open(core = aCore()) {
  const takenBack = createTakenBack(core.sink);
  await takenBack.open();
  return { ...core, core, receive: takenBack.receive };
}

describe('a post that was taken back', () => {
  it('before X told of it is answered by nobody, and marked as taken back', async () => {
    const { receive, events } = await open();
    await receive(deletion('2090000000000000001'));
    await receive(postOf('2090000000000000001'));
    await receive(postOf('2090000000000000002'));
    expect(kindsOf(events())).toEqual([
      ['text', true],
      ['deletion', false],
      ['text', false],
    ]);
    expect(events()[1]).toMatchObject({ refersTo: '2090000000000000001', sentAt: '2026-11-21T10:00:00.000Z' });
  });

  it('is known over a restart', async () => {
    const before = await open();
    await before.receive(deletion('2090000000000000001'));
    const { receive, events } = await open(before.core);
    await receive(postOf('2090000000000000001'));
    expect(kindsOf(events())).toEqual([
      ['text', true],
      ['deletion', false],
    ]);
  });

  it('after X told of it is as it was, also where X shows it once more', async () => {
    const { receive, events } = await open();
    const post = postOf('2090000000000000001');
    await receive(post);
    await receive(deletion('2090000000000000001'));
    expect(await receive(post)).toMatchObject({ duplicate: true });
    expect(kindsOf(events())).toEqual([
      ['text', false],
      ['deletion', false],
    ]);
  });

  it('is known among the last thousand, and all that are told of at once are kept', async () => {
    const { receive, notes, core } = await open();
    const ids = Array.from({ length: 1_010 }, (_, index) => String(2_090_000_000_000_000_001n + BigInt(index)));
    await Promise.all(ids.map((id) => receive(deletion(id))));
    expect(JSON.parse(notes.get('x-taken-back') ?? '[]').map(([id]: string[]) => id)).toEqual(ids.slice(10));
    const again = await open(core);
    for (const id of [ids[0]!, ids[1_009]!]) await again.receive(postOf(id));
    expect(kindsOf(again.events())).toEqual([
      ['text', false],
      ['text', true],
      ['deletion', false],
    ]);
  });

  it('is noted at the next telling where it could not be noted at the first', async () => {
    const core = aCore();
    const { receive, notes, allow } = await open(core);
    allow(0);
    await expect(receive(deletion('2090000000000000001'))).rejects.toThrow('killed');
    allow(Number.POSITIVE_INFINITY);
    await receive(deletion('2090000000000000001'));
    expect(notes.get('x-taken-back')).toContain('2090000000000000001');
  });

  it('is not confused with a private message of the same id', async () => {
    const { receive, events } = await open();
    await receive(deletion('2091000000000000001'));
    const { id, text } = aDm();
    await receive({ ...Object(postOf(String(id))), text, visibility: 'private', conversationKey: sara.id });
    expect(kindsOf(events())).toEqual([['text', false]]);
  });
});
