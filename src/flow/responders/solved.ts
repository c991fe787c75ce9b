import type { Awaiting, Conversation } from '../../conversation/conversation.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { forget, messageIdsOf, notKnown, theirs, ticketInHand } from './in-hand.ts';
import { knowledge } from './knowledge.ts';
import { beginObjection, mayObjectTo } from './objecting.ts';
import { isOfTicket } from './open-ticket.ts';
import { behindYes, readSolved, type SaidToSolved } from './read-solved.ts';
import { takesLeave } from './taking-leave.ts';
import { openFor } from './ticket.ts';
import { sayState } from './ticket-state.ts';

/** Without a word of what is missing a ticket goes back after this (ms): in a chat, and where people write letters. */
const waitMs = { chat: 1_800_000, letter: 86_400_000 } as const;

/** Our words after which a bare yes or no speaks of the ticket that was answered. */
const asking: readonly string[] = ['notice-resolved', 'solved-unclear', 'ticket-status'];

const end = (reason: string, ...actions: Action[]): Contribution => ({
  actions,
  reasons: [`solved: ${reason}`],
  end: true,
});

const confirm = ({ number }: Ticket): Contribution =>
  end(
    `${number} is solved, says the person`,
    { do: 'confirm-solved', ticketNumber: number },
    { do: 'dialogue', set: { awaiting: null, parted: true } },
    { do: 'say', template: 'solved-thanks', values: { number } },
  );

const sendBack = (context: Context, number: string, text: string): Contribution =>
  end(
    `${number} is not solved: it goes back`,
    { do: 'unsatisfied', ticketNumber: number, text, messageIds: messageIdsOf(context) },
    { do: 'dialogue', set: { awaiting: null, parted: false } },
    { do: 'say', template: 'unsolved-noted', values: { number, goesTo: '' } },
  );

/** What is missing is asked once; `said` stands for it where no more comes. */
function askWhy(context: Context, { number }: Ticket, said: string): Contribution {
  const until = new Date(Date.parse(context.now) + waitMs[context.capabilities.form]).toISOString();
  return end(
    `${number} is not solved: asked what is missing`,
    { do: 'link', messageIds: messageIdsOf(context), ticketNumber: number },
    { do: 'dialogue', set: { awaiting: { for: 'unsolved', number, said, until } } },
    { do: 'say', template: 'solved-why', values: { number } },
  );
}

const denied = (context: Context, ticket: Ticket, { tells }: SaidToSolved): Contribution =>
  tells ? sendBack(context, ticket.number, context.turn.words) : askWhy(context, ticket, context.turn.words);

/** A tap on a question that is answered already by what became of the ticket. */
function late(context: Context, ticket: Ticket, said: 'yes' | 'no'): Contribution {
  if (said === 'yes')
    return end('said of one that is over', forget, {
      do: 'say',
      template: 'solved-thanks',
      values: { number: ticket.number },
    });
  if (ticket.status === 'closed' && mayObjectTo(context, ticket).eligible) return beginObjection(context, ticket, '');
  return end('said of one that goes on', forget, sayState(context, ticket));
}

function tapped(context: Context, said: 'yes' | 'no', number: string): Contribution {
  const ticket = theirs(context, number);
  if (!ticket) return notKnown(context, '', 'solved: of a ticket that is not of this person');
  if (ticket.status !== 'resolved') return late(context, ticket, said);
  return said === 'yes' ? confirm(ticket) : askWhy(context, ticket, context.title('solved-no'));
}

/** The answered ticket that the turn may speak of. */
function askedOf(context: Context): Ticket | null {
  const { awaiting } = context.conversation.dialogue;
  if (awaiting !== null && awaiting.for !== 'solved') return null;
  const ticket = awaiting ? theirs(context, awaiting.number) : ticketInHand(context);
  return ticket?.status === 'resolved' ? ticket : null;
}

/** With people in the conversation only what is said right after the question is an answer to it. */
const isSpokenTo = ({ conversation, lastTemplate }: Context): boolean =>
  conversation.handledBy === 'assistant' || asking.includes(lastTemplate ?? '');

const isAsked = ({ conversation, lastTemplate }: Context): boolean =>
  conversation.dialogue.awaiting?.for === 'solved' || asking.includes(lastTemplate ?? '');

/** Neither yes nor no, but of the ticket: it is added, and asked once more; the second time it is a no in other words. */
function unclear(context: Context, { number }: Ticket): Contribution {
  if (context.lastTemplate === 'solved-unclear') return sendBack(context, number, context.turn.words);
  const { title } = context;
  return end(
    `${number}: added, and asked whether it is solved`,
    { do: 'link', messageIds: messageIdsOf(context), ticketNumber: number },
    { do: 'dialogue', set: { awaiting: { for: 'solved', number }, parted: false } },
    {
      do: 'say',
      template: 'solved-unclear',
      values: { number },
      quickReplies: [
        choice(`solved:yes:${number}`, title('solved-yes')),
        choice(`solved:no:${number}`, title('solved-no')),
      ],
    },
  );
}

