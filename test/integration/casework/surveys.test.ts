import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StepName } from '../../../src/casework/path.ts';
import { type Contact, contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { keepSurveys } from '../../../src/flow/casework/surveys.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { linkToken } from '../../../src/link-token.ts';
import { notices } from '../../../src/notice/notice.ts';
import { ratings } from '../../../src/survey/rating.ts';
import { type Survey, surveySecret, surveys } from '../../../src/survey/survey.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const agent = { id: 'agent', name: 'نورة' };
const by = { ...agent, role: 'agent', departments: ['care'] } as const;
const dayMs = 86_400_000;

let test: TestFlow;
let mail: FakeChannel;
let contactId = '';
beforeEach(async () => {
  mail = createFakeChannel('mail', { form: 'letter', canStart: true });
  test = await openFlow({ channel: createFakeChannel(), more: [mail] });
  await test.say('السلام عليكم');
  contactId = (await chat()).contactId;
  await know({ email: 'sara@example.net' });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const chat = async () => {
  const found = await test.store.get(conversations, conversationIdOf('fake', 'visitor'));
  if (!found) throw new Error('no conversation');
  return found;
};
const know = (set: Partial<Contact>) => test.store.write([{ op: 'update', in: contacts, id: contactId, set }]);
let opened = 0;
const open = async (subject = 'تعديل الشعبة'): Promise<string> => {
  const about = { contactId, type: 'inquiry' as const, subject, channel: 'phone' };
  const { number } = await test.flow.staff.openTicket(agent, about, `ticket-${++opened}`);
  await test.flow.idle();
  return number;
};
const take = async (number: string, name: StepName, given: object = {}): Promise<void> => {
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
const surveyOf = async (number: string): Promise<Survey> => {
  const found = await test.store.find(surveys, { index: 'by-ticket', where: { ticketNumber: number }, order: 'desc' });
  const [survey] = found.items;
  if (!survey) throw new Error('no survey');
  return survey;
};
const told = async (number: string): Promise<string[]> =>
  (await test.store.find(notices, { index: 'by-ticket', where: { ticketNumber: number } })).items
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith('survey'));
/** The assistant waits for nothing, as after a talk that came to its end. */
const quietChat = async (): Promise<void> => {
  const { id, dialogue } = await chat();
  const set = { dialogue: { ...dialogue, awaiting: null } };
  await test.store.write([{ op: 'update', in: conversations, id, set }]);
};

describe('where the person sits in front of the chat', () => {
  it('the rating is asked there, and a tap answers the survey', async () => {
    await quietChat();
    const number = await open();
    await take(number, 'close');
    test.channel.sent.length = 0;
    await pass(2_000);
    const [asked] = test.channel.sent;
    expect(asked?.quickReplies.map(({ id }) => id)).toEqual(['rate:5', 'rate:4', 'rate:3', 'rate:2', 'rate:1']);
    expect(await surveyOf(number)).toMatchObject({ state: 'waiting', via: 'chat' });
    await test.tap('rate:4');
    expect(await surveyOf(number)).toMatchObject({ state: 'answered', service: 4, nextAt: null });
    expect(await test.store.get(tickets, number)).toMatchObject({ satisfaction: 4 });
    expect((await chat()).status).toBe('open');
  });

  it('a low score is asked why, and the reason stands in the survey', async () => {
    await quietChat();
    const number = await open();
    await take(number, 'close');
    await pass(2_000);
    await test.tap('rate:1');
    await test.say('لم يتواصل معي أحد');
    expect(await surveyOf(number)).toMatchObject({ service: 1, comment: 'لم يتواصل معي أحد' });
  });

  describe('and an employee served', () => {
    const served = async (): Promise<string> => {
      await quietChat();
      const number = await open();
      await take(number, 'accept');
      await take(number, 'resolve', { text: 'عُدّلت الشعبة' });
      await take(number, 'close');
      await quietChat();
      test.channel.sent.length = 0;
      await pass(2_000);
      expect(test.channel.sent[0]?.text).toContain(number);
      return number;
    };

    it('the employee’s score is asked next, by the same choices, and nothing more after high ones', async () => {
      const number = await served();
      const [next] = await test.tap('rate:5');
      expect(next?.text).toMatch(/الموظف.*\d/);
      const ids = next?.quickReplies.map(({ id }) => id);
      expect(ids).toEqual([5, 4, 3, 2, 1].map((score) => `rate-employee:${score}`));
      const [thanks] = await test.tap('rate-employee:4');
      expect(thanks?.text).toContain('شكراً لك على رأيك');
      expect(await surveyOf(number)).toMatchObject({ state: 'answered', service: 5, employee: 4, comment: null });
      const events = await test.store.find(ticketEvents, {
        index: 'by-ticket',
        where: { ticketNumber: number },
        limit: 99,
      });
      const rated = events.items.flatMap(({ change }) => (change.kind === 'rated' ? [change] : []));
      expect(rated.at(-1)).toMatchObject({ score: 5, employee: 4 });
      expect((await chat()).dialogue.awaiting).toBeNull();
    });

    it('a low one is asked why', async () => {
      const number = await served();
      await test.tap('rate:5');
      const [why] = await test.say('2');
      expect(why?.text).toContain('بشكل أفضل');
      await test.say('تأخر في الرد علي');
      expect(await surveyOf(number)).toMatchObject({ service: 5, employee: 2, comment: 'تأخر في الرد علي' });
    });

    it.each([[[]], [['5']]])('a word on them is a comment, after %j more', async (more) => {
      const number = await served();
      for (const words of ['5', ...more]) await test.say(words);
      const [thanks] = await test.say('الموظفة متعاونة جداً');
      expect(thanks?.text).toContain('شكراً لك على رأيك');
      expect(await surveyOf(number)).toMatchObject({ service: 5, comment: 'الموظفة متعاونة جداً' });
    });

    it('another matter is none', async () => {
      const number = await served();
      await test.tap('rate:5');
      expect((await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم')).length).toBeGreaterThan(0);
      expect(await surveyOf(number)).toMatchObject({ service: 5, comment: null, employee: null });
    });
  });

  it('the rating is asked once, whoever looks', async () => {
    await quietChat();
    const number = await open();
    await take(number, 'close');
    test.channel.sent.length = 0;
    const tools = { deliver: () => undefined, isStopped: () => false };
    await Promise.all([keepSurveys(test.deps, tools), keepSurveys(test.deps, tools)]);
    await pass(2_000);
    expect((await test.store.find(ratings, { index: 'by-asked' })).items).toHaveLength(1);
    expect((await surveyOf(number)).via).toBe('chat');
  });

  it('what the assistant waits for there is not disturbed: a link is said', async () => {
    await test.say('أرغب في ترجمة عقد');
    const number = await open();
    await take(number, 'close');
    await pass(2_000);
    expect((await chat()).dialogue.awaiting).not.toBeNull();
    const survey = await surveyOf(number);
    expect(survey.via).toBe('link');
    expect(await told(number)).toEqual(['survey']);
    const link = `https://wasl.example/survey/${linkToken(test.deps.secret(surveySecret), survey.id)}`;
    expect(test.channel.sent.at(-1)?.text).toContain(link);
  });
});

describe('where the person has left', () => {
  const askedByLetter = async (): Promise<string> => {
    test.clock.advance(dayMs);
    await test.flow.idle();
    const number = await open();
    await take(number, 'close');
    mail.sent.length = 0;
    await pass(2_000);
    return number;
  };

  it('the link goes by letter, once more after the set time, and then it ends', async () => {
    const number = await askedByLetter();
    const survey = await surveyOf(number);
    expect(mail.sent.map(({ text }) => text)).toEqual([expect.stringContaining('https://wasl.example/survey/')]);
    expect(survey).toMatchObject({ state: 'waiting', via: 'link', nextAt: survey.remindAt });
    // Monday at 10:00: two and ten working days
    expect([survey.remindAt, survey.expiresAt].map((at) => at?.slice(0, 10))).toEqual(['2026-11-25', '2026-12-07']);
    await pass(3 * dayMs);
    expect(await told(number)).toEqual(['survey', 'surveyAgain']);
    expect(mail.sent).toHaveLength(2);
    await pass(20 * dayMs);
    expect(await surveyOf(number)).toMatchObject({ state: 'expired', nextAt: null });
    expect(mail.sent).toHaveLength(2);
  });

  it('whoever answered is not reminded', async () => {
    const number = await askedByLetter();
    const { id } = await surveyOf(number);
    await test.flow.outside.answerSurvey(linkToken(test.deps.secret(surveySecret), id), { service: 5 });
    await pass(5 * dayMs);
    expect(await told(number)).toEqual(['survey']);
  });

  it('a ticket that goes on is not asked about again, and its link ends', async () => {
    const number = await askedByLetter();
    await take(number, 'reopen', { note: 'عاد العطل' });
    await pass(5 * dayMs);
    expect(await surveyOf(number)).toMatchObject({ state: 'skipped', skipReason: 'reopened' });
    expect(await told(number)).toEqual(['survey']);
  });

  it('an answer that comes twice at once is taken once', async () => {
    const number = await askedByLetter();
    const token = linkToken(test.deps.secret(surveySecret), (await surveyOf(number)).id);
    const both = [4, 2].map((service) => test.flow.outside.answerSurvey(token, { service }));
    const done = (await Promise.allSettled(both)).map(({ status }) => status);
    expect(done.sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('nobody is asked', () => {
  const skippedAs = async (number: string): Promise<string | null> => {
    await pass(2_000);
    const { state, skipReason, sentAt } = await surveyOf(number);
    expect([state, sentAt]).toEqual(['skipped', null]);
    return skipReason;
  };
  const closed = async (subject?: string): Promise<string> => {
    const number = await open(subject);
    await take(number, 'close');
    return number;
  };

  it('within a day after they were asked, in whatever way', async () => {
    await closed();
    await pass(2_000);
    expect(await skippedAs(await closed())).toBe('asked-lately');
    expect((await test.store.find(ratings, { index: 'by-asked' })).items.length).toBeLessThanOrEqual(1);
  });

  it('who is blocked', async () => {
    const number = await open();
    await know({ blockedAt: '2026-11-22T07:00:00.000Z' });
    await take(number, 'close');
    expect(await skippedAs(number)).toBe('blocked');
  });

  it('after a death or a danger', async () => {
    expect(await skippedAs(await closed('توفي والدي وأحتاج إلى تأجيل الاختبار'))).toBe('grave');
  });

  it('whose words were insults', async () => {
    expect(await skippedAs(await closed('أنتم أغبياء وخدمتكم زبالة'))).toBe('abuse');
  });

  it('about what was closed so long ago that it is no news', async () => {
    const number = await closed();
    const at = new Date(test.clock.now() - 4 * dayMs).toISOString();
    await test.store.write([{ op: 'update', in: surveys, id: (await surveyOf(number)).id, set: { at } }]);
    expect(await skippedAs(number)).toBe('late');
  });

  it('who cannot be reached', async () => {
    test.clock.advance(dayMs);
    await know({ email: null });
    expect(await skippedAs(await closed())).toMatch(/no-way/);
  });
});
