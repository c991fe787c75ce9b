import { ticketTypes } from '../../ticket/types.ts';
import type { Action } from '../actions.ts';
import { askAfterAnswer } from '../ask-rating.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { sayArticle } from './knowledge.ts';
import { matterInHand, openFor } from './ticket.ts';

const done: Action = { do: 'dialogue', set: { awaiting: null, inquiry: null, inquiryMessageIds: [] } };

const after = (tapped: string | null, prefix: string): string | null =>
  tapped?.startsWith(prefix) ? tapped.slice(prefix.length) : null;

/** "Did this help?": yes ends the matter, no opens a ticket for it. */
const helped = (context: Context): Contribution | null => {
  const { turn, understood, conversation, title } = context;
  const said = after(turn.tapped, 'helped:') ?? understood.yesNo;
  const thanks = understood.pleasantryOnly && understood.thanks;
  if (said === 'no') {
    const contribution = openFor(context, matterInHand(context));
    return {
      ...contribution,
      actions: [{ do: 'question-helped', helped: 'no' }, ...contribution.actions],
      reasons: ['follow-up: the answer did not help', ...contribution.reasons],
    };
  }
  if (said !== 'yes' && !thanks) return more(context);
  const matter = context.understand(conversation.dialogue.inquiry ?? '');
  const asked = askAfterAnswer(context, matter);
  const quickReplies = [choice('new', title('new'))];
  return {
    actions: [
      { do: 'question-helped', helped: 'yes' },
      done,
      { do: 'say', template: matter.sober ? 'helped-sober' : 'glad-to-help', quickReplies },
      ...asked.actions,
    ],
    reasons: ['follow-up: the answer helped', ...asked.reasons],
    end: true,
  };
};

/** A few words with a number in them and no question: a place, a date, an asset. */
const isDetail = (text: string): boolean =>
  /\p{Nd}/u.test(text) && !/[?؟]/.test(text) && text.trim().split(/\s+/).length <= 8;

/** Words after an answer that the bank knows nothing of go on with the same matter: "building 5, hall 12". */
const more = (context: Context): Contribution | null => {
  const { turn, understood, conversation } = context;
  const { inquiry } = conversation.dialogue;
  const text = understood.restOfText.trim();
  if (inquiry === null || turn.tapped || text === '' || !understood.meaningful || understood.greeting) return null;
  if (context.ask(text).outcome !== 'none' && !isDetail(text)) return null;
  const before = matterInHand(context);
  const messageIds = [...before.messageIds, ...turn.messages.map((message) => message.id)];
  const contribution = openFor(context, { text: `${before.text}\n${text}`, messageIds });
  return { ...contribution, reasons: ['follow-up: more on the same matter', ...contribution.reasons] };
};

/** One of the offered articles, or none of them. */
const chosen = (context: Context): Contribution | null => {
  const { turn, understood } = context;
  const id = after(turn.tapped, 'article:');
  if (id) {
    const told = sayArticle(context, id, ['follow-up: chose an article']);
    return told && { ...told, actions: [{ do: 'question-said', articleId: id }, ...told.actions] };
  }
  if (turn.tapped !== 'none-of-these' && understood.yesNo !== 'no') return null;
  const contribution = openFor(context, matterInHand(context));
  return { ...contribution, reasons: ['follow-up: none of the offered articles', ...contribution.reasons] };
};

/** Only the person's own open tickets: a button can be forged. */
const changeType = (context: Context, number: string): Contribution =>
  context.openTickets.some((ticket) => ticket.number === number) ? chooseType(context, number) : notTheirs(context);

const notTheirs = ({ title }: Context): Contribution => ({
  actions: [
    { do: 'say', template: 'ticket-unknown', values: { number: '' }, quickReplies: [choice('agent', title('agent'))] },
  ],
  reasons: ['follow-up: another type for a ticket that is not an open one of this person'],
  end: true,
});

const chooseType = (context: Context, number: string): Contribution => ({
  actions: [
    { do: 'dialogue', set: { awaiting: { for: 'ticket-type', number } } },
    {
      do: 'say',
      template: 'choose-type',
      values: { number },
      quickReplies: ticketTypes
        .filter((type) => type !== 'media')
        .map((type) => choice(`type:${type}`, context.title(`type-${type}`))),
    },
  ],
  reasons: [`follow-up: wants another type for ${number}`],
  end: true,
});

const retype = (context: Context, number: string): Contribution | null => {
  const type = ticketTypes.find((one) => one === after(context.turn.tapped, 'type:'));
  if (!type) return null;
  return {
    actions: [
      { do: 'dialogue', set: { awaiting: null } },
      { do: 'retype', ticketNumber: number, type },
      { do: 'say', template: 'type-changed', values: { number, type: context.title(`type-${type}`) } },
    ],
    reasons: [`follow-up: ${number} is a ${type}`],
    end: true,
  };
};

/** "This is another matter": what was added to a ticket becomes one of its own. */
const split = (context: Context): Contribution | null => {
  if (!context.separated) return null;
  const matter = { text: context.separated.text, messageIds: [context.separated.id] };
  const contribution = openFor(context, matter);
  return { ...contribution, reasons: ['follow-up: another matter than the open ticket', ...contribution.reasons] };
};

/** Answers to what the assistant asked last, by button or in words. */
export const followUp: Responder = (context) => {
  const { turn, conversation } = context;
  const { awaiting } = conversation.dialogue;
  const number = after(turn.tapped, 'change-type:');
  if (number) return changeType(context, number);
  if (turn.tapped?.startsWith('separate:')) return split(context);
  const late = after(turn.tapped, 'helped:') ?? after(turn.tapped, 'article:');
  if (awaiting?.for === 'ticket-type') return retype(context, awaiting.number);
  if (awaiting?.for === 'choice') return chosen(context);
  if (awaiting?.for === 'helped' || late)
    return turn.tapped?.startsWith('article:') ? chosen(context) : helped(context);
  return null;
};
