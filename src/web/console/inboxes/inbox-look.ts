import type { Inbox } from '../api/shapes.ts';
import { weighReason } from '../said.ts';

/** How an inbox is, and how grave that looks. */
export const looks = {
  connected: 'good',
  starting: 'busy',
  reconnecting: 'busy',
  'needs-change': 'bad',
  'needs-login': 'bad',
  'bad-credentials': 'bad',
  stopped: 'bad',
  off: 'off',
} as const;
export type Look = keyof typeof looks;

type Facts = Pick<Inbox, 'enabled' | 'state' | 'reason'>;

/** The look of an inbox. One that tries again for ever although only a change can help is not shown as busy. */
export function lookOf({ enabled, state, reason }: Facts): Look {
  if (!enabled) return 'off';
  return state === 'reconnecting' && reason && weighReason(reason).lasts ? 'needs-change' : state;
}

/** What is told of an inbox besides its reason: that which follows from how it looks. */
export function followsFrom({ enabled, state, reason }: Facts): Look | 'sending' {
  const look = lookOf({ enabled, state, reason });
  const isHeldUp = look === 'reconnecting' || look === 'needs-change' || look === 'bad-credentials';
  return isHeldUp && reason && weighReason(reason).sends ? 'sending' : look;
}
