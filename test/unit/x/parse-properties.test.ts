import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aboutOf, readBody } from '../../../channels/x/payload/body.ts';
import { compareIds, idAt, msOf } from '../../../channels/x/payload/ids.ts';
import { readDmEvents, readPosts } from '../../../channels/x/payload/page.ts';
import { wordsOf } from '../../../channels/x/payload/words.ts';
import { inboundEvent } from '../../../src/channel/inbound.ts';
import { aDm, aLegacyDm, anActivity, aPage, aPost, aStatus, eventsOf, reading, sara, self } from './bodies.ts';

type Json = Record<string, unknown>;

/** The body with some piece of it, however deep, gone or replaced by something else. */
function spoilt(body: unknown, path: number[], by: unknown): unknown {
  if (typeof body !== 'object' || body === null) return by;
  const keys = Object.keys(body);
  const key = keys[(path[0] ?? 0) % Math.max(keys.length, 1)];
  if (key === undefined || path.length === 0) return by;
  const copy: Json | unknown[] = Array.isArray(body) ? [...body] : { ...body };
  Reflect.set(copy, key, spoilt(Reflect.get(body, key), path.slice(1), by));
  return copy;
}

const reply = aPost({
  id: '2090000000000000005',
  edit_history_tweet_ids: ['2090000000000000004', '2090000000000000005'],
  referenced_tweets: [{ type: 'replied_to', id: '2090000000000000001' }],
  attachments: { media_keys: ['3_1'] },
});
const bodies: unknown[] = [
  anActivity('post.mention.create', reply),
  anActivity('post.delete', { id: '5', author_id: sara.id }),
  anActivity('dm.received', { direct_message_events: [aLegacyDm()], users: {} }),
  anActivity('chat.received', { id: 'a', sender_id: sara.id, conversation_id: `${sara.id}:${self.id}` }),
  {
    for_user_id: self.id,
    tweet_create_events: [aStatus({ quoted_status: aStatus() })],
    direct_message_events: [aLegacyDm()],
  },
];
const anything = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.bigInt().map(String), fc.double());
const path = fc.array(fc.nat(30), { maxLength: 7 });

describe('reading what X tells', () => {
  it('bears anything, and gives nothing that the core refuses', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bodies), path, anything, (body, where, by) => {
        const raw = JSON.stringify(spoilt(body, where, by)) ?? '';
        for (const event of eventsOf(readBody(raw, reading())))
          expect(inboundEvent.safeParse(event).error).toBeUndefined();
        aboutOf(raw, self);
      }),
      { numRuns: 2000 },
    );
  });
  it('bears any page, and gives nothing that the core refuses', () => {
    const pages = [
      aPage([aPost(), reply], {
        users: [sara],
        tweets: [aPost()],
        media: [{ media_key: '3_1', type: 'video', variants: [] }],
      }),
      aPage([aDm(), aDm({ attachments: { media_keys: ['3_1'] } })]),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...pages), path, anything, (page, where, by) => {
        const given = spoilt(page, where, by);
        for (const read of [readPosts, readDmEvents])
          for (const event of eventsOf(read(given, reading())?.pieces))
            expect(inboundEvent.safeParse(event).error).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
  it('bears any text for a body', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (raw) => void readBody(raw, reading())));
  });
  it('never knows one post by two ids, however often and in whatever order its versions come', () => {
    const versions = ['2090000000000000001', '2090000000000000003', '2090000000000000009'];
    const at = (index: number): Json =>
      aPost({ id: versions[index], edit_history_tweet_ids: versions.slice(0, index + 1) });
    const asStatus = (index: number): Json =>
      aStatus({ id_str: versions[index], edit_history: { initial_tweet_id: versions[0] } });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.boolean()), { minLength: 1, maxLength: 12 }), (picks) => {
        const ids = picks.flatMap(([index, isOld]) => {
          const pieces = isOld
            ? readBody(JSON.stringify({ for_user_id: self.id, tweet_create_events: [asStatus(index)] }), reading())
            : (readPosts(aPage([at(index)]), reading())?.pieces ?? []);
          return eventsOf(pieces).map((event) => ('externalId' in event ? event.externalId : ''));
        });
        expect(new Set(ids)).toEqual(new Set([versions[0]]));
      }),
    );
  });
  it('reads each post the same, whatever stands before and after it', () => {
    const posts = Array.from({ length: 8 }, (_, index) =>
      aPost({ id: `209000000000000001${index}`, edit_history_tweet_ids: [`209000000000000001${index}`] }),
    );
    const alone = new Map(posts.map((post) => [post.id, eventsOf(readPosts(aPage([post]), reading())?.pieces)[0]]));
    fc.assert(
      fc.property(fc.shuffledSubarray([...posts, null, {}, { id: 'x' }]), (given) => {
        const page = readPosts(aPage(given), reading());
        for (const event of eventsOf(page?.pieces))
          expect(event).toEqual(alone.get('externalId' in event ? event.externalId : ''));
      }),
    );
  });
});

describe('ids', () => {
  const number = fc.bigInt({ min: 0n, max: 10n ** 20n });
  it('are compared as the numbers that they are', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(compareIds(String(a), String(b)) < 0).toBe(a < b);
        expect(compareIds(String(a), String(b)) > 0).toBe(a > b);
      }),
    );
  });
  it('tell the time at which they were given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_300_000_000_000, max: 4_000_000_000_000 }), (ms) => {
        expect(msOf(idAt(ms))).toBe(ms);
      }),
    );
  });
});

describe('words', () => {
  const wording = { links: [], isReply: true, ownHandle: 'Amana_Care', hasFiles: false };
  it('of a reply lose the handles at the beginning and nothing else', () => {
    const handles = fc.array(fc.stringMatching(/^\w{1,15}$/), { minLength: 1, maxLength: 5 });
    const words = fc.stringMatching(/^[\u0621-\u064a][\u0621-\u064a @.]{0,40}[\u0621-\u064a]$/);
    fc.assert(
      fc.property(handles, words, (names, said) => {
        expect(wordsOf({ ...wording, text: `${names.map((one) => `@${one}`).join(' ')} ${said}` })).toBe(said);
      }),
    );
  });
  it('are freed of the escapes of X once, never twice', () => {
    expect(wordsOf({ ...wording, text: 'أ &amp;lt; ب &lt; ج' })).toBe('أ &lt; ب < ج');
  });
  it('keep a link that nobody explains', () => {
    expect(wordsOf({ ...wording, text: 'انظر https://t.co/a' })).toBe('انظر https://t.co/a');
  });
  it('lose our own handle at the beginning of a post that answers nobody, and no other', () => {
    expect(wordsOf({ ...wording, isReply: false, text: '\u200f@amana_care @fahad_88 متى؟' })).toBe('@fahad_88 متى؟');
  });
});
