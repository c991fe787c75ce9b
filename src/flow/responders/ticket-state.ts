import { inLanguage } from '../../language/language.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { Say } from '../actions.ts';
import { type Context, choice } from '../context.ts';
import { nameOfService } from '../organisation-names.ts';
import { isItsPlace } from '../place-of-words.ts';
import { isOver } from '../ticket-facts.ts';

const waiting: readonly Ticket['status'][] = ['pending_customer', 'pending_third_party', 'on_hold'];
const atDepartment: readonly Ticket['status'][] = ['transferred', 'in_progress'];

/** Of a restricted ticket words are told in their place alone; of somebody else's none. */
const mayTellWords = ({ conversation, contact, capabilities }: Context, ticket: Ticket): boolean =>
  ticket.contactId === contact.id && (!ticket.restricted || isItsPlace(ticket, conversation, capabilities));

const departmentOf = ({ organisation, language }: Context, { departmentId }: Ticket): string => {
  const department = organisation.departments.find(({ id }) => id === departmentId);
  return department && !department.careUnit ? inLanguage(department.name, language) : '';
};

/** What it waits for, where staff let it wait for something. */
function reasonOfPause({ organisation, language }: Context, { pauses }: Ticket): string {
  const running = pauses.findLast(({ to }) => to === null);
  const known = organisation.casework.pauses.find(({ id }) => id === running?.reason);
  return known ? inLanguage(known.name, language) : '';
}

const bodyOf = ({ organisation, language, stories }: Context, { number }: Ticket): string => {
  const id = stories.get(number)?.bodyId;
  const body = organisation.casework.bodies.find((one) => one.id === id);
  return body ? inLanguage(body.name, language) : '';
};

/**
 * When an answer may be expected: as it was told last, also where that is sooner than was promised; once that has passed, or
 * the clock was moved since, the later of the two.
 */
const expected = ({ stories, now }: Context, { number, dueAt }: Ticket): string | null => {
  const delay = stories.get(number)?.delay;
  const promised = dueAt.resolution;
  if (!delay || (delay.stands && delay.expectedAt >= now)) return delay?.expectedAt ?? promised;
  return delay.expectedAt > (promised ?? '') ? delay.expectedAt : promised;
};

const words = (context: Context, ticket: Ticket) => {
  const may = mayTellWords(context, ticket);
  const story = may ? context.stories.get(ticket.number) : null;
  const rejection = ticket.status === 'rejected' ? story?.rejection : null;
  return {
    subject: may ? ticket.subject : '',
    asked: may ? (ticket.asked?.text ?? '') : '',
    reply: may ? (ticket.reply?.text ?? '') : '',
    delay: story?.delay?.reason ?? '',
    reason: rejection?.reason ?? '',
    guidance: rejection?.guidance ?? '',
  };
};

/** What is told of how a ticket stands (EX-02): the last real step and the promised time; nobody's name, no remark of staff. */
export function stateOf(context: Context, ticket: Ticket, joined = '') {
  const { status, number, type, service, statusAt, openedAt, outcome } = ticket;
  const finished = isOver(ticket) || status === 'resolved';
  const dueAt = finished || waiting.includes(status) ? null : expected(context, ticket);
  return {
    ...{ number, status, type, statusAt, openedAt, joined, finished, dueAt },
    ...words(context, ticket),
    service: nameOfService(context, service),
    department: atDepartment.includes(status) ? departmentOf(context, ticket) : '',
    pause: status === 'on_hold' ? reasonOfPause(context, ticket) : '',
    body: status === 'pending_third_party' ? bodyOf(context, ticket) : '',
    supplyOn: ticket.stock?.supplyOn ?? null,
    done: outcome !== 'not_done',
    late: dueAt !== null && dueAt < context.now,
  };
}

/** Says how a ticket stands. `joined`: the number under which the person knew it before it was merged. */
export const sayState = (context: Context, ticket: Ticket, joined = ''): Say => ({
  do: 'say',
  template: 'ticket-status',
  values: { ticket: stateOf(context, ticket, joined) },
  quickReplies: [choice('agent', context.title('agent')), choice('new', context.title('new'))],
});
