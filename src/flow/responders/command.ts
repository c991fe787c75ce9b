import type { Ticket } from '../../ticket/ticket.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { nameOfService } from '../organisation-names.ts';

const end = (reason: string, ...actions: Action[]): Contribution => ({
  actions,
  reasons: [`command: ${reason}`],
  end: true,
});

const statusOf = (context: Context, ticket: Ticket): Action => ({
  do: 'say',
  template: 'ticket-status',
  values: {
    ticket: {
      number: ticket.number,
      subject: ticket.subject,
      status: ticket.status,
      type: ticket.type,
      service: nameOfService(context, ticket.service),
      statusAt: ticket.statusAt,
      openedAt: ticket.openedAt,
      dueAt: ticket.dueAt.resolution,
      late: ticket.dueAt.resolution !== null && ticket.dueAt.resolution < context.now,
      finished: ['closed', 'rejected', 'resolved'].includes(ticket.status),
    },
  },
  quickReplies: [choice('agent', context.title('agent')), choice('new', context.title('new'))],
});

const askNumber = (context: Context): Contribution => {
  const { awaiting } = context.conversation.dialogue;
  const asked = awaiting?.for === 'ticket-number' ? awaiting.asked + 1 : 1;
  return end(
    'asked for a status, no open ticket of this person is known',
    { do: 'dialogue', set: { awaiting: asked > 1 ? null : { for: 'ticket-number', asked } } },
    {
      do: 'say',
      template: 'no-open-ticket',
      quickReplies: [choice('new', context.title('new')), choice('agent', context.title('agent'))],
    },
  );
};

/** Status of the named ticket, of the only open one, or a choice among several (EX-02). */
const status = (context: Context): Contribution => {
  const asked = context.turn.tapped?.startsWith('status:') || context.understood.ticketNumbers.length > 0;
  const ticket = context.named[0] ?? (asked ? undefined : context.openTickets[0]);
  const clear: Action = { do: 'dialogue', set: { awaiting: null } };
  if (asked && !ticket)
    return end('a number that is not of this person, or none of ours', clear, {
      do: 'say',
      template: 'ticket-unknown',
      values: { number: context.understood.ticketNumbers[0] ?? '' },
      quickReplies: [choice('agent', context.title('agent'))],
    });
  if (!ticket) return askNumber(context);
  if (!asked && context.openTickets.length > 1) {
    const several = context.openTickets.slice(0, 5);
    return end('several open tickets', clear, {
      do: 'say',
      template: 'which-ticket',
      values: { count: context.openTickets.length },
      quickReplies: several.map((one) => choice(`status:${one.number}`, `${one.number} ${one.subject}`.slice(0, 60))),
    });
  }
  return end(`status of ${ticket.number}`, clear, statusOf(context, ticket));
};

/** Digits beside these are no request's. */
const otherNumber = /جوال|هاتف|موبايل|تلفون|واتس|اتصال|هويه|اقامه|\b(?:phone|mobile|whatsapp|call|iqama|id)\b/;

/** "Request number 12345": digits that are told as a number of ours, and are none. */
const wrongNumber = ({ understood, turn }: Context): string | null => {
  const { folded, ticketNumbers, phone } = understood;
  if (ticketNumbers.length > 0 || phone !== null || turn.text.length >= 60 || otherNumber.test(folded)) return null;
  // a telephone number and an identity number have nine digits or more
  return /(?:رقم|الطلب|طلبي|التذكره|المعامله|ticket|request)\D{0,20}(\d{4,8})(?!\d)/.exec(folded)?.[1] ?? null;
};

const unknownNumber = (context: Context, number: string): Contribution =>
  end('a number that is not of this person, or none of ours', {
    do: 'say',
    template: 'ticket-unknown',
    values: { number },
    quickReplies: [choice('agent', context.title('agent'))],
  });

const handoff = (context: Context): Contribution =>
  end(
    'asked for a person',
    { do: 'handoff' },
    { do: 'dialogue', set: { awaiting: null, waitingToldAt: null } },
    {
      do: 'say',
      template: 'handoff',
      values: { hours: context.hours },
      quickReplies: [choice('assistant', context.title('assistant'))],
    },
  );

const startAnew = (context: Context): Contribution =>
  end(
    'a new request',
    { do: 'unlink-ticket' },
    {
      do: 'dialogue',
      set: { inquiry: null, inquiryMessageIds: [], awaiting: { for: 'question', field: 'inquiry', asked: 1 } },
    },
    { do: 'say', template: 'ask-inquiry', values: { name: context.contact.name ?? '', again: false } },
  );

const switchLanguage = (context: Context, language: 'ar' | 'en'): Contribution => ({
  actions: [
    { do: 'language', language },
    { do: 'say', template: 'language-switched' },
  ],
  reasons: [`command: speak ${language}`],
  end: context.conversation.dialogue.awaiting === null && context.conversation.dialogue.greetedAt !== null,
});

const stop = (): Contribution =>
  end(
    'stop',
    { do: 'say', template: 'stopped' },
    { do: 'dialogue', set: { awaiting: null } },
    { do: 'opt-out' },
    { do: 'close' },
  );

const escalate = (context: Context): Contribution => {
  const ticket = context.named[0] ?? context.openTickets[0];
  if (!ticket) return askNumber(context);
  return end(
    `escalation asked for ${ticket.number}`,
    { do: 'escalate', ticketNumber: ticket.number, text: context.turn.text },
    { do: 'handoff' },
    { do: 'dialogue', set: { awaiting: null, waitingToldAt: context.now } },
    { do: 'say', template: 'escalation-noted', values: { number: ticket.number, hours: context.hours } },
  );
};

const tappedCommand = (tapped: string | null): string | null => {
  if (tapped === null) return null;
  if (['agent', 'status', 'new', 'stop', 'escalate'].includes(tapped)) return tapped === 'new' ? 'new-request' : tapped;
  return tapped.startsWith('status:') ? 'status' : null;
};

const languageOf = ({ turn, understood }: Context): 'ar' | 'en' | null => {
  if (turn.tapped === 'language:ar') return 'ar';
  if (turn.tapped === 'language:en') return 'en';
  return typeof understood.command === 'object' ? (understood.command?.language ?? null) : null;
};

/** A bare "employee" is an order for a person, and an answer to "which are you?": what was asked last decides. */
const answersCategory = ({ conversation, understood }: Context): boolean => {
  const { awaiting } = conversation.dialogue;
  return awaiting?.for === 'question' && awaiting.field === 'category' && understood.category !== null;
};

const orderedBy = (context: Context): string | null => {
  const { command: said } = context.understood;
  const typed = typeof said === 'string' && !answersCategory(context) ? said : null;
  return tappedCommand(context.turn.tapped) ?? typed;
};

/** What a person may order in words or by a button, in both languages (architecture.md 4.3). */
export const command: Responder = (context) => {
  const language = languageOf(context);
  if (language) return switchLanguage(context, language);
  const kind = orderedBy(context);
  const bareNumber = context.named.length > 0 && context.understood.restOfText.replace(/[\d\s\-#./]/g, '') === '';
  const answersNumber =
    context.conversation.dialogue.awaiting?.for === 'ticket-number' && context.understood.ticketNumbers.length > 0;
  const wrong = wrongNumber(context);
  if (wrong) return unknownNumber(context, wrong);
  if (kind === 'status' || bareNumber || answersNumber) return status(context);
  if (kind === 'agent') return handoff(context);
  if (kind === 'new-request') return startAnew(context);
  if (kind === 'stop') return stop();
  if (kind === 'escalate') return escalate(context);
  return null;
};
