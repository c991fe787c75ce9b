import { describe, expect, it } from 'vitest';
import { isDownIn, planNotice, type Way } from '../../../src/flow/notice.ts';
import { noticeParameters, noticeValues } from '../../../src/flow/notice-values.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';

const contact = { blockedAt: null, preferredChannel: null };
const approved = { name: 'received', language: 'ar', parameters: [] };
const own = { ofTicket: true, reaches: true };
const well = { optedOut: false, isDown: false, rings: true };
const chat = (facts: Partial<Extract<Way, { by: 'conversation' }>> = {}): Way => ({
  by: 'conversation',
  inboxId: 'numbers',
  channel: 'numbers-cloud',
  ...well,
  conversationId: 'c',
  window: null,
  ofTicket: false,
  reaches: true,
  ...facts,
});
const template: Way = { by: 'template', inboxId: 'numbers', channel: 'numbers-cloud', ...well, text: 'T', approved };
const phone: Way = { by: 'phone', inboxId: 'paid', channel: 'paid', ...well, phone: '+966500000001' };
const letter: Way = { by: 'letter', inboxId: 'mail', channel: 'mail', ...well, rings: false };
const left = chat({ ofTicket: true, reaches: false, inboxId: 'page', channel: 'page' });
const gone = { open: false, until: '2026-11-21T07:00:00.000Z' };
const plan = (...ways: Way[]) => planNotice({ contact, ways });
const preferring = (preferredChannel: string, ...ways: Way[]) =>
  planNotice({ contact: { ...contact, preferredChannel }, ways });

/** Every order in which the ways may be found. */
const orders = <T>(all: readonly T[]): T[][] =>
  all.length === 0 ? [[]] : all.flatMap((one, at) => orders(all.toSpliced(at, 1)).map((rest) => [one, ...rest]));

describe('telling somebody of their ticket', () => {
  it('takes the cheapest way, whatever order they are found in', () => {
    const ranked = [chat(own), chat(), template, phone, letter, left];
    for (let from = 0; from < ranked.length; from++)
      for (const order of orders(ranked.slice(from))) expect(plan(...order)).toEqual(ranked[from]);
    expect(plan()).toBeNull();
  });

  it('does not use a chat whose window is closed', () => {
    expect(plan(chat({ ...own, window: gone }), template)).toEqual(template);
    expect(plan(chat({ window: gone }))).toBeNull();
    expect(plan(chat({ window: { open: true, until: gone.until } }), template)).toMatchObject({ by: 'conversation' });
  });

  it('leaves words in a chat that the person has left only where nothing else is possible, and only in the ticket’s own', () => {
    expect(plan(left, letter)).toEqual(letter);
    expect(plan(left)).toEqual(left);
    expect(plan(chat({ reaches: false }))).toBeNull();
  });

  it('prefers the channel that the person prefers while it costs no more than a template', () => {
    expect(preferring('mail', chat(own), template, letter)).toEqual(letter);
    expect(preferring('numbers-cloud', chat({ ...own, channel: 'page', inboxId: 'page' }), template)).toEqual(template);
    expect(preferring('numbers', template, letter, phone)).toEqual(template);
    expect(preferring('number', letter, phone)).toEqual(phone);
    expect(preferring('page', left, letter)).toEqual(letter);
  });

  it('prefers a dear channel to others that cost or come late, not to a free one', () => {
    expect(preferring('paid', template, phone, letter)).toEqual(phone);
    expect(preferring('paid', chat(), phone)).toEqual(chat());
  });

  it('writes to nobody who asked for silence there, and to nobody who is blocked', () => {
    expect(plan({ ...template, optedOut: true }, letter)).toEqual(letter);
    expect(plan(chat({ ...own, optedOut: true }))).toBeNull();
    const blocked = { contact: { ...contact, blockedAt: gone.until }, ways: [chat(own), phone, letter] };
    expect(planNotice(blocked)).toBeNull();
  });

  it('does not use a kind of channel that the person muted, nor an inbox that waits for people', () => {
    const muted = { ...contact, mutedChannels: ['numbers-cloud', 'paid'] };
    expect(planNotice({ contact: muted, ways: [chat(own), template, phone, letter] })).toEqual(letter);
    expect(plan({ ...phone, isDown: true }, letter)).toEqual(letter);
    const states = ['starting', 'connected', 'reconnecting', 'needs-login', 'bad-credentials', 'stopped'] as const;
    expect(states.filter(isDownIn)).toEqual(['needs-login', 'bad-credentials', 'stopped']);
  });

  it('does not go again by a way that failed, and gives up after four', () => {
    const tried = [{ inboxId: 'numbers', by: 'conversation' as const }];
    expect(planNotice({ contact, ways: [chat(own), template], tried })).toEqual(template);
    const four = ['a', 'b', 'c', 'd'].map((inboxId) => ({ inboxId, by: 'phone' as const }));
    expect(planNotice({ contact, ways: [letter], tried: four.slice(1) })).toEqual(letter);
    expect(planNotice({ contact, ways: [letter], tried: four })).toBeNull();
  });
});

