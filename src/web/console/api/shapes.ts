/** What the API answers with: the types of its own declarations, so that the console cannot drift from them. */
import type { z } from 'zod';
import type { Permission } from '../../../agent/roles.ts';
import type { decision } from '../../../conversation/conversation.ts';
import type { AgentReply } from '../../../http/present/agent.ts';
import type { ticketEventReply } from '../../../http/present/ticket.ts';

export type { ContactReply as Contact } from '../../../http/present/contact.ts';
export type { ConversationReply as Conversation } from '../../../http/present/conversation.ts';
export type { InboxReply as Inbox, InboxSettingsReply as InboxSettings } from '../../../http/present/inbox.ts';
export type { MessageReply as Message } from '../../../http/present/message.ts';
export type { TicketReply as Ticket } from '../../../http/present/ticket.ts';
export type { KindForm as InboxKind } from '../../../inbox/kind-fields.ts';
export type { NamedCalendar, Organisation, Service } from '../../../organisation/organisation.ts';
export type { Agent, Permission };

type Agent = AgentReply;
export type Department = import('../../../organisation/organisation.ts').Department;
export type Decision = Omit<z.infer<typeof decision>, 'version'>;
export type TicketEvent = z.infer<typeof ticketEventReply>;

export interface Session {
  agent: Agent;
  permissions: Permission[];
  csrfToken: string;
  expiresAt: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** One decision of the organisation as `GET /settings/:name` shows it. */
export interface Setting<T> {
  name: string;
  version: number;
  value: T;
}
