import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { x } from '../../../channels/x/channel.ts';
import { readBody } from '../../../channels/x/payload/body.ts';
import { readDmEvents, readPosts } from '../../../channels/x/payload/page.ts';
import type { Piece, Reading } from '../../../channels/x/payload/piece.ts';
import { createCursorNote } from '../../../channels/x/poll/cursor.ts';
import { createRecent, type Desk } from '../../../channels/x/poll/desk.ts';
import { readMentions } from '../../../channels/x/poll/mentions.ts';
import { createReader } from '../../../channels/x/reader.ts';
import { createParts } from '../../../channels/x/run.ts';
import { type GivenEvent, inboundEvent } from '../../../src/channel/inbound.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { createRecordingSink } from '../../contract/channel-contract.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import { activityBody } from '../../fakes/x/activity.ts';
import { happeningOf, type Made } from '../../fakes/x/happening.ts';
import { accountActivityBody } from '../../fakes/x/legacy.ts';
import { createXSimulator, type XSimulator } from '../../fakes/x/simulator.ts';

let provider: XSimulator;
let end: () => void;

beforeEach(async () => {
  provider = createXSimulator({ auto: 'none', username: 'Amana_Care' });
  await provider.start();
});
afterEach(async () => {
  end?.();
  await provider.stop();
});

const selfOf = () => ({ id: provider.account.id, username: provider.account.username });

function readerOf() {
  const [inbox] = givenInboxes([x], provider.settings());
  if (!inbox) throw new Error('the settings set up no inbox');
  const parts = createParts(inbox, hostDeps({}));
  end = () => parts.client.close();
  return createReader({ client: parts.client, meter: parts.meter, self: async () => selfOf() });
}

const reading = (): Reading => ({
  inboxId: 'x',
  self: selfOf(),
  sent: new Set<string>(),
  at: new Date().toISOString(),
});

const eventsOf = (pieces: readonly Piece[] | undefined): GivenEvent[] =>
  (pieces ?? []).flatMap((piece) => {
    const open = piece.is === 'unplaced' ? piece.otherwise : piece;
    if (open.is !== 'event') return [];
    inboundEvent.parse(open.event);
    return [open.event];
  });

const odds = (pieces: readonly Piece[] | undefined) => (pieces ?? []).filter(({ is }) => is === 'odd');

/** What both webhooks say of the same thing. */
function webhooksOf(made: Made): { activity: Piece[][]; older: Piece[] } {
  const { world } = provider;
  const places = { origin: () => 'https://pbs.example.org' };
  const happening = happeningOf(world, made);
  const read = (body: unknown): Piece[] => readBody(JSON.stringify(body), reading());
  return {
    activity: happening.types.map((type) => read(activityBody(world, places, { happening, type }))),
    older: read(accountActivityBody(world, places, [happening])),
  };
}

type Message = Extract<GivenEvent, { event: 'message' }>;
const known = (event: GivenEvent | undefined) => {
  const { externalId, address, text, refersTo, displayName, answerable, automated, kind } = event as Message;
  return { externalId, address, text, refersTo, displayName, answerable, automated, kind };
};

/** One of each sort of post that names the account. */
function posts() {
  const [sara, fahad] = [
    provider.person({ username: 'sara_ot', name: 'سارة' }),
    provider.person({ username: 'fahad_88', name: 'فهد' }),
  ];
  const ours = provider.ownPost('انتهت الصيانة في حي النرجس');
  const first = sara.mention('متى موعد النظافة؟ https://example.sa/a?b=1&c=2 <هنا>');
  return [
    first,
    fahad.reply(first, '@sara_ot @Amana_Care وأنا كذلك'),
    sara.quote(ours, '@Amana_Care هذا غير صحيح'),
    sara.mention('كلام طويل '.repeat(60)),
    fahad.mention('صورة الحفرة', { media: [{ bytes: Buffer.from('صورة') }] }),
    sara.edit(sara.mention('حي النرجس'), '@Amana_Care حي الياسمين'),
  ];
}

