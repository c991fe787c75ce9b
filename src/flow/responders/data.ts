import { comesBack } from '../../casework/data-asked.ts';
import { formFor, readField } from '../../casework/forms.ts';
import { todayOf } from '../../casework/today.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { forget, messageIdsOf, theirs } from './in-hand.ts';
import { anotherService, asks, isDetail, isOfTicket, speaksOf } from './open-ticket.ts';
import { leave, takesLeave } from './taking-leave.ts';
import { matterInHand, openFor } from './ticket.ts';

const end = (reason: string, ...actions: Action[]): Contribution => ({
  actions,
  reasons: [`data: ${reason}`],
  end: true,
});

/** A bare number, where one may be what was asked for: not that of the ticket itself, which asks how it stands. */
function isNumberAsked({ conversation, understood, turn }: Context): boolean {
  const { awaiting } = conversation.dialogue;
  const isBare = turn.words.replace(/[\p{Nd}\s]/gu, '') === '';
  return awaiting?.for === 'data' && isBare && !understood.ticketNumbers.includes(awaiting.number);
}

/** Words or a file that may be what was asked for: no order, no courtesy. */
function tells(context: Context): boolean {
  const { turn, understood } = context;
  const isOrder = understood.command !== null && !isNumberAsked(context);
  if (turn.tapped !== null || isOrder || understood.announces) return false;
  if (turn.hasMedia) return true;
  return understood.meaningful && !understood.pleasantryOnly && !takesLeave(understood) && turn.words.trim() !== '';
}

/** In the midst of another question of ours only words that name the ticket are for it. */
function isFree({ conversation, turn }: Context): boolean {
  const { awaiting } = conversation.dialogue;
  if (awaiting === null || awaiting.for === 'data' || awaiting.for === 'solved') return true;
  return ['helped', 'choice', 'question'].includes(awaiting.for) && isDetail(turn.words);
}

/** A question that the bank answers is answered; the ticket goes on waiting. */
const isQuestion = (context: Context): boolean =>
  asks(context) && context.ask(context.understood.restOfText).outcome === 'answer';

/** The ticket that is named with more than its number, else the one that was asked about here. */
function meant(context: Context): Ticket | null {
  const { conversation, understood } = context;
  const { awaiting } = conversation.dialogue;
  const named = isNumberAsked(context) ? undefined : understood.ticketNumbers[0];
  if (named !== undefined) return theirs(context, named);
  if (!isFree(context)) return null;
  const asked = theirs(context, awaiting?.for === 'data' ? awaiting.number : null);
  if (asked) return isLeft(asked) && !isOfTicket(context, asked) && !isDetail(context.turn.words) ? null : asked;
  const inHand = theirs(context, conversation.openTicket);
  if (inHand?.status === 'pending_customer') return inHand;
  if (inHand && isLeft(inHand)) return speaksOf(context, inHand) ? inHand : null;
  return askedBeside(context, inHand) ?? leftBeside(context, inHand);
}

/** One that was closed here for want of data since the person last turned to another: a detail, or words right after, are for it. */
function leftBeside(context: Context, inHand: Ticket | null): Ticket | null {
  const { ownTickets, conversation, turn, lastTemplate } = context;
  const left = ownTickets
    .filter((one) => isLeft(one) && conversation.ticketNumbers.includes(one.number))
    .filter(({ closedAt }) => inHand === null || (closedAt ?? '') >= raisedAt(inHand))
    .filter((one) => comesBack(one, context.organisation, context.now)?.back)
    .sort((one, other) => (other.closedAt ?? '').localeCompare(one.closedAt ?? ''));
  const [last] = left;
  if (!last || isDetail(turn.words)) return last ?? null;
  return lastTemplate === 'notice-closed-without-data' && isOfTicket(context, last) ? last : null;
}

/** Another ticket that was asked about in this conversation, since the person last turned to the one in hand. */
function askedBeside({ conversation, openTickets, turn }: Context, inHand: Ticket | null): Ticket | null {
  const [last = null, ...others] = openTickets
    .filter(({ status, number }) => status === 'pending_customer' && conversation.ticketNumbers.includes(number))
    .filter(({ asked }) => inHand === null || (asked?.at ?? '') >= raisedAt(inHand))
    .sort((one, other) => (other.asked?.at ?? '').localeCompare(one.asked?.at ?? ''));
  return others.length === 0 || isDetail(turn.words) ? last : null;
}

/** When the person last did something of their own to a ticket: what follows goes on with that. */
const raisedAt = ({ openedAt, escalation }: Ticket): string =>
  escalation?.why === 'person' && escalation.at > openedAt ? escalation.at : openedAt;

const isLeft = ({ status, asked, mergedInto }: Ticket): boolean =>
  status === 'closed' && asked !== null && mergedInto === null;

/** One field that was asked for is filled by an answer that can be read as its value; a national ID is for people to enter. */
function filledBy(context: Context, ticket: Ticket): Record<string, string> {
  const [id, ...others] = ticket.asked?.fields ?? [];
  const field = others.length === 0 ? formFor(context.organisation, ticket).find((one) => one.id === id) : undefined;
  if (!field || field.kind === 'national-id' || field.kind === 'file') return {};
  const read = readField(field, context.understood.restOfText, todayOf(context));
  return 'value' in read ? { [field.id]: read.value } : {};
}

