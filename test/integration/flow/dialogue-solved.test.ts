import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversations } from '../../../src/conversation/conversation.ts';
import { ratings } from '../../../src/survey/rating.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { type Casework, choices, openCasework, texts } from './open-casework.ts';

const bank = {
  'احجز معمل': { outcome: 'answer' as const, articles: [{ id: 'lab', title: 'المعامل', confidence: 0.9 }] },
};

let test: Casework;
let number = '';

/** A ticket that went to a department and was answered. */
async function answered(): Promise<string> {
  const made = await test.open({ departmentId: 'halls', service: 'hall-booking' });
  await test.step(made, 'sara', 'transfer', { departmentId: 'halls' });
  await test.step(made, 'huda', 'assign', { assigneeId: 'majed' });
  await test.step(made, 'majed', 'start');
  await test.step(made, 'majed', 'return', { text: 'حُجزت القاعة 12' });
  return made;
}

beforeEach(async () => {
  test = await openCasework({ bank });
  await test.settle();
  number = await answered();
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const resolve = () => test.step(number, 'sara', 'resolve', { text: 'حُجزت لكم القاعة 12 يوم الأحد' });

describe('"is it solved?"', () => {
  it('is asked with the answer, the right to object and two buttons', async () => {
    const told = await resolve();
    expect(texts(told)).toContain('حُجزت لكم القاعة 12 يوم الأحد');
    expect(texts(told)).toContain('الاعتراض');
    expect(choices(told)).toEqual([`solved:yes:${number}`, `solved:no:${number}`]);
    expect((await test.conversation()).dialogue.awaiting).toEqual({ for: 'solved', number });
  });

  it('is closed by a yes in words, credited to the department that answered, and the service is rated', async () => {
    await resolve();
    test.clock.advance(2 * 86_400_000);
    const told = await test.say('نعم');
    expect(texts(told)).toContain(`أُغلق طلبك رقم`);
    const ticket = await test.ticket(number);
    expect(ticket).toMatchObject({ status: 'closed', creditedTo: 'halls', outcome: 'done' });
    const closed = (await test.eventsOf(number)).find(({ change }) => change.kind === 'closed');
    expect(closed).toMatchObject({ actor: { kind: 'contact' }, change: { how: 'confirmed' } });
    test.clock.advance(60_000);
    await test.flow.idle();
    const asked = (await test.store.find(ratings, { index: 'by-contact', where: { contactId: test.contactId } })).items;
    expect(asked.map(({ ticketNumber }) => ticketNumber)).toEqual([number]);
  });

  it('is closed by a tap, and by nothing that is tapped later', async () => {
    await resolve();
    await test.tap(`solved:yes:${number}`);
    await test.tap(`solved:yes:${number}`);
    const closings = (await test.eventsOf(number)).filter(({ change }) => change.kind === 'closed');
    expect(closings).toHaveLength(1);
  });

  it('takes a thanks for a yes: no clock starts, nothing is opened again', async () => {
    await resolve();
    await test.say('شكراً جزيلاً');
    expect(await test.ticket(number)).toMatchObject({ status: 'closed', burnsAt: null, counts: { reopened: 0 } });
    expect(await test.say('الله يعطيكم العافية')).toEqual([]);
    expect((await test.ticket(number)).status).toBe('closed');
  });

  it.each([
    'تمام انحلت',
    'الحمدلله انحلت',
    'الحمدلله',
    'نعم لكن تأخرتوا',
    'ايه انحلت المشكلة الله يعطيكم العافية',
    'Yes it is fixed',
    'تم حل المشكلة',
    'نعم ولله الحمد',
  ])('is closed by %j', async (words) => {
    await resolve();
    expect(texts(await test.say(words))).toMatch(/أُغلق طلبك رقم|is closed/);
    expect((await test.ticket(number)).status).toBe('closed');
  });

  it('is closed by a yes with a question behind it, which is answered', async () => {
    await resolve();
    const told = texts(await test.say('ايوه الحمدلله بس عندي سؤال ثاني كيف احجز معمل'));
    expect(told).toContain('أُغلق طلبك رقم');
    expect(told).toContain('article lab');
    expect((await test.ticket(number)).status).toBe('closed');
    expect((await test.conversation()).dialogue.inquiry).toBe('كيف احجز معمل');
    expect(await test.all()).toHaveLength(1);
  });

  it('is closed by a yes with a question that nobody knows yet, which is a request of its own', async () => {
    await resolve();
    await test.say('نعم انحلت شكرا، كيف أسترجع عربون الفعالية؟');
    expect((await test.ticket(number)).status).toBe('closed');
    expect(await test.newest()).toMatchObject({ subject: expect.stringContaining('كيف أسترجع عربون الفعالية') });
  });

  it.each(['لا ما انحلت المشكلة لسا', 'مب محلولة ابد', 'لسا ما انحلت', 'لا لسا', 'not solved yet'])(
    'is not closed by %j: what is missing is asked',
    async (words) => {
      await resolve();
      expect(texts(await test.say(words))).toMatch(/ما الذي بقي|still missing/);
      expect((await test.ticket(number)).status).toBe('resolved');
    },
  );

  it.each(['متى انحلت', 'انحلت؟', 'تمام متى بتجون', 'نعم لكن القاعة صغيرة'])(
    'is put once more to %j',
    async (words) => {
      await resolve();
      await test.say(words);
      expect((await test.ticket(number)).status).toBe('resolved');
    },
  );

  it.each([
    ['لا', 'resolved', 'ما الذي بقي'],
    ['نعم', 'closed', 'أُغلق طلبك رقم'],
  ])('is answered by %j although a rating of another ticket is asked for', async (words, status, said) => {
    await resolve();
    const rating = {
      id: 'rating',
      version: 1,
      conversationId: (await test.conversation()).id,
      contactId: test.contactId,
    };
    const of = { inboxId: 'fake', ticketNumber: '26000099', agentId: null, asked: 'survey' as const, surveyId: 'one' };
    const fresh = { askedAt: '2026-11-22T07:00:00.000Z', score: null, answeredAt: null, comment: null };
    const { id, dialogue } = await test.conversation();
    const set = {
      dialogue: { ...dialogue, awaiting: { for: 'rating' as const, ratingId: 'rating' } },
      openTicket: null,
    };
    await test.store.write([
      { op: 'insert', in: ratings, document: { ...rating, ...of, ...fresh } },
      { op: 'update', in: conversations, id, set },
    ]);
    expect(texts(await test.say(words))).toContain(said);
    expect((await test.ticket(number)).status).toBe(status);
  });

  it('asks what is missing after a no, and sends it back to somebody else with that', async () => {
    await resolve();
    const why = await test.tap(`solved:no:${number}`);
    expect(texts(why)).toContain('ما الذي بقي');
    expect((await test.ticket(number)).status).toBe('resolved');
    const noted = await test.say('القاعة 12 صغيرة ولا تتسع لنا');
    expect(texts(noted)).toContain('موظف لم يسبق له');
    expect(await test.ticket(number)).toMatchObject({
      status: 'transferred',
      assigneeId: 'mona',
      departmentId: 'halls',
      counts: { unsatisfied: 1 },
    });
    const said = (await test.eventsOf(number)).find(({ change }) => change.kind === 'unsatisfied');
    expect(said?.change).toMatchObject({ text: 'القاعة 12 صغيرة ولا تتسع لنا' });
    expect((await test.alertsOf('mona')).map(({ kind }) => kind)).toContain('unsatisfied');
  });

  it('promises nobody where everybody of the department had it: the supervisors look for somebody', async () => {
    await resolve();
    const notBy = ['huda', 'majed', 'mona'];
    await test.store.write([{ op: 'update', in: tickets, id: number, set: { notBy } }]);
    await test.tap(`solved:no:${number}`);
    const noted = await test.say('القاعة 12 صغيرة ولا تتسع لنا');
    expect(texts(noted)).not.toContain('لم يسبق له');
    expect(texts(noted)).toContain('المشرف');
    expect((await test.ticket(number)).assigneeId).toBeNull();
    expect((await test.alertsOf('samia')).map(({ kind }) => kind)).toContain('nobody-there');
  });

  it('needs no second question where the no says why', async () => {
    await resolve();
    await test.say('شكراً بس القاعة للحين ما انحجزت لنا');
    const said = (await test.eventsOf(number)).find(({ change }) => change.kind === 'unsatisfied');
    expect(said?.change).toMatchObject({ text: 'شكراً بس القاعة للحين ما انحجزت لنا' });
  });

  it('loses no "no" after which nothing more is said, also over a restart', async () => {
    await resolve();
    await test.say('لا');
    expect((await test.ticket(number)).status).toBe('resolved');
    await test.close();
    const directory = test.directory;
    test = await openCasework({ directory, at: '2026-11-22T07:20:00.000Z' });
    expect((await test.ticket(number)).status).toBe('resolved');
    test.clock.advance(20 * 60_000);
    await test.flow.idle();
    expect((await test.ticket(number)).status).toBe('transferred');
    expect(texts(test.channel.sent)).toContain('موظف لم يسبق له');
    await test.say('طيب', { externalId: 'after' });
    expect((await test.eventsOf(number)).filter(({ change }) => change.kind === 'unsatisfied')).toHaveLength(1);
  });

  it('is put once more to what is neither yes nor no; further words of it are a no', async () => {
    await resolve();
    const again = await test.say('تأخر الرد كثير على حجز القاعة');
    expect(texts(again)).toContain('هل حُلّ الموضوع');
    expect(choices(again)).toContain(`solved:yes:${number}`);
    await test.say('القاعة ما زالت غير محجوزة لنا');
    expect(await test.ticket(number)).toMatchObject({ status: 'transferred', counts: { unsatisfied: 1 } });
  });

  it('does not stand in the way of another matter', async () => {
    await resolve();
    await test.say('عندي استفسار ثاني');
    expect((await test.ticket(number)).status).toBe('resolved');
    await test.tap(`solved:yes:${number}`);
    expect((await test.ticket(number)).status).toBe('closed');
  });

  it('is answered by nobody else', async () => {
    await resolve();
    await test.tap(`solved:yes:${number}`, 'stranger');
    expect((await test.ticket(number)).status).toBe('resolved');
  });

  it('offers the objection to whoever says no after it was closed', async () => {
    await resolve();
    await test.tap(`solved:yes:${number}`);
    expect(texts(await test.tap(`solved:no:${number}`))).toContain('ما سبب اعتراضك');
  });
});
