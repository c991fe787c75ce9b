import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { questions } from '../../../src/question/question.ts';
import { findTicketNumbers } from '../../../src/ticket/number.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const answer = (id: string) => ({ outcome: 'answer' as const, articles: [{ id, title: id, confidence: 0.97 }] });
const bank = {
  'جهاز العرض': answer('projector'),
  projector: answer('projector'),
  مواقف: answer('parking'),
  parking: answer('parking'),
  إعارة: {
    outcome: 'choose' as const,
    articles: [
      { id: 'borrow-a', title: 'إعارة كاميرا', confidence: 0.5 },
      { id: 'borrow-b', title: 'إعارة ميكروفون', confidence: 0.45 },
    ],
  },
};

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow({ bank });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const texts = (sent: { text: string }[]): string => sent.map((one) => one.text).join('\n---\n');
const ids = (sent: { quickReplies: { id: string }[] }[]): string[] =>
  sent.flatMap(({ quickReplies }) => quickReplies.map(({ id }) => id));
const numbersIn = (sent: { text: string }[]): string[] => findTicketNumbers(texts(sent));

const introduce = async (): Promise<void> => {
  await test.say('السلام عليكم');
  await test.say('سارة أحمد الغامدي');
  await test.say('كلية العلوم');
  await test.tap('category:student');
};

const introduceInEnglish = async (): Promise<void> => {
  await test.say('hello');
  await test.say('Sara Ahmed');
  await test.say('College of Science');
  await test.tap('category:student');
};

const allTickets = async () => (await test.store.find(tickets, { index: 'by-opened' })).items;
const conversation = async () =>
  (await test.store.find(conversations, { index: 'by-last-message', limit: 1 })).items[0];
const helpedOf = async (): Promise<(string | null)[]> => {
  const id = (await conversation())?.dialogue.questionId;
  const question = id ? await test.store.get(questions, id) : null;
  return [question?.helped ?? null];
};

describe('who does not know what to answer', () => {
  it.each(['مدري', 'ما ادري والله', 'ماني متأكد', 'مش عارف', 'I don’t know', 'not sure'])(
    '%j goes on without the name, the entity and the category',
    async (unsure) => {
      await test.say('السلام عليكم');
      expect(texts(await test.say(unsure))).toContain('الجهة');
      expect(ids(await test.say(unsure))).toContain('category:student');
      expect(texts(await test.say(unsure))).toContain('استفسارك');
      const [contact] = (await test.store.find(contacts, { index: 'by-created' })).items;
      expect(contact).toMatchObject({ name: null, entity: null, category: null });
    },
  );

  it.each(['مدري', 'ما ادري وش اكتب', 'محتار', 'معرفش', 'idk', 'I am not sure what to ask'])(
    '%j to "what is your inquiry?" is helped with examples and a person, and makes no ticket',
    async (unsure) => {
      await introduce();
      const told = await test.say(unsure);
      expect(texts(told)).toMatch(/إعارة الأجهزة|Equipment loan/);
      expect(ids(told)).toEqual(['agent']);
      expect(await allTickets()).toEqual([]);
      expect(texts(await test.say('جهاز العرض لا يعمل في القاعة'))).toContain('article projector');
    },
  );

  it('is told the examples in English', async () => {
    await introduceInEnglish();
    const told = await test.say('not sure');
    expect(texts(told)).toContain('Equipment loan');
    expect(texts(told)).toContain('pass you to a person');
  });

  it('sees the choice again with a person beside it, and makes no ticket of it', async () => {
    await introduce();
    await test.say('أريد إعارة شيء');
    expect(ids(await test.say('مدري'))).toEqual(['article:borrow-a', 'article:borrow-b', 'agent']);
    expect(await allTickets()).toEqual([]);
    expect(texts(await test.tap('article:borrow-b'))).toContain('article borrow-b');
  });

  it('is offered a person where it is not clear whether the answer helped', async () => {
    await introduce();
    await test.say('جهاز العرض لا يعمل في القاعة');
    expect(ids(await test.say('مدري'))).toEqual(['agent']);
    expect(await allTickets()).toEqual([]);
    expect(texts(await test.tap('helped:yes'))).toContain('يسعدنا');
  });
});

