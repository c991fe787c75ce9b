import { missingFields } from '../../casework/forms.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { departmentFor, nameOfService } from '../organisation-names.ts';
import { isOver } from '../ticket-facts.ts';
import { askFirst, askInLetter, fieldsToAsk } from './form.ts';
import { subjectUnder } from './subject.ts';

/** A matter that needs a person: its words, and the messages that told it. */
export interface Matter {
  text: string;
  messageIds: string[];
}

/** The matter in hand; where none was noted, what was just said. */
export const matterInHand = ({ conversation, turn }: Context): Matter => {
  const { inquiry, inquiryMessageIds } = conversation.dialogue;
  if (inquiry !== null) return { text: inquiry, messageIds: inquiryMessageIds };
  return { text: turn.text, messageIds: turn.messages.map((message) => message.id) };
};

/** A letter has a subject of its own, which tells the matter in its writer's words. */
const titleOf = ({ conversation, capabilities }: Context): string =>
  capabilities.form === 'letter' && conversation.ticketNumbers.length === 0 ? (conversation.subject?.trim() ?? '') : '';

/** How a ticket is opened, and told of. */
export interface Opening {
  /** The assistant had no answer of its own. */
  unsure?: boolean;
  danger?: boolean;
  /** Something stands still now (EX-05). */
  urgent?: boolean;
  /** The matter, where another one was answered beside it. */
  part?: string;
  /** The ticket that it goes on with. */
  follows?: string;
  incidentId?: string;
  /** What the form was answered with. */
  fields?: Record<string, string>;
}

/** A wish that is known by its service alone, where the service has a form that is filled in with a request for it. */
export const isRequestOf = (context: Context, text: string): boolean => {
  const { type, service, sensitive } = context.understand(text);
  if (sensitive || service === null || /[?؟]/.test(text)) return false;
  const isUntold = type.id === 'inquiry' && type.confidence <= 0.5 && service.confidence >= 0.55;
  const isWish = type.id === 'service' || isUntold;
  return isWish && missingFields(context.organisation, { type: 'service', service: service.id }, {}).length > 0;
};

const factsOf = (context: Context, matter: Matter, { urgent = false }: Opening) => {
  const { type, service, importance, sensitive } = context.understand(matter.text);
  const serviceId = sensitive ? null : (service?.id ?? null);
  const usual = context.organisation.services.find((one) => one.id === serviceId)?.importance ?? 'medium';
  return {
    type: isRequestOf(context, matter.text) ? ('service' as const) : type.id,
    service: serviceId,
    departmentId: context.inboxDepartment ?? departmentFor(context, serviceId),
    importance: urgent ? ('high' as const) : importance === 'medium' ? usual : importance,
    restricted: sensitive,
    ...(urgent ? { urgent } : {}),
  };
};

/** A ticket of the same person that was named and is over: what is told now goes on with it. */
const followedIn = ({ understood, ownTickets, conversation }: Context): string | undefined =>
  conversation.dialogue.follows ??
  ownTickets.find((one) => understood.ticketNumbers.includes(one.number) && isOver(one))?.number;

/** The ticket is opened as it stands; its number is filled in when it is performed. */
function openNow(context: Context, matter: Matter, opening: Opening): Contribution {
  const { title } = context;
  const { unsure = false, danger = false, urgent = false, part = '', incidentId, fields } = opening;
  const { confidence } = context.understand(matter.text).type;
  const facts = factsOf(context, matter, opening);
  const follows = opening.follows ?? followedIn(context);
  // of what was written nothing is left where it only insults
  const nameless = matter.text.trim() === '' ? title('subject-media') : title(`type-${facts.type}`);
  const subject = subjectUnder(titleOf(context), matter.text, context.understand) || nameless;
  return {
    actions: [
      {
        do: 'open-ticket',
        ...facts,
        subject,
        messageIds: matter.messageIds,
        ...(fields && Object.keys(fields).length > 0 ? { fields } : {}),
        ...(incidentId === undefined ? {} : { incidentId }),
        ...(follows === undefined ? {} : { follows }),
      },
      {
        do: 'dialogue',
        set: { inquiry: null, inquiryMessageIds: [], awaiting: null, parted: false, form: null, follows: null },
      },
      {
        do: 'say',
        template: 'ticket-opened',
        withTicket: true,
        values: {
          unsure,
          part,
          urgent,
          // who is in danger is not told of days
          danger,
          type: title(`type-${facts.type}`),
          service: nameOfService(context, facts.service),
          hours: context.hours,
        },
        quickReplies: [choice('change-type', title('change-type')), choice('agent', title('agent'))],
      },
    ],
    reasons: [`ticket: a ${facts.type} (${confidence.toFixed(2)}), service ${facts.service ?? 'not known'}`],
    end: true,
  };
}

/**
 * Opens a ticket for a matter and tells the number and the promise. What its form must tell and is not known yet is asked
 * first in a chat (IN-07), one field after the other; in a letter with the number, all in one list.
 */
export function openFor(context: Context, matter: Matter, opening: Opening = {}): Contribution {
  const missing = fieldsToAsk(context, factsOf(context, matter, opening), { matter, opening });
  const [first] = missing;
  if (!first) return openNow(context, matter, opening);
  if (context.capabilities.form === 'chat') return askFirst(context, first, { matter, opening });
  const opened = openNow(context, matter, opening);
  return { ...opened, actions: [...opened.actions, ...askInLetter(context, missing)] };
}

/** Nothing could answer: a person is needed, the matter becomes a ticket (architecture.md 4.6). */
export const ticket: Responder = (context) => {
  if (context.conversation.dialogue.inquiry === null) return null;
  const matter = matterInHand(context);
  // of a voice note or a picture alone nothing was looked for in the bank
  return openFor(context, matter, { unsure: matter.text.trim() !== '' });
};
