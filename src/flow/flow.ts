import type { OpeningFacts } from '../casework/open.ts';
import type { StepName } from '../casework/path.ts';
import type { Actor as CaseActor } from '../casework/scene.ts';
import type { Received, Sink } from '../channel/channel.ts';
import type { GivenEvent } from '../channel/inbound.ts';
import type { Lease } from '../cluster/leases.ts';
import type { Pair } from '../contact/join.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Message } from '../message/message.ts';
import type { FlowFigures } from '../metrics.ts';
import type { Actor, TicketChange } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { OutsideActions } from './casework/outside.ts';

/** An agent who acts, as far as the flow must know. */
export interface ActingAgent {
  id: string;
  name: string;
}

/** What an agent wants to say: free words with files, or an approved template in their place. */
export interface GivenWords {
  text?: string | undefined;
  attachmentIds?: readonly string[] | undefined;
  template?: NonNullable<Message['approved']> | undefined;
  /** The id of the message that it answers by quoting it. */
  replyTo?: string | undefined;
  /** Where it is said to somebody who wrote in public; without it as the conversation is. */
  visibility?: Conversation['visibility'] | undefined;
}

/** To whom an agent writes first, and what. One of `contactId`, `phone` and `ticketNumber` says to whom. */
export interface FirstWords extends Pick<GivenWords, 'text' | 'template'> {
  contactId?: string | undefined;
  /** E.164 with its plus, for channels whose addresses are numbers. */
  phone?: string | undefined;
  inboxId: string;
  subject?: string | undefined;
  /** The ticket that it is about: the message belongs to it, and so does what is answered. */
  ticketNumber?: string | undefined;
}

/** A step as it is asked for: its name, what is given for it, and the version that it was seen at. */
export interface TakenStep {
  name: StepName;
  given: Record<string, unknown>;
  version: number | undefined;
}

/** What staff do to a conversation. All reject with `WaslError`: `not-found`, `conflict` (stale version, with the current object), `not-allowed`. */
export interface StaffActions {
  /** An agent takes the conversation (or gives it to another): the assistant is muted in the same change. */
  assign(conversationId: string, by: ActingAgent, to: ActingAgent, version?: number): Promise<Conversation>;
  /** To the queue: nobody has it, a person is waited for. */
  handoff(conversationId: string, by: ActingAgent, version?: number): Promise<Conversation>;
  /** Back to the assistant. */
  resume(conversationId: string, by: ActingAgent, version?: number): Promise<Conversation>;
  close(conversationId: string, by: ActingAgent, version?: number): Promise<Conversation>;
  /**
   * An agent writes. `key` makes a repeated request harmless. Reopens a closed conversation; mutes the assistant.
   * `not-allowed` outside the reply window, with `details {reason: 'window-closed', until, ways}`. In a public conversation
   * the words answer a post where everybody reads them (`invalid` where they are too long for that), or, with `visibility:
   * 'private'`, go to the person's private conversation: the message tells which.
   */
  reply(conversationId: string, by: ActingAgent, words: GivenWords, key: string): Promise<Message>;
  /**
   * An agent writes first, where the channel allows it: in the conversation that the person already has there, or, for
   * letters and people who have none, in a new one; with the agent. `key` makes a repeated request harmless.
   * `not-allowed` where the channel, the reply window, the person's wish or the lack of an address forbids it.
   */
  start(by: ActingAgent, words: FirstWords, key: string): Promise<Conversation>;
  /**
   * Sends a code to the other contact's own chat; whoever tells it in a conversation of the first is the same person, and
   * both become one. `not-allowed` where there is no chat that vouches for the number and can be written to now,
   * `rate-limited` where codes were sent too often.
   */
  sendJoinCode(by: ActingAgent, pair: Pair): Promise<{ channel: string; conversationId: string; expiresAt: string }>;
  /** Moves a message to another ticket, or off any. */
  moveMessage(messageId: string, by: ActingAgent, ticketNumber: string | null): Promise<Message>;
  /**
   * Opens a ticket for a contact; the promise is computed from the calendar and the SLA matrix. `invalid` where a field of the
   * form is none, or nobody is called as it says.
   */
  openTicket(by: ActingAgent, facts: Omit<OpeningFacts, 'language'>, key: string): Promise<Ticket>;
  /**
   * Takes a step of the path (`casework/path.ts`) on a ticket. Rejects with `not-allowed` where the ticket cannot take it
   * (with the steps that it can), `forbidden` where it is not this person's step, `invalid` where something is missing.
   */
  takeStep(number: string, by: CaseActor, step: TakenStep): Promise<Ticket>;
  /**
   * Hands over every ticket that an agent has in hand: to another agent, or to the head of each one's department (`head`);
   * where the one named may not have a ticket, that goes to the head too. Gives how many.
   */
  handOver(agentId: string, heir: string, by: ActingAgent): Promise<number>;
  /**
   * Enters the objection of a ticket's person to what they were answered; gives the ticket that it opens. `key` makes a
   * repeated request harmless. Rejects with `not-allowed` and the reason where there can be none.
   */
  openObjection(
    number: string,
    by: CaseActor,
    given: { text: string; note?: string | undefined; version: number | undefined },
    key: string,
  ): Promise<Ticket>;
  /** Adds what is no step of the path to a ticket's ledger, all or none; its person is told nothing. */
  changeTicket(number: string, by: Actor, changes: readonly TicketChange[], version?: number): Promise<Ticket>;
}

/** The path of a message through Wasl. */
export interface Flow {
  receive(event: GivenEvent): Promise<Received>;
  /** The way in of an inbox; with `lease` for as long as that is held. */
  sink(inboxId: string, lease?: Lease): Sink;
  staff: StaffActions;
  /** What people do by the links that they were given: surveys, referrals. */
  outside: OutsideActions;
  /** Decides what waits, sends what is due, starts the clocks. */
  start(): Promise<void>;
  /** Finishes what is in hand. */
  stop(): Promise<void>;
  /** Resolves when nothing is being decided or sent (tests, shutdown). */
  idle(): Promise<void>;
  /** Figures for `/metrics`. */
  figures(): Promise<FlowFigures>;
  /**
   * Keeps what a provider posted for an inbox, to be read afterwards; durable when it resolves. What speaks also of an account
   * that is `unclaimed` is then kept to be looked at.
   */
  arrive(inboxId: string, body: string, unclaimed?: boolean): Promise<'kept' | 'again'>;
  /** Puts a post that could not be read back to be read. Rejects with `not-found`. */
  readAgain(inboxId: string, arrivalId: string): Promise<void>;
  /** Reads and fetches nothing more that channels are needed for, and finishes what is in hand: before they are stopped. */
  closeIntake(): Promise<void>;
  /**
   * Asks the provider of an inbox for its templates now; gives how many there are. Rejects with `not-allowed` where there
   * are none to ask for, with `unavailable` where the provider fails.
   */
  syncTemplates(inboxId: string): Promise<number>;
  /** Calls back when a person writes or stops (never stored). */
  onTyping(listener: (event: { conversationId: string; on: boolean }) => void): void;
}
