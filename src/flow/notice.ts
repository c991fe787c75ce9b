import type { Contact } from '../contact/contact.ts';
import type { ApprovedTemplate } from '../inbox/approved-templates.ts';
import type { NoticeKey } from '../inbox/notices.ts';
import type { Message } from '../message/message.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { ReplyWindow } from './window.ts';

/** The texts of the notices, by what happened to a ticket. */
export const noticeTexts = {
  received: { template: 'notice-ticket-received' },
  inProgress: { template: 'notice-in-progress' },
} as const satisfies Record<string, { template: NoticeKey }>;
export type Notice = keyof typeof noticeTexts;

/** One way in which a person could be told. */
export type Way = {
  inboxId: string;
  /** The person asked not to be written to first over this inbox. */
  optedOut: boolean;
} & (
  | {
      by: 'conversation';
      conversationId: string;
      window: ReplyWindow | null;
      /** It is where the ticket came from. */
      ofTicket: boolean;
      /** What is said here is seen soon: not in a chat window that was closed long ago. */
      reaches: boolean;
    }
  | { by: 'template'; text: string; approved: NonNullable<Message['approved']> }
  | { by: 'letter' }
);

/** The lower, the rather: words in an open conversation cost nothing, a template does, a letter may not be read today. */
function costOf(way: Way): number {
  if (way.by === 'template') return 2;
  if (way.by === 'letter') return 3;
  if (!way.reaches) return way.ofTicket ? 4 : Number.POSITIVE_INFINITY;
  return way.ofTicket ? 0 : 1;
}

const isAllowed = (way: Way): boolean => !way.optedOut && (way.by !== 'conversation' || (way.window?.open ?? true));

/** Picks the cheapest way that is allowed to tell somebody something; null where nobody is told. */
export function planNotice({
  contact,
  ways,
}: {
  contact: Pick<Contact, 'blockedAt'>;
  ways: readonly Way[];
}): Way | null {
  if (contact.blockedAt !== null) return null;
  const possible = ways.filter((way) => isAllowed(way) && Number.isFinite(costOf(way)));
  return possible.sort((one, other) => costOf(one) - costOf(other))[0] ?? null;
}

/** What a notice tells of a ticket; of a restricted one the number only. */
export const noticeValues = ({ number, subject, restricted }: Ticket): { number: string; subject: string } => ({
  number,
  subject: restricted ? '' : subject,
});

const names: Record<string, 'number' | 'subject' | 'name'> = {
  '1': 'number',
  number: 'number',
  ticket: 'number',
  ticket_number: 'number',
  request_number: 'number',
  '2': 'subject',
  subject: 'subject',
  name: 'name',
};

/**
 * What fills the variables of a template that stands for a notice: named by what they are, or counted (1 the number, 2 the
 * subject). Null where it asks for something that is not known or must not be told.
 */
export function noticeParameters(
  { variables }: Pick<ApprovedTemplate, 'variables'>,
  ticket: Ticket,
  contact: Pick<Contact, 'name'>,
): NonNullable<Message['approved']>['parameters'] | null {
  const values = { ...noticeValues(ticket), name: contact.name ?? '' };
  const filled = variables.map(({ part, name }) => {
    const known = names[name.toLowerCase()];
    return { part, name, value: known ? values[known].replaceAll(/\s+/g, ' ').trim() : '' };
  });
  return filled.every(({ value }) => value !== '') ? filled : null;
}
