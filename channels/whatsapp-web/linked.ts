import { stat } from 'node:fs/promises';
import type { ChannelState, Sink } from '../../src/channel/channel.ts';
import { reasons } from './reasons.ts';

const note = 'linked';

/**
 * Whether the account is linked, as all processes know it: its session lies in a directory, which the process that takes
 * the inbox over may not have.
 */
export interface Linked {
  /** Looks whether the session of a linked account is missing here. */
  look(): Promise<void>;
  /** The account can be used from here. */
  yes(): Promise<void>;
  /**
   * The phone unlinked it. False where that could not be noted, as for a process that has lost the inbox: then the session
   * may be another's by now, and stays.
   */
  no(): Promise<boolean>;
  /** The state with what it needs a person to know. */
  explain(state: ChannelState): ChannelState;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

export function createLinked({ recall, remember }: Pick<Sink, 'recall' | 'remember'>, profile: string): Linked {
  let isMissing = false;
  let isNoted = false;
  return {
    async look() {
      const was = await recall(note).catch(() => null);
      isNoted = was === 'yes';
      isMissing = isNoted && !(await isThere(profile));
    },
    async yes() {
      isMissing = false;
      if (isNoted) return;
      await remember(note, 'yes');
      isNoted = true;
    },
    no: () =>
      remember(note, 'no').then(
        () => {
          isNoted = false;
          return true;
        },
        () => false,
      ),
    explain: (state) => (isMissing && state.state === 'needs-login' ? { ...state, reason: reasons.elsewhere } : state),
  };
}
