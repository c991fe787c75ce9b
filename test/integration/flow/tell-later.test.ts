import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StepName } from '../../../src/casework/path.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { type Contact, contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import type { WaslError } from '../../../src/errors.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { type Notice, notices } from '../../../src/notice/notice.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { foldTicket } from '../../../src/ticket/fold.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { createPaidChannel } from '../../fakes/paid-channel.ts';

const agent = { id: 'agent', name: 'نورة' };
const by = { ...agent, role: 'agent', departments: ['care'] } as const;
const hourMs = 3_600_000;
const mobile = '+966500000001';

let test: TestFlow;
let paid: FakeChannel;
let mail: FakeChannel;
let contactId = '';
let number = '';
beforeEach(async () => {
  paid = createPaidChannel();
  mail = createFakeChannel('mail', { form: 'letter', canStart: true });
  test = await openFlow({ channel: createFakeChannel(), more: [paid, mail] });
  await test.say('السلام عليكم');
  contactId = (await test.store.get(conversations, conversationIdOf('fake', 'visitor')))?.contactId ?? '';
  await know({ phone: mobile });
  test.clock.advance(hourMs);
  number = await open();
  for (const one of [test.channel, paid, mail]) one.sent.length = 0;
});
afterEach(() => test.cleanUp());

const know = (set: Partial<Contact>) => test.store.write([{ op: 'update', in: contacts, id: contactId, set }]);

async function open(): Promise<string> {
  const about = { contactId, type: 'inquiry' as const, subject: 'تعديل الشعبة', channel: 'phone' };
  const ticket = await test.flow.staff.openTicket(agent, about, 'ticket');
  await test.flow.idle();
  return ticket.number;
}

const take = async (name: StepName, given: object = {}): Promise<void> => {
  await test.flow.staff.takeStep(number, by, { name, given: { ...given }, version: undefined });
  await test.flow.idle();
};
const delay = (facts: { reason?: string; expectedAt?: string } = {}) =>
  take('delay', { reason: 'صيانة الخادم', expectedAt: '2026-11-25T08:00:00.000Z', ...facts });

const kept = async (): Promise<Notice[]> =>
  (await test.store.find(notices, { index: 'by-ticket', where: { ticketNumber: number } })).items;
const of = async (kind: Notice['kind']): Promise<Notice | undefined> =>
  (await kept()).filter((one) => one.kind === kind).at(-1);

const goTo = async (time: string): Promise<void> => {
  test.clock.set(Date.parse(time));
  await test.flow.idle();
};
const night = '2026-11-22T19:00:00.000Z';
const morning = '2026-11-23T04:00:00.000Z';

describe('the end of a matter', () => {
  it('is told once, by the first of resolved and closed', async () => {
    await take('resolve');
    await take('close');
    expect(paid.sent.map(({ text }) => text)).toEqual([`عولج طلبكم ${number}. هل حُلّ؟ ولكم الاعتراض. جامعة الغضا`]);
  });

  it('is told also where it is closed at once, and by the cheapest way: here the chat that is open', async () => {
    await test.say('هل من جديد؟');
    test.channel.sent.length = 0;
    await take('close');
    expect(test.channel.sent.at(-1)?.text).toMatch(/انتهت معالجة طلبكم رقم .*تعديل الشعبة/);
    expect(paid.sent).toEqual([]);
  });

  it('that is none as it was wished is told so, with what may be done about it', async () => {
    await test.say('هل من جديد؟');
    await take('reply', { text: 'لا يمكن تعديل الشعبة بعد انتهاء المدة' });
    test.channel.sent.length = 0;
    await take('close', { outcome: 'not_done' });
    const told = test.channel.sent.map(({ text }) => text).join('\n');
    expect(told).toMatch(/تعذّر تنفيذ طلبكم رقم .*تعديل الشعبة/);
    expect(told).toMatch(/«تصعيد» أو «اعتراض»/);
    expect(told).not.toMatch(/انتهت معالجة|شكرًا/);
    expect((await test.say(number)).map(({ text }) => text).join('\n')).toContain('تعذّر تنفيذه');
  });

  it('is told again where the matter was opened again', async () => {
    await take('close');
    await take('reopen', { note: 'ما زال قائمًا' });
    await take('resolve');
    expect(paid.sent.map(({ text }) => text)).toEqual([
      expect.stringContaining('انتهت معالجة'),
      expect.stringContaining('أُعيد فتح'),
      expect.stringContaining('عولج'),
    ]);
  });

  it('allows no further step but to open again', async () => {
    await take('close');
    for (const step of [() => take('resolve'), () => take('start'), () => take('close'), () => delay()]) {
      const error: WaslError = await step().then(
        () => expect.fail('it was allowed'),
        (thrown) => thrown,
      );
      expect(error).toMatchObject({ code: 'not-allowed', details: { reason: 'ticket-over', status: 'closed' } });
    }
    expect(paid.sent).toHaveLength(1);
  });
});

