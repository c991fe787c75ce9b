import type { QuickReply } from '../channel/outbound.ts';
import type { Dialogue, PublicMatter } from '../conversation/conversation.ts';
import type { Language } from '../language/language.ts';
import type { Question } from '../question/question.ts';
import type { Rating } from '../survey/rating.ts';
import type { Importance, TicketType } from '../ticket/types.ts';

/** What is said: a template with values, or approved words (an article). */
export interface Say {
  do: 'say';
  template: string;
  values?: Record<string, unknown>;
  /** Approved words in place of a template's: the plain text and its HTML. */
  words?: { text: string; html?: string };
  quickReplies?: QuickReply[];
  /** In a letter it only opens what else is said: alone it is not sent. */
  lead?: boolean;
  /** In a letter it stands at the end, whatever else is said. */
  last?: boolean;
  /** Values of the ticket that `open-ticket` of this decision makes are filled in under `ticket`. */
  withTicket?: boolean;
}

export interface OpenTicket {
  do: 'open-ticket';
  type: TicketType;
  service: string | null;
  departmentId: string;
  importance: Importance;
  /** Only for named people's eyes (EX-01). */
  restricted: boolean;
  subject: string;
  /** The messages that told the matter; they are linked to the ticket. */
  messageIds: string[];
  /** Something stands still now (EX-05). */
  urgent?: boolean;
  /** What the form's fields were answered with; a national ID as the id of the message that tells it. */
  fields?: Record<string, string>;
  /** The known outage that it is about. */
  incidentId?: string;
  /** The ticket that it goes on with. */
  follows?: string;
}

/** What a person does to a ticket of theirs in the conversation; each is kept once, as one unit with what is said. */
export type OnCase =
  /** It is solved, says the person (WF-06). */
  | { do: 'confirm-solved'; ticketNumber: string }
  /** It is not: it goes back, to somebody else. */
  | { do: 'unsatisfied'; ticketNumber: string; text: string; messageIds: string[] }
  /** It is raised to the level above (ES-02). */
  | { do: 'raise'; ticketNumber: string; text: string }
  /** It was wished to be raised, and could not be. */
  | { do: 'escalate'; ticketNumber: string; text: string }
  /** "Any update?" (EX-02). */
  | { do: 'nudge'; ticketNumber: string; messageId: string | null }
  /** What was asked for arrived (IN-14), with the fields of the form that it fills. */
  | { do: 'data-given'; ticketNumber: string; messageIds: string[]; fields: Record<string, string> }
  /** The person came back in time to a ticket that was closed for want of data (IN-15). */
  | { do: 'come-back'; ticketNumber: string; messageIds: string[] }
  | { do: 'make-urgent'; ticketNumber: string; messageIds: string[] }
  | { do: 'tie-incident'; ticketNumber: string; incidentId: string; messageIds: string[] }
  | { do: 'fill-form'; ticketNumber: string; messageIds: string[]; fields: Record<string, string> };

/** Opens the objection to the answer of an earlier ticket (ES-03); its number is filled in where it is said. */
export interface OpenObjection {
  do: 'object';
  ticketNumber: string;
  text: string;
  messageIds: string[];
}

/** Notes that a rating is asked for, and waits for it; the words are said beside it. */
export interface AskRating {
  do: 'ask-rating';
  asked: Rating['asked'];
  ticketNumber: string | null;
  agentId: string | null;
  /** The survey that it answers. */
  surveyId?: string;
}

/** Notes what a person wants in public, whether they are answered there now, and the ticket that it is about. */
export interface NoteMatter {
  do: 'note-matter';
  matter: Omit<PublicMatter, 'repliedAt'>;
  replied: boolean;
  ticketNumber?: string;
}

/** The private conversation goes on with what was begun in public. */
export interface Tie {
  do: 'tie';
  from: string;
  ticketNumbers: string[];
  /** The ticket on which what is said next lands; null where none is open. */
  openTicket: string | null;
}

/** A question that the bank was asked; from here on the conversation is about it. */
export interface NoteQuestion extends Pick<Question, 'language' | 'outcome' | 'articles' | 'messageIds'> {
  do: 'note-question';
  text: string;
  /** The article that the person is told with it; absent: the best one where the outcome is `answer`. */
  said?: string | null;
}

/** What a decision may contain. Performing one twice is performing it once: each is keyed by decision and place. */
export type Action =
  | Say
  | OpenTicket
  | { do: 'know'; fields: { name?: string; entity?: string; category?: string; phone?: string; email?: string } }
  | { do: 'language'; language: Language }
  | { do: 'dialogue'; set: Partial<Dialogue> }
  | { do: 'link'; messageIds: string[]; ticketNumber: string }
  | { do: 'unlink-ticket' }
  /** What is said next lands on this ticket. */
  | { do: 'take-in-hand'; ticketNumber: string }
  | { do: 'retype'; ticketNumber: string; type: TicketType }
  | OnCase
  | OpenObjection
  /** Words that nobody has to bear, again (EX-07). */
  | { do: 'call-supervisor' }
  | { do: 'handoff' }
  /** People are to look, while the assistant goes on. */
  | { do: 'call-people' }
  | { do: 'resume' }
  | { do: 'close' }
  | NoteMatter
  | Tie
  | AskRating
  | NoteQuestion
  /** The person was told this article, as the one they chose. */
  | { do: 'question-said'; articleId: string }
  | { do: 'question-helped'; helped: 'yes' | 'no' }
  | { do: 'rate'; ratingId: string; score: number }
  /** How the employee was. */
  | { do: 'rate-employee'; ratingId: string; score: number }
  | { do: 'rate-ticket'; ticketNumber: string; score: number; employee?: number }
  | { do: 'rating-comment'; ratingId: string; text: string }
  /** The other contact turned out to be this one: a code sent to the other was told here. */
  | { do: 'join'; otherId: string; agentId: string }
  | { do: 'count-attempt' }
  /** The person is not written to first any more at the address of this conversation. */
  | { do: 'opt-out' };
