import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/flow/actions.ts';
import type { ToldInPublic } from '../../../src/flow/context.ts';
import { emergency } from '../../../src/flow/responders/emergency.ts';
import { publicPost } from '../../../src/flow/responders/public-post.ts';
import { isSameMatter, mayBeSame } from '../../../src/flow/same-matter.ts';
import { aPublicContext } from './public-context.ts';

type Given = Parameters<typeof aPublicContext>[1];

const actionsOn = (text: string, given: Given = {}): Action[] => publicPost(aPublicContext(text, given))?.actions ?? [];
const saidTo = (text: string, given: Given = {}): string[] =>
  actionsOn(text, given).flatMap((one) => (one.do === 'say' ? one.template : []));
const doesTo = (text: string, given: Given = {}): string[] => actionsOn(text, given).map((one) => one.do);

const question = '@care كيف أحجز قاعة لنشاط طلابي؟';
const complaint = '@care أبغى أشتكي على تأخر صيانة المعمل';
const ago = (hours: number): string =>
  new Date(Date.parse('2026-11-22T09:00:00.000Z') - hours * 3_600_000).toISOString();
const told = (words: string, facts: Partial<ToldInPublic> = {}): ToldInPublic => ({
  words,
  type: 'inquiry',
  service: null,
  repliedAt: ago(5),
  openTickets: [],
  ...facts,
});

describe('a private conversation', () => {
  it('is none of its business', () => {
    expect(publicPost({ ...aPublicContext(question), publicly: null })).toBeNull();
  });
});

describe('what is said in public', () => {
  it('is an invitation or a short answer, and nothing personal', () => {
    const actions = actionsOn(`${question} رقمي 0551234567`);
    expect(actions.filter((one) => one.do === 'say')).toEqual([
      { do: 'say', template: 'public-invite', values: { times: 0 } },
    ]);
  });

  it('answers in public only with what fits, has no link and asks for nothing "here"', () => {
    const base = aPublicContext('@care متى أوقات الدوام؟');
    const sure = () => ({
      outcome: 'answer' as const,
      articles: [{ id: 'a', title: 'a', confidence: 1 }],
      language: 'ar' as const,
      why: [],
    });
    const bank = (text: string) => ({
      ...base,
      ask: sure,
      consult: sure,
      article: () => ({ text, html: '' }),
    });
    const said = (text: string) => publicPost(bank(text))?.actions.flatMap((one) => (one.do === 'say' ? one : []));
    expect(said('من الأحد إلى الخميس.')).toEqual([
      { do: 'say', template: 'public-answer', values: { answer: 'من الأحد إلى الخميس.' } },
    ]);
    for (const text of [
      'كلمة '.repeat(60),
      'في https://ghada.edu.sa/x',
      'في ghada.edu.sa',
      'يكفي الرد هنا.',
      'a@ghada.edu.sa',
    ])
      expect(said(text)).toEqual([{ do: 'say', template: 'public-invite', values: { times: 0 } }]);
  });

  it('is only an invitation to whoever orders something or names a request', () => {
    for (const text of [
      '@care توقف',
      '@care وش صار على طلبي',
      '@care طلبي رقم 26000174 وين وصل؟',
      '@care أبغى أكلم موظف',
    ])
      expect(saidTo(text)).toEqual(['public-invite']);
  });

  it('is an invitation, never an article, to whoever waits for an answer or wants a person, and people are called', () => {
    const articles = [{ id: 'location', title: 'a', confidence: 1 }];
    const always = { outcome: 'answer' as const, articles, language: 'ar' as const, why: [] };
    for (const text of [
      '@care وينكم؟؟ ما رديتوا',
      '@care لي اسبوعين انتظر رد على طلبي',
      '@care ابي اكلم موظف',
      '@care I have been waiting for two weeks',
    ]) {
      const context = { ...aPublicContext(text), ask: () => always, consult: () => always };
      const actions = publicPost(context)?.actions ?? [];
      expect(actions.flatMap((one) => (one.do === 'say' ? one.template : []))).toEqual(['public-invite']);
      expect(actions.at(-1)).toEqual({ do: 'call-people' });
    }
  });

  it('calls people for whoever goes on waiting in another thread of the same matter', () => {
    const chase = '@care لي اسبوعين انتظر رد على طلبي';
    expect(doesTo(chase, { matters: [told(chase)] })).toEqual(['dialogue', 'note-matter', 'call-people']);
  });

  it('is nothing where people are to answer: questions go to them, complaints become tickets all the same', () => {
    expect(doesTo(question, { assistant: 'never' })).toEqual(['dialogue', 'note-matter', 'handoff']);
    expect(doesTo(complaint, { assistant: 'never' })).toEqual(['open-ticket', 'dialogue', 'note-matter', 'handoff']);
  });

  it('is nothing where no program may answer: questions go to people, complaints become tickets', () => {
    const message = { answerable: false };
    expect(doesTo(question, { message })).toEqual(['dialogue', 'note-matter', 'call-people']);
    expect(doesTo(complaint, { message })).toEqual(['open-ticket', 'dialogue', 'note-matter']);
    expect(doesTo('@care صباح الخير', { message })).toEqual(['close']);
  });
});

