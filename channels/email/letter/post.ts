import type { InboxState } from '../../../src/channel/channel.ts';
import type { HostDeps } from '../../../src/channel/kind.ts';
import type { OutboundMessage, SendResult } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import type { EmailSettings } from '../settings.ts';
import { type Desk, dispatch, tooLate } from './dispatch.ts';
import type { OpenFile } from './enclosures.ts';
import { createFrames } from './frame.ts';
import { loopMark, loopPurpose } from './loop-mark.ts';
import { idDomainOf, messageIdOf } from './message-id.ts';
import { replyPurpose } from './reply-token.ts';
import { type SendFailure, sendFailure, serverAnswer } from './send-failure.ts';
import { openPool } from './transport.ts';

export interface PostOptions {
  inboxId: string;
  settings: EmailSettings;
  deps: HostDeps;
  openFile: OpenFile;
  /** A token that is good now, where the server takes tokens (XOAUTH2). */
  accessToken?: () => Promise<string>;
}

/** Whether the mail server can be reached and signed in to, and why not. */
export interface PostState {
  state: Extract<InboxState, 'starting' | 'connected' | 'reconnecting' | 'bad-credentials' | 'stopped'>;
  reason: string | null;
}

/** Sends letters by SMTP. */
export interface Post {
  /** Composes and sends one letter; gives the very bytes that were sent. Throws a `SendError`. */
  send(message: OutboundMessage, signal: AbortSignal): Promise<{ result: SendResult; raw: Uint8Array }>;
  /** Greets the server and signs in, sends nothing; never rejects. */
  verify(): Promise<PostState>;
  /** As the last sending or `verify` left it. */
  state(): PostState;
  /** Ends what is in hand, for at most 3 s, then closes every connection. Idempotent. */
  stop(): Promise<void>;
}

const stopMs = 3_000;
const connected: PostState = { state: 'connected', reason: null };

const stateAfter = ({ badCredentials, error }: SendFailure): PostState => ({
  state: badCredentials ? 'bad-credentials' : 'reconnecting',
  reason: error.message,
});

/** What a failure tells of the server; null where it is the letter's own fault. */
function stateAfterSending(failure: SendFailure): PostState | null {
  if (['unreachable', 'timed-out'].includes(failure.error.code)) return stateAfter(failure);
  return ['rejected', 'throttled'].includes(failure.error.code) ? connected : null;
}

const deskOf = ({ settings, deps, openFile, accessToken }: PostOptions): Desk => ({
  settings,
  openFile,
  log: deps.log,
  pool: openPool(settings.smtp, accessToken),
  frameOf: createFrames(deps),
  loopMark: loopMark(deps.secret(loopPurpose)),
  replySecret: deps.secret(replyPurpose),
  copied: new Set(),
});

/** Waits until all has ended, at most so long. */
async function settled(inHand: Iterable<Promise<unknown>>, after: HostDeps['clock']['after']): Promise<void> {
  let cancel = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    cancel = after(stopMs, resolve);
  });
  await Promise.race([Promise.allSettled(inHand), late]);
  cancel();
}

/** Makes what sends the letters of an inbox; connects when there is something to send. */
export function createPost(options: PostOptions): Post {
  const { settings, deps } = options;
  const desk = deskOf(options);
  const inHand = new Set<Promise<unknown>>();
  let state: PostState = { state: 'starting', reason: null };
  let stopping: Promise<void> | null = null;
  const become = (next: PostState): PostState => {
    if (!stopping) state = next;
    return state;
  };

  const sendOne: Post['send'] = async (message, signal) => {
    try {
      const raw = await dispatch(desk, message, signal);
      become(connected);
      return { result: { externalId: messageIdOf(message.id, idDomainOf(settings.address)), status: 'accepted' }, raw };
    } catch (cause) {
      const failure = sendFailure(signal.aborted ? tooLate() : cause);
      become(stateAfterSending(failure) ?? state);
      const { code } = failure.error;
      deps.log.warn({ deliveryId: message.id, code, answer: serverAnswer(cause) }, 'a letter was not sent');
      throw failure.error;
    }
  };
  const end = async (): Promise<void> => {
    await settled(inHand, deps.clock.after);
    desk.pool.close({ force: true });
  };

  return {
    async send(message, signal) {
      if (stopping) throw new SendError('unreachable', 'The inbox is being closed.');
      const sending = sendOne(message, signal);
      inHand.add(sending);
      return sending.finally(() => inHand.delete(sending));
    },
    async verify() {
      try {
        await desk.pool.verify();
        return become(connected);
      } catch (cause) {
        return become(stateAfter(sendFailure(cause)));
      }
    },
    state: () => state,
    stop() {
      stopping ??= end();
      state = { state: 'stopped', reason: null };
      return stopping;
    },
  };
}
