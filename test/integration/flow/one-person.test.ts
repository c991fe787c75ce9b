import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleBy } from '../../../src/casework/settle.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import { type Contact, contacts } from '../../../src/contact/contact.ts';
import { join } from '../../../src/contact/join.ts';
import { joinCodes, joinings } from '../../../src/contact/joining.ts';
import { takeBack } from '../../../src/contact/take-back.ts';
import { type Conversation, conversations, decisions } from '../../../src/conversation/conversation.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { messages } from '../../../src/message/message.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { foldTicket } from '../../../src/ticket/fold.ts';
import { findTicketNumbers } from '../../../src/ticket/number.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const agent = { id: 'agent-1', name: 'منى' };
const onPhone = {
  inboxId: 'phone',
  address: '966500000012',
  conversationKey: '966500000012',
  phone: '+966500000012',
} as never;
const staff = { proof: 'staff', agentId: agent.id } as const;

let test: TestFlow;
let phone: FakeChannel;
beforeEach(async () => {
  test = await openFlow();
  phone = createFakeChannel('phone', { phones: true, replyWindowHours: 24 });
  (test.deps.channels as Map<string, Channel>).set('phone', phone);
  await phone.start(test.flow.sink('phone'));
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

/** Says something over the phone's channel and gives what was answered there. */
const sayOnPhone = async (text: string) => {
  const before = phone.sent.length;
  await test.say(text, onPhone);
  return phone.sent.slice(before);
};

const talk = async (inboxId: string, key: string): Promise<Conversation> => {
  const found = await test.store.get(conversations, conversationIdOf(inboxId, key));
  if (!found) throw new Error('no such conversation');
  return found;
};
const inChat = () => talk('fake', 'visitor');
const overPhone = () => talk('phone', '966500000012');
const contactOf = async ({ contactId }: Conversation): Promise<Contact> => {
  const found = await test.store.get(contacts, contactId);
  if (!found) throw new Error('no such contact');
  return found;
};

const introduce = async (say: (text: string) => Promise<unknown>): Promise<void> => {
  await say('السلام عليكم');
  await say('سارة أحمد الغامدي');
  await say('كلية العلوم');
  await say('طالبة');
};

/** One person in the web chat, nameless, and on the phone with a ticket. Gives both contacts and the ticket's number. */
const twoContacts = async () => {
  await test.say('السلام عليكم');
  await introduce(sayOnPhone);
  const told = await sayOnPhone('أرغب في ترجمة عقد لفعالية الأسبوع القادم');
  const [number = ''] = findTicketNumbers(told.map(({ text }) => text).join(' '));
  return { kept: (await inChat()).contactId, other: (await overPhone()).contactId, number };
};

describe('two contacts that staff join', () => {
  it('are one: conversations, addresses and tickets go over, empty fields are filled, history stays', async () => {
    const { kept, other, number } = await twoContacts();
    const before = await test.all((await overPhone()).id);
    await join(test.deps, { contactId: kept, otherId: other }, staff);
    expect((await overPhone()).contactId).toBe(kept);
    expect(await contactOf(await inChat())).toMatchObject({
      name: 'سارة أحمد الغامدي',
      phone: '+966500000012',
      joinedTo: null,
    });
    expect(await test.store.get(contacts, other)).toMatchObject({ joinedTo: kept, name: 'سارة أحمد الغامدي' });
    expect((await test.store.get(tickets, number))?.contactId).toBe(kept);
    expect(await test.all((await overPhone()).id)).toEqual(before);
    expect((await test.say('وش صار على طلبي؟'))[0]?.text).toContain(number);
    expect((await sayOnPhone('وش صار على طلبي؟'))[0]?.text).toContain(number);
  });

  it('keep a ledger that still makes the ticket', async () => {
    const { kept, other, number } = await twoContacts();
    const { joining } = await join(test.deps, { contactId: kept, otherId: other }, staff);
    await takeBack(test.deps, joining.id, { contactId: kept, agentId: agent.id });
    await join(test.deps, { contactId: kept, otherId: other }, staff);
    const where = { ticketNumber: number };
    const { items } = await test.store.find(ticketEvents, { index: 'by-ticket', where, order: 'asc', limit: 100 });
    const ticket = await test.store.get(tickets, number);
    const folded = settleBy(test.deps.content.organisation())(foldTicket(items) as Ticket);
    const { version, actedVersion } = ticket as Ticket;
    expect(ticket).toMatchObject({ ...folded, version, actedVersion });
    expect(items.filter(({ change }) => change.kind === 'contact-changed')).toHaveLength(3);
  });

  it('are joined once, however often it is asked for', async () => {
    const { kept, other } = await twoContacts();
    const pair = { contactId: kept, otherId: other };
    const all = await Promise.all([join(test.deps, pair, staff), join(test.deps, pair, staff)]);
    const again = await join(test.deps, pair, staff);
    expect(new Set([...all, again].map(({ joining }) => joining.id)).size).toBe(1);
    expect(again.isNew).toBe(false);
    expect(await test.store.count(joinings, { index: 'by-contact', where: { contactId: kept } })).toBe(1);
  });

  it('make no circle, also when both ways are asked for at the same moment', async () => {
    const { kept, other } = await twoContacts();
    await expect(join(test.deps, { contactId: kept, otherId: kept }, staff)).rejects.toThrow('itself');
    const both = await Promise.allSettled([
      join(test.deps, { contactId: kept, otherId: other }, staff),
      join(test.deps, { contactId: other, otherId: kept }, staff),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const people = await test.store.getMany(contacts, [kept, other]);
    expect(people.filter(({ joinedTo }) => joinedTo === null)).toHaveLength(1);
  });

  it('lead to one who stands for all, also when that one is joined at the same moment', async () => {
    const { kept, other } = await twoContacts();
    await test.say('السلام عليكم', { address: 'third', conversationKey: 'third' } as never);
    const third = (await talk('fake', 'third')).contactId;
    let isFirst = true;
    const write: typeof test.store.write = async (unit) => {
      const meanwhile = isFirst ? join(test.deps, { contactId: third, otherId: kept }, staff) : null;
      isFirst = false;
      await meanwhile;
      return test.store.write(unit);
    };
    const slow = { ...test.deps, store: { ...test.store, write } };
    await expect(join(slow, { contactId: kept, otherId: other }, staff)).rejects.toMatchObject({ code: 'not-allowed' });
    const people = await test.store.getMany(contacts, [kept, other, third]);
    const standing = new Set(people.filter(({ joinedTo }) => joinedTo === null).map(({ id }) => id));
    for (const { contactId } of [await inChat(), await overPhone()]) expect(standing).toContain(contactId);
  });

  it('take in what is written to either address afterwards, also a message that comes meanwhile', async () => {
    const { kept, other } = await twoContacts();
    await Promise.all([
      join(test.deps, { contactId: kept, otherId: other }, staff),
      test.flow.receive(test.event('والعقد من عشر صفحات', onPhone)),
    ]);
    await test.flow.idle();
    await sayOnPhone('شكراً');
    expect((await overPhone()).contactId).toBe(kept);
    expect(await test.store.count(conversations, { index: 'by-contact', where: { contactId: other } })).toBe(0);
  });

  it('are refused where one of them is joined already, and a stale version is told', async () => {
    const { kept, other } = await twoContacts();
    await test.say('السلام عليكم', { address: 'third', conversationKey: 'third' } as never);
    const third = (await talk('fake', 'third')).contactId;
    await expect(join(test.deps, { contactId: kept, otherId: other }, { ...staff, version: 99 })).rejects.toMatchObject(
      {
        code: 'conflict',
        details: { current: { id: kept } },
      },
    );
    await join(test.deps, { contactId: kept, otherId: other }, staff);
    for (const pair of [
      { contactId: other, otherId: third },
      { contactId: third, otherId: other },
    ])
      await expect(join(test.deps, pair, staff)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('go over whole, however much there is, and come back whole', async () => {
    const { kept, other } = await twoContacts();
    const one = await overPhone();
    const many = Array.from({ length: 450 }, (_, at) => ({ ...one, id: `many-${at}`, key: `many-${at}`, version: 1 }));
    for (let at = 0; at < many.length; at += 150)
      await test.store.write(
        many.slice(at, at + 150).map((document) => ({ op: 'insert', in: conversations, document }) as const),
      );
    const { joining } = await join(test.deps, { contactId: kept, otherId: other }, staff);
    const count = (contactId: string) => test.store.count(conversations, { index: 'by-contact', where: { contactId } });
    expect([await count(kept), await count(other)]).toEqual([452, 0]);
    expect((await test.store.get(joinings, joining.id))?.moved.conversationIds).toHaveLength(451);
    await takeBack(test.deps, joining.id, { contactId: kept, agentId: agent.id });
    expect([await count(kept), await count(other)]).toEqual([1, 451]);
  });

  it('finish what a crash left, when they are joined again', async () => {
    const { kept, other } = await twoContacts();
    const pair = { contactId: kept, otherId: other };
    await join(test.deps, pair, staff);
    const { id } = await overPhone();
    await test.store.write([{ op: 'update', in: conversations, id, set: { contactId: other } }]);
    await join(test.deps, pair, staff);
    expect((await overPhone()).contactId).toBe(kept);
  });
});

describe('a joining that is taken back', () => {
  it('gives everything back, with what came since in the conversations that go back, and no more', async () => {
    const { kept, other, number } = await twoContacts();
    const facts = { contactId: other, type: 'inquiry', subject: 'بلا محادثة', channel: 'desk' } as const;
    const atDesk = (await test.flow.staff.openTicket(agent, facts, 'k1')).number;
    const { joining } = await join(test.deps, { contactId: kept, otherId: other }, staff);
    expect((await test.store.get(tickets, atDesk))?.contactId).toBe(kept);
    await test.say('السلام عليكم', Object.assign({}, onPhone, { conversationKey: 'another' }));
    await test.tap('new');
    await introduceLate();
    const since = await test.say('أحتاج إلى حجز قاعة كبيرة لحفل التخرج');
    const [inHand = ''] = findTicketNumbers(since.map(({ text }) => text).join(' '));
    const { joining: undone } = await takeBack(test.deps, joining.id, { contactId: kept, agentId: agent.id });
    expect(undone).toMatchObject({ undoneBy: agent.id });
    expect((await overPhone()).contactId).toBe(other);
    expect((await talk('phone', 'another')).contactId).toBe(other);
    expect((await inChat()).contactId).toBe(kept);
    expect((await test.store.get(tickets, number))?.contactId).toBe(other);
    expect((await test.store.get(tickets, atDesk))?.contactId).toBe(other);
    expect((await test.store.get(tickets, inHand))?.contactId).toBe(kept);
    expect(await test.store.get(contacts, other)).toMatchObject({ joinedTo: null });
    await sayOnPhone('شكراً');
    expect((await overPhone()).contactId).toBe(other);
  });

  it('forgets what the other had told, but for what was changed since', async () => {
    const { kept, other } = await twoContacts();
    const { joining } = await join(test.deps, { contactId: kept, otherId: other }, staff);
    await test.store.write([{ op: 'update', in: contacts, id: kept, set: { name: 'سارة الغامدي' } }]);
    await takeBack(test.deps, joining.id, { contactId: kept, agentId: agent.id });
    expect(await test.store.get(contacts, kept)).toMatchObject({ name: 'سارة الغامدي', entity: null, phone: null });
  });

  it('changes nothing the second time, and belongs to its own contact', async () => {
    const { kept, other } = await twoContacts();
    const { joining } = await join(test.deps, { contactId: kept, otherId: other }, staff);
    await expect(takeBack(test.deps, joining.id, { contactId: other, agentId: agent.id })).rejects.toMatchObject({
      code: 'not-found',
    });
    const by = { contactId: kept, agentId: agent.id };
    expect((await takeBack(test.deps, joining.id, by)).isNew).toBe(true);
    const before = await test.store.getMany(contacts, [kept, other]);
    expect((await takeBack(test.deps, joining.id, by)).isNew).toBe(false);
    expect(await test.store.getMany(contacts, [kept, other])).toEqual(before);
  });

  it('waits for a later joining to be taken back first', async () => {
    const { kept, other } = await twoContacts();
    await test.say('السلام عليكم', { address: 'third', conversationKey: 'third' } as never);
    const third = (await talk('fake', 'third')).contactId;
    const first = await join(test.deps, { contactId: kept, otherId: other }, staff);
    const second = await join(test.deps, { contactId: third, otherId: kept }, staff);
    const back = (id: string, contactId: string) => takeBack(test.deps, id, { contactId, agentId: agent.id });
    await expect(back(first.joining.id, kept)).rejects.toMatchObject({ code: 'not-allowed' });
    await back(second.joining.id, third);
    await back(first.joining.id, kept);
    expect((await overPhone()).contactId).toBe(other);
    expect((await inChat()).contactId).toBe(kept);
  });
});

/** In the web chat nothing was asked yet but the name, which the joining filled. */
const introduceLate = async (): Promise<void> => {
  const { entity, category } = await contactOf(await inChat());
  if (entity === null) await test.say('كلية العلوم');
  if (category === null) await test.tap('category:student');
};

describe('a code', () => {
  const send = async () => {
    const { kept, other, number } = await twoContacts();
    const before = phone.sent.length;
    const sent = await test.flow.staff.sendJoinCode(agent, { contactId: kept, otherId: other });
    await test.flow.idle();
    const digits = phone.sent.slice(before)[0]?.text.match(/\d{6}/)?.[0] ?? '';
    return { kept, other, number, sent, digits };
  };
  const wrong = (digits: string): string => String((Number(digits) + 1) % 1_000_000).padStart(6, '0');
  const arabic = (digits: string): string => digits.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '');

  it('goes to the other contact, told in the first it joins both, and both are told', async () => {
    const { kept, other, number, sent, digits } = await send();
    expect(sent).toMatchObject({ channel: 'web-chat', conversationId: (await overPhone()).id });
    expect(digits).toMatch(/^\d{6}$/);
    const before = phone.sent.length;
    const told = await test.say(`الرمز ${arabic(digits)}`);
    expect(told.map(({ text }) => text)).toEqual([expect.stringContaining('المحادثتين لك')]);
    expect(phone.sent.slice(before).map(({ text }) => text)).toEqual([expect.stringContaining('المحادثتين لك')]);
    expect((await overPhone()).contactId).toBe(kept);
    expect(await test.store.get(contacts, other)).toMatchObject({ joinedTo: kept });
    const [joining] = (await test.store.find(joinings, { index: 'by-contact', where: { contactId: kept } })).items;
    expect(joining).toMatchObject({ proof: 'code', agentId: agent.id });
    expect(await test.store.get(joinCodes, kept)).toBeNull();
    expect((await test.say('وش صار على طلبي؟'))[0]?.text).toContain(number);
  });

  it('counts as well while an agent has the conversation', async () => {
    const { kept, digits } = await send();
    const { id } = await inChat();
    await test.flow.staff.assign(id, agent, agent);
    await test.flow.idle();
    expect(await test.say(digits)).toHaveLength(1);
    expect((await overPhone()).contactId).toBe(kept);
    expect((await inChat()).handledBy).toBe('agent');
  });

  it('that is wrong is counted and gently told, and after five times nothing helps', async () => {
    const { kept, other, digits } = await send();
    for (let time = 1; time <= 4; time++) expect((await test.say(wrong(digits)))[0]?.text).toContain('لا يطابق');
    expect((await test.say(wrong(digits)))[0]?.text).toContain('لم يعد');
    expect((await test.store.get(joinCodes, kept))?.attempts).toBe(5);
    expect((await test.say(digits))[0]?.text).toContain('لم يعد');
    expect((await overPhone()).contactId).toBe(other);
  });

  it('is over after ten minutes, and that is said', async () => {
    const { other, digits } = await send();
    test.clock.advance(10 * 60_000);
    expect((await test.say(digits))[0]?.text).toContain('لم يعد');
    expect((await overPhone()).contactId).toBe(other);
  });

  it('proves nothing in the conversation that it was sent to, nor in a third, nor in public', async () => {
    const { other, digits } = await send();
    await sayOnPhone(digits);
    await test.say(digits, { conversationKey: 'post', visibility: 'public' } as never);
    await test.say(digits, { address: 'third', conversationKey: 'third' } as never);
    expect(await test.store.get(contacts, other)).toMatchObject({ joinedTo: null });
  });

  it('stands in no decision and in no list', async () => {
    const { digits } = await send();
    expect((await overPhone()).preview).not.toContain(digits);
    await test.say(digits);
    for (const { id } of [await inChat(), await overPhone()]) {
      const where = { conversationId: id };
      const found = await test.store.find(decisions, { index: 'by-conversation', where, limit: 200 });
      expect(JSON.stringify(found.items)).not.toContain(digits);
    }
  });

  it('comes at most three times in an hour, and the last one counts', async () => {
    const { kept, other, digits } = await send();
    const again = () => test.flow.staff.sendJoinCode(agent, { contactId: kept, otherId: other });
    await again();
    await again();
    await expect(again()).rejects.toMatchObject({ code: 'rate-limited' });
    await test.flow.idle();
    const last = phone.sent.at(-1)?.text.match(/\d{6}/)?.[0] ?? '';
    if (last !== digits) expect((await test.say(digits))[0]?.text).toContain('لا يطابق');
    await test.say(last);
    expect((await overPhone()).contactId).toBe(kept);
  });

  it('is not sent where nothing vouches for the number, or nothing can be written now', async () => {
    const { kept, other } = await twoContacts();
    const send = (pair: { contactId: string; otherId: string }) => test.flow.staff.sendJoinCode(agent, pair);
    await expect(send({ contactId: other, otherId: kept })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(send({ contactId: kept, otherId: kept })).rejects.toMatchObject({ code: 'not-allowed' });
    test.clock.advance(24 * 3_600_000);
    await expect(send({ contactId: kept, otherId: other })).rejects.toMatchObject({ code: 'not-allowed' });
    const { id } = await overPhone();
    const sent = await test.store.find(messages, {
      index: 'by-conversation',
      where: { conversationId: id },
      limit: 100,
    });
    expect(sent.items.filter(({ template }) => template === 'join-code')).toEqual([]);
  });

  it('leaves other numbers alone while it is open', async () => {
    const { digits } = await send();
    const told = await test.say('26000010');
    expect(told[0]?.text ?? '').not.toContain('لا يطابق');
    expect(digits).not.toBe('');
  });
});
