import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sendersOf } from '../../../channels/whatsapp-cloud/senders.ts';
import { aMessage, aPost, contact, type Fields, said } from './posts.ts';

const sendersIn = (value: Fields, field?: string): string[] => sendersOf(JSON.stringify(aPost(value, field)));

describe('the senders of a post', () => {
  it('are named by number and by user id', () => {
    expect(sendersIn({ contacts: [contact], messages: [aMessage()] })).toEqual(['966501112222', 'SA.111222333']);
  });

  it('are all that have a message in it, each once', () => {
    const others = ['966503334444', '966505556666'].map((from) => aMessage({ from, from_user_id: undefined }));
    const found = sendersIn({ messages: [aMessage(), ...others, aMessage({ id: 'wamid.two' })] });
    expect(found.toSorted()).toEqual(['966501112222', '966503334444', '966505556666', 'SA.111222333']);
  });

  it('are whom an echo of ours is to, and who called', () => {
    expect(sendersIn({ message_echoes: [{ to: '966501112222', id: 'wamid.own' }] }, 'message_echoes')).toEqual([
      '966501112222',
    ]);
    expect(sendersIn({ calls: [{ id: 'call', from: '+966 50 111 2222', to: '966112223333' }] }, 'calls')).toContain(
      '966501112222',
    );
  });

  it('are under both numbers where somebody changed theirs', () => {
    const system = { type: 'user_changed_number', wa_id: '966507778888', body: '' };
    expect(sendersIn({ messages: [aMessage({ type: 'system', system })] })).toEqual(
      expect.arrayContaining(['966501112222', '966507778888']),
    );
  });

  it('are nobody in a post of receipts, though somebody stands beside them', () => {
    expect(sendersIn({ contacts: [contact], statuses: [{ id: 'wamid.own', status: 'read' }] })).toEqual([]);
  });

  it('always have whoever the core hears a message of', () => {
    const number = fc.constantFrom('966501112222', '+966 50 111 2222', 966501112222, undefined);
    const user = fc.constantFrom('SA.111222333', undefined);
    fc.assert(
      fc.property(number, user, fc.boolean(), (from, from_user_id, beside) => {
        const value = { contacts: beside ? [contact] : [], messages: [aMessage({ from, from_user_id })] };
        const names = sendersIn(value);
        for (const event of said(aMessage({ from, from_user_id }), { contacts: value.contacts }).events)
          if (event.event === 'message') expect(names).toContain(event.identity ?? event.address);
      }),
    );
  });

  it('can be asked of anything', () => {
    fc.assert(fc.property(fc.anything(), (any) => void sendersOf(JSON.stringify(any) ?? '')));
    fc.assert(fc.property(fc.string(), (text) => void expect(sendersOf(text)).toEqual([])));
    for (const odd of [null, [], { entry: {} }, { entry: [{ changes: [null, { value: { messages: [1, {}] } }] }] }])
      expect(sendersOf(JSON.stringify(odd))).toEqual([]);
  });
});
