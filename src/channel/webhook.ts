import type { IncomingHttpHeaders } from 'node:http';

/** What a provider posted: the bytes as they came, since signatures are made over them. */
export interface WebhookPost {
  raw: Buffer;
  headers: IncomingHttpHeaders;
  /** Path and query as they were asked for: some providers sign them too. */
  url: string;
}

/** What an inbox knows of a post that its account signed. */
export interface Recognised {
  /** The post speaks of this inbox. */
  mine: boolean;
  /**
   * The accounts that it speaks of and this inbox does not have, by names that mean the same to every inbox on the path:
   * what none of them has is nobody's, and the post is then kept for people to look at. None where it cannot be read.
   */
  strangers: readonly string[];
}

/**
 * The way in of a channel whose provider posts to us. The core answers: it asks every inbox that listens on the path whose
 * the post is, keeps it durably, says 200, and hands it on; a post that is signed for nobody gets 401. So a channel only
 * says what it recognises and what it reads in it.
 */
export interface ChannelWebhook {
  path: string;
  /** The longest body, in bytes. */
  maxBytes: number;
  /** What is answered to the provider's question whether we are here (GET), as text or JSON; null where it was not put right. */
  challenge(query: URLSearchParams): string | { json: unknown } | null;
  /** Null where it is not signed by the inbox's account. */
  recognise(post: WebhookPost): Recognised | null;
  /**
   * Tells the sink all that a kept post holds for this inbox; may come twice. Rejects where it must be tried again.
   * `odd`: nothing in it could be read, or something in it could not; it is kept for people to look at.
   */
  take(raw: string): Promise<'taken' | 'odd'>;
  /**
   * Everybody whose words a kept post may hold, by every name that it gives them: what one person says in several posts is
   * then read in their order by whatever process. Pure, cheap, throws nothing; a name too many only makes a post wait.
   */
  senders?(raw: string): string[];
}
