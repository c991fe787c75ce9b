import { describe, expect, it } from 'vitest';
import { parse } from '../../../channels/whatsapp-cloud/parse.ts';
import { aMessage, aPost, contact, eventsOf, type Fields, read, reading, said } from './posts.ts';

const hidden = { from: undefined, from_user_id: undefined };

describe('who wrote', () => {
  it('is told by number and user id', () => {
    expect(read(aMessage())).toMatchObject({
      address: '966501112222',
      conversationKey: '966501112222',
      identity: 'SA.111222333',
      phone: '+966501112222',
      displayName: 'نورة',
    });
  });

  it('is the user id where the number is hidden', () => {
    const event = read(aMessage({ from: undefined }), { contacts: [{ ...contact, wa_id: undefined }] });
    expect(event).toMatchObject({ address: 'SA.111222333', identity: 'SA.111222333' });
    expect(event.phone).toBeUndefined();
  });

  it('has no identity where none is told, as before 2026', () => {
    const event = read(aMessage({ from_user_id: undefined }), { contacts: [{ ...contact, user_id: undefined }] });
    expect(event.address).toBe('966501112222');
    expect(event.identity).toBeUndefined();
  });

  it('is taken from the only contact where the message leaves it out', () => {
    expect(read(aMessage(hidden))).toMatchObject({ address: '966501112222', identity: 'SA.111222333' });
  });

  it('is never taken from the contact of somebody else', () => {
    const other = { profile: { name: 'غيرها' }, wa_id: '966509999999', user_id: 'SA.999' };
    const event = read(aMessage({ from_user_id: undefined }), { contacts: [other] });
    expect(event).toMatchObject({ address: '966501112222', phone: '+966501112222' });
    expect(event.identity).toBeUndefined();
    expect(read(aMessage(), { contacts: [other] }).displayName).toBeUndefined();
    const byUser = read(aMessage({ from: undefined }), { contacts: [other] });
    expect(byUser).toMatchObject({ address: 'SA.111222333' });
    expect(byUser.phone).toBeUndefined();
  });

  it.each([
    ['Brazil', '5511987654321', '551187654321'],
    ['Mexico', '5215512345678', '525512345678'],
  ])('has the name beside the number in its other form: %s', (_where, from, wa_id) => {
    const message = aMessage({ from, from_user_id: undefined });
    const contacts = [{ profile: { name: 'Ana' }, wa_id }];
    expect(read(message, { contacts })).toMatchObject({ address: from, displayName: 'Ana' });
    const messages = [message, aMessage({ id: 'wamid.two' })];
    const [first] = eventsOf(parse(JSON.stringify(aPost({ contacts, messages })), reading));
    expect(first).toMatchObject({ address: from });
    expect(first).not.toHaveProperty('displayName');
  });

  it('is one with the contact whose number has no plus', () => {
    const message = aMessage({ from: '+966501112222', from_user_id: undefined });
    expect(read(message)).toMatchObject({ address: '966501112222', identity: 'SA.111222333', displayName: 'نورة' });
  });

  it('is told apart among several', () => {
    const second = { profile: { name: 'Sami' }, user_id: 'SA.444' };
    const messages = [aMessage(), aMessage({ id: 'wamid.two', from: undefined, from_user_id: 'SA.444' })];
    const parsed = parse(JSON.stringify(aPost({ contacts: [second, contact], messages })), reading);
    expect(eventsOf(parsed)).toMatchObject([
      { address: '966501112222', displayName: 'نورة' },
      { address: 'SA.444', displayName: 'Sami' },
    ]);
  });

  it('is odd where nobody says', () => {
    expect(said(aMessage(hidden), { contacts: [] })).toMatchObject({ events: [], odd: ['no-sender'] });
  });

  it('has a name without what cannot be seen', () => {
    const contacts = [{ ...contact, profile: { name: ' نورة\u202e\u0000 \n العلي👩‍⚕️ ' } }];
    expect(read(aMessage(), { contacts }).displayName).toBe('نورة العلي👩‍⚕️');
  });
});

describe('who changes the number', () => {
  const change = (system: Fields, fields: Fields = {}) =>
    eventsOf(said(aMessage({ type: 'system', system, ...fields }), { contacts: undefined }));

  it('is told under the old one, and is reached under the new one', () => {
    expect(change({ type: 'user_changed_number', body: 'A changed', wa_id: '966503334444' })).toMatchObject([
      { event: 'message', kind: 'notice', detail: 'number-changed', address: '966501112222' },
      {
        event: 'address-change',
        from: '966501112222',
        to: '966503334444',
        phone: '+966503334444',
        at: '2025-11-21T08:00:00.000Z',
      },
    ]);
  });

  it('may have a new user id with it', () => {
    const system = { type: 'user_changed_number', new_wa_id: '966503334444', user_id: 'SA.777' };
    expect(change(system).slice(1)).toMatchObject([
      { from: '966501112222', to: '966503334444' },
      { from: 'SA.111222333', to: 'SA.777' },
    ]);
  });

  it('keeps the conversation where the notice is signed with the new user id already', () => {
    const system = { type: 'user_changed_number', wa_id: '966503334444', user_id: 'SA.777' };
    const [notice, ...moves] = change(system, { from_user_id: 'SA.777' });
    expect(notice).toMatchObject({ address: '966501112222' });
    expect(notice).not.toHaveProperty('identity');
    expect(moves).toMatchObject([
      { from: '966501112222', to: '966503334444' },
      { from: '966501112222', to: 'SA.777' },
    ]);
  });

  it('may be told only by the words of the notice', () => {
    const body = 'User نورة changed from 966501112222 to 966503334444';
    const system = { type: 'user_changed_number', wa_id: '966503334444', body };
    expect(change(system, { from: undefined, from_user_id: undefined })).toMatchObject([
      { address: '966501112222' },
      { from: '966501112222', to: '966503334444' },
    ]);
  });

  it('may have a new user id alone, of which the notice tells once the person is there', () => {
    const system = { type: 'user_changed_user_id', user_id: 'SA.777', previous_user_id: 'SA.111222333' };
    expect(change(system, { from: undefined, from_user_id: undefined })).toMatchObject([
      { event: 'address-change', from: 'SA.111222333', to: 'SA.777' },
      { kind: 'notice', detail: 'user-id-changed', address: 'SA.777', identity: 'SA.777' },
    ]);
    const withNumber = {
      ...system,
      previous_user_id: undefined,
      body: 'User A changed from SA.1 to SA.777',
      wa_id: '966501112222',
    };
    expect(change(withNumber, { from: undefined, from_user_id: undefined })).toMatchObject([
      { event: 'address-change', from: 'SA.1', to: 'SA.777' },
      { address: '966501112222', identity: 'SA.777' },
    ]);
  });

  it('moves nobody else by a name that looks like a notice', () => {
    const body = 'User changed from SA.999 to SA.777 changed from SA.1 to SA.777';
    const system = { type: 'user_changed_user_id', user_id: 'SA.777', body };
    expect(change(system, { from: undefined, from_user_id: undefined })[0]).toMatchObject({ from: 'SA.1' });
    const other = { ...system, body: 'User changed from SA.999 to SA.777 changed something' };
    expect(change(other, { from: undefined, from_user_id: undefined })).toMatchObject([{ event: 'message' }]);
  });

  it('is not moved where only one side is known', () => {
    expect(change({ type: 'user_changed_number', body: 'changed' })).toHaveLength(1);
  });
});