describe('what the simulated X tells', () => {
  it('is read the same from the list of mentions and from both webhooks', async () => {
    const made = posts();
    const page = readPosts(await readerOf().mentions({ max: 100 }), reading());
    expect(odds(page?.pieces)).toEqual([]);
    const polled = new Map(eventsOf(page?.pieces).map((event) => [known(event).externalId, event]));
    expect(polled.size).toBe(made.length);
    for (const post of made) {
      const event = polled.get(post.edits[0] ?? post.id);
      const { activity, older } = webhooksOf(post);
      expect(known(event)).toMatchObject({ answerable: true, automated: 'none' });
      for (const pieces of activity) {
        expect(eventsOf(pieces).map(known)).toEqual([known(event)]);
        expect(eventsOf(pieces)[0]).toMatchObject({ conversationKey: (event as Message).conversationKey });
      }
      expect(eventsOf(older).map(known)).toEqual([known(event)]);
      expect([...activity.flat(), ...older].filter(({ is }) => is === 'odd')).toEqual([]);
    }
  });
  it('has words without handles, links and escapes of X', async () => {
    posts();
    const page = readPosts(await readerOf().mentions({ max: 100 }), reading());
    const words = eventsOf(page?.pieces).map((event) => (event as Message).text);
    expect(words).toEqual([
      'حي الياسمين',
      'صورة الحفرة',
      'كلام طويل '.repeat(60).trim(),
      'هذا غير صحيح',
      'وأنا كذلك',
      'متى موعد النظافة؟ https://example.sa/a?b=1&c=2 <هنا>',
    ]);
  });
  it('is no summons where a reply only carries the handle of the account', async () => {
    const sara = provider.person({ username: 'sara_ot' });
    const ours = provider.ownPost('انتهت الصيانة في حي النرجس');
    const replies = [sara.reply(ours, 'شكرا لكم'), sara.reply(ours, 'شكرا @Amana_Care')];
    const page = readPosts(await readerOf().mentions({ max: 100 }), reading());
    const polled = eventsOf(page?.pieces).map((event) => [known(event).externalId, known(event).answerable]);
    expect(new Map(polled as [string, boolean][])).toEqual(new Map(replies.map(({ id }, index) => [id, index === 1])));
    for (const made of replies)
      for (const pieces of webhooksOf(made).activity)
        expect(eventsOf(pieces)).toMatchObject([{ answerable: made === replies[1] }]);
  });
  it('is a repost that nobody answers', async () => {
    const sara = provider.person({ username: 'sara_ot' });
    const { older } = webhooksOf(sara.retweet(sara.mention('شكرا')));
    expect(eventsOf(older)).toMatchObject([{ automated: 'bulk', answerable: false }]);
  });
  it('is read the same of private messages', async () => {
    const sara = provider.person({ username: 'sara_ot', name: 'سارة' });
    const made = [
      sara.dm('السلام عليكم https://example.sa/x'),
      sara.dm('هذه الفاتورة', { media: { bytes: Buffer.from('صورة') } }),
      provider.ownDm(sara, 'تم التحويل'),
    ];
    const page = readDmEvents(await readerOf().dmEvents({ max: 100 }), reading());
    expect(odds(page?.pieces)).toEqual([]);
    const polled = new Map(eventsOf(page?.pieces).map((event) => [known(event).externalId, event]));
    expect(polled.size).toBe(3);
    for (const dm of made) {
      const { activity, older } = webhooksOf(dm);
      for (const pieces of [...activity, older])
        expect(eventsOf(pieces).map(known)).toEqual([known(polled.get(dm.id))]);
    }
    expect(polled.get(made[2]!.id)).toMatchObject({ event: 'own-message', address: sara.id });
  });
  it('is understood where a person types, reads, writes encrypted, or takes a post back', () => {
    const sara = provider.person({ username: 'sara_ot' });
    const dm = provider.ownDm(sara, 'أهلا');
    expect(webhooksOf(sara.typing()).activity).toEqual([[{ is: 'typing', address: sara.id }]]);
    expect(eventsOf(webhooksOf(sara.readDm()).activity[0])).toMatchObject([{ event: 'receipt', externalId: dm.id }]);
    expect(eventsOf(webhooksOf(sara.encrypted()).activity[0])).toMatchObject([
      { detail: 'encrypted', address: sara.id },
    ]);
    const post = sara.mention('خطأ');
    const { activity, older } = webhooksOf(sara.delete(post));
    for (const pieces of [...activity, older])
      expect(eventsOf(pieces)).toMatchObject([{ kind: 'deletion', refersTo: post.id, address: sara.id }]);
    expect(webhooksOf(provider.revoke()).activity).toEqual([[{ is: 'revoked' }]]);
  });
});

describe('the list of mentions', () => {
  it('is read whole after more has come than it shows', async () => {
    const now = Date.now();
    const people = Array.from({ length: 40 }, (_, index) => provider.person({ username: `person_${index}` }));
    const notes = new Map<string, string>();
    const sink = {
      ...createRecordingSink(),
      recall: async (key: string) => notes.get(key) ?? null,
      remember: async (key: string, value: string) => void notes.set(key, value),
    };
    const desk: Desk = {
      inboxId: 'x',
      reader: readerOf(),
      sink,
      sent: new Set<string>(),
      deps: hostDeps({}),
      recent: createRecent(5_000),
      waits: () => undefined,
      signal: new AbortController().signal,
    };
    const cursor = createCursorNote(sink, 'x-mentions');
    people[0]?.mention('الأول', { at: now - 20 * 3_600_000 });
    await readMentions(desk, cursor, 900_000);
    const made = Array.from({ length: 1_000 }, (_, index) =>
      people[index % 40]?.mention(`بلاغ ${index}`, { at: now - 19 * 3_600_000 + index * 60_000 }),
    );
    await readMentions(desk, cursor, 0);
    expect(provider.requests.filter(({ path }) => path.endsWith('/tweets/search/recent')).length).toBeGreaterThan(0);
    const ids = sink.events.map((event) => known(event).externalId).slice(1);
    expect(ids).toEqual(made.map((post) => post?.id));
    expect((await cursor.get())?.gap).toBeNull();
  });
});