describe('a complaint in public', () => {
  it('becomes a ticket, confidential where it is sensitive, and is answered without a number', () => {
    const actions = actionsOn('@care زميل في القسم يتحرش بالطالبات');
    expect(actions[0]).toMatchObject({ do: 'open-ticket', restricted: true, service: null, messageIds: ['m1'] });
    expect(actions.filter((one) => one.do === 'say')).toEqual([
      { do: 'say', template: 'public-complaint', values: { times: 0 } },
    ]);
  });

  it('is heard by its own words, not by resemblance: who asks for hours, a place or a number is invited', () => {
    const base = aPublicContext('@care ساعات عمل مكتب الاستقبال');
    const understood: typeof base.understood = {
      ...base.understood,
      type: { id: 'complaint', confidence: 0.95 },
      reasons: ['type:complaint by examples 0.95'],
    };
    const actions = publicPost({ ...base, understood })?.actions ?? [];
    expect(actions.map((one) => one.do)).not.toContain('open-ticket');
    expect(saidTo('@care ساعات عمل مكتب الاستقبال')).toEqual(['public-invite']);
    expect(doesTo('@care موقع مكتب خدمة العملاء')).not.toContain('open-ticket');
    expect(doesTo('@care موظف المستودع رفع صوته علي قدام الطلاب')).toContain('open-ticket');
  });

  it('in hostile words is heard and not answered', () => {
    expect(doesTo('@care يا كلاب أبغى أشتكي على تأخر الصيانة')).toEqual(['open-ticket', 'dialogue', 'note-matter']);
  });

  it('of danger calls people, opens a ticket and names the emergency number', () => {
    const text = '@care فيه حريق في مبنى 5';
    expect(saidTo(text)).toEqual(['public-danger']);
    expect(doesTo(text).at(-1)).toBe('handoff');
    expect(doesTo(text, { message: { answerable: false } })).toEqual([
      'open-ticket',
      'dialogue',
      'note-matter',
      'handoff',
    ]);
  });
});

describe('a cry for help', () => {
  const cries = [
    'الحقوني ولدي محبوس بالمبنى والمصعد واقف',
    'ناس عالقين في المصعد',
    'المصعد واقف وفيه طلاب',
    'طالبات محتجزات بالمبنى',
    'help, we are stuck in the elevator',
    'someone is trapped inside the lift',
    'we are locked in the building',
  ];

  it.each(cries)('is danger in public: %s', (text) => {
    expect(saidTo(`@care ${text}`)).toEqual(['public-danger']);
    expect(doesTo(`@care ${text}`)).toContain('open-ticket');
  });

  it.each(cries)('is danger in private: %s', (text) => {
    const actions = emergency({ ...aPublicContext(text), publicly: null })?.actions ?? [];
    expect(actions[0]).toMatchObject({ do: 'say', template: 'danger' });
    expect(actions.at(-1)).toEqual({ do: 'handoff' });
  });

  it.each([
    'المصعد معطل من أسبوع',
    'طلبي عالق في النظام',
    'الجهاز علق في المعمل',
    'الحقوني الاختبار بعد ساعة والنظام ما يفتح',
    'my request is stuck',
    'the lab is locked',
  ])('is not what only stands still: %s', (text) => {
    expect(emergency({ ...aPublicContext(text), publicly: null })).toBeNull();
  });
});

