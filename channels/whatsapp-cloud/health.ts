import type { ChannelState } from '../../src/channel/channel.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { Refusal } from './graph.ts';
import { meaningOf } from './payload/codes.ts';

type Well = Pick<ChannelState, 'state' | 'reason'>;

const well: Well = { state: 'connected', reason: null };

/** How the account is, by what asking for it, sending and receipts told last. */
export interface Health {
  state(): Well;
  /** The account was asked for; null: it answered. */
  asked(error: unknown): void;
  /** A message was sent or refused. */
  sent(error: unknown): void;
  /** A receipt says by this code that the account is in trouble. */
  troubled(code: number): void;
  /** True while it is worth asking again. */
  isUnsure(): boolean;
}

const alarmOf = (error: unknown): Well | null =>
  error instanceof Refusal && error.alarm ? { state: error.alarm, reason: error.message } : null;

/** What an account that cannot be asked tells of itself: with wrong credentials it is not well, else nobody knows. */
const afterAsking = (error: unknown): Well => {
  if (error === null) return well;
  const alarm = alarmOf(error);
  if (alarm?.state === 'bad-credentials') return alarm;
  const reason = error instanceof SendError ? error.message : 'The account could not be looked at.';
  return { state: 'connected', reason };
};

export function createHealth(): Health {
  let asking: Well = well;
  let sending: Well = well;
  return {
    state: () => (asking.state === 'connected' && sending.state !== 'connected' ? sending : asking),
    asked(error) {
      asking = afterAsking(error);
      // a token that was refused when sending is good again once the account answers to it
      if (error === null && sending.state === 'bad-credentials') sending = well;
    },
    sent(error) {
      const alarm = alarmOf(error);
      if (alarm) sending = alarm;
      else if (error === null) sending = well;
    },
    troubled(code) {
      const { alarm, says } = meaningOf({ code });
      if (alarm) sending = { state: alarm, reason: says };
    },
    isUnsure: () => asking.reason !== null || sending.state === 'bad-credentials',
  };
}