const hasNone =
  /^(?:والله |للاسف |انا |اسف )?(?:(?:ما|لا|مو|مب|مش|ماني|ليس|لست) ?(?:عندي|اعرف|ادري|دري|عارف|عارفه|متاكد|متاكده|املك|لدي|اقدر|استطيع|اذكر|اتذكر|يوجد|متوفر|متوفره|فيه)|ماعندي|مدري|مادري|نسيت|i (?:do not|don t|dont|can not|cannot|can t) (?:know|have|remember|find)|no idea)(?: |$)/;
const sentBefore =
  /(?:^| )(?:(?:قد |سبق ان |سبق |already |i )?(?:ارسلت|رسلت|بعثت|دزيت|عطيت|اعطيت|سلمت|كتبت|ذكرت|قلت)\S*|i (?:already )?(?:sent|gave|told)|already (?:sent|given|told))(?: |$)/;

/** Says that it cannot be told, or was told before: nothing of it came, so nobody can go on. */
function isMissingStill({ turn, understood }: Context): boolean {
  if (turn.hasMedia || understood.phone !== null || understood.email !== null) return false;
  if (understood.unsure || understood.yesNo === 'no') return true;
  const { folded } = understood;
  return !/\d/.test(folded) && folded.split(' ').length <= 10 && (hasNone.test(folded) || sentBefore.test(folded));
}

/** It goes on waiting, honestly; people look at what was said. */
function stillMissing(context: Context, { number }: Ticket): Contribution {
  const { title } = context;
  return end(
    `${number} waits on, what was asked for did not come: people are called`,
    { do: 'link', messageIds: messageIdsOf(context), ticketNumber: number },
    { do: 'dialogue', set: { awaiting: { for: 'data', number }, parted: false } },
    { do: 'call-people' },
    {
      do: 'say',
      template: 'data-missing',
      values: { number },
      quickReplies: [choice(`status:${number}`, title('status')), choice('agent', title('agent'))],
    },
  );
}

function give(context: Context, ticket: Ticket): Contribution {
  const { number } = ticket;
  return end(
    `what ${number} waited for`,
    {
      do: 'data-given',
      ticketNumber: number,
      messageIds: messageIdsOf(context),
      fields: filledBy(context, ticket),
    },
    { do: 'dialogue', set: { awaiting: null, parted: false } },
    {
      do: 'say',
      template: 'data-thanks',
      values: { number },
      quickReplies: [choice(`status:${number}`, context.title('status'))],
    },
  );
}

/** To one that was closed for want of data: it is opened again, or honestly not, with the offer of a new one. */
function comeBack(context: Context, ticket: Ticket): Contribution | null {
  const { number } = ticket;
  const may = comesBack(ticket, context.organisation, context.now);
  if (!may) return null;
  const messageIds = messageIdsOf(context);
  if (may.back)
    return end(
      `${number} is open again`,
      { do: 'come-back', ticketNumber: number, messageIds },
      { do: 'dialogue', set: { awaiting: null, parted: false } },
      { do: 'say', template: 'came-back', values: { number } },
    );
  const { title } = context;
  return end(
    `too late for ${number}: a new request is offered`,
    {
      do: 'dialogue',
      set: { inquiry: context.turn.text, inquiryMessageIds: messageIds, awaiting: { for: 'again', number } },
    },
    {
      do: 'say',
      template: 'came-late',
      values: { number, until: may.until },
      quickReplies: [choice(`again:${number}`, title('again')), choice('agent', title('agent'))],
    },
  );
}

/** A new request that goes on with the earlier one, where it is wanted. */
function goOn(context: Context, number: string): Contribution | null {
  const { turn, understood, conversation } = context;
  const isWanted = turn.tapped === `again:${number}` || (turn.tapped === null && understood.yesNo === 'yes');
  if (isWanted && conversation.dialogue.inquiry !== null) {
    const opened = openFor(context, matterInHand(context), { follows: number });
    return { ...opened, reasons: [`data: a new request that goes on with ${number}`, ...opened.reasons] };
  }
  if (understood.yesNo === 'no' || takesLeave(understood)) return leave('data: no new request is wanted');
  return { actions: [forget], reasons: [], end: false };
}

/**
 * What a person writes to a ticket that waits for them, by its number or where they were asked: it goes on (IN-14). Written
 * in time to one that was closed for want of it, that opens again (IN-15).
 */
export const data: Responder = (context) => {
  const { awaiting } = context.conversation.dialogue;
  if (awaiting?.for === 'again') return goOn(context, awaiting.number);
  if (!tells(context)) return null;
  const ticket = meant(context);
  if (!ticket) return null;
  const isNamed = context.understood.ticketNumbers.length > 0 || awaiting?.for === 'data';
  if (isQuestion(context) || (!isNamed && anotherService(context, ticket.service))) return null;
  const isWaiting = ticket.status === 'pending_customer';
  if (isWaiting) return isMissingStill(context) ? stillMissing(context, ticket) : give(context, ticket);
  return isLeft(ticket) ? comeBack(context, ticket) : null;
};
