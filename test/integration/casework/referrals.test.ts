import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Agent, agents } from '../../../src/agent/agent.ts';
import { alerts } from '../../../src/alert/alert.ts';
import type { StepName } from '../../../src/casework/path.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { keepReferrals } from '../../../src/flow/casework/referrals.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { notices } from '../../../src/notice/notice.ts';
import { type Referral, referrals } from '../../../src/referral/referral.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const by = { id: 'agent', name: 'نورة', role: 'agent', departments: ['care'] } as const;
const dayMs = 86_400_000;
const body = 'support@telecom.example';

let test: TestFlow;
let mail: FakeChannel;
let number = '';
const begin = async (more: FakeChannel[]): Promise<void> => {
  test = await openFlow({ channel: createFakeChannel(), more });
  await test.say('السلام عليكم');
  const { contactId } = (await test.store.get(conversations, conversationIdOf('fake', 'visitor'))) ?? { contactId: '' };
  const about = { contactId, type: 'complaint' as const, subject: 'الخط مقطوع', channel: 'phone' };
  number = (await test.flow.staff.openTicket(by, about, 'ticket')).number;
  await test.store.write([{ op: 'insert', in: agents, document: supervisor }]);
  await take('refer', { bodyId: 'telecom', text: 'نأمل فحص الخط', consent: false });
};
const supervisor = {
  id: 'samia',
  version: 1,
  email: 'samia@example.org',
  name: 'سامية',
  role: 'supervisor',
  departments: [],
  passwordHash: '',
  createdAt: '2026-01-01T00:00:00.000Z',
  disabledAt: null,
} as unknown as Agent;

beforeEach(async () => {
  mail = createFakeChannel('mail', { form: 'letter', canStart: true });
  await begin([mail]);
});
afterEach(() => test.cleanUp());

const take = async (name: StepName, given: object = {}): Promise<void> => {
  await test.flow.staff.takeStep(number, by, { name, given: { ...given }, version: undefined });
  await test.flow.idle();
};
/** Time passes; what it brings is done. */
const pass = async (ms: number): Promise<void> => {
  test.clock.advance(ms);
  await test.flow.idle();
  test.clock.advance(2_000);
  await test.flow.idle();
};
const referral = async (): Promise<Referral> => {
  const [found] = (await test.store.find(referrals, { index: 'by-ticket', where: { ticketNumber: number } })).items;
  if (!found) throw new Error('nothing was referred');
  return found;
};
const toBody = () => mail.sent.filter(({ address }) => address === body);
const told = async (): Promise<string[]> =>
  (await test.store.find(notices, { index: 'by-ticket', where: { ticketNumber: number } })).items.map(
    ({ kind }) => kind,
  );
/** What staff are told of it; the ticket's own clocks speak beside. */
const alerted = async () =>
  (await test.store.find(alerts, { index: 'by-ticket', where: { ticketNumber: number } })).items
    .map(({ kind, agentId }) => `${kind} ${agentId}`)
    .filter((one) => one.startsWith('referral'));
const linkIn = (text: string): string => /https:\/\/wasl\.example\/refer\/(\S+)/.exec(text)?.[1] ?? '';

