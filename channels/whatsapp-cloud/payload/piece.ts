import type { GivenEvent } from '../../../src/channel/inbound.ts';

/** One thing that a post holds: an event for the core, a word for the channel itself, or something that cannot be read. */
export type Piece =
  | { is: 'event'; event: GivenEvent }
  | { is: 'told'; what: Told; about?: string }
  /** The account is in trouble: a receipt says so by this code. */
  | { is: 'trouble'; code: number }
  | { is: 'odd'; why: Odd };

export type Told = 'account' | 'templates' | 'part-receipt' | 'other-number' | 'call';

export type Odd =
  | 'unreadable'
  | 'no-id'
  | 'no-sender'
  | 'group'
  | 'provider-error'
  | 'unknown-status'
  | 'unknown-preference'
  | 'unknown-field'
  | 'empty';

/** Whose post it is read for, and when it came. */
export interface Reading {
  inboxId: string;
  phoneNumberId: string;
  businessAccountId: string | null;
  /** ISO; stands in where a message has no time that is one. */
  at: string;
}

export const event = (one: GivenEvent): Piece => ({ is: 'event', event: one });
export const odd = (why: Odd): Piece => ({ is: 'odd', why });
