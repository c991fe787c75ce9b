import type { Ticket } from '../../ticket/ticket.ts';
import type { Action } from '../actions.ts';
import type { Context, Contribution, Responder } from '../context.ts';
import { messageIdsOf, ticketInHand } from './in-hand.ts';
import { anotherService, asks, isNewBeginning, speaksOf } from './open-ticket.ts';
import { toneOf } from './tone.ts';

/** What is wanted by these is nothing that goes on with a report. */
const wishes: readonly Ticket['type'][] = ['service', 'technical', 'suggestion'];

const wishesElse = ({ understood: { type, service } }: Context): boolean =>
  service !== null && service.confidence >= 0.6 && wishes.includes(type.id) && type.confidence >= 0.75;

/** Plainly another matter: nothing of it is for few eyes, and it asks or wishes for something else. */
function isAnotherMatter(context: Context, ticket: Ticket): boolean {
  const { understood, ask } = context;
  if (toneOf(understood) === 'sensitive') return false;
  if (isNewBeginning(context) && !speaksOf(context, ticket)) return true;
  if (anotherService(context, ticket.service) || wishesElse(context)) return true;
  return asks(context) && ask(understood.restOfText).outcome === 'answer';
}

const introduces = /(?:^| )(?:اسمي|انا|my name|i am|im) /;

/** Only who says so is the one who writes: of somebody else it would be the name of whom it is about. */
const toldName = ({ understood: { name, folded }, contact }: Context): Action[] =>
  name !== null && contact.name === null && introduces.test(folded) ? [{ do: 'know', fields: { name } }] : [];

const add = (context: Context, { number }: Ticket): Contribution => ({
  actions: [
    { do: 'link', messageIds: messageIdsOf(context), ticketNumber: number },
    ...toldName(context),
    { do: 'dialogue', set: { parted: false } },
    { do: 'say', template: 'added-in-confidence', values: { number } },
  ],
  reasons: [`confidential: added to ${number}, nothing is asked`],
  end: true,
});

/**
 * What is written after a matter for few eyes was told belongs to it: nobody is asked who they are, and no article is
 * offered, until they plainly begin another matter (EX-01).
 */
export const confidential: Responder = (context) => {
  const { turn, understood, conversation } = context;
  const ticket = ticketInHand(context);
  if (!ticket?.restricted || turn.tapped !== null || conversation.dialogue.awaiting !== null) return null;
  const isTold = turn.hasMedia || (understood.meaningful && !understood.pleasantryOnly && turn.words.trim() !== '');
  const isOther = understood.command !== null || understood.yesNo !== null || understood.announces;
  if (!isTold || isOther) return null;
  if (!isAnotherMatter(context, ticket)) return add(context, ticket);
  return { actions: [{ do: 'unlink-ticket' }], reasons: ['confidential: another matter'], end: false };
};
