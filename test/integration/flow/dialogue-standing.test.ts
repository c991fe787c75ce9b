import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incidents } from '../../../src/incident/incident.ts';
import { type Casework, openCasework, texts } from './open-casework.ts';

const bank = {
  projector: { outcome: 'answer' as const, articles: [{ id: 'projector', title: 'Projector', confidence: 0.95 }] },
};

let test: Casework;
beforeEach(async () => {
  test = await openCasework({ bank });
  await test.settle();
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const nudges = async (number: string): Promise<number> =>
  (await test.eventsOf(number)).filter(({ change }) => change.kind === 'nudged').length;

describe('"any update?"', () => {
  it('tells the department and the promised time, and nobody’s name and no remark', async () => {
    const number = await test.open({ departmentId: 'halls' });
    await test.step(number, 'sara', 'transfer', { departmentId: 'halls', note: 'ملاحظة داخلية' });
    const told = texts(await test.say('وش صار على طلبي؟'));
    expect(told).toContain('محال إلى القسم المختص');
    expect(told).toMatch(/القاعات/);
    expect(told).toContain('موعد الرد: قبل');
    for (const secret of ['ملاحظة داخلية', 'huda', 'sara', 'هدى']) expect(told).not.toContain(secret);
  });

  it('tells what is waited for, and no promised time while its clock stands', async () => {
    const number = await test.open({ departmentId: 'halls' });
    await test.step(number, 'sara', 'ask', { text: 'ما رقم القاعة؟' });
    const asked = texts(await test.say('وش صار على طلبي؟'));
    expect(asked).toContain('المطلوب منك: ما رقم القاعة؟');
    expect(asked).not.toContain('موعد الرد');
    await test.step(number, 'sara', 'resume');
    await test.step(number, 'sara', 'pause', { reason: 'parts' });
    expect(texts(await test.say('وش صار على طلبي؟'))).toContain('معلّق مؤقتاً (بانتظار قطع أو مواد)');
  });

  it('tells why it takes longer, as the person was told, and the new time', async () => {
    const number = await test.open();
    const expectedAt = '2026-12-20T09:00:00.000Z';
    await test.step(number, 'sara', 'delay', { reason: 'تأخر وصول القطع', expectedAt });
    const told = texts(await test.say('وش صار على طلبي؟'));
    expect(told).toContain('سبب التأخر: تأخر وصول القطع');
    expect(told).toContain('20 ديسمبر');
  });

  it('tells the one time that the person was told last, until it has passed', async () => {
    const number = await test.open();
    const promised = (await test.ticket(number)).dueAt.resolution ?? '';
    const expectedAt = '2026-11-24T09:00:00.000Z';
    expect(promised > expectedAt).toBe(true);
    await test.step(number, 'sara', 'delay', { reason: 'تأخر وصول القطع', expectedAt });
    expect(texts(await test.say('وش صار على طلبي؟'))).toContain('24 نوفمبر');
    test.clock.advance(3 * 86_400_000);
    expect(texts(await test.say('وش صار على طلبي؟'))).not.toContain('24 نوفمبر');
  });

  it('tells why one was not accepted, and where to turn', async () => {
    const number = await test.open();
    await test.step(number, 'sara', 'reject', { reason: 'ليس من اختصاصنا', guidance: 'عمادة شؤون الطلاب' });
    const told = texts(await test.say(number));
    expect(told).toContain('غير مقبول');
    expect(told).toContain('السبب: ليس من اختصاصنا');
    expect(told).toContain('عمادة شؤون الطلاب');
  });

  it.each(['26000939', '99999999'])(
    'is answered for %s, which is not theirs, also where one is in hand',
    async (other) => {
      await test.open();
      expect(texts(await test.say(`وش صار على ${other}`))).toContain('لا أجد');
    },
  );

  it.each(['وش صار؟', 'لمتى انتظر', 'بتردون ولا لا؟', 'طيب متى'])('is heard in %j', async (words) => {
    const number = await test.open();
    expect(texts(await test.say(words))).toContain(number);
    expect(await nudges(number)).toBe(1);
  });

  it('is kept with the ticket each time, and from the third on in one status its head hears of it', async () => {
    const number = await test.open({ departmentId: 'halls' });
    await test.step(number, 'sara', 'transfer', { departmentId: 'halls' });
    for (let count = 0; count < 2; count += 1) await test.say('وش صار على طلبي؟');
    expect((await test.alertsOf('huda')).map(({ kind }) => kind)).not.toContain('nudged');
    await test.say(`وش صار على طلبي ${number}`);
    expect(await nudges(number)).toBe(3);
    const told = (await test.alertsOf('huda')).filter(({ kind }) => kind === 'nudged');
    expect(told.map(({ values }) => values)).toEqual([{ count: 3 }]);
    test.clock.advance(60_000);
    await test.step(number, 'huda', 'start');
    test.clock.advance(60_000);
    await test.say('وش صار على طلبي؟');
    expect((await test.alertsOf('huda')).filter(({ kind }) => kind === 'nudged')).toHaveLength(1);
    expect((await test.ticket(number)).counts.nudges).toBe(4);
  });

  it('of one that was merged tells how the other stands, and what is written to it lands there', async () => {
    const one = await test.open({ subject: 'شكوى أولى' });
    const other = await test.open({ subject: 'شكوى ثانية' });
    await test.step(one, 'sara', 'merge', { otherNumber: other });
    const told = texts(await test.say(other));
    expect(told).toContain(`ضُمّ طلبك`);
    expect(told).toContain(one);
    expect(await nudges(one)).toBe(1);
    expect(await nudges(other)).toBe(0);
    const added = async (): Promise<number> =>
      (await test.eventsOf(one)).filter(({ change }) => change.kind === 'message-added').length;
    const before = await added();
    expect(texts(await test.say(`${other} المشكلة في القاعة 12 نفسها`))).toContain(one);
    expect(await added()).toBe(before + 1);
    expect(await test.all()).toHaveLength(2);
  });

  it('is not asked by whoever names one of several tickets to add to it', async () => {
    const first = await test.open({ subject: 'شكوى أولى' });
    const second = await test.open({ subject: 'شكوى ثانية' });
    expect((await test.conversation()).openTicket).toBe(first);
    expect(texts(await test.say(`${second} التأخر تكرر في معمل الحاسب أيضاً`))).toContain(second);
  });

  it('tells the words of a restricted ticket only where it came from', async () => {
    const told = await test.say('زميلي يتحرش بي في المعمل وأريد الإبلاغ');
    expect(texts(told)).toContain('بسرية');
    const { number, subject } = await test.newest();
    expect(texts(await test.say(number))).toContain(subject);
  });

  it('keeps the answer to a restricted ticket to the conversation that it came from', async () => {
    const number = await test.open({ conversationId: 'elsewhere' });
    await test.step(number, 'sara', 'accept');
    await test.step(number, 'samia', 'restrict', { restricted: true });
    await test.step(number, 'samia', 'reply', { text: 'أُوقف المعني عن العمل' });
    const told = texts(await test.step(number, 'adel', 'approve-reply'));
    expect(told).toContain(number);
    expect(told).not.toContain('أُوقف');
    expect(texts(await test.say(number))).not.toContain('أُوقف');
  });

  it('tells the outcome of what could not be done', async () => {
    const number = await test.open();
    await test.step(number, 'sara', 'accept');
    await test.step(number, 'sara', 'resolve', { outcome: 'not_done', text: 'لا تتوفر ميزانية هذا العام' });
    const told = texts(await test.say(number));
    expect(told).toContain('تعذّر تنفيذه');
    expect(told).toContain('لا تتوفر ميزانية هذا العام');
    expect(await nudges(number)).toBe(0);
  });
});

describe('what stands still now', () => {
  it('is a ticket in the urgent lane at once, people are called, and the person is told so', async () => {
    const told = texts(await test.say('الحين المحاضرة متوقفة والصوت مقطوع في القاعة 4'));
    expect(told).toContain('نبّهنا المختصين الآن');
    expect(await test.newest()).toMatchObject({ urgent: true, importance: 'high' });
    const conversation = await test.conversation();
    expect(conversation.waitingSince).not.toBeNull();
    expect(conversation.handledBy).toBe('assistant');
    const alerted = await Promise.all(['huda', 'hamad', 'samia'].map((id) => test.alertsOf(id)));
    expect(alerted.flat().filter(({ values }) => values.urgent === true)).toHaveLength(1);
  });

  it('is told in English too, with what may help meanwhile', async () => {
    const told = texts(await test.say('The lecture is stopped now, the projector shows nothing'));
    expect(told).toContain('article projector en');
    expect(told).toContain('at once');
    expect(await test.newest()).toMatchObject({ urgent: true });
  });

  it('makes the ticket in hand urgent', async () => {
    await test.say('صوت القاعة 4 ضعيف وأحتاج ضبطه');
    const { number } = await test.newest();
    const told = texts(await test.say('صوت القاعة 4 انقطع والمحاضرة متوقفة الآن'));
    expect(told).toContain('لا يحتمل التأخير');
    expect(await test.ticket(number)).toMatchObject({ urgent: true, importance: 'high' });
    expect(await test.all()).toHaveLength(1);
  });
});

describe('words that nobody has to bear', () => {
  it('get one calm warning, and the complaint between them is heard', async () => {
    const told = texts(await test.say('يا أغبياء شكوى على تأخر صيانة معمل الحاسب منذ شهر'));
    expect(told).toContain('بألفاظ لائقة');
    expect(await test.newest()).toMatchObject({
      type: 'complaint',
      subject: 'شكوى على تأخر صيانة معمل الحاسب منذ شهر',
    });
    expect((await test.conversation()).handledBy).toBe('assistant');
  });

  it('make a complaint of what is told beside them, which is not called after them', async () => {
    await test.say('انتوا حمير ما تفهمون لي شهر انتظر الرد منكم');
    expect(await test.newest()).toMatchObject({ type: 'complaint', subject: 'ما تفهمون لي شهر انتظر الرد منكم' });
  });

  it('said again call a supervisor, once; nobody is blocked', async () => {
    await test.say('يا حمير');
    expect(await test.all()).toEqual([]);
    const told = texts(await test.say('يا أغبياء'));
    expect(told).toContain('المشرف');
    expect(told).not.toContain('بألفاظ لائقة');
    await test.say('يا حمير يا أغبياء');
    const alerted = (await test.alertsOf('samia')).filter(({ kind }) => kind === 'abuse');
    expect(alerted).toHaveLength(1);
    expect(String(alerted[0]?.values.link)).toContain('/console/conversations/');
    expect(texts(await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم'))).toContain('رقم الطلب');
  });
});

describe('a known outage', () => {
  const open = () =>
    test.store.write([
      {
        op: 'insert',
        in: incidents,
        document: {
          id: 'i1',
          version: 1,
          title: { ar: 'انقطاع الشبكة', en: 'Network outage' },
          message: {
            ar: 'الشبكة منقطعة في الحرم كله ونعمل على إعادتها.',
            en: 'The network is down on the whole campus.',
          },
          service: null,
          words: ['الشبكة', 'network'],
          state: 'open',
          openedAt: '2026-11-22T06:00:00.000Z',
          openedBy: 'samia',
          closedAt: null,
          told: [],
          telling: null,
          nextAt: null,
        },
      },
    ]);

  it('is answered with what is known, in one message, and the ticket waits with the others', async () => {
    await open();
    const told = await test.say('الشبكة مقطوعة في مكتبي');
    expect(told).toHaveLength(1);
    const ticket = await test.newest();
    expect(told[0]?.text).toContain('الشبكة منقطعة في الحرم كله');
    expect(told[0]?.text).toContain(ticket.number);
    expect(ticket.incidentId).toBe('i1');
    await test.say('الشبكة ما زالت مقطوعة');
    expect(await test.all()).toHaveLength(1);
  });

  it('says nothing to what is of something else', async () => {
    await open();
    expect(texts(await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم'))).not.toContain('الحرم');
    expect((await test.newest()).incidentId).toBeNull();
  });
});
