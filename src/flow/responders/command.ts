import { comesBack } from '../../casework/data-asked.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { escalate } from './escalating.ts';
import { forget, notKnown, whichOf } from './in-hand.ts';
import { nudge } from './nudge.ts';
import { object } from './objecting.ts';
import { sayState } from './ticket-state.ts';

const end = (reason: string, ...actions: Action[]): Contribution => ({
  actions,
  reasons: [`command: ${reason}`],
  end: true,
});

/** `to`: what is wanted with the ticket; absent: to know how it stands. */
const askNumber = (context: Context, to?: 'escalate'): Contribution => {
  const { awaiting } = context.conversation.dialogue;
  const asked = awaiting?.for === 'ticket-number' ? awaiting.asked + 1 : 1;
  const next = { for: 'ticket-number' as const, asked, ...(to ? { to } : {}) };
  return end(
    'asked about a ticket, no open one of this person is known',
    { do: 'dialogue', set: { awaiting: asked > 1 ? null : next } },
    {
      do: 'say',
      template: 'no-open-ticket',
      quickReplies: [choice('new', context.title('new')), choice('agent', context.title('agent'))],
    },
  );
};

/** Of a ticket that was merged the one that goes on with it is told. */
function tellState(context: Context, ticket: Ticket): Contribution {
  const survivor = context.survivors.get(ticket.number);
  const now = survivor ?? ticket;
  return end(
    `status of ${now.number}`,
    forget,
    ...nudge(context, now),
    sayState(context, now, survivor ? ticket.number : ''),
  );
}

/** Status of the named ticket, of the only open one, or a choice among several (EX-02). */
const status = (context: Context): Contribution => {
  const { openTickets, named, understood } = context;
  const asked = context.turn.tapped?.startsWith('status:') || understood.ticketNumbers.length > 0;
  const ticket = named[0] ?? (asked ? undefined : openTickets[0]);
  if (asked && !ticket)
    return notKnown(
      context,
      understood.ticketNumbers[0] ?? '',
      'command: a number that is not of this person, or none of ours',
    );
  if (!ticket) return askNumber(context);
  if (!asked && openTickets.length > 1)
    return whichOf(context, openTickets, { prefix: 'status', reason: 'command: several open tickets' });
  return tellState(context, ticket);
};

/** Digits beside these are no request's. */
const otherNumber = /جوال|هاتف|موبايل|تلفون|واتس|اتصال|هويه|اقامه|\b(?:phone|mobile|whatsapp|call|iqama|id)\b/;

/** "My request 12345", "number 12345": told as a number of ours; "the number of the device" is none. */
const toldAsOurs =
  /(?:(?:^| )(?:(?:ال|لل|بال|ب)?(?:طلب|تذكره|شكوي|بلاغ)|طلبي|تذكرتي|شكواي|بلاغي|request|ticket)(?: (?:رقمه?|برقم|number|no|is|هو))*|(?:^|(?:عندي|هذا|معي) )(?:ال)?رقمه?|^number|(?:^| )(?:وش|ايش|اش|شو|شنو|ماذا|ايه اللي) (?:صار|حصل|تم|جري) (?:على|علي|في|ب|ع|مع|بخصوص|بشان)) (\d{4,8})(?!\d)/;

/** Something is asked of the person, or was until lately: digits that are none of ours are what was asked for. */
const isAskedFor = ({ conversation, ownTickets, organisation, now }: Context): boolean =>
  conversation.dialogue.awaiting?.for === 'data' ||
  ownTickets.some(
    (one) =>
      conversation.ticketNumbers.includes(one.number) &&
      (one.status === 'pending_customer' || comesBack(one, organisation, now)?.back === true),
  );

/** "Request number 12345": digits that are told as a number of ours, and are none. */
const wrongNumber = (context: Context): string | null => {
  const { understood, turn } = context;
  const { folded, ticketNumbers, phone } = understood;
  if (ticketNumbers.length > 0 || phone !== null || turn.text.length >= 60 || otherNumber.test(folded)) return null;
  // a telephone number and an identity number have nine digits or more
  const number = toldAsOurs.exec(folded)?.[1];
  return number === undefined || isAskedFor(context) ? null : number;
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

const tappedCommand = (tapped: string | null): string | null => {
  if (tapped === null) return null;
  if (tapped === 'new') return 'new-request';
  const [name = ''] = tapped.split(':');
  const isOfTicket = ['status', 'escalate', 'object'].includes(name);
  return isOfTicket || ['agent', 'stop'].includes(tapped) ? name : null;
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

/** The number of an earlier request is what our own question asks for. */
function answersField({ conversation, organisation, understood }: Context): boolean {
  const { awaiting } = conversation.dialogue;
  if (awaiting?.for !== 'field' || understood.ticketNumbers.length === 0) return false;
  return organisation.casework.forms.find(({ id }) => id === awaiting.field)?.kind === 'reference';
}

/** What a person may order in words or by a button, in both languages (architecture.md 4.3). */
export const command: Responder = (context) => {
  const language = languageOf(context);
  if (language) return switchLanguage(context, language);
  if (answersField(context)) return null;
  const kind = orderedBy(context);
  const bareNumber = context.named.length > 0 && context.understood.restOfText.replace(/[\d\s\-#./]/g, '') === '';
  const { awaiting } = context.conversation.dialogue;
  const answersNumber = awaiting?.for === 'ticket-number' && context.understood.ticketNumbers.length > 0;
  const wrong = wrongNumber(context);
  if (wrong) return unknownNumber(context, wrong);
  if (kind === 'escalate' || (answersNumber && awaiting.to === 'escalate'))
    return escalate(context) ?? askNumber(context, 'escalate');
  if (kind === 'object') return object(context);
  if (kind === 'status' || bareNumber || answersNumber) return status(context);
  if (kind === 'agent') return handoff(context);
  if (kind === 'new-request') return startAnew(context);
  return kind === 'stop' ? stop() : null;
};
