import type { Conversation } from '../../conversation/conversation.ts';
import type { FlowDeps } from '../deps.ts';
import { jobs } from './jobs.ts';

/** Does what time brings to tickets and staff. */
export interface Keeper {
  /** Finds what is due; one look at a time. */
  look(): void;
  busy(): boolean;
  idle(): Promise<void>;
  stop(): void;
}

/** A keeper that goes through the jobs; one that fails holds up no other, and is tried at the next look. */
export function createKeeper(deps: FlowDeps, deliver: (one: Conversation) => void): Keeper {
  let running: Promise<void> | null = null;
  let stopped = false;
  const tools = { deliver, isStopped: () => stopped };
  const run = async (): Promise<void> => {
    for (const job of jobs) {
      if (stopped) return;
      await job(deps, tools).catch((error: unknown) =>
        deps.log.error({ err: error, job: job.name }, 'what time brings could not be done; it is tried again'),
      );
    }
  };
  return {
    look() {
      if (stopped) return;
      running ??= run().finally(() => {
        running = null;
      });
    },
    busy: () => running !== null,
    idle: async () => {
      while (running) await running;
    },
    stop() {
      stopped = true;
    },
  };
}
