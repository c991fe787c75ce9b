import { describe, expect, it } from 'vitest';
import { readBody } from '../../../channels/x/payload/body.ts';
import { readMediaReference } from '../../../channels/x/payload/media.ts';
import { readDmEvents } from '../../../channels/x/payload/page.ts';
import { inboundEvent } from '../../../src/channel/inbound.ts';
import { aDm, aLegacyDm, aPost, eventsOf, fahad, reading, sara, self } from './bodies.ts';

const readAll = (events: readonly unknown[], includes: unknown = { users: [sara] }, sent: string[] = []) => {
  const page = readDmEvents({ data: events, includes, meta: {} }, reading(sent));
  const given = eventsOf(page?.pieces);
  for (const event of given) inboundEvent.parse(event);
  return { pieces: page?.pieces ?? [], events: given };
};
const readOne = (event: unknown, includes?: unknown) => readAll([event], includes).events[0];
const readLegacy = (dm: unknown) =>
  eventsOf(readBody(JSON.stringify({ for_user_id: self.id, direct_message_events: [dm], users: {} }), reading()))[0];

describe('a private message', () => {
  it('belongs to the conversation with whoever wrote it', () => {
    expect(readOne(aDm())).toMatchObject({
      event: 'message',
      externalId: '2091000000000000001',
      address: sara.id,
      conversationKey: sara.id,
      visibility: 'private',
      kind: 'text',
      text: 'السلام عليكم، رقم بلاغي 1042',
      displayName: 'سارة العتيبي (@sara_ot)',
    });
  });
  it('has its pictures, and not their links in its words', () => {
    const media = [{ media_key: '3_5', type: 'photo', url: 'https://ton.twitter.com/1.1/ton/data/dm/1/2/a.jpg' }];
    const event = readOne(aDm({ text: 'هذه الصورة https://t.co/pp', attachments: { media_keys: ['3_5'] } }), { media });
    expect(event).toMatchObject({ kind: 'image', text: 'هذه الصورة' });
    const [file] = event?.event === 'message' ? event.attachments : [];
    expect(readMediaReference(file?.reference ?? '')).toEqual({
      key: '3_5',
      url: 'https://ton.twitter.com/1.1/ton/data/dm/1/2/a.jpg',
      dm: '2091000000000000001',
    });
  });
  it('shows the post that it passes on', () => {
    const shared = aDm({
      text: 'انظروا https://t.co/s',
      entities: {
        urls: [{ url: 'https://t.co/s', expanded_url: 'https://x.com/fahad_88/status/2080000000000000001' }],
      },
      referenced_tweets: [{ id: '2080000000000000001' }],
    });
    const post = aPost({ id: '2080000000000000001', text: 'الحفرة ما زالت', edit_history_tweet_ids: [] });
    expect(readOne(shared, { tweets: [post] })).toMatchObject({
      text: 'انظروا',
      refersTo: '2080000000000000001',
      fields: [{ name: 'post', value: 'الحفرة ما زالت' }],
    });
  });
  it('that cannot be read leaves a sign that it came', () => {
    expect(readOne(aDm({ text: undefined, is_encrypted: true }))).toMatchObject({
      kind: 'unsupported',
      detail: 'encrypted',
      text: '',
    });
    expect(readOne(aDm({ text: '' }))).toMatchObject({ kind: 'unsupported', detail: 'empty' });
  });
  it('from somebody of ours is ours, in the conversation with the other', () => {
    const ours = aDm({ sender_id: self.id, text: 'تم التحويل' });
    expect(readOne(ours)).toMatchObject({
      event: 'own-message',
      address: sara.id,
      conversationKey: sara.id,
      text: 'تم التحويل',
    });
    expect(readAll([ours], {}, ['2091000000000000001']).pieces).toEqual([{ is: 'told', what: 'own-sent' }]);
  });
  it('of a group is odd, and so is one of ours to nobody', () => {
    expect(readAll([aDm({ dm_conversation_id: '1790000000000000001' })]).pieces).toEqual([{ is: 'odd', why: 'group' }]);
    expect(readAll([aDm({ participant_ids: [sara.id, self.id, fahad.id] })]).pieces).toEqual([
      { is: 'odd', why: 'group' },
    ]);
    expect(readAll([aDm({ sender_id: self.id, dm_conversation_id: undefined })]).pieces).toEqual([
      { is: 'odd', why: 'no-other' },
    ]);
  });
  it('stands beside events that say nothing', () => {
    const { pieces } = readAll([
      { id: '1', event_type: 'ParticipantsJoin' },
      { id: '2', event_type: 'Poke' },
      null,
      aDm(),
    ]);
    expect(pieces.map((piece) => (piece.is === 'event' ? 'event' : 'why' in piece ? piece.why : piece.is))).toEqual([
      'told',
      'unknown-dm-event',
      'no-author',
      'event',
    ]);
  });
});

describe('a private message of the webhooks', () => {
  const withData = (data: object) => aLegacyDm({}, { message_data: data });

  it('has its file', () => {
    const dm = withData({
      text: 'الفاتورة https://t.co/f',
      attachment: {
        type: 'media',
        media: { id_str: '9', type: 'photo', url: 'https://t.co/f', media_url_https: 'https://ton.twitter.com/a.jpg' },
      },
    });
    expect(readLegacy(dm)).toMatchObject({
      kind: 'image',
      text: 'الفاتورة',
      attachments: [
        {
          reference: '{"key":"9","url":"https://ton.twitter.com/a.jpg","dm":"2091000000000000001"}',
          type: 'image/jpeg',
        },
      ],
    });
  });
  it('has a place', () => {
    const coordinates = { type: 'Point', coordinates: [46.67, 24.71] };
    const dm = withData({
      text: '',
      attachment: { type: 'location', location: { shared_coordinate: { coordinates } } },
    });
    expect(readLegacy(dm)).toMatchObject({ kind: 'location', location: { latitude: 24.71, longitude: 46.67 } });
  });
  it('says which answer was chosen', () => {
    expect(
      readLegacy(withData({ text: 'نعم', quick_reply_response: { type: 'options', metadata: 'yes:1' } })),
    ).toMatchObject({
      text: 'نعم',
      quickReplyId: 'yes:1',
    });
  });
  it('shows links as they lead', () => {
    const entities = { urls: [{ url: 'https://t.co/l', expanded_url: 'https://example.sa/a' }] };
    expect(readLegacy(withData({ text: 'هنا https://t.co/l', entities }))).toMatchObject({
      text: 'هنا https://example.sa/a',
    });
  });
  it('is the same message as the one that polling finds', () => {
    const [polled, posted] = [readOne(aDm({ text: 'مرحبا' })), readLegacy(aLegacyDm())];
    const key = (event: typeof polled) =>
      event && 'conversationKey' in event && [event.externalId, event.conversationKey, event.address];
    expect(key(posted)).toEqual(key(polled));
  });
});
