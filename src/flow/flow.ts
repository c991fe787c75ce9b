import type { Received, Sink } from '../channel/channel.ts';
import type { GivenEvent } from '../channel/inbound.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Message } from '../message/message.ts';
import type { Actor, TicketChange } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';

/** An agent who acts, as far as the flow must know. */
export interface ActingAgent {
  id: string;
  name: string;
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
  /** An agent writes. `key` makes a repeated request harmless. Reopens a closed conversation; mutes the assistant. */
  reply(
    conversationId: string,
    by: ActingAgent,
    words: { text: string; attachmentIds?: readonly string[] },
    key: string,
  ): Promise<Message>;
  /**
   * An agent writes first, where the channel allows it: a conversation of its own, with the agent. `key` makes a repeated
   * request harmless. `not-allowed` where the channel or the lack of an address forbids it.
   */
  start(
    by: ActingAgent,
    words: { contactId: string; inboxId: string; subject?: string; text: string },
    key: string,
  ): Promise<Conversation>;
  /** Moves a message to another ticket, or off any. */
  moveMessage(messageId: string, by: ActingAgent, ticketNumber: string | null): Promise<Message>;
  /** Opens a ticket for a contact; the promise is computed from the calendar and the SLA matrix. */
  openTicket(
    by: ActingAgent,
    facts: {
      contactId: string;
      conversationId?: string | null;
      type: Ticket['type'];
      service?: string | null;
      subject: string;
      importance?: Ticket['importance'];
      departmentId?: string;
      channel: string;
    },
    key: string,
  ): Promise<Ticket>;
  /** Adds events to a ticket's ledger, all or none. */
  changeTicket(number: string, by: Actor, changes: readonly TicketChange[], version?: number): Promise<Ticket>;
}

/** The path of a message through Wasl. */
export interface Flow {
  receive(event: GivenEvent): Promise<Received>;
  sink(inboxId: string): Sink;
  staff: StaffActions;
  /** Decides what waits, sends what is due, starts the clocks. */
  start(): Promise<void>;
  /** Finishes what is in hand. */
  stop(): Promise<void>;
  /** Resolves when nothing is being decided or sent (tests, shutdown). */
  idle(): Promise<void>;
  /** Figures for `/metrics`. */
  figures(): Promise<{ outboxOpen: number; outboxOldestAt: string | null; turnsWaiting: number; deadLetters: number }>;
  /** Calls back when a person writes or stops (never stored). */
  onTyping(listener: (event: { conversationId: string; on: boolean }) => void): void;
}
