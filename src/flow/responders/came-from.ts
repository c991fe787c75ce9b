import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Invitation, type Responder } from '../context.ts';
import { isSameMatter } from '../same-matter.ts';
import { greet } from './greeting.ts';
import { subjectOf } from './subject.ts';
import { tellsMatter, toneOf } from './tone.ts';

/** What the private words tell by themselves; empty where they only greet, or point to what was said in public. */
const ownWords = ({ understood }: Context): string =>
  understood.meaningful && !understood.pleasantryOnly && understood.posts.referring === 0
    ? understood.restOfText.trim()
    : '';

/** Plainly another matter than that of the post: a question or a voice of its own, another service, an answer of the bank. */
function isOwnMatter(context: Context, { matter }: Invitation): boolean {
  const words = ownWords(context);
  if (words === '' || !tellsMatter(context, words)) return false;
  const { type, service } = context.understand(words);
  const told = { words, type: type.id, service: service?.id ?? null };
  if (isSameMatter(told, matter)) return false;
  const isOther = service !== null && matter.service !== null && service.id !== matter.service;
  return isOther || type.confidence >= 0.75 || context.ask(words).outcome === 'answer';
}

const tie = ({ conversationId, ticketNumbers, openTicket }: Invitation): Action => ({
  do: 'tie',
  from: conversationId,
  ticketNumbers,
  openTicket,
});

/** The post's matter is the matter in hand, where the private chat has none. */
const takeOver = ({ conversation }: Context, { inquiry, inquiryMessageIds }: Invitation): Action[] =>
  inquiry !== null && conversation.dialogue.inquiry === null
    ? [{ do: 'dialogue', set: { inquiry, inquiryMessageIds } }]
    : [];

/** The first private words are answered with what is known already, and then go on as usual. */
const tellKnown = (context: Context, { inquiry }: Invitation): Action[] => [
  ...greet(context, context.contact.name ?? ''),
  { do: 'say', template: 'post-known', values: { subject: subjectOf(inquiry ?? '', context.understand) } },
];

/** In private the person learns the number under which their post is followed up; what they tell is added to it. */
function tellTicket(context: Context, invitation: Invitation, number: string): Contribution {
  const { turn, title } = context;
  const messageIds = turn.messages.map(({ id }) => id);
  const adds = ownWords(context) !== '' || turn.hasMedia;
  return {
    actions: [
      tie(invitation),
      ...greet(context, context.contact.name ?? ''),
      ...(adds ? [{ do: 'link' as const, messageIds, ticketNumber: number }] : []),
      {
        do: 'say',
        template: 'ticket-of-post',
        values: { number, added: adds },
        quickReplies: [choice(`status:${number}`, title('status')), choice('agent', title('agent'))],
      },
    ],
    reasons: [`came from: goes on with the public post of ${number}`],
    end: true,
  };
}

const isOrder = ({ turn, understood }: Context): boolean =>
  turn.tapped !== null || understood.command !== null || understood.ticketNumbers.length > 0;

/**
 * The first private words of somebody who was invited in public: the private conversation goes on with what was begun
 * there. A matter that the private words tell by themselves wins.
 */
export const cameFrom: Responder = (context) => {
  const { invitation, conversation } = context;
  if (!invitation) return null;
  const { openTicket } = invitation;
  const isOther = isOwnMatter(context, invitation);
  const isFree = conversation.handledBy === 'assistant' && !isOther && !isOrder(context);
  const isQuiet = isFree && toneOf(context.understood) !== 'danger';
  if (openTicket !== null && isQuiet) return tellTicket(context, invitation, openTicket);
  const taken = isOther ? [] : takeOver(context, invitation);
  const known = taken.length > 0 && isQuiet ? tellKnown(context, invitation) : [];
  const actions = [tie(invitation), ...taken, ...known];
  const reasons = [`came from: tied to the public conversation${isOther ? ', with a matter of its own' : ''}`];
  return { actions, reasons, end: false };
};
