import type { GivenEvent } from '../../../src/channel/inbound.ts';
import type { OwnSendings, Self } from '../reading.ts';

/** An event for the core. `id` is the provider's id of this very version, by which it is known again. */
export interface Found {
  is: 'event';
  id: string;
  event: GivenEvent;
  /** What is told besides where the post is known already: that it was edited. */
  edit?: GivenEvent;
}

/** One thing that a body holds. */
export type Piece =
  | Found
  /** Of an older body that does not say which conversation a reply belongs to; `otherwise` where nobody can tell. */
  | { is: 'unplaced'; id: string; otherwise: Piece }
  | { is: 'typing'; address: string }
  /** The account took back what it had allowed us. */
  | { is: 'revoked' }
  | { is: 'told'; what: Told }
  | { is: 'odd'; why: Odd };

/** What is understood and of no use: only counted. */
export type Told =
  | 'own-post'
  | 'own-sent'
  | 'own-deletion'
  | 'own-read'
  | 'like'
  | 'follow'
  | 'mute'
  | 'block'
  | 'profile'
  | 'space'
  | 'broadcast'
  | 'news'
  | 'participants'
  | 'encrypted-sent'
  | 'encrypted-join'
  | 'replay'
  | 'other-account';

/** Why something cannot be read. */
export type Odd =
  | 'unreadable'
  | 'no-id'
  | 'no-author'
  | 'no-other'
  | 'group'
  | 'unknown-event'
  | 'unknown-dm-event'
  | 'empty';

/** For whom it is read, and when it came. */
export interface Reading {
  inboxId: string;
  self: Self;
  sent: OwnSendings;
  /** ISO; stands in where something has no time. */
  at: string;
}

export const odd = (why: Odd): Piece => ({ is: 'odd', why });
export const told = (what: Told): Piece => ({ is: 'told', what });
