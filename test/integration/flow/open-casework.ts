import { type Agent, agents } from '../../../src/agent/agent.ts';
import { alerts } from '../../../src/alert/alert.ts';
import type { StepName } from '../../../src/casework/path.ts';
import { contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { openFlow } from '../../fakes/flow.ts';
import { actor, everybody } from '../../unit/casework/builders.ts';

type Options = Parameters<typeof openFlow>[0];

/** A flow with everybody of the builders at work, and one person in a chat who was greeted. */
export async function openCasework(options: Options = {}) {
  const test = await openFlow(options);
  const documents = everybody.map((one): Agent => ({ ...one, version: 1, passwordHash: '' }));
  await test.store.write(documents.map((document) => ({ op: 'insert', in: agents, document })));
  const conversationId = conversationIdOf('fake', 'visitor');
  if (!options.directory) await test.say('السلام عليكم');
  const conversation = async () => {
    const found = await test.store.get(conversations, conversationId);
    if (!found) throw new Error('no conversation');
    return found;
  };
  const { contactId } = await conversation();
  const ticket = async (number: string): Promise<Ticket> => {
    const found = await test.store.get(tickets, number);
    if (!found) throw new Error(`no ticket ${number}`);
    return found;
  };
  let keys = 0;
  return {
    ...test,
    contactId,
    conversation,
    ticket,
    /** The interview is over: the person is known, and nothing is awaited. */
    async settle() {
      const { id, dialogue } = await conversation();
      const known = { name: 'سارة أحمد الغامدي', entity: 'كلية العلوم', category: 'student' };
      await test.store.write([
        { op: 'update', in: contacts, id: contactId, set: known },
        { op: 'update', in: conversations, id, set: { dialogue: { ...dialogue, awaiting: null } } },
      ]);
    },
    async open(facts: Partial<Pick<Ticket, 'departmentId' | 'service' | 'type' | 'subject' | 'conversationId'>> = {}) {
      const about = { contactId, conversationId, type: 'complaint' as const, subject: 'تأخر الرد', channel: 'desk' };
      const { number } = await test.flow.staff.openTicket(actor('sara'), { ...about, ...facts }, `ticket-${++keys}`);
      await test.flow.idle();
      return number;
    },
    /** Somebody takes a step; gives what the person was told of it. */
    async step(number: string, by: string, name: StepName, given: object = {}) {
      const before = test.channel.sent.length;
      const { version } = await ticket(number);
      await test.flow.staff.takeStep(number, actor(by), { name, given: { ...given }, version });
      await test.flow.idle();
      return test.channel.sent.slice(before);
    },
    eventsOf: async (number: string) =>
      (await test.store.find(ticketEvents, { index: 'by-ticket', where: { ticketNumber: number }, limit: 1000 })).items,
    alertsOf: async (agentId: string) =>
      (await test.store.find(alerts, { index: 'by-agent', where: { agentId }, limit: 100 })).items,
    newest: async () =>
      (await test.store.find(tickets, { index: 'by-opened', order: 'desc', limit: 1 })).items[0] as Ticket,
    all: async () => (await test.store.find(tickets, { index: 'by-opened', limit: 100 })).items,
  };
}

export type Casework = Awaited<ReturnType<typeof openCasework>>;

export const texts = (sent: readonly { text: string }[]): string => sent.map(({ text }) => text).join('\n---\n');

export const choices = (sent: readonly { quickReplies: readonly { id: string }[] }[]): string[] =>
  sent.flatMap(({ quickReplies }) => quickReplies.map(({ id }) => id));
