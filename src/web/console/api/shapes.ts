/** What the API answers with: the types of its own declarations, so that the console cannot drift from them. */
import type { z } from 'zod';
import type { Permission } from '../../../agent/roles.ts';
import type { Joining as StoredJoining } from '../../../contact/joining.ts';
import type { decision } from '../../../conversation/conversation.ts';
import type { AgentReply } from '../../../http/present/agent.ts';
import type { ContactReply } from '../../../http/present/contact.ts';
import type { ConversationReply } from '../../../http/present/conversation.ts';
import type { InboxReply, InboxSettingsReply } from '../../../http/present/inbox.ts';
import type { MessageReply } from '../../../http/present/message.ts';
import type { questionGroupReply } from '../../../http/present/question.ts';
import type { ticketEventReply } from '../../../http/present/ticket.ts';
import type { ApprovedTemplate } from '../../../inbox/approved-templates.ts';
import type { Rating as StoredRating } from '../../../survey/rating.ts';

export type { NoticeReply as Notice } from '../../../http/present/notice.ts';
export type { QuestionReply as Question } from '../../../http/present/question.ts';
export type { TicketReply as Ticket } from '../../../http/present/ticket.ts';
export type { KindForm as InboxKind } from '../../../inbox/kind-fields.ts';
export type { StoredArticle as Article } from '../../../knowledge/articles.ts';
export type { KnowledgeSetting, NamedCalendar, Organisation, Service } from '../../../organisation/organisation.ts';
export type { Effect, Pace, WeekEffect } from '../../../question/effect.ts';
export type { Suggestion } from '../../../question/suggestion.ts';
export type { Agent, Permission };

type Agent = AgentReply;
export type Department = import('../../../organisation/organisation.ts').Department;
export type Decision = Omit<z.infer<typeof decision>, 'version'>;
export type TicketEvent = z.infer<typeof ticketEventReply>;

export type Contact = ContactReply;
/** Somebody who may be the same person, and by what. */
export interface Candidate {
  contact: Contact;
  why: ('phone' | 'email')[];
}
/** Two contacts that were joined, how it was proved and what went over. */
export type Joining = Pick<StoredJoining, 'id' | 'contactId' | 'otherId' | 'proof' | 'agentId' | 'at' | 'undoneAt'> & {
  otherName: string | null;
};

/** What the person thought of the service. */
export type Rating = Pick<StoredRating, 'score' | 'comment'>;
export type Conversation = ConversationReply & { rating?: Rating | null };

/** Whether the bytes of a file are in hand, on their way, or lost; without a word of it they are here. */
export interface FileState {
  state?: 'here' | 'waiting' | 'missing';
  reason?: string | null;
}
export type Message = Omit<MessageReply, 'attachments'> & {
  attachments: (MessageReply['attachments'][number] & FileState)[];
};

/** What must be done to sign an account in. */
export interface Login {
  qr: string | null;
  code: string | null;
  at: string;
}
interface Reachable {
  /** The number that people write to. */
  phone?: string | null;
  capabilities: { templates?: boolean; phones?: boolean } | null;
}
export type Inbox = InboxReply & Reachable;
export type InboxSettings = InboxSettingsReply & Reachable & { login?: Login | null };
export type Template = Omit<ApprovedTemplate, 'version'>;

export type QuestionGroup = z.infer<typeof questionGroupReply>;

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
