import { expect, it } from 'vitest';
import { agents } from '../../../src/agent/agent.ts';
import type { StepName } from '../../../src/casework/path.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { actor, everybody } from '../../unit/casework/builders.ts';
import { lettersForEach } from './open-letters.ts';

const { flow, send, ticketsOf } = lettersForEach();

const newest = async () => {
  const found = (await ticketsOf()).at(-1);
  if (!found) throw new Error('no ticket');
  return found;
};

async function hire(): Promise<void> {
  const { store } = flow();
  if (await store.get(agents, 'sara')) return;
  const documents = everybody.map((one) => ({ ...one, version: 1, passwordHash: '' }));
  await store.write(documents.map((document) => ({ op: 'insert', in: agents, document })));
}

async function step(name: StepName, given: object): Promise<void> {
  await hire();
  const { number, version } = await newest();
  await flow().flow.staff.takeStep(number, actor('sara'), { name, given: { ...given }, version });
  await flow().flow.idle();
}

it('a letter is asked for its form in one list below the number, and its answer fills it', async () => {
  const words = 'أطلب تأمين أجهزة عرض جديدة لقاعات القسم';
  const [told] = await send({ id: '<a@example.net>', subject: 'طلب أجهزة', words });
  const ticket = await newest();
  expect(told?.text).toContain(ticket.number);
  expect(told?.text).toContain('- المبنى:');
  expect(told?.text).toContain('- القاعة أو المكتب:');
  const answer = 'المبنى: مبنى 5\nالقاعة أو المكتب: ٢١٢';
  const [noted] = await send({ subject: 'رد: طلب أجهزة', words: answer, references: ['<a@example.net>'] });
  expect(noted?.text).toContain('أُضيفت');
  expect((await newest()).fields).toEqual({ building: 'مبنى 5', room: '٢١٢' });
  expect(await ticketsOf()).toHaveLength(1);
});

it('a letter is asked whether it is solved without buttons, and answers in words', async () => {
  await send({ id: '<a@example.net>', subject: 'ترجمة', words: 'أرغب في ترجمة عقد لفعالية الأسبوع القادم' });
  await step('accept', {});
  await step('resolve', { text: 'العقد المترجم مرفق' });
  const told = flow().channel.sent.at(-1);
  expect(told?.text).toContain('العقد المترجم مرفق');
  expect(told?.quickReplies).toEqual([]);
  const [thanks] = await send({ subject: 'رد: ترجمة', words: 'نعم، شكراً لكم', references: ['<a@example.net>'] });
  expect(thanks?.text).toContain('أُغلق طلبكم');
  expect((await flow().store.get(tickets, (await newest()).number))?.status).toBe('closed');
});

it('an answer of staff to a letter of ours opens no ticket; what they ask for themselves does', async () => {
  await hire();
  const from = 'huda@example.org';
  expect(
    await send({ from, subject: 'Re: تذكرة محالة إليكم 26000428', words: 'وصلت، وسأتابعها اليوم مع الفريق' }),
  ).toEqual([]);
  expect(await ticketsOf()).toEqual([]);
  await send({ from, subject: 'ترجمة', words: 'أرغب في ترجمة عقد لفعالية الأسبوع القادم' });
  expect(await ticketsOf()).toHaveLength(1);
});
