import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { takePost } from '../../../channels/x/intake/intake.ts';
import { answerCrc, isSigned } from '../../../channels/x/intake/verify.ts';
import type { Self } from '../../../channels/x/reading.ts';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { createRecordingSink } from '../../contract/channel-contract.ts';
import { aLegacyDm, anActivity, aPage, aPost, aStatus, fahad, sara, self } from './bodies.ts';

const quiet = (): void => undefined;

const rig = (lookUp: (ids: readonly string[]) => Promise<unknown> = async () => Promise.reject(new Error('no'))) => {
  const counted: string[] = [];
  const typed: unknown[] = [];
  const lines: string[] = [];
  const note = (fields: object, line: string): void => void lines.push(`${line} ${JSON.stringify(fields)}`);
  const sink = { ...createRecordingSink(), typing: (event: unknown) => void typed.push(event) };
  let revoked = 0;
  let known: Self | null = self;
  const intake = {
    inboxId: 'x',
    self: () => known,
    sent: new Set<string>(),
    lookUp,
    now: () => Date.parse('2026-11-21T12:00:00.000Z'),
    log: { debug: quiet, info: quiet, warn: note, error: note },
    count: (event: string) => void counted.push(event),
    revoked: () => {
      revoked += 1;
    },
  };
  return {
    sink,
    counted,
    typed,
    lines,
    intake,
    revoked: () => revoked,
    forget: () => {
      known = null;
    },
    take: (body: unknown) => takePost(intake, sink, JSON.stringify(body)),
  };
};

const heardBy = (
  sink: { receive: unknown },
  refuse: (event: GivenEvent) => unknown = () => undefined,
): GivenEvent[] => {
  const heard: GivenEvent[] = [];
  const seen = new Set<string>();
  sink.receive = async (event: GivenEvent) => {
    const error = refuse(event);
    if (error) throw error;
    heard.push(event);
    const id = 'externalId' in event ? event.externalId : '';
    const duplicate = seen.has(id);
    seen.add(id);
    return { messageId: 'm', conversationId: 'c', duplicate };
  };
  return heard;
};

const idsOf = (events: readonly GivenEvent[]) => events.map((event) => ('externalId' in event ? event.externalId : ''));

describe('a post of the webhook', () => {
  it('is told to the core whole', async () => {
    const { sink, take } = rig();
    expect(
      await take([
        anActivity('post.mention.create', aPost()),
        anActivity('dm.received', { direct_message_events: [aLegacyDm()] }),
      ]),
    ).toBe('taken');
    expect(idsOf(sink.events)).toEqual(['2090000000000000001', '2091000000000000001']);
  });
  it('tells an edit only of a post that is known already', async () => {
    const { sink, take } = rig();
    const heard = heardBy(sink);
    const edited = aPost({
      id: '2090000000000000007',
      edit_history_tweet_ids: ['2090000000000000001', '2090000000000000007'],
    });
    await take(anActivity('post.mention.create', edited));
    expect(idsOf(heard)).toEqual(['2090000000000000001']);
    await take(anActivity('post.mention.create', edited));
    expect(heard.slice(1)).toMatchObject([
      { kind: 'text', externalId: '2090000000000000001' },
      { kind: 'edit', externalId: '2090000000000000007', refersTo: '2090000000000000001' },
    ]);
  });
  it('goes on after an event that the core will never accept, and says that it is odd', async () => {
    const { sink, take } = rig();
    const other = aPost({ id: '2090000000000000002', edit_history_tweet_ids: [] });
    const heard = heardBy(sink, (event) =>
      'externalId' in event && event.externalId === '2090000000000000001'
        ? Object.assign(new Error(), { code: 'invalid' })
        : null,
    );
    expect(await take([anActivity('post.mention.create', aPost()), anActivity('post.mention.create', other)])).toBe(
      'odd',
    );
    expect(idsOf(heard)).toEqual(['2090000000000000002']);
  });
  it('is tried again where the core cannot store, and what stood beside it was told', async () => {
    const { sink, take } = rig();
    const other = aPost({ id: '2090000000000000002', edit_history_tweet_ids: [] });
    let full = true;
    const heard = heardBy(sink, (event) =>
      full && 'externalId' in event && event.externalId === '2090000000000000001'
        ? new Error('the disk is full')
        : null,
    );
    const body = [anActivity('post.mention.create', aPost()), anActivity('post.mention.create', other)];
    await expect(take(body)).rejects.toThrow('the disk is full');
    expect(idsOf(heard)).toEqual(['2090000000000000002']);
    full = false;
    expect(await take(body)).toBe('taken');
  });
  it('is tried again while it is not known whose the account is', async () => {
    const { take, forget } = rig();
    forget();
    await expect(take(anActivity('post.mention.create', aPost()))).rejects.toThrow('whose the account is');
  });
  it('says who is writing, and that the account took back its leave', async () => {
    const { take, typed, revoked } = rig();
    await take(anActivity('dm.indicate_typing', { sender_id: sara.id }));
    await take(anActivity('oauth.revoke', { user_id: self.id }, { filter: {} }));
    expect(typed).toEqual([{ inboxId: 'x', address: sara.id, on: true }]);
    expect(revoked()).toBe(1);
  });
  it('counts what is only counted, and logs no words of anybody', async () => {
    const { take, counted, lines } = rig();
    expect(
      await take([anActivity('like.create', {}), anActivity('post.mention.create', { text: 'هويتي 1010101010' })]),
    ).toBe('odd');
    expect(counted).toEqual(['like', 'odd-no-author']);
    expect(lines.join('\n')).not.toContain('1010101010');
  });
  it('does not bring back what Wasl sent', async () => {
    const { take, intake, sink, counted } = rig();
    intake.sent.add('2090000000000000003');
    await take(
      anActivity(
        'post.create',
        aPost({
          id: '2090000000000000003',
          edit_history_tweet_ids: [],
          author_id: self.id,
          in_reply_to_user_id: sara.id,
        }),
      ),
    );
    expect(sink.events).toEqual([]);
    expect(counted).toEqual(['own-sent']);
  });
});