describe('one public answer to a person in a matter', () => {
  it('is not given again in the thread: a new question calls people, the rest is silent', () => {
    expect(doesTo(question, { replied: true })).toEqual(['call-people']);
    expect(doesTo('@care شكرا لكم', { replied: true })).toEqual([]);
    expect(doesTo('@care رقمي 0551234567', { replied: true })).toEqual(['call-people']);
    expect(doesTo(complaint, { replied: true })).toEqual(['open-ticket', 'dialogue']);
  });

  it('lets what is added in the thread land on its ticket', () => {
    const given = { replied: true, openTickets: [{ number: '26000010' }], conversation: { openTicket: '26000010' } };
    expect(actionsOn('@care وللحين ما أحد جاء للمعمل، أبغى أشتكي', given)).toEqual([
      { do: 'link', messageIds: ['m1'], ticketNumber: '26000010' },
    ]);
  });

  it('is not given in another thread to the same matter, which is noted or added to its ticket', () => {
    const { service } = aPublicContext(question).understood;
    expect(doesTo(question, { matters: [told('غير ذلك', { service: service?.id ?? '' })] })).toEqual([
      'dialogue',
      'note-matter',
    ]);
    const matters = [told('تأخر صيانة المعمل أبغى أشتكي', { type: 'complaint', openTickets: ['26000010'] })];
    const openTickets = [{ number: '26000010' }];
    expect(doesTo(complaint, { matters, openTickets })).toEqual(['link', 'dialogue', 'note-matter']);
  });

  it('is given to another matter, at most three times a day', () => {
    const others = [1, 2].map((at) => told(`سؤال آخر عن المواقف رقم ${at}`));
    const [said] = actionsOn(question, { matters: others }).filter((one) => one.do === 'say');
    expect(said).toMatchObject({ template: 'public-invite', values: { times: 2 } });
    const more = [...others, told('وسؤال عن المكتبة')];
    expect(doesTo(question, { matters: more })).toEqual(['dialogue', 'note-matter', 'call-people']);
    const older = [...others, told('وسؤال عن المكتبة', { repliedAt: ago(25) })];
    expect(saidTo(question, { matters: older })).toHaveLength(1);
  });

  it('is not given on the day on which the same was asked in other words, and people are called', () => {
    const given = { matters: [told('which form is needed for the clearance of laboratory equipment?')] };
    const again = '@care how can students abroad reach the clearance office by phone?';
    expect(saidTo(again, given)).toEqual([]);
    expect(doesTo(again, given)).toContain('call-people');
  });

  it('is not given again in the same matter weeks later, and people are called', () => {
    const before = [told('كيف أحجز قاعة لنشاط طلابي؟', { repliedAt: ago(24 * 9) })];
    expect(saidTo(question, { matters: before })).toEqual([]);
    expect(doesTo(question, { matters: before })).toContain('call-people');
  });

  it('is given where the same matter was noted and not answered', () => {
    expect(saidTo(complaint, { matters: [told(complaint, { type: 'complaint', repliedAt: null })] })).toEqual([
      'public-complaint',
    ]);
  });
});

describe('people of ours', () => {
  it('are not disturbed by the assistant while one has the conversation', () => {
    expect(doesTo(complaint, { conversation: { handledBy: 'agent' } })).toEqual([]);
  });

  it('who are waited for are not spoken over, and a complaint is a ticket meanwhile', () => {
    expect(doesTo(complaint, { conversation: { handledBy: 'nobody' } })).toEqual(['open-ticket', 'dialogue']);
    expect(saidTo(question, { conversation: { handledBy: 'nobody' } })).toEqual([]);
  });
});

describe('the same matter', () => {
  it('is told by the service, by half of the words of one sort, or by nearly the same words', () => {
    const one = { words: 'تأخر صيانة مكيف القاعة الشرقية', type: 'complaint', service: null } as const;
    expect(isSameMatter(one, { ...one, words: 'صيانة مكيف القاعة متى؟' })).toBe(true);
    expect(isSameMatter(one, { ...one, words: 'تأخر صيانة مكيف القاعة الشرقية', type: 'technical' })).toBe(true);
    expect(isSameMatter(one, { ...one, words: 'رسوم السكن مرتفعة' })).toBe(false);
    expect(isSameMatter({ ...one, service: 'a' }, { ...one, words: 'غيره', service: 'a' })).toBe(true);
    expect(isSameMatter({ ...one, words: '' }, { ...one, words: '' })).toBe(false);
  });
});

describe('what may be the same in other words', () => {
  it.each([
    ['كيف اقدم طلب إخلاء طرف؟', 'ابي اخلي طرفي وش المطلوب؟'],
    ['my exam result is wrong', 'please fix my exam grade, nobody answers'],
    ['where is my certificate?', 'لي شهر انتظر الشهادة وما احد رد علي'],
  ])('%s and %s', (one, other) => expect(mayBeSame(one, other)).toBe(true));

  it.each([
    ['كيف أحجز قاعة لنشاط طلابي؟', 'البلاك بورد ما يفتح معي وش الحل؟'],
    ['How do I reset my password?', 'When does registration open?'],
  ])('is not %s and %s', (one, other) => expect(mayBeSame(one, other)).toBe(false));
});