/** The question that follows a yes, as if it had been written by itself: the bank answers it, or it is a request. */
function goOn(context: Context, text: string): Contribution {
  const messageIds = messageIdsOf(context);
  if (text === '') {
    const asking = { for: 'question', field: 'inquiry', asked: 1 } as const;
    return end(
      'announces another matter',
      { do: 'dialogue', set: { awaiting: asking, inquiry: null, inquiryMessageIds: [] } },
      { do: 'say', template: 'ask-inquiry', values: { name: '', again: false, noted: false } },
    );
  }
  const set = { inquiry: text, inquiryMessageIds: messageIds, awaiting: null, parted: true };
  const alone: Context = {
    ...context,
    turn: { ...context.turn, text, words: text },
    understood: context.understand(text),
    conversation: { ...context.conversation, dialogue: { ...context.conversation.dialogue, ...set } },
  };
  const told = knowledge(alone);
  const rest = told?.end ? told : openFor(alone, { text, messageIds });
  return { ...rest, actions: [{ do: 'dialogue', set }, ...(told?.end ? [] : (told?.actions ?? [])), ...rest.actions] };
}

/** A yes in words: what stands beside it is kept with the ticket, and a question behind it is answered. */
function agreed(context: Context, ticket: Ticket, { asks }: SaidToSolved): Contribution {
  const closing = confirm(ticket);
  if (asks) {
    const rest = goOn(context, behindYes(context.turn.words));
    return end(`${ticket.number} is solved, says the person, who asks more`, ...closing.actions, ...rest.actions);
  }
  const isBare = context.understood.yesNo !== null || context.understood.pleasantryOnly;
  const kept: Action[] = isBare ? [] : [{ do: 'link', messageIds: messageIdsOf(context), ticketNumber: ticket.number }];
  return { ...closing, actions: [...kept, ...closing.actions] };
}

const speaks = ({ turn, understood }: Context): boolean =>
  turn.hasMedia ||
  (understood.restOfText.trim() !== '' && understood.meaningful && !understood.announces && !understood.unsure);

/** A yes closes it, a no asks why; other words about the ticket are added to it. */
function saidInWords(context: Context, ticket: Ticket): Contribution | null {
  const { turn, understood } = context;
  if (turn.tapped !== null || understood.command !== null || !isSpokenTo(context)) return null;
  const answer = readSolved(turn.words, understood);
  if (answer !== null && !isAsked(context)) return null;
  if (answer) return answer.said === 'no' ? denied(context, ticket, answer) : agreed(context, ticket, answer);
  if (takesLeave(understood)) return end('took leave, it is still open');
  return speaks(context) && isOfTicket(context, ticket) ? unclear(context, ticket) : null;
}

/** Nothing more was said to the question what is missing: what was said before goes back with the ticket. */
export function sentBack({ dialogue: { awaiting } }: Conversation): Pick<Contribution, 'actions' | 'reasons'> {
  if (awaiting?.for !== 'unsolved') return { actions: [], reasons: [] };
  const { number, said } = awaiting;
  return {
    actions: [
      { do: 'unsatisfied', ticketNumber: number, text: said, messageIds: [] },
      { do: 'dialogue', set: { awaiting: null, parted: false } },
      { do: 'say', template: 'unsolved-noted', values: { number, goesTo: '' } },
    ],
    reasons: [`solved: ${number} goes back, nothing more was said`],
  };
}

/** What is missing, or the no by itself: a word on anything else does not hold it up. */
function missing(context: Context, { number, said }: Awaiting & { for: 'unsolved' }): Contribution {
  const { turn, understood } = context;
  const isOther = turn.tapped !== null || understood.command !== null || understood.announces;
  const tells = !isOther && understood.yesNo === null && !understood.unsure && !understood.pleasantryOnly;
  const text = tells && turn.words.trim() !== '' ? turn.words : said;
  const back = sendBack(context, number, text);
  if (!isOther) return back;
  const actions = back.actions.filter((one) => one.do !== 'say');
  return {
    actions: actions.map((one) => ('messageIds' in one ? { ...one, messageIds: [] } : one)),
    reasons: back.reasons,
    end: false,
  };
}

/**
 * What a person says to "is it solved?" (WF-06): by button, at any time, or in words as long as the ticket is answered and
 * nobody has closed it.
 */
export const solved: Responder = (context) => {
  const { turn, conversation } = context;
  const { awaiting } = conversation.dialogue;
  const button = /^solved:(yes|no):(\d+)$/.exec(turn.tapped ?? '');
  if (button) return tapped(context, button[1] === 'yes' ? 'yes' : 'no', button[2] ?? '');
  if (awaiting?.for === 'unsolved')
    return theirs(context, awaiting.number)?.status === 'resolved'
      ? missing(context, awaiting)
      : { actions: [forget], reasons: [], end: false };
  const ticket = askedOf(context);
  const said = ticket && saidInWords(context, ticket);
  if (said || awaiting?.for !== 'solved') return said;
  return { actions: [forget], reasons: ['solved: another matter'], end: false };
};
