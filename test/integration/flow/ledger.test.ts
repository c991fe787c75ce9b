import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StepName } from '../../../src/casework/path.ts';
import { settleBy } from '../../../src/casework/settle.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { WaslError } from '../../../src/errors.ts';
import { messages } from '../../../src/message/message.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { foldTicket } from '../../../src/ticket/fold.ts';
import { isTicketNumber } from '../../../src/ticket/number.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const bank = {
  'جهاز العرض': { outcome: 'answer' as const, articles: [{ id: 'projector', title: 'جهاز العرض', confidence: 0.9 }] },
};
const agent = { id: 'agent-1', name: 'نورة' };
const people = ['first', 'second'];

const words = fc.constantFrom(
  'السلام عليكم',
  'سارة أحمد الغامدي',
  'كلية العلوم',
  'طالبة',
  'أرغب في ترجمة عقد لفعالية الأسبوع القادم',
  'جهاز العرض لا يعمل في القاعة',
  'والعقد من عشر صفحات',
  'عندي شكوى على تأخر الصيانة في معمل الحاسب',
  'وش صار على طلبي؟',
  'أبي أكلم موظف',
  'شكراً',
  'لا',
  'نعم',
  'I want to book the theatre for next week',
  '😀😀',
  'أعترض على الرد',
  'الحين المحاضرة متوقفة',
);
const buttons = fc.constantFrom(
  'helped:yes',
  'helped:no',
  'agent',
  'assistant',
  'new',
  'status',
  'escalate',
  'stop',
  'skip',
  'category:student',
  'change-type',
  'type:complaint',
  'none-of-these',
  'last',
);
const staff = fc.constantFrom(
  ...['retype', 'move', 'note', 'reply', 'assign', 'resume', 'close', 'open'],
  ...['accept', 'start', 'transfer', 'pause', 'resolve', 'reopen'],
);
const step = fc.record({
  who: fc.constantFrom(...people),
  what: fc.oneof(
    { weight: 5, arbitrary: fc.record({ say: words }) },
    { weight: 3, arbitrary: fc.record({ tap: buttons }) },
    { weight: 2, arbitrary: fc.record({ staff }) },
  ),
  together: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const every = async (test: TestFlow): Promise<Ticket[]> =>
  (await test.store.find(tickets, { index: 'by-opened', limit: 1000 })).items;

const conversationOf = async (test: TestFlow, who: string) =>
  (await test.store.find(conversations, { index: 'by-address', where: { inboxId: 'fake', address: who } })).items[0];

/** What an agent does; what the state of things does not allow is refused, and that is fine. */
async function act(test: TestFlow, who: string, what: string): Promise<unknown> {
  const { staff } = test.flow;
  const conversation = await conversationOf(test, who);
  if (!conversation) return;
  const number = conversation.ticketNumbers.at(-1);
  const inbound = (await test.all(conversation.id)).filter((one) => one.direction === 'inbound');
  if (what === 'reply') return staff.reply(conversation.id, agent, { text: 'نعمل على ذلك' }, test.deps.ids.next());
  if (what === 'assign') return staff.assign(conversation.id, agent, agent);
  if (what === 'resume') return staff.resume(conversation.id, agent);
  if (what === 'close') return staff.close(conversation.id, agent);
  const facts = { contactId: conversation.contactId, type: 'service' as const, subject: 'طلب', channel: 'desk' };
  if (what === 'open') return staff.openTicket(agent, facts, test.deps.ids.next());
  if (!number) return;
  const by = { ...agent, role: 'agent', departments: ['care'] } as const;
  const takeStep = (name: StepName, given: Record<string, unknown> = {}) =>
    staff.takeStep(number, by, { name, given, version: undefined }).catch(onlyRefused);
  if (what === 'move') return staff.moveMessage(inbound[0]?.id ?? '', agent, number);
  if (what === 'note') {
    return staff.changeTicket(number, { kind: 'agent', id: agent.id }, [{ kind: 'noted', text: 'ملاحظة' }]);
  }
  if (what === 'retype') return takeStep('classify', { type: 'objection' });
  if (what === 'transfer') return takeStep('transfer', { departmentId: 'halls', note: 'لإفادتكم' });
  if (what === 'reopen') return takeStep('reopen', { note: 'ما زال قائمًا' });
  return takeStep(what as StepName);
}

const onlyRefused = (error: unknown): void => {
  if (!(error instanceof WaslError)) throw error;
};

const take = (test: TestFlow, { who, what }: Step, last: string): Promise<unknown> => {
  const from = { address: who, conversationKey: who };
  if ('say' in what) return test.flow.receive(test.event(what.say, from));
  if ('staff' in what) return act(test, who, what.staff);
  const quickReplyId = what.tap === 'last' ? last : what.tap;
  return test.flow.receive(test.event(quickReplyId, { ...from, quickReplyId }));
};

const tell = async (test: TestFlow, story: Step[]): Promise<void> => {
  for (const one of story) {
    const last = test.channel.sent.findLast((sent) => sent.address === one.who)?.quickReplies[0]?.id ?? 'new';
    const taken = take(test, one, last);
    if (one.together) taken.catch(() => undefined);
    else await taken;
    if (!one.together) await test.flow.idle();
    test.clock.advance(500);
  }
  test.clock.advance(10_000);
  await test.flow.idle();
  await test.flow.idle();
};

it('keeps each ticket equal to the fold of its ledger, whatever people, buttons and agents do', async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), async (story) => {
      const test = await openFlow({ bank });
      try {
        await tell(test, story);
        const all = await every(test);
        seen += all.length;
        expect(new Set(all.map((one) => one.number)).size).toBe(all.length);
        expect(new Set(all.map((one) => one.causeKey)).size).toBe(all.length);
        for (const ticket of all) {
          expect(isTicketNumber(ticket.number)).toBe(true);
          const where = { ticketNumber: ticket.number };
          const events = (await test.store.find(ticketEvents, { index: 'by-ticket', where, limit: 1000 })).items;
          expect(events.map((one) => one.seq)).toEqual(events.map((_, at) => at + 1));
          const settle = settleBy(test.deps.content.organisation());
          expect({ ...ticket, version: 1, actedVersion: 1 }).toEqual(settle(foldTicket(events) as Ticket));
          const linked = (await test.store.find(messages, { index: 'by-ticket', where, limit: 1000 })).items;
          const told = new Set<string>();
          for (const { change } of events) {
            if (change.kind === 'message-added') told.add(change.messageId);
            if (change.kind === 'message-removed') told.delete(change.messageId);
          }
          expect(linked.map((one) => one.id).toSorted()).toEqual([...told].toSorted());
        }
        expect(test.errors).toEqual([]);
      } finally {
        await test.cleanUp();
      }
    }),
    { numRuns: 25 },
  );
  expect(seen).toBeGreaterThan(10);
});
