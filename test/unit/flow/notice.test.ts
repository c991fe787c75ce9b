import { describe, expect, it } from 'vitest';
import { noticeParameters, planNotice, type Way } from '../../../src/flow/notice.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';

const contact = { blockedAt: null, name: 'سارة' };
const approved = { name: 'received', language: 'ar', parameters: [] };
const own = { ofTicket: true, reaches: true };
const chat = (facts: Partial<Extract<Way, { by: 'conversation' }>> = {}): Way => ({
  by: 'conversation',
  inboxId: 'numbers',
  conversationId: 'c',
  optedOut: false,
  window: null,
  ofTicket: false,
  reaches: true,
  ...facts,
});
const template: Way = { by: 'template', inboxId: 'numbers', optedOut: false, text: 'T', approved };
const letter: Way = { by: 'letter', inboxId: 'mail', optedOut: false };
const gone = { open: false, until: '2026-11-21T07:00:00.000Z' };
const plan = (...ways: Way[]) => planNotice({ contact, ways });

describe('telling somebody of their ticket', () => {
  it('takes the ticket’s own conversation first, then an open chat, a template, a letter', () => {
    const all = [letter, template, chat(), chat(own)];
    for (const expected of [chat(own), chat(), template, letter]) {
      expect(plan(...all)).toEqual(expected);
      all.splice(
        all.findIndex((one) => JSON.stringify(one) === JSON.stringify(expected)),
        1,
      );
    }
    expect(plan()).toBeNull();
  });

  it('does not use a chat whose window is closed', () => {
    expect(plan(chat({ ...own, window: gone }), template)).toEqual(template);
    expect(plan(chat({ window: gone }))).toBeNull();
    expect(plan(chat({ window: { open: true, until: gone.until } }), template)).toMatchObject({ by: 'conversation' });
  });

  it('leaves words in a chat that the person has left only where nothing else is possible, and only in the ticket’s own', () => {
    const left = chat({ ofTicket: true, reaches: false });
    expect(plan(left, letter)).toEqual(letter);
    expect(plan(left)).toEqual(left);
    expect(plan(chat({ reaches: false }))).toBeNull();
  });

  it('writes to nobody who asked for silence there, and to nobody who is blocked', () => {
    expect(plan({ ...template, optedOut: true }, letter)).toEqual(letter);
    expect(plan(chat({ ...own, optedOut: true }))).toBeNull();
    const blocked = { contact: { blockedAt: '2026-11-21T07:00:00.000Z' }, ways: [chat(own), letter] };
    expect(planNotice(blocked)).toBeNull();
  });
});

describe('a template for a notice', () => {
  const ticket = { number: '26000010', subject: 'تعديل\nالشعبة', restricted: false } as Ticket;
  const asks = (...names: string[]) => ({
    variables: names.map((name) => ({ part: 'body' as const, name, example: '' })),
  });
  const values = (names: string[], of: Ticket = ticket) =>
    noticeParameters(asks(...names), of, contact)?.map(({ value }) => value) ?? null;

  it('is filled by what its variables are called, or by their count', () => {
    expect(values(['1', '2'])).toEqual(['26000010', 'تعديل الشعبة']);
    expect(values(['name', 'ticket_number'])).toEqual(['سارة', '26000010']);
    expect(values([])).toEqual([]);
  });

  it('is not used where it asks for what is not known', () => {
    expect(values(['1', 'amount'])).toBeNull();
    expect(noticeParameters(asks('name'), ticket, { name: null })).toBeNull();
  });

  it('tells of a restricted ticket the number only', () => {
    expect(values(['1'], { ...ticket, restricted: true })).toEqual(['26000010']);
    expect(values(['1', '2'], { ...ticket, restricted: true })).toBeNull();
  });
});