describe('an answer and a matter told together', () => {
  it('keeps the body as the entity and the rest as the inquiry', async () => {
    await test.say('السلام عليكم');
    await test.say('سارة أحمد الغامدي');
    const noted = await test.say('انا من كلية العلوم وعندي مشكلة في جهاز العرض وابغى احد يجي يصلحه');
    expect(texts(noted)).toContain('سجّلت ما كتبته');
    const [contact] = (await test.store.find(contacts, { index: 'by-created' })).items;
    expect(contact?.entity).toBe('كلية العلوم');
    expect((await conversation())?.dialogue.inquiry).toBe('عندي مشكلة في جهاز العرض وابغى احد يجي يصلحه');
    expect(texts(await test.tap('category:student'))).toContain('article projector');
  });

  it('keeps the name and the rest as the inquiry', async () => {
    await test.say('hello');
    await test.say('Sara Ahmed, and I need somebody to repair the projector in hall 5');
    const [contact] = (await test.store.find(contacts, { index: 'by-created' })).items;
    expect(contact?.name).toBe('Sara Ahmed');
    expect((await conversation())?.dialogue.inquiry).toBe('I need somebody to repair the projector in hall 5');
  });

  it('takes no name or entity alone for a matter', async () => {
    await test.say('السلام عليكم');
    await test.say('سارة أحمد الغامدي');
    await test.say('قسم الفيزياء في كلية العلوم');
    expect((await conversation())?.dialogue.inquiry).toBeNull();
  });
});

