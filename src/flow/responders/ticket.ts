import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { departmentFor, nameOfService } from '../organisation-names.ts';
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

/**
 * Opens a ticket for a matter and tells the number and the promise; the number is filled in when it is performed.
 * `unsure` tells that the assistant had no answer of its own; `part` names the matter where another was answered beside it.
 */
export function openFor(
  context: Context,
  matter: Matter,
  { unsure = false, danger = false, part = '' }: { unsure?: boolean; danger?: boolean; part?: string } = {},
): Contribution {
  const { title } = context;
  const { type, service, importance, sensitive } = context.understand(matter.text);
  const serviceId = sensitive ? null : (service?.id ?? null);
  const usual = context.organisation.services.find((one) => one.id === serviceId)?.importance ?? 'medium';
  return {
    actions: [
      {
        do: 'open-ticket',
        type: type.id,
        service: serviceId,
        departmentId: context.inboxDepartment ?? departmentFor(context, serviceId),
        importance: importance === 'medium' ? usual : importance,
        restricted: sensitive,
        subject: subjectUnder(titleOf(context), matter.text, context.understand) || title('subject-media'),
        messageIds: matter.messageIds,
      },
      { do: 'dialogue', set: { inquiry: null, inquiryMessageIds: [], awaiting: null, parted: false } },
      {
        do: 'say',
        template: 'ticket-opened',
        withTicket: true,
        values: {
          unsure,
          part,
          // who is in danger is not told of days
          danger,
          type: title(`type-${type.id}`),
          service: nameOfService(context, serviceId),
          hours: context.hours,
        },
        quickReplies: [choice('change-type', title('change-type')), choice('agent', title('agent'))],
      },
    ],
    reasons: [`ticket: a ${type.id} (${type.confidence.toFixed(2)}), service ${serviceId ?? 'not known'}`],
    end: true,
  };
}

/** Nothing could answer: a person is needed, the matter becomes a ticket (architecture.md 4.6). */
export const ticket: Responder = (context) =>
  context.conversation.dialogue.inquiry === null ? null : openFor(context, matterInHand(context), { unsure: true });
