import { ticketTypes } from '../../ticket/types.ts';
import { askAfterAnswer } from '../ask-rating.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { fieldAnswered } from './fields.ts';
import { greet } from './greeting.ts';
import { isStillOpen, notHelped } from './not-helped.ts';
import { objectionWhy } from './objecting.ts';
import { isDetail } from './open-ticket.ts';
import { sayArticle } from './say-article.ts';
import { leave, partWays, takesLeave } from './taking-leave.ts';
import { type Matter, matterInHand, openFor } from './ticket.ts';
import { offerPeople } from './unsure.ts';

const after = (tapped: string | null, prefix: string): string | null =>
  tapped?.startsWith(prefix) ? tapped.slice(prefix.length) : null;

/** What a turn says to "did this help?": a thanks is a yes, unless something is still wrong. */
const saidToHelped = ({ turn, understood }: Context): string | null => {
  const said = after(turn.tapped, 'helped:') ?? understood.yesNo;
  if (said) return said;
  if (isStillOpen(understood)) return 'no';
  return understood.pleasantryOnly && understood.thanks ? 'yes' : null;
};

/** The matter in hand with what the turn adds to it. */
const withMore = (context: Context, text: string): Matter => {
  const before = matterInHand(context);
  const messageIds = [...before.messageIds, ...context.turn.messages.map((message) => message.id)];
  return { text: `${before.text}\n${text}`, messageIds };
};

/** An answer that did not help becomes a ticket, with what is said beside the no. */
const unhelped = (context: Context): Contribution => {
  const { turn, understood, conversation } = context;
  if (conversation.dialogue.inquiry === null) return notHelped(context);
  const bare = turn.tapped !== null || understood.yesNo !== null;
  const contribution = openFor(context, bare ? matterInHand(context) : withMore(context, understood.restOfText));
  return {
    ...contribution,
    actions: [{ do: 'question-helped', helped: 'no' }, ...contribution.actions],
    reasons: ['follow-up: the answer did not help', ...contribution.reasons],
  };
};

const unsureOf = (context: Context, articles: { id: string; title: string }[]): Contribution => ({
  actions: [offerPeople(context, articles)],
  reasons: ['follow-up: the person does not know, is offered a person'],
  end: true,
});

/** "I have another question": what was told before is left as it is. */
const askAnew: Contribution = {
  actions: [
    partWays,
    { do: 'dialogue', set: { awaiting: { for: 'question', field: 'inquiry', asked: 1 } } },
    { do: 'say', template: 'ask-inquiry', values: { name: '', again: false, noted: false } },
  ],
  reasons: ['follow-up: announces a matter, which is asked for'],
  end: true,
};

/** Nothing but a greeting: it is returned, and what was answered is not told again. */
const greetedAgain = (context: Context): Contribution => ({
  actions: [
    ...greet(context, context.contact.name ?? ''),
    {
      do: 'dialogue',
      set: { awaiting: { for: 'question', field: 'inquiry', asked: 1 }, inquiry: null, inquiryMessageIds: [] },
    },
    { do: 'say', template: 'ask-inquiry', values: { name: '', again: false, noted: false } },
  ],
  reasons: ['follow-up: a greeting after an answer'],
  end: true,
});

/** "Did this help?": yes ends the matter, no opens a ticket for it. */
const helped = (context: Context): Contribution | null => {
  const { understood, conversation, title } = context;
  const said = saidToHelped(context);
  if (said === 'no') return unhelped(context);
  if (understood.unsure) return unsureOf(context, []);
  if (understood.announces) return askAnew;
  const isGreeting = understood.pleasantryOnly && understood.greeting !== null && !understood.thanks;
  if (isGreeting && !understood.farewell && context.turn.tapped === null) return greetedAgain(context);
  if (said !== 'yes') return takesLeave(understood) ? leave('follow-up: took leave') : more(context);
  const matter = context.understand(conversation.dialogue.inquiry ?? '');
  const asked = askAfterAnswer(context, matter);
  const quickReplies = [choice('new', title('new'))];
  return {
    actions: [
      { do: 'question-helped', helped: 'yes' },
      partWays,
      { do: 'say', template: matter.sober ? 'helped-sober' : 'glad-to-help', quickReplies },
      ...asked.actions,
    ],
    reasons: ['follow-up: the answer helped', ...asked.reasons],
    end: true,
  };
};

