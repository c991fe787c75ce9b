import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findTicketNumbers } from '../../../src/ticket/number.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { type Bank, openFlow, type TestFlow } from '../../fakes/flow.ts';

const answer = (id: string) => ({ outcome: 'answer' as const, articles: [{ id, title: id, confidence: 0.97 }] });
const unsure: Bank[string] = {
  outcome: 'choose',
  articles: [
    { id: 'hours', title: 'الدوام', confidence: 0.4 },
    { id: 'fault', title: 'الأعطال', confidence: 0.35 },
  ],
};
/** The first word that stands in a question decides: what joins two matters is asked of the bank before either. */
const bank: Bank = {
  وكمان: unsure,
  'and also': unsure,
  '\n': unsure,
  'الدوام؟ ': unsure,
  دوام: answer('hours'),
  الدوام: answer('hours'),
  hours: answer('hours'),
  البروجكتر: answer('fault'),
  projector: answer('fault'),
};

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow({ bank });
});
afterEach(async () => {
  expect(test.errors).toEqual([]);
  await test.cleanUp();
});

const introduce = async (words = ['السلام عليكم', 'سارة أحمد الغامدي', 'كلية العلوم']): Promise<void> => {
  for (const text of words) await test.say(text);
  await test.tap('category:student');
};
const said = (sent: { text: string }[]): string => sent.map(({ text }) => text).join('\n---\n');
const subjects = async (): Promise<string[]> =>
  (await test.store.find(tickets, { index: 'by-opened' })).items.map(({ subject }) => subject);

describe('several matters in one message', () => {
  it('are all answered where the bank knows them all, with one question whether that helped', async () => {
    await introduce();
    const told = await test.say('ابي اعرف الدوام وكمان البروجكتر خربان');
    expect(said(told)).toContain('article hours ar');
    expect(said(told)).toContain('article fault ar');
    expect(told.flatMap(({ quickReplies }) => quickReplies).map(({ id }) => id)).toEqual([
      'helped:yes',
      'helped:no',
      'agent',
    ]);
    expect(await subjects()).toEqual([]);
  });

  it('are answered and made a request, where the bank knows only one', async () => {
    await introduce();
    const told = await test.say('ابي اعرف الدوام وكمان نحتاج ترجمة عقد لفعالية');
    expect(said(told)).toContain('article hours ar');
    expect(findTicketNumbers(said(told))).toHaveLength(1);
    expect(said(told)).toContain('وعن «نحتاج ترجمة عقد لفعالية»');
    expect(await subjects()).toEqual(['نحتاج ترجمة عقد لفعالية']);
  });

  it('are told so in English', async () => {
    await introduce(['hello', 'Sara Ahmed', 'College of Science']);
    const told = await test.say('What are your hours and also we need a contract translated');
    expect(said(told)).toContain('article hours en');
    expect(await subjects()).toEqual(['we need a contract translated']);
  });

  it('are parted at a question mark and at a new line', async () => {
    await introduce();
    expect(said(await test.say('متى الدوام؟ البروجكتر خربان'))).toContain('article fault ar');
    const lines = said(await test.say('متى الدوام\nالبروجكتر خربان'));
    expect(lines).toContain('article hours ar');
    expect(lines).toContain('article fault ar');
  });

  it('become one request where the bank knows none of them, and the choice would lose one', async () => {
    await introduce();
    await test.say('نحتاج ترجمة عقد لفعالية وكمان نحتاج بطاقة دخول لضيف');
    expect(await subjects()).toEqual(['نحتاج ترجمة عقد لفعالية']);
    const [ticket] = (await test.store.find(tickets, { index: 'by-opened' })).items;
    expect(ticket?.number).toBeDefined();
  });

  it('make a request of the answered ones too, after a no', async () => {
    await introduce();
    await test.say('ابي اعرف الدوام وكمان البروجكتر خربان');
    await test.tap('helped:no');
    expect(await subjects()).toEqual(['ابي اعرف الدوام وكمان البروجكتر خربان']);
  });
});

describe('what only looks like several', () => {
  it('is offered as a whole: a greeting and an announcement are no matter', async () => {
    await introduce();
    const told = await test.say('عندي سؤال\nأريد شيئا للقاعة');
    expect(told[0]?.quickReplies.map(({ id }) => id)).toContain('none-of-these');
    expect(await subjects()).toEqual([]);
  });

  it('is one request in fragments', async () => {
    await introduce();
    const told = await test.say('كيبل طويل\nللقاعة 5\nفي مبنى 12');
    expect(told[0]?.quickReplies.map(({ id }) => id)).toContain('none-of-these');
  });

  it('keeps a matter for people confidential as a whole', async () => {
    await introduce();
    const told = await test.say('ابي اعرف الدوام وكمان زميلي يتحرش بي في المعمل');
    expect(said(told)).not.toContain('article');
    const [ticket] = (await test.store.find(tickets, { index: 'by-opened' })).items;
    expect(ticket).toMatchObject({ restricted: true });
  });
});