describe('what is said after a matter was closed', () => {
  const opened = async (): Promise<string> => {
    await introduce();
    return numbersIn(await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم'))[0] ?? '';
  };

  it.each(['شكرا', 'شكرا مع السلامة', 'يعطيك العافية', 'مع السلامة', 'لا شكرا', 'thanks, bye'])(
    'after %j a new matter is a request of its own',
    async (goodbye) => {
      const number = await opened();
      await test.say(goodbye);
      const next = await test.say('أحتاج بطاقة دخول لضيف من جهة أخرى');
      expect(numbersIn(next)).toHaveLength(1);
      expect(numbersIn(next)).not.toContain(number);
      expect(await allTickets()).toHaveLength(2);
    },
  );

  it('asks the bank first', async () => {
    await opened();
    await test.say('شكرا');
    expect(texts(await test.say('وين مواقف السيارات'))).toContain('article parking');
  });

  it.each([
    'نسيت أضيف على طلبي أن العقد بالفرنسية',
    'بخصوص الطلب العقد بالفرنسية',
    'والعقد من 10 صفحات',
    'الترجمة تكون لعقد الفعالية',
  ])('%j still goes to the open request', async (words) => {
    const number = await opened();
    await test.say('شكرا');
    expect(texts(await test.say(words))).toContain(number);
    expect(await allTickets()).toHaveLength(1);
  });

  it('tells where it stands', async () => {
    const number = await opened();
    await test.say('شكرا');
    expect(texts(await test.say('في جديد على طلبي؟'))).toContain(number);
  });

  it('is a matter of its own after an answer that helped', async () => {
    const number = await opened();
    await test.say('وين مواقف السيارات');
    await test.tap('helped:yes');
    const next = await test.say('أحتاج بطاقة دخول لضيف من جهة أخرى');
    expect(numbersIn(next)).toHaveLength(1);
    expect(numbersIn(next)).not.toContain(number);
  });

  it('is a matter of its own with a greeting after a day', async () => {
    const number = await opened();
    test.clock.advance(30 * 3_600_000);
    const next = await test.say('السلام عليكم، أحتاج بطاقة دخول لضيف من جهة أخرى');
    expect(numbersIn(next)).toHaveLength(1);
    expect(numbersIn(next)).not.toContain(number);
  });

  it('goes on with the request again once more was added to it', async () => {
    const number = await opened();
    await test.say('شكرا');
    await test.say('نسيت أضيف على طلبي أن العقد بالفرنسية');
    await test.say('ويلزم ختم المكتب على كل ورقة منه');
    const all = await allTickets();
    expect(all.map((one) => one.number)).toEqual([number]);
  });
});

describe('the subject of a request', () => {
  const subjects = async (): Promise<string[]> => (await allTickets()).map(({ subject }) => subject);

  it.each(['لا', 'لا ما فادني', 'no', 'ما استفدت'])('is the inquiry after %j to "did this help?"', async (no) => {
    await introduce();
    await test.say('جهاز العرض لا يعمل في القاعة');
    await test.say(no);
    expect(await subjects()).toEqual(['جهاز العرض لا يعمل في القاعة']);
  });

  it('hands over whoever says yes, I want a person, and makes no request called so', async () => {
    await introduce();
    await test.say('جهاز العرض لا يعمل في القاعة');
    expect(texts(await test.say('ايه ابغى موظف'))).toContain('أحد الموظفين');
    expect(await subjects()).toEqual([]);
  });

  it('is of the line that tells the matter, without greeting and name', async () => {
    await introduce();
    const lines = ['السلام عليكم', 'عندي سؤال', 'أنا سارة أحمد وأرغب في ترجمة عقد لفعالية'];
    for (const line of lines) await test.flow.receive(test.event(line));
    await test.flow.idle();
    expect(await subjects()).toEqual(['أرغب في ترجمة عقد لفعالية']);
  });

  it('is cut at a word, at 80 letters', async () => {
    await introduce();
    await test.say(`أرغب في ترجمة عقد ${'طويل جدا '.repeat(20)}`);
    const [subject = ''] = await subjects();
    expect(subject.length).toBeLessThanOrEqual(80);
    expect(subject).toMatch(/(?:طويل|جدا)…$/);
  });

  it('keeps what is said beside the no', async () => {
    await introduce();
    await test.say('جهاز العرض لا يعمل في القاعة');
    await test.say('شكرا بس ما عرفت كيف أغير المصدر من الريموت');
    expect(await subjects()).toEqual(['جهاز العرض لا يعمل في القاعة']);
    const id = (await conversation())?.id ?? '';
    const said = (await test.all(id)).find(({ text }) => text.startsWith('شكرا بس'));
    expect(said?.ticketNumber).toBe((await allTickets())[0]?.number);
  });
});

describe('an answer that did not help', () => {
  it.each([
    'ما فادني',
    'ما ساعدني',
    'مو هذا اللي ابيه',
    'هذا مو جوابي',
    'that did not help',
    'شكرا بس ما انحلت المشكلة',
  ])('%j counts as no and opens a request', async (words) => {
    await introduce();
    await test.say('جهاز العرض لا يعمل في القاعة');
    expect(numbersIn(await test.say(words))).toHaveLength(1);
    expect(await helpedOf()).toEqual(['no']);
  });

  it.each(['ما فادني', 'not helpful', 'شكرا بس ما انحلت المشكلة'])(
    '%j is no thanks on an open request: its people see it',
    async (words) => {
      await introduce();
      const [number = ''] = numbersIn(await test.say('أرغب في ترجمة عقد لفعالية الأسبوع القادم'));
      const told = texts(await test.say(words));
      expect(told).toMatch(/نعتذر|sorry/);
      expect(told).toContain(number);
      expect(await allTickets()).toHaveLength(1);
    },
  );

  it('is asked for other words where nothing is in hand any more', async () => {
    await introduce();
    await test.say('وين مواقف السيارات');
    await test.tap('helped:yes');
    const told = await test.say('لا ما فادني');
    expect(texts(told)).toContain('بكلمات أخرى');
    expect(ids(told)).toContain('agent');
    expect(await allTickets()).toEqual([]);
  });
});

describe('who wants nothing', () => {
  it.each(['لا', 'لا شكرا', 'شكرا مع السلامة', 'no thanks'])(
    '%j to "how can we help?" makes no request',
    async (no) => {
      await introduce();
      expect(texts(await test.say(no))).toMatch(/نحن هنا متى احتجت|We are here whenever/);
      expect(await allTickets()).toEqual([]);
    },
  );
});