const ticket = { number: '26000010', subject: 'تعديل\nالشعبة', restricted: false, language: 'ar' } as Ticket;
const organisation = { name: { ar: 'جامعة', en: 'University' } };
const delay = { reason: 'صيانة الخادم', expectedAt: '2026-11-25T21:30:00.000Z' };

describe('what a notice tells', () => {
  it('is the number and the matter, of a restricted ticket the number and the time alone', () => {
    const told = { number: '26000010', subject: 'تعديل\nالشعبة', reason: '', expectedAt: '', organisation: 'جامعة' };
    expect(noticeValues(ticket, {}, organisation)).toMatchObject(told);
    const restricted = noticeValues({ ...ticket, restricted: true }, delay, organisation);
    expect(restricted).toMatchObject({ subject: '', reason: '', expectedAt: delay.expectedAt });
  });

  it('is the words of a restricted ticket in the conversation that it came from, and nowhere else', () => {
    const restricted = { ...ticket, restricted: true };
    const given = { text: 'TEXT', reason: 'REASON', guidance: 'GUIDANCE' };
    const nothing = { text: '', reason: '', guidance: '' };
    expect(noticeValues(restricted, given, organisation)).toMatchObject({ ...nothing, withheld: true });
    expect(noticeValues(restricted, given, organisation, true)).toMatchObject({
      ...given,
      subject: '',
      withheld: false,
    });
    expect(noticeValues(restricted, {}, organisation)).toMatchObject({ withheld: false });
    const days = { doneOn: '2026-12-01', visitOn: '2026-11-30', item: 'ITEM' };
    expect(noticeValues(restricted, days, organisation)).toMatchObject({ doneOn: '', visitOn: '', item: '' });
    expect(noticeValues(restricted, days, organisation, true)).toMatchObject(days);
    expect(noticeValues(ticket, given, organisation)).toMatchObject({ ...given, withheld: false });
  });

  it('calls the organisation by its short name where it has one', () => {
    const shortName = { ar: 'ج', en: 'U' };
    expect(noticeValues({ ...ticket, language: 'en' }, {}, { ...organisation, shortName }).organisation).toBe('U');
  });
});

describe('a template for a notice', () => {
  const asks = (names: string[], language = 'ar') => ({
    language,
    variables: names.map((name) => ({ part: 'body' as const, name, example: '' })),
  });
  const by = { contact: { name: 'سارة' as string | null }, timeZone: 'Asia/Riyadh' };
  const values = (names: string[], given = {}, of: Ticket = ticket, language = 'ar') =>
    noticeParameters(asks(names, language), noticeValues(of, given, organisation), by)?.map(({ value }) => value) ??
    null;

  it('is filled by what its variables are called, or by their count', () => {
    expect(values(['1', '2'])).toEqual(['26000010', 'تعديل الشعبة']);
    expect(values(['name', 'ticket_number', 'organisation'])).toEqual(['سارة', '26000010', 'جامعة']);
    expect(values([])).toEqual([]);
  });

  it('tells of a delay the reason and the day there, in the language of the template', () => {
    expect(values(['1', '2', '3'], delay)).toEqual(['26000010', 'صيانة الخادم', 'الخميس، 26 نوفمبر']);
    expect(values(['expected_at', 'reason'], delay, ticket, 'en_GB')).toEqual(['Thursday 26 November', 'صيانة الخادم']);
  });

  it('is not used where it asks for what is not known', () => {
    expect(values(['1', 'amount'])).toBeNull();
    expect(values(['reason'])).toBeNull();
    const nameless = { ...by, contact: { name: null } };
    expect(noticeParameters(asks(['name']), noticeValues(ticket, {}, organisation), nameless)).toBeNull();
  });

  it('tells of a restricted ticket the number only', () => {
    const restricted = { ...ticket, restricted: true };
    expect(values(['1'], {}, restricted)).toEqual(['26000010']);
    expect(values(['1', '2'], {}, restricted)).toBeNull();
    expect(values(['1', '2'], delay, restricted)).toBeNull();
  });
});
