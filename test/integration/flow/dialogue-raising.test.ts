import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Casework, choices, openCasework, texts } from './open-casework.ts';

let test: Casework;
beforeEach(async () => {
  test = await openCasework();
  await test.settle();
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const days = (count: number): void => void test.clock.advance(count * 86_400_000);

/** Far behind its promised time. */
async function overdue(): Promise<string> {
  const number = await test.open({ departmentId: 'halls' });
  await test.step(number, 'sara', 'transfer', { departmentId: 'halls' });
  days(40);
  await test.flow.idle();
  return number;
}

async function resolved(facts: Parameters<Casework['open']>[0] = {}): Promise<string> {
  const number = await test.open(facts);
  await test.step(number, 'sara', 'accept');
  await test.step(number, 'sara', 'resolve', { text: 'تم الرد على ملاحظتكم' });
  return number;
}

describe('an escalation by the person', () => {
  it('before the time is answered honestly, with the promised time, and noted', async () => {
    const number = await test.open();
    const told = texts(await test.say('أبغى أصعد الطلب'));
    expect(told).toContain('لم يحن بعد موعد الرد');
    expect(told).toContain('ديسمبر');
    expect((await test.ticket(number)).escalation).toBeNull();
    expect((await test.eventsOf(number)).at(-1)?.change).toEqual({ kind: 'escalation-asked', text: 'أبغى أصعد الطلب' });
    expect((await test.conversation()).handledBy).toBe('assistant');
  });

  it('after the time raises the ticket, tells who follows it and calls people', async () => {
    const number = await overdue();
    const before = (await test.ticket(number)).escalation?.level ?? 0;
    const told = texts(await test.say(`تصعيد ${number}`));
    expect(told).toContain(number);
    expect(told).toMatch(/رُفع طلبك.*(المشرف|الإدارة العليا|مسؤول القسم)/);
    const { escalation } = await test.ticket(number);
    expect(escalation).toMatchObject({ why: 'person' });
    expect(escalation?.level).toBeGreaterThanOrEqual(before);
    expect((await test.conversation()).handledBy).toBe('nobody');
  });

  it('of one that was closed without being treated opens it again', async () => {
    const number = await test.open();
    await test.step(number, 'sara', 'accept');
    await test.step(number, 'sara', 'resolve', { outcome: 'not_done', text: 'تعذر ذلك' });
    await test.step(number, 'sara', 'close');
    await test.say(`صعدوا الطلب ${number}`);
    expect(await test.ticket(number)).toMatchObject({ status: 'open', escalation: { why: 'untreated' } });
  });

  it('of one that was treated is not possible, and the objection is offered', async () => {
    const number = await resolved();
    const told = await test.say(`تصعيد ${number}`);
    expect(texts(told)).toContain('«اعتراض»');
    expect(choices(told)).toContain(`object:${number}`);
  });

  it('asks which one where several may be meant, and takes the one that is tapped', async () => {
    const one = await test.open();
    const other = await test.open({ subject: 'شكوى أخرى' });
    const asked = await test.say('تصعيد');
    expect(choices(asked).sort()).toEqual([`escalate:${one}`, `escalate:${other}`].sort());
    expect(texts(await test.tap(`escalate:${one}`))).toContain(one);
  });

  it('offers the latest of many, the one in hand first', async () => {
    const numbers: string[] = [];
    for (let count = 0; count < 7; count += 1) {
      numbers.push(await test.open({ subject: `شكوى ${count}` }));
      test.clock.advance(1_000);
    }
    const [first = ''] = numbers;
    const asked = await test.say('وش صار على طلبي؟');
    expect(choices(asked)).toEqual([first, ...numbers.slice(3).reverse()].map((number) => `status:${number}`));
    expect(texts(asked)).toMatch(/هذه أحدث .*5.* منها/);
    const [, , third = ''] = numbers;
    await test.say(`${third} تكرر التأخر اليوم في القاعة نفسها`);
    expect(choices(await test.say('وش صار على طلبي؟'))[0]).toBe(`status:${third}`);
  });

  it('is answered also while nobody has the conversation yet, and noted where an agent has', async () => {
    const number = await overdue();
    const other = await test.open({ subject: 'شكوى أخرى' });
    await test.say(`تصعيد ${number}`);
    expect((await test.conversation()).handledBy).toBe('nobody');
    const told = texts(await test.say(`أريد تصعيد الطلب ${other}`));
    expect(told).toContain(other);
    expect((await test.eventsOf(other)).map(({ change }) => change.kind)).toContain('escalation-asked');
    expect(texts(await test.say(number))).toContain(number);
    const { id } = await test.conversation();
    await test.flow.staff.assign(id, { id: 'sara', name: 'سارة' }, { id: 'sara', name: 'سارة' });
    await test.flow.idle();
    const count = async () =>
      (await test.eventsOf(other)).filter(({ change }) => change.kind === 'escalation-asked').length;
    expect(await test.say(`أريد تصعيد الطلب ${other}`)).toEqual([]);
    expect(await count()).toBe(2);
    expect(await test.say(`اعتراض على الطلب ${other}`)).toEqual([]);
    expect(await count()).toBe(3);
    expect(await test.say(`حالة الطلب ${other}`)).toEqual([]);
    expect((await test.ticket(other)).counts.nudges).toBe(1);
  });

  it('asks for the number where none is known, and is told nothing of other people’s tickets', async () => {
    expect(texts(await test.say('تصعيد'))).toContain('رقم طلب');
    const number = await test.open();
    const stranger = { address: 'stranger', conversationKey: 'stranger' };
    await test.say('السلام عليكم', stranger);
    expect(texts(await test.say(`تصعيد ${number}`, stranger))).toContain('لا أجد');
    expect((await test.eventsOf(number)).map(({ change }) => change.kind)).not.toContain('escalation-asked');
  });
});

describe('an objection by the person', () => {
  it('asks why, then is a ticket of its own one level up, without the earlier handlers', async () => {
    const number = await resolved();
    expect(texts(await test.say('أعترض على الرد'))).toContain('ما سبب اعتراضك');
    expect((await test.conversation()).dialogue.awaiting).toMatchObject({ for: 'objection', number });
    const told = texts(await test.say('لم تذكروا سبب رفض القاعة ولم يتواصل معي أحد'));
    const objection = await test.newest();
    expect(told).toContain(objection.number);
    expect(told).toContain('مستوى أعلى');
    expect(objection).toMatchObject({ type: 'objection', objectionTo: number, contactId: test.contactId });
    expect(objection.notBy).toContain('sara');
    expect((await test.ticket(number)).objections).toEqual([objection.number]);
    const asked = (await test.eventsOf(objection.number)).find(({ change }) => change.kind === 'escalation-asked');
    expect(asked?.change).toMatchObject({ text: expect.stringContaining('لم تذكروا سبب رفض القاعة') });
    expect((await test.alertsOf('samia')).map(({ kind }) => kind)).toContain('objection');
  });

  it('needs no question where the reason is told with the number', async () => {
    const number = await resolved();
    const told = texts(await test.say(`أعترض على الرد على الطلب رقم ${number} لأن الموعد لا يناسبنا`));
    expect(told).toContain('رقم الاعتراض');
    expect(await test.newest()).toMatchObject({ objectionTo: number });
  });

  it.each([
    'اعتراض على الطلب {} لأن الرد ناقص',
    'اعتراض {} الرد ناقص ولم يُذكر فيه سبب الرفض ولا من اتخذ القرار ولا متى',
    'أعترض على طلبي رقم {} لأن القاعة التي خصصتموها لنا صغيرة ولا تتسع لعدد الحضور الذي ذكرناه في الطلب من أول يوم',
    'I object to request {} because nobody called me back',
  ])('is heard in %j', async (words) => {
    const number = await resolved();
    await test.say(words.replace('{}', number));
    expect(await test.newest()).toMatchObject({ type: 'objection', objectionTo: number });
  });

  it('is asked for its reason where the order names only the ticket', async () => {
    const number = await resolved();
    expect(texts(await test.say(`أعترض على الطلب ${number}`))).toContain('ما سبب اعتراضك');
  });

  it.each(['خلاص ما ابي اعترض', 'خلاص', 'لا ما أبغى الاعتراض', 'الغوا الاعتراض'])(
    'is not made by %j',
    async (words) => {
      await resolved();
      await test.say('أعترض على الرد');
      await test.say(words);
      expect(await test.all()).toHaveLength(1);
      expect((await test.conversation()).dialogue.awaiting).toBeNull();
    },
  );

  it.each(['وين اروح طيب', '٢', 'متى الدوام؟'])('is not made by %j, and still is by its reason', async (words) => {
    const number = await resolved();
    await test.say('أعترض على الرد');
    expect(texts(await test.say(words))).toContain('ما سبب اعتراضك');
    expect(await test.all()).toHaveLength(1);
    await test.say('لم تذكروا سبب رفض القاعة');
    expect(await test.newest()).toMatchObject({ objectionTo: number });
  });

  it('has what follows it, whatever another request waits for', async () => {
    const waiting = await test.open({ subject: 'صيانة جهاز' });
    await test.step(waiting, 'sara', 'ask', { text: 'ما رقم الجهاز؟' });
    const number = await resolved();
    test.clock.advance(1_000);
    await test.say(`أعترض على الرد على الطلب رقم ${number} لأن أحداً لم يحضر`);
    const objection = await test.newest();
    expect(objection.objectionTo).toBe(number);
    expect(texts(await test.say('قلتم ستتم الزيارة ولم يحضر أحد'))).toContain(objection.number);
    expect((await test.ticket(waiting)).status).toBe('pending_customer');
  });

  it('before there is an answer is refused honestly', async () => {
    await test.open();
    expect(texts(await test.say('أعترض على الرد'))).toContain('لم يصدر رد');
    expect(await test.all()).toHaveLength(1);
  });

  it('is made once: the second is told the number of the first', async () => {
    const number = await resolved();
    await test.say(`أعترض على الرد على الطلب رقم ${number} لأن الموعد لا يناسبنا`);
    const objection = await test.newest();
    expect(texts(await test.say(`اعتراض ${number}`))).toContain(objection.number);
    expect(await test.all()).toHaveLength(2);
  });

  it('is left where the person does not want it any more', async () => {
    await resolved();
    await test.say('أعترض على الرد');
    await test.say('لا');
    expect(await test.all()).toHaveLength(1);
    expect((await test.conversation()).dialogue.awaiting).toBeNull();
  });

  it('in English, in so many words', async () => {
    await resolved();
    const told = texts(await test.say('I object to your answer because nobody called me back'));
    expect(told).toContain('Number of the objection');
  });
});
