/** An address as it stands in a mail: `address` in lower case, `name` decoded, empty where there is none. */
export interface MailAddress {
  address: string;
  name: string;
}

/** The mailbox that mails come to, as far as reading one must know. */
export interface OwnMailbox {
  /** Own addresses and aliases, in lower case. */
  addresses: readonly string[];
  /** The domain of the Message-IDs that we give (after the @). */
  idDomain: string;
  /** The value of the `X-Wasl-Loop` header that we put on what we send by ourselves. */
  loopMark: string;
}

/** One part of a mail, in the order of the source. */
export interface MailPart {
  /** Media type in lower case, without parameters. */
  type: string;
  /** Nesting depth: 0 for the mail itself. */
  depth: number;
  name: string;
  /** The words of small textual parts that tell what became of a mail: delivery-status, rfc822-headers, the head of message/rfc822; at most 64 KB. */
  text: string | null;
}

/** What is looked at to tell robots from people. Nothing in it is trusted to be well formed. */
export interface MailFacts {
  /** Header values by lower-case name, unfolded and decoded, in order. */
  headers: ReadonlyMap<string, readonly string[]>;
  from: MailAddress | null;
  replyTo: MailAddress | null;
  /** The envelope sender as far as it is known; '' for the null sender `<>`, null where nothing tells. */
  returnPath: string | null;
  to: readonly MailAddress[];
  subject: string;
  /** The whole words of the mail. */
  text: string;
  /** What its writer wrote now, without what stands quoted below; absent where nobody has looked for it. */
  written?: string;
  parts: readonly MailPart[];
}

export type Automated = 'none' | 'auto-reply' | 'bulk' | 'bounce';

/** What one report (RFC 3464, or any other form) says of one mail of ours. */
export interface BounceReport {
  /** The Message-ID of the mail that it speaks of, with its angle brackets, where it is told. */
  messageId: string | null;
  recipient: string | null;
  outcome: 'failed' | 'delayed' | 'delivered';
  /** Enhanced status code (RFC 3463) or SMTP code, where it is told. */
  code: string | null;
  /** Why, as the mail server says; one line, at most 300 characters. */
  reason: string;
}

/** Whether a person wrote the mail. `why` is one sentence for agents, null for a person's mail. */
export interface Verdict {
  automated: Automated;
  why: string | null;
  reports: BounceReport[];
}

/** A file of a mail until it is stored: small ones in memory, others in the spool; whoever takes the mail removes those. */
export interface MailFile {
  /** Where it lies in the spool; null where `content` holds it. */
  path: string | null;
  /** All of its bytes; null where it lies in the spool. */
  content: Uint8Array | null;
  /** Cleaned: no path, no direction marks, no control characters; never empty. */
  name: string;
  /** By its first bytes where they tell, else as labelled. */
  type: string;
  bytes: number;
  /** Shown within the text of the mail rather than beside it. */
  inline: boolean;
  /** Content-ID without angle brackets. */
  contentId: string | null;
}

/** What could not be taken along, and why. */
export interface LeftOut {
  name: string;
  type: string;
  bytes: number;
  why: 'too-large' | 'too-many';
}

/** A mail as it was read: plain data that crosses a process border. */
export interface ReadMail extends Verdict {
  /** As written, with angle brackets, trimmed; null where there is none. */
  messageId: string | null;
  /** SHA-256 (hex) over the body and what the writer put into the head: the same for one mail whatever way it came. */
  digest: string;
  from: MailAddress | null;
  replyTo: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  /** Every address under which it came to us, in lower case: To, Cc, Delivered-To, X-Original-To, Envelope-To. */
  deliveredTo: string[];
  subject: string;
  /** The subject without prefixes (Re:, رد:, Fwd:, إعادة توجيه: …), folded for comparing. */
  topic: string;
  isReply: boolean;
  isForward: boolean;
  /** From the Date header, ISO in UTC with milliseconds; null where it is missing or absurd. */
  sentAt: string | null;
  /** What it answers, nearest first: In-Reply-To, then References from the last to the first; with angle brackets, each once, at most 50. */
  references: string[];
  /** The whole mail as words, readable, with line breaks. */
  text: string;
  /** What the person wrote now; the whole where taking away left nothing. */
  newText: string;
  /** The HTML made harmless (no script, style, form, remote content), with `dir` kept; null where there was none. */
  html: string | null;
  files: MailFile[];
  leftOut: LeftOut[];
  /** `partly`: something of it could not be read; `unreadable`: only its head could; null: read whole. */
  problem: 'partly' | 'unreadable' | null;
  /** The source, compressed (gzip). */
  source: Uint8Array;
}
