import type { Capabilities } from '../channel/capabilities.ts';
import type { QuickReply } from '../channel/outbound.ts';
import type { Address, Contact } from '../contact/contact.ts';
import type { Told } from '../contact/join-code.ts';
import type { SaidArticle } from '../content/said-article.ts';
import type { Conversation, PublicMatter } from '../conversation/conversation.ts';
import type { KnowledgeResult } from '../knowledge/engine.ts';
import type { Language } from '../language/language.ts';
import type { PostMarks } from '../language/post-words.ts';
import type { Message } from '../message/message.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Rating } from '../survey/rating.ts';
import type { Understanding } from '../understanding/understanding.ts';
import type { Action, Say } from './actions.ts';
import type { TicketFacts } from './ticket-facts.ts';

/** Whether people are there now, and when they come back; times are ISO. */
export interface Hours {
  open: boolean;
  closesAt: string | null;
  nextOpenAt: string | null;
  /** "Sunday to Thursday, 7:30 am to 2:30 pm", in the turn's language. */
  text: string;
}

/** What a person said in one go (EX-03). */
export interface Turn {
  messages: Message[];
  /** The words of all its messages, a line each; of a letter that opens a matter the subject before them. */
  text: string;
  /** The same without subjects: an order, a yes or a thanks stands in the words alone. */
  words: string;
  /** The quick reply that was tapped, or typed by its title or number. */
  tapped: string | null;
  /** Something came that has no words: a picture, a voice note, a sticker. */
  hasMedia: boolean;
}

/** What tells that two machines answer each other; counted for letters only. */
export interface Repetition {
  /** Our automatic letters in this conversation, in the last hour and the last day. */
  answersInHour: number;
  answersInDay: number;
  /** Conversations of this sender in which something was written in the last hour. */
  conversationsInHour: number;
  /** The same in the last day. */
  conversationsInDay: number;
  /** Letters of strangers, in the last day, that claim the same conversation of somebody else. */
  sameClaim: number;
  /** Earlier letters of the same words: of this person in the last day, of anybody in the last hour. */
  sameOfSender: number;
  sameOfAnybody: number;
}

/** What a text tells of the details that a letter asked for; `rest` is what else it tells. */
export interface Details {
  name?: string;
  entity?: string;
  category?: string;
  rest: string;
}

/** A code that was told: whether it is the right one, and what it proves then. The digits are not in it. */
export interface ToldCode {
  told: Told;
  otherId: string;
  agentId: string;
  /** How often it may still be told wrong after this. */
  left: number;
}

/** Another matter that the same person told in public of late, and its tickets that are still open. */
export interface ToldInPublic extends PublicMatter {
  openTickets: string[];
}

/** What is to be known where everybody reads what is said. */
export interface InPublicNow {
  /** We answered in this conversation before. */
  replied: boolean;
  matters: ToldInPublic[];
  /** The address of the person as it stood before the matters were read: what is said in public is written under its version. */
  sender: Pick<Address, 'id' | 'version'> | null;
  marks: PostMarks;
  /** Whether a text fits into one post, as the medium counts it. */
  fits(say: Pick<Say, 'template' | 'values'>): boolean;
}

/** What a person was invited from in public, and has not gone on with in private yet. */
export interface Invitation {
  conversationId: string;
  matter: PublicMatter;
  inquiry: string | null;
  inquiryMessageIds: string[];
  ticketNumbers: string[];
  /** Its ticket, while that is open. */
  openTicket: string | null;
}

/** All that a responder may look at. Nothing in it does I/O; the same context gives the same decision. */
export interface Context extends TicketFacts {
  now: string;
  turn: Turn;
  understood: Understanding;
  language: Language;
  conversation: Conversation;
  contact: Contact;
  capabilities: Capabilities;
  organisation: OrganisationSnapshot;
  hours: Hours;
  /** True where the assistant's last words were the given template. */
  lastTemplate: string | null;
  /** The name that the sender's own program gives; empty where there is none. */
  displayName: string;
  repetition: Repetition | null;
  /** A letter from the address of somebody who works here. */
  fromStaff: boolean;
  /** Matters that come to a department's own inbox are that department's (CH-06). */
  inboxDepartment: string | null;
  /** The message that the person says is a matter of its own. */
  separated: Message | null;
  /** The rating that the turn may be an answer to: asked for last, or whose button was tapped. */
  rating: Rating | null;
  /** When this person was last asked for a rating; read only where one may be asked for now. */
  lastAskedAt: string | null;
  /** What digits in the turn are to a code that was sent to prove that two contacts are one person. */
  joinCode: ToldCode | null;
  /** Only in a public conversation. */
  publicly: InPublicNow | null;
  /** Only in a private conversation, where the person was invited from a public one. */
  invitation: Invitation | null;
  understand(text: string): Understanding;
  ask(text: string): KnowledgeResult;
  /** The same for a question that is to be answered now: with what help there is added (`seekHelp`). */
  consult(text: string): KnowledgeResult;
  article(id: string, language: Language): SaidArticle | null;
  /** Reads an answer to the direct question for a name or an entity. */
  readName(text: string): { value: string; sure: boolean } | null;
  readEntity(text: string): { value: string; sure: boolean } | null;
  readDetails(text: string, asked: readonly ('name' | 'entity' | 'category')[]): Details;
  /** The words of a button, in the turn's language. */
  title(key: string): string;
  /** What changes with the language, for a person who switches it. */
  speak(language: Language): Pick<Context, 'language' | 'hours' | 'title'>;
}

/** What a responder gives: actions, why, and whether the line ends here. */
export interface Contribution {
  actions: Action[];
  reasons: string[];
  end: boolean;
}

export type Responder = (context: Context) => Contribution | null;

export const choice = (id: string, title: string): QuickReply => ({ id, title: title.slice(0, 80) });