describe('an outside body', () => {
  it('is written to, is reminded once, and what it never answers ends with staff told', async () => {
    await pass(2_000);
    const [letter, ...more] = toBody();
    expect(more).toEqual([]);
    expect(letter?.letter?.subject).toContain(number);
    expect(letter?.text).toContain('نأمل فحص الخط');
    expect(letter).toMatchObject({ automated: true, language: 'ar' });
    expect(await referral()).toMatchObject({ mail: 'sent', state: 'waiting', remindedAt: null });

    await pass(3 * dayMs + 3_600_000);
    expect(toBody()).toHaveLength(2);
    expect(toBody()[1]?.letter?.subject).toContain('تذكير');
    expect(linkIn(toBody()[1]?.text ?? '')).toBe(linkIn(letter?.text ?? ''));

    await pass(5 * dayMs);
    expect(await alerted()).toEqual(['referral-late samia']);
    expect((await test.store.get(tickets, number))?.status).toBe('pending_third_party');

    await pass(30 * dayMs);
    expect(await referral()).toMatchObject({ state: 'expired', nextAt: null });
    expect(await test.store.get(tickets, number)).toMatchObject({ referralId: null });
    expect(await alerted()).toEqual(['referral-late samia', 'referral-late samia']);
    expect(toBody()).toHaveLength(2);
    await expect(test.flow.outside.readReferral(linkIn(letter?.text ?? ''))).rejects.toMatchObject({ code: 'gone' });
  });

  it('answers by the link of its letter: the ticket goes on, staff and the person are told', async () => {
    await pass(2_000);
    const token = linkIn(toBody()[0]?.text ?? '');
    await test.flow.outside.answerReferral(token, { text: 'أُصلح الخط', attachmentIds: [] });
    await test.flow.idle();
    expect(await test.store.get(tickets, number)).toMatchObject({ status: 'new', referralId: null });
    expect(await alerted()).toEqual(['referral-answered samia']);
    expect(await told()).toEqual(expect.arrayContaining(['referred', 'referralAnswered']));
    await pass(30 * dayMs);
    expect(await referral()).toMatchObject({ state: 'answered', answer: { text: 'أُصلح الخط' } });
    expect(toBody()).toHaveLength(1);
  });

  it('is written to again where a letter did not leave, and once it did no more', async () => {
    let refused = 2;
    mail.answer = (message) => {
      if (message.address === body && refused-- > 0) throw new SendError('unreachable', 'The server is away.');
      return { externalId: `ext-${message.id}`, status: 'accepted' };
    };
    await pass(2_000);
    expect(await referral()).toMatchObject({ mail: 'waiting', tries: 1 });
    await pass(60_000);
    expect(await referral()).toMatchObject({ mail: 'waiting', tries: 2 });
    await pass(240_000);
    expect(await referral()).toMatchObject({ mail: 'sent', tries: 0 });
    expect(toBody()).toHaveLength(1);
  });

  it('gets one letter of two processes that look at once, even while a file is put in', async () => {
    const { id, version, files } = await referral();
    mail.answer = async (message) => {
      const set = { files: [...files, { id: 'f', name: 'a.txt', type: 'text/plain', bytes: 1 }] };
      if (message.address === body) await test.store.write([{ op: 'update', in: referrals, id, set }]);
      return { externalId: `ext-${message.id}`, status: 'accepted' };
    };
    const tools = { deliver: () => undefined, isStopped: () => false };
    await Promise.all([keepReferrals(test.deps, tools), keepReferrals(test.deps, tools)]);
    await pass(10 * 60_000);
    expect(toBody()).toHaveLength(1);
    expect(await referral()).toMatchObject({ mail: 'sent', files: [{ id: 'f' }] });
    expect((await referral()).version).toBeGreaterThan(version);
  });

  it('is not written to any more once the referral was withdrawn', async () => {
    await take('withdraw-referral');
    await pass(30 * dayMs);
    expect(toBody()).toEqual([]);
    expect(await alerted()).toEqual([]);
    expect(await referral()).toMatchObject({ state: 'withdrawn', nextAt: null });
  });
});

describe('a case that ends while a body is asked', () => {
  it('is not ended by staff before the referral is withdrawn', async () => {
    await expect(take('close')).rejects.toMatchObject({ code: 'not-allowed', details: { reason: 'referral-open' } });
    await take('withdraw-referral');
    await take('reply', { text: 'أُصلح الخط' });
    await take('close');
    expect(await test.store.get(tickets, number)).toMatchObject({ status: 'closed', referralId: null });
    expect(await referral()).toMatchObject({ state: 'withdrawn' });
  });

  it('takes no answer any more, reminds nobody, and lets the referral go', async () => {
    await pass(2_000);
    const token = linkIn(toBody()[0]?.text ?? '');
    const set = { status: 'closed' as const };
    await test.store.write([{ op: 'update', in: tickets, id: number, set }]);
    const answer = { text: 'أُصلح الخط', attachmentIds: [] };
    await expect(test.flow.outside.answerReferral(token, answer)).rejects.toMatchObject({
      code: 'gone',
      message: expect.stringContaining('ended meanwhile'),
    });
    await expect(test.flow.outside.readReferral(token)).rejects.toMatchObject({ code: 'gone' });
    await pass(30 * dayMs);
    expect(toBody()).toHaveLength(1);
    expect(await alerted()).toEqual([]);
    expect(await referral()).toMatchObject({ state: 'withdrawn', nextAt: null });
    expect(await test.store.get(tickets, number)).toMatchObject({ status: 'closed', referralId: null });
  });

  it('keeps an answer that was taken before', async () => {
    await pass(2_000);
    const token = linkIn(toBody()[0]?.text ?? '');
    await test.flow.outside.answerReferral(token, { text: 'أُصلح الخط', attachmentIds: [] });
    await take('reply', { text: 'أُصلح الخط' });
    await take('close');
    expect(await test.flow.outside.readReferral(token)).toMatchObject({ state: 'answered' });
    expect(await referral()).toMatchObject({ state: 'answered', answer: { text: 'أُصلح الخط' } });
  });
});

describe('without a way to write letters', () => {
  it('staff give the link themselves, and the clock runs all the same', async () => {
    await test.cleanUp();
    await begin([]);
    await pass(2_000);
    expect(await referral()).toMatchObject({ mail: 'none', mailAt: null, state: 'waiting' });
    await pass(8 * dayMs);
    expect(await alerted()).toEqual(['referral-late samia']);
  });
});