/** What was answered just now is told again with its particulars: a request for it, which another reading would not serve. */
const isOfAnswer = ({ conversation, ask }: Context, text: string): boolean => {
  const { awaiting } = conversation.dialogue;
  const isSame = awaiting?.for === 'helped' && ask(text).articles[0]?.id === awaiting.articleId;
  return isSame && /\p{Nd}/u.test(text) && !/[?؟]/.test(text);
};

/** Words after an answer that the bank knows nothing of go on with the same matter: "building 5, hall 12". */
const more = (context: Context): Contribution | null => {
  const { turn, understood, conversation } = context;
  const { inquiry } = conversation.dialogue;
  const text = understood.restOfText.trim();
  if (inquiry === null || turn.tapped || text === '' || !understood.meaningful || understood.greeting) return null;
  if (context.ask(text).outcome !== 'none' && !isDetail(text) && !isOfAnswer(context, text)) return null;
  const contribution = openFor(context, withMore(context, text));
  return { ...contribution, reasons: ['follow-up: more on the same matter', ...contribution.reasons] };
};

const offeredBefore = ({ conversation, ask }: Context): { id: string; title: string }[] => {
  const { awaiting, inquiry } = conversation.dialogue;
  const offered = awaiting?.for === 'choice' ? awaiting.articleIds : [];
  return ask(inquiry ?? '').articles.filter(({ id }) => offered.includes(id));
};

/** One of the offered articles, or none of them. */
const chosen = (context: Context): Contribution | null => {
  const { turn, understood } = context;
  const id = after(turn.tapped, 'article:');
  if (id) {
    const told = sayArticle(context, id, ['follow-up: chose an article']);
    return told && { ...told, actions: [{ do: 'question-said', articleId: id }, ...told.actions] };
  }
  if (understood.unsure) return unsureOf(context, offeredBefore(context));
  if (understood.announces) return askAnew;
  if (takesLeave(understood)) return leave('follow-up: took leave');
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
  const { turn, understood } = context;
  const type = ticketTypes.find((one) => one === after(turn.tapped, 'type:'));
  if (!type) return understood.unsure || understood.yesNo === 'no' ? leave('follow-up: the type stays') : null;
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

/** "It did not help" when nothing was asked but for the matter: of what was told before. */
const isBareUnhelped = ({ turn, understood, conversation }: Context): boolean => {
  const { awaiting, greetedAt } = conversation.dialogue;
  const isFree = awaiting === null || (awaiting.for === 'question' && awaiting.field === 'inquiry');
  return understood.unhelped && turn.tapped === null && greetedAt !== null && isFree;
};

/** Answers to what the assistant asked last, by button or in words. */
export const followUp: Responder = (context) => {
  const { turn, conversation } = context;
  const { awaiting } = conversation.dialogue;
  const number = after(turn.tapped, 'change-type:');
  if (number) return changeType(context, number);
  if (turn.tapped?.startsWith('separate:')) return split(context);
  if (awaiting?.for === 'objection') return objectionWhy(context, awaiting);
  if (awaiting?.for === 'field') return fieldAnswered(context, awaiting);
  const late = after(turn.tapped, 'helped:') ?? after(turn.tapped, 'article:');
  if (awaiting?.for === 'ticket-type') return retype(context, awaiting.number);
  if (awaiting?.for === 'choice') return chosen(context);
  if (awaiting?.for === 'helped' || late)
    return turn.tapped?.startsWith('article:') ? chosen(context) : helped(context);
  return isBareUnhelped(context) ? notHelped(context) : null;
};
