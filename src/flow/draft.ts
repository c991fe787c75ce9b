import type { Capabilities } from '../channel/capabilities.ts';
import type { Address, Contact } from '../contact/contact.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Language } from '../language/language.ts';
import type { Message } from '../message/message.ts';
import type { Op } from '../store/port.ts';
import type { Actor } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Piece } from './letter.ts';
import type { Asked } from './question-ops.ts';

/** What actions are performed on. `causeId` keys every effect. */
export interface Scene {
  causeId: string;
  conversation: Conversation;
  contact: Contact;
  /** The message that is answered, for media that tell which; null where none is. */
  answered: Message | null;
  capabilities: Capabilities;
  language: Language;
  author: 'assistant' | 'agent' | 'system';
  actor: Actor;
  /** In public: the address of the person as it stood when it was decided what to say to them. */
  sender?: Pick<Address, 'id' | 'version'> | null;
  /** The ticket that all words of this unit belong to, where they belong to one. */
  ticketNumber?: string;
}

/** The operations that a list of actions makes, in order, and the conversation after them. */
export interface Performed {
  ops: Op[];
  conversation: Conversation;
  /** What is to be done once the unit is kept: what is left of a joining, and other lanes to send in. */
  joined: { joiningId: string; told: Conversation[] } | null;
}

/** What a list of actions has made so far. */
export interface Draft extends Scene {
  at: string;
  ops: Op[];
  language: Language;
  contactSet: Partial<Contact>;
  /** Tickets as this unit leaves them, so that several actions on one add up. */
  tickets: Map<string, Ticket>;
  opened: Ticket | null;
  /** What is known only once it is done, for the words that tell of it. */
  filled: Record<string, unknown>;
  /** Questions as this unit leaves them, by id. */
  asked: Map<string, Asked>;
  said: number;
  joined: Performed['joined'];
  /** What is said, until all of it is. */
  pieces: Piece[];
}