describe('a delay', () => {
  it('is told with the time of the answer; its reason where there is room for it', async () => {
    await delay();
    expect(paid.sent.map(({ text }) => text)).toEqual([
      `نعتذر عن تأخر طلبكم ${number}. الرد متوقع في 25 نوفمبر. جامعة الغضا`,
    ]);
    await test.say('شكرًا');
    test.channel.sent.length = 0;
    await delay({ reason: 'إجازة العيد' });
    expect(test.channel.sent.at(-1)?.text).toMatch(/نعتذر عن تأخر.*إجازة العيد.*25 نوفمبر/s);
  });

  it('stands in the ledger, and a restricted matter stays unsaid', async () => {
    await test.store.write([{ op: 'update', in: tickets, id: number, set: { restricted: true } }]);
    await test.say('شكرًا');
    test.channel.sent.length = 0;
    await delay();
    const text = test.channel.sent.at(-1)?.text ?? '';
    expect(text).toContain(number);
    expect(text).not.toMatch(/تعديل الشعبة|صيانة الخادم/);
    const ledger = (await test.store.find(ticketEvents, { index: 'by-ticket', where: { ticketNumber: number } })).items;
    expect(ledger.map(({ change: { kind } }) => kind)).toContain('delay-told');
    expect(foldTicket(ledger)?.eventCount).toBe(ledger.length);
  });

  it('is no news any more once the person has the answer', async () => {
    await take('resolve');
    await expect(delay()).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

/** The organisation as it would be with these hours, or with none. */
const quietIn = (quiet: { from: string; to: string } | null): void => {
  const { organisation } = test.deps.content;
  test.deps.content.organisation = () => {
    const now = organisation();
    return { ...now, organisation: { ...now.organisation, notices: { ...now.organisation.notices, quiet } } };
  };
};

describe('a chat that nobody has open any more', () => {
  it('is no way: the notice goes on to the phone', async () => {
    await test.say('هل من جديد؟');
    test.channel.answer = () => {
      throw new SendError('recipient-away', 'Nobody is connected.');
    };
    await take('close');
    expect(paid.sent.map(({ text }) => text)).toEqual([expect.stringContaining('انتهت معالجة')]);
    expect(await of('closed')).toMatchObject({
      state: 'told',
      tried: [{ by: 'conversation', failure: 'recipient-away' }, { by: 'phone' }],
    });
  });
});

describe('at night', () => {
  beforeEach(() => quietIn({ from: '21:00', to: '07:00' }));

  it('no phone rings for what the person did not just ask: it is told in the morning', async () => {
    await goTo(night);
    await take('start');
    expect(paid.sent).toEqual([]);
    expect(await of('inProgress')).toMatchObject({ state: 'waiting', dueAt: morning, tried: [] });
    await goTo('2026-11-23T03:59:59.000Z');
    expect(paid.sent).toEqual([]);
    await goTo('2026-11-23T04:00:02.000Z');
    expect(paid.sent.map(({ text }) => text)).toEqual([expect.stringContaining('قيد المعالجة')]);
    expect(await of('inProgress')).toMatchObject({ state: 'told', dueAt: null });
  });

  it('what goes to a department at night is told in the morning, though nobody there has begun', async () => {
    await goTo(night);
    await take('transfer', { departmentId: 'halls' });
    expect(await of('inProgress')).toMatchObject({ state: 'waiting', dueAt: morning });
    await goTo('2026-11-23T04:00:02.000Z');
    expect(paid.sent.map(({ text }) => text)).toEqual([expect.stringContaining('قيد المعالجة')]);
  });

  it('a letter goes at once, and so does an answer to whoever wrote just now', async () => {
    await goTo(night);
    await know({ phone: null, email: 'sara@example.net' });
    await delay();
    expect(mail.sent).toHaveLength(1);
    await know({ phone: mobile, email: null, mutedChannels: ['web-chat'] });
    await test.say('هل من جديد؟');
    await take('close');
    expect(paid.sent.map(({ text }) => text)).toEqual([expect.stringContaining('انتهت معالجة')]);
  });

  it('what waited is not told once it is no news any more', async () => {
    await goTo(night);
    await take('start');
    await take('close');
    await goTo('2026-11-23T04:00:02.000Z');
    expect(paid.sent.map(({ text }) => text)).toEqual([
      expect.stringContaining('انتهت معالجة'),
      expect.stringContaining('/survey/'),
    ]);
    expect(await of('inProgress')).toMatchObject({ state: 'dropped', dueAt: null, tried: [] });
  });

  it('what waited is planned anew in the morning, by what is then the cheapest way', async () => {
    await goTo(night);
    await delay();
    await goTo('2026-11-23T03:55:00.000Z');
    await test.say('صباح الخير');
    test.channel.sent.length = 0;
    await goTo('2026-11-23T04:00:02.000Z');
    expect(paid.sent).toEqual([]);
    expect(test.channel.sent.map(({ text }) => text)).toEqual([expect.stringContaining('صيانة الخادم')]);
  });

  it('what waited is told also by a process that begins in the morning', async () => {
    await goTo(night);
    await take('close');
    const { directory } = test;
    await test.close();
    paid = createPaidChannel();
    test = await openFlow({ directory, channel: createFakeChannel(), more: [paid], at: '2026-11-23T05:00:00.000Z' });
    await test.flow.idle();
    expect(paid.sent.map(({ text }) => text)).toEqual([
      expect.stringContaining('انتهت معالجة'),
      expect.stringContaining('/survey/'),
    ]);
  });

  it.each([
    ['says that it wants no quiet', null],
    ['says nothing', undefined],
  ])('phones ring where the organisation %s', async (_, quiet) => {
    quietIn(quiet as null);
    await goTo(night);
    await take('close');
    expect(paid.sent).toHaveLength(1);
  });
});