describe('a reply in an older body', () => {
  const reply = aStatus({ id_str: '2090000000000000005', in_reply_to_status_id_str: '2090000000000000003' });
  const known = aPost({
    id: '2090000000000000005',
    edit_history_tweet_ids: [],
    conversation_id: '2089000000000000001',
    referenced_tweets: [{ type: 'replied_to', id: '2090000000000000003' }],
  });
  const body = (over = {}) => ({ for_user_id: self.id, tweet_create_events: [reply], ...over });

  it('is put where X says that it belongs', async () => {
    const asked: (readonly string[])[] = [];
    const { sink, take } = rig(async (ids) => {
      asked.push(ids);
      return aPage([known]);
    });
    await take(body());
    expect(asked).toEqual([['2090000000000000005']]);
    expect(sink.events).toMatchObject([{ conversationKey: `post:2089000000000000001:${sara.id}`, answerable: true }]);
  });
  it('of somebody who is blocked stays one that may not be answered', async () => {
    const { sink, take } = rig(async () => aPage([known]));
    await take(body({ user_has_blocked: true }));
    expect(sink.events).toMatchObject([{ answerable: false }]);
  });
  it('stays where it seems to belong while X does not say', async () => {
    for (const lookUp of [async () => Promise.reject(new Error('used up')), async () => ({ errors: [] })]) {
      const { sink, take } = rig(lookUp);
      expect(await take(body())).toBe('taken');
      expect(sink.events).toMatchObject([
        { conversationKey: `post:2090000000000000003:${sara.id}`, thread: { references: ['2090000000000000003'] } },
      ]);
    }
  });
  it('asks X nothing where there is none', async () => {
    const { take } = rig(async () => {
      throw new Error('it was asked');
    });
    expect(await take(body({ tweet_create_events: [aStatus()] }))).toBe('taken');
  });
});

describe('the signature', () => {
  const raw = Buffer.from(JSON.stringify({ for_user_id: fahad.id, text: 'مرحبا' }));
  const header = `sha256=${createHmac('sha256', 'secret').update(raw).digest('base64')}`;
  it('is right over these very bytes with this secret only', () => {
    expect(isSigned(raw, header, 'secret')).toBe(true);
    expect(isSigned(raw, header, 'other')).toBe(false);
    expect(isSigned(Buffer.concat([raw, Buffer.from(' ')]), header, 'secret')).toBe(false);
    for (const wrong of [undefined, '', 'sha256=', [header], header.slice(0, -1), header.toUpperCase()])
      expect(isSigned(raw, wrong, 'secret')).toBe(false);
  });
  it('is the answer to the question of X', () => {
    const token = createHmac('sha256', 'secret').update('abc').digest('base64');
    expect(answerCrc(new URLSearchParams({ crc_token: 'abc', nonce: 'n' }), 'secret')).toEqual({
      json: { response_token: `sha256=${token}` },
    });
    expect(answerCrc(new URLSearchParams(), 'secret')).toBeNull();
  });
});
