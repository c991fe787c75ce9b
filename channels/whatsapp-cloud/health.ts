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
  /** A message was sent or refused, or a file could not be fetched. */
  sent(error: unknown): void;
  /** A receipt says by this code that the account is in trouble. */
  troubled(code: number): void;
  /** True while it is worth asking again. */
  isUnsure(): boolean;
}

const alarmOf = (error: unknown): Well | null =>
  error instanceof Refusal && error.alarm ? { state: error.alarm, reason: error.message } : null;

/** The provider gave no answer, or none that says anything. */
const isSilence = (error: unknown): boolean =>
  error instanceof SendError && (error.code === 'unreachable' || error.code === 'timed-out') && !alarmOf(error);

/** What an account that cannot be asked tells of itself; one that is only asked too often is not ill for that. */
const afterAsking = (error: unknown): Well => {
  if (error === null) return well;
  const reason = error instanceof SendError ? error.message : 'The account could not be looked at.';
  return alarmOf(error) ?? { state: isSilence(error) ? 'reconnecting' : 'connected', reason };
};

export function createHealth(): Health {
  let asking: Well = well;
  let sending: Well = well;
  /** A sending met with silence: whether that is of this one message or of the provider, asking tells. */
  let isSilent = false;
  return {
    state: () => (asking.state === 'connected' && sending.state !== 'connected' ? sending : asking),
    asked(error) {
      asking = afterAsking(error);
      if (error !== null) return;
      isSilent = false;
      // a token that was refused when sending is good again once the account answers to it
      if (sending.state === 'bad-credentials') sending = well;
    },
    sent(error) {
      const alarm = alarmOf(error);
      if (alarm) sending = alarm;
      if (isSilence(error)) isSilent = true;
      if (error !== null) return;
      sending = well;
      isSilent = false;
      if (asking.state === 'reconnecting') asking = well;
    },
    troubled(code) {
      const { alarm, says } = meaningOf({ code });
      if (alarm) sending = { state: alarm, reason: says };
    },
    isUnsure: () => asking.reason !== null || sending.state === 'bad-credentials' || isSilent,
  };
}
