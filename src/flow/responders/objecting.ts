import { type MayObject, mayObject } from '../../casework/may-object.ts';
import type { Awaiting } from '../../conversation/conversation.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice } from '../context.ts';
import { forget, messageIdsOf, notKnown, theirs, whichOf } from './in-hand.ts';
import { leave } from './taking-leave.ts';

/** Whether this person may object to what they were answered to a ticket now (ES-03). */
export const mayObjectTo = ({ organisation, now, ownTickets }: Context, ticket: Ticket): MayObject =>
  mayObject(ticket, organisation, now, ownTickets);

const end = (reason: string, ...actions: Action[]): Contribution => ({
  actions,
  reasons: [`objection: ${reason}`],
  end: true,
});

/** So many words beside the order itself tell why. */
const mostBare = 8;
const because = /(?:^| )(?:لان|لانه|لانها|لاني|لانني|لانكم|بسبب|حيث|فقد|اذ|because|since|as|for)(?: |$)/;

/** Whether the words that object also say why. */
function saysWhy({ turn, understood }: Context): boolean {
  if (turn.tapped !== null) return false;
  const words = understood.folded.replace(/\d+/g, ' ').trim().split(/\s+/);
  return words.length > mostBare || (words.length >= 4 && because.test(` ${understood.folded} `));
}

function open(context: Context, number: string, text: string): Contribution {
  const { title } = context;
  return end(
    `to the answer of ${number}`,
    { do: 'object', ticketNumber: number, text, messageIds: messageIdsOf(context) },
    { do: 'dialogue', set: { awaiting: null, parted: false } },
    {
      do: 'say',
      template: 'objection-opened',
      withTicket: true,
      values: { other: number, hours: context.hours },
      quickReplies: [choice('agent', title('agent'))],
    },
  );
}

/** Asks why, once. `said`: what was said with the order, kept where no more comes. */
export const beginObjection = (_context: Context, { number }: Ticket, said: string): Contribution =>
  end(
    `to the answer of ${number}: asked why`,
    { do: 'dialogue', set: { awaiting: { for: 'objection', number, said } } },
    { do: 'say', template: 'objection-why', values: { number } },
  );

/** Why an objection is not possible, in honest words, and what is. */
function refuse(context: Context, ticket: Ticket, may: MayObject & { eligible: false }): Contribution {
  const other = 'number' in may ? may.number : '';
  const promisedAt = 'promisedAt' in may ? may.promisedAt : null;
  const until = 'until' in may ? may.until : null;
  const again = may.reason === 'objection-answered' ? [choice(`object:${other}`, context.title('object'))] : [];
  return end(`not possible for ${ticket.number}: ${may.reason}`, forget, {
    do: 'say',
    template: 'objection-not-possible',
    values: { number: ticket.number, reason: may.reason, other, promisedAt, until },
    quickReplies: [
      ...again,
      choice(`status:${ticket.number}`, context.title('status')),
      choice('agent', context.title('agent')),
    ],
  });
}

const objectTo = (context: Context, ticket: Ticket): Contribution => {
  const may = mayObjectTo(context, ticket);
  if (!may.eligible) return refuse(context, ticket, may);
  const said = context.turn.tapped === null ? context.turn.words : '';
  return saysWhy(context) ? open(context, ticket.number, said) : beginObjection(context, ticket, said);
};

/** The tickets to whose answers an objection is possible now. */
const possible = (context: Context): Ticket[] =>
  context.ownTickets.filter((one) => one.mergedInto === null && mayObjectTo(context, one).eligible);

/** The ticket that was named, or tapped; undefined where none was. */
function meant(context: Context): Ticket | null | undefined {
  const { turn, understood } = context;
  const number = /^object:(\d+)$/.exec(turn.tapped ?? '')?.[1] ?? understood.ticketNumbers[0];
  return number === undefined ? undefined : theirs(context, number);
}

/**
 * "I object": to the ticket that is named, or to the only one that it can be about. Null where the person has no ticket: it
 * is a matter like any other.
 */
export function object(context: Context): Contribution | null {
  const named = meant(context);
  if (named === null)
    return notKnown(context, context.understood.ticketNumbers[0] ?? '', 'objection: to a ticket that is not theirs');
  if (named) return objectTo(context, named);
  const [first, ...others] = possible(context);
  if (first && others.length > 0)
    return whichOf(context, [first, ...others], { prefix: 'object', reason: 'objection: several may be meant' });
  const only = first ?? (context.ownTickets.length === 1 ? context.ownTickets[0] : context.openTickets[0]);
  return only ? objectTo(context, only) : null;
}

const takesBack =
  /^خلاص(?: شكرا| مشكور\S*)?$|(?:^| )(?:(?:ما|لا|مو|مب|مش|ماني|منيب|مانيب|not|dont)(?: \S+){0,2} (?:اعترض|معترض|معترضه|الاعتراض|اعتراض|object)|(?:الغ|الغو|الغوا|الغي|الغاء|كنسل|كنسلوا|اسحب|سحب)(?: \S+)? (?:الاعتراض|اعتراضي|اعتراض)|غيرت رايي|تراجعت|بطلت|هونت|خلاص انسي?و?|خلاص خلاص|never ?mind|forget it|cancel)(?: |$)/;
const asksWhere = /^(?:طيب |و)?(?:وين|فين|اين|متي|امتي|كم|مين|من وين|وش اسوي|ايش اسوي|where|when|who|how)(?: |$)/;
const mostAsked = 5;

/** A number by itself, or a short question: no reason of an objection, which nobody has against their will. */
function tellsNone({ turn, understood }: Context): boolean {
  if (turn.hasMedia) return false;
  if (!/\p{L}{2}/u.test(turn.words)) return true;
  const words = understood.folded.split(' ').length;
  return words <= mostAsked && (asksWhere.test(understood.folded) || /[?؟]\s*$/.test(turn.words));
}

/** A question that the bank answers is answered; else why is asked again. */
function stillWhy(context: Context, { number }: Awaiting & { for: 'objection' }): Contribution {
  const { turn, understood, title } = context;
  if (/\p{L}/u.test(turn.words) && context.ask(understood.restOfText).outcome !== 'none')
    return { actions: [forget], reasons: ['objection: asked something else'], end: false };
  return end(`of ${number}: no reason was told, asked again`, {
    do: 'say',
    template: 'objection-why',
    values: { number },
    quickReplies: [choice('agent', title('agent'))],
  });
}

/** What a person says to "why do you object?". */
export function objectionWhy(context: Context, awaiting: Awaiting & { for: 'objection' }): Contribution | null {
  const { number, said } = awaiting;
  const { turn, understood } = context;
  const ticket = theirs(context, number);
  if (!ticket || turn.tapped !== null) return null;
  const isTakenBack = takesBack.test(understood.folded) || (understood.yesNo === 'no' && !understood.unhelped);
  if (isTakenBack) return leave('objection: not wanted any more');
  if (tellsNone(context)) return stillWhy(context, awaiting);
  const tells = turn.words.trim() !== '' && !understood.pleasantryOnly && !understood.unsure && understood.meaningful;
  if (!tells && !turn.hasMedia && said === '') return leave('objection: no reason was given');
  const may = mayObjectTo(context, ticket);
  if (!may.eligible) return refuse(context, ticket, may);
  return open(context, number, tells ? [said, turn.words].filter(Boolean).join('\n') : said || turn.words);
}
