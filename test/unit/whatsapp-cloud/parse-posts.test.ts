import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aboutOf, parse } from '../../../channels/whatsapp-cloud/parse.ts';
import { aMessage, aPost, contact, eventsOf, type Fields, reading } from './posts.ts';

const batch = readFileSync(join(import.meta.dirname, '../../fixtures/whatsapp-cloud/batch.json'), 'utf8');

const status = (fields: Fields): Fields => ({
  id: 'wamid.out',
  status: 'delivered',
  timestamp: '1763712000',
  recipient_id: '966501112222',
  biz_opaque_callback_data: 'delivery-1',
  ...fields,
});
const told = (statuses: Fields[]) => parse(JSON.stringify(aPost({ statuses })), reading);

describe('a post', () => {
  it('is read whole: every entry, change, message and status that is about this number', () => {
    const parsed = parse(batch, reading);
    expect(
      eventsOf(parsed).map((one) => [
        one.event,
        'externalId' in one ? one.externalId : one.event === 'opt-out' && one.on,
      ]),
    ).toEqual([
      ['message', 'wamid.batch-1'],
      ['message', 'wamid.batch-2'],
      ['receipt', 'wamid.out-1'],
      ['opt-out', true],
      ['own-message', 'wamid.echo-1'],
    ]);
    expect(parsed.told).toMatchObject([
      { what: 'other-number' },
      { what: 'templates' },
      { what: 'account', about: 'ACCOUNT_RESTRICTION' },
    ]);
    expect(parsed.odd).toEqual([]);
  });

  it('is the same events whenever it is read', () => {
    const [first, second] = [parse(batch, reading), parse(batch, { ...reading, at: '2027-01-01T00:00:00.000Z' })];
    expect(second).toEqual(first);
  });

  it('is about this inbox by its number, without one by the business account', () => {
    const account = { phoneNumberId: '100200300400500', businessAccountId: '200300400500600' };
    expect(aboutOf(batch, account).mine).toBe(true);
    expect(aboutOf(batch, { ...account, phoneNumberId: '1' }).mine).toBe(true);
    const messages = JSON.stringify(aPost({ messages: [aMessage()] }));
    expect(aboutOf(messages, account).mine).toBe(true);
    expect(aboutOf(messages, { ...account, phoneNumberId: '1' }).mine).toBe(false);
    const update = JSON.stringify(aPost({ metadata: undefined }, 'account_update'));
    expect(aboutOf(update, { ...account, phoneNumberId: '1' }).mine).toBe(true);
    expect(aboutOf(update, { phoneNumberId: '1', businessAccountId: '2' }).mine).toBe(false);
    expect(aboutOf('{"entry', account).mine).toBe(true);
  });

  it.each([
    ['no JSON', '{"object"', 'unreadable'],
    ['another object', '{"object":"instagram","entry":[]}', 'unreadable'],
    ['nothing', JSON.stringify(aPost({})), 'empty'],
    ['errors alone', JSON.stringify(aPost({ errors: [{ code: 130429 }] })), 'provider-error'],
    ['messages that are none', JSON.stringify(aPost({ messages: 'x' })), 'unreadable'],
    ['a field that nobody knows', JSON.stringify(aPost({ moon: 1 }, 'moon_phase')), 'unknown-field'],
    ['another number alone', JSON.stringify(aPost({ metadata: { phone_number_id: '1' } })), 'empty'],
    ['the history of a telephone', JSON.stringify(aPost({ history: [] }, 'history')), 'unknown-field'],
  ])('is kept for people where nothing can be made of it: %s', (_name, raw, why) => {
    expect(parse(raw, reading)).toMatchObject({ events: [], odd: [why] });
  });

  it('of a call tells that somebody called, once', () => {
    const call = { id: 'wacid.1', from: '966501112222', direction: 'USER_INITIATED', timestamp: '1763712000' };
    const calls = (event: string) => parse(JSON.stringify(aPost({ calls: [{ ...call, event }] }, 'calls')), reading);
    expect(calls('connect')).toMatchObject({ events: [], odd: [] });
    const notice = { event: 'message', kind: 'notice', detail: 'missed-call', externalId: 'wacid.1' };
    expect(eventsOf(calls('terminate'))).toMatchObject([{ ...notice, address: '966501112222' }]);
    const ended = { ...call, event: 'terminate', from: '966112223333', to: '966501112222' };
    expect(eventsOf(parse(JSON.stringify(aPost({ calls: [ended] }, 'calls')), reading))).toMatchObject([
      { ...notice, address: '966501112222' },
    ]);
  });

  it('takes an own message that stands among those of people', () => {
    const own = aMessage({ from: '966112223333', from_user_id: undefined, to: '966501112222' });
    const parsed = parse(JSON.stringify(aPost({ contacts: [contact], messages: [own] })), reading);
    expect(eventsOf(parsed)).toMatchObject([{ event: 'own-message', address: '966501112222' }]);
    const toNobody = parse(JSON.stringify(aPost({ messages: [{ ...own, to: undefined }] })), reading);
    expect(toNobody).toMatchObject({ events: [], odd: ['no-sender'] });
  });

  it('never throws and gives only events that the core accepts, whatever is in it', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.constantFrom(null, true, '', [], {}, '966501112222'),
    );
    const name = fc.constantFrom(
      ...['id', 'from', 'from_user_id', 'to', 'timestamp', 'type', 'text', 'body', 'image', 'document', 'filename'],
      ...['interactive', 'button_reply', 'list_reply', 'nfm_reply', 'response_json', 'title', 'system', 'wa_id'],
      ...['user_id', 'contacts', 'name', 'phones', 'location', 'latitude', 'longitude', 'order', 'product_items'],
      ...['reaction', 'message_id', 'edit', 'revoke', 'original_message_id', 'message', 'context', 'errors', 'code'],
      ...['status', 'biz_opaque_callback_data', 'value', 'profile', 'emoji', 'caption', 'mime_type', 'event'],
    );
    const within = (inner: fc.Arbitrary<unknown>) => fc.dictionary(name, inner, { maxKeys: 5 });
    const part = within(fc.oneof(leaf, within(leaf), fc.array(within(leaf), { maxLength: 2 })));
    const type = fc.constantFrom('text', 'image', 'interactive', 'system', 'contacts', 'order', 'edit', 'location');
    const member = fc
      .tuple(within(fc.oneof(leaf, part, fc.array(part, { maxLength: 2 }))), type)
      .map(([one, kind]) => ({ id: 'wamid.x', from: '966501112222', type: kind, ...one }));
    const list = fc.oneof(fc.array(fc.oneof(leaf, member), { maxLength: 3 }), leaf);
    const value = fc.record(
      {
        contacts: list,
        messages: list,
        statuses: list,
        message_echoes: list,
        user_preferences: list,
        calls: list,
        errors: list,
      },
      { requiredKeys: [] },
    );
    const field = fc.constantFrom('messages', 'smb_message_echoes', 'user_preferences', 'calls');
    fc.assert(
      fc.property(value, field, (given, of) => {
        expect(() => eventsOf(parse(JSON.stringify(aPost(given, of)), reading))).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });

  it('never throws whatever it is', () => {
    const entry = fc.record({ object: fc.constant('whatsapp_business_account'), entry: fc.jsonValue() });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          entry.map((one) => JSON.stringify(one)),
        ),
        (raw) => {
          const { events, odd } = parse(raw, reading);
          expect(events).toEqual([]);
          expect(odd.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('a receipt', () => {
  it.each([
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['played', 'read'],
  ])('of %s is %s', (given, rung) => {
    expect(eventsOf(told([status({ status: given })]))).toEqual([
      {
        event: 'receipt',
        inboxId: 'whatsapp-cloud',
        externalId: 'wamid.out',
        deliveryId: 'delivery-1',
        status: rung,
        at: '2025-11-21T08:00:00.000Z',
      },
    ]);
  });

  it('of a failure says why in our words', () => {
    const errors = [{ code: 131047, title: 'Re-engagement message' }];
    expect(eventsOf(told([status({ status: 'failed', errors })]))).toMatchObject([
      { status: 'failed', code: 'window-closed', reason: expect.stringMatching(/24 hours/) },
    ]);
  });

  it('of an unheard-of failure says why in those of the provider', () => {
    const errors = [{ code: 199999, title: 'The moon is full' }];
    expect(eventsOf(told([status({ status: 'failed', errors })]))).toMatchObject([
      { code: 'rejected', reason: 'WhatsApp refused the message. (The moon is full)' },
    ]);
  });

  it('of a failure may tell that the account is in trouble, in any of its errors', () => {
    const errors = [{ code: 131026 }, { code: 131042 }];
    expect(told([status({ status: 'failed', errors })])).toMatchObject({ troubles: [131042] });
    expect(eventsOf(told([status({ status: 'failed', errors: 'none' })]))).toMatchObject([{ code: 'rejected' }]);
  });

  it('of one file among several counts where it failed, and not where it came', () => {
    const part = { biz_opaque_callback_data: 'delivery-1.part-0' };
    expect(told([status(part)])).toMatchObject({ events: [], odd: [], told: [{ what: 'part-receipt' }] });
    const failed = status({ ...part, status: 'failed', errors: [{ code: 131053 }] });
    expect(eventsOf(told([failed]))).toMatchObject([{ deliveryId: 'delivery-1', status: 'failed', code: 'rejected' }]);
  });

  it('is found by our id where the provider leaves out its own, and is odd without both', () => {
    expect(eventsOf(told([status({ id: undefined })]))).toMatchObject([{ externalId: 'delivery-1' }]);
    expect(told([status({ id: undefined, biz_opaque_callback_data: undefined })]).odd).toEqual(['no-id']);
    expect(told([status({ status: 'evaporated' })]).odd).toEqual(['unknown-status']);
  });
});

describe('a wish about advertisements', () => {
  const wish = (fields: Fields) =>
    parse(
      JSON.stringify(
        aPost({ user_preferences: [{ wa_id: '966501112222', timestamp: 1763712000, ...fields }] }, 'user_preferences'),
      ),
      reading,
    );
  it('is taken and taken back', () => {
    expect(eventsOf(wish({ value: 'stop' }))).toMatchObject([{ event: 'opt-out', on: true, address: '966501112222' }]);
    expect(eventsOf(wish({ value: 'resume' }))).toMatchObject([{ event: 'opt-out', on: false }]);
    expect(eventsOf(wish({ value: 'stop', wa_id: undefined, user_id: 'SA.1' }))).toMatchObject([{ address: 'SA.1' }]);
    expect(wish({ value: 'perhaps' }).odd).toEqual(['unknown-preference']);
  });
});
