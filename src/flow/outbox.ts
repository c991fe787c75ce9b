import type { Conversation } from '../conversation/conversation.ts';
import { deliverLane } from './deliver.ts';
import type { FlowDeps } from './deps.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createPacing } from './pace.ts';
import { createReadMarks, type ReadMarks } from './read-marks.ts';
import { createSlots } from './slots.ts';

/** A conversation, and the inbox that it is in. */
export interface Place {
  conversationId: string;
  inboxId: string;
}

/** Sends what waits: conversations side by side, each in its order, every inbox at its own pace. */
export interface Outbox {
  /** Looks at what waits in a conversation. */
  deliver(place: Place): void;
  /** Is it being sent, or does it wait for its slot? One that waits for its time is not. */
  has(conversationId: string): boolean;
  /** The person is told that they were read, where the medium can. */
  markRead(conversation: Pick<Conversation, 'id' | 'inboxId' | 'address'>): void;
  idle(): Promise<void>;
  /** Begins nothing any more; what waits is found in the store at the next start. */
  stop(): void;
}

/** When to look again at a conversation that must wait, by conversation. */
function createWakes({ clock }: Pick<FlowDeps, 'clock'>) {
  const wakes = new Map<string, () => void>();
  const cancel = (conversationId: string): void => {
    wakes.get(conversationId)?.();
    wakes.delete(conversationId);
  };
  return {
    cancel,
    set(conversationId: string, at: number, run: () => void): void {
      cancel(conversationId);
      const wake = clock.after(Math.max(0, at - clock.now()), () => {
        wakes.delete(conversationId);
        run();
      });
      wakes.set(conversationId, wake);
    },
    stop(): void {
      for (const conversationId of [...wakes.keys()]) cancel(conversationId);
    },
  };
}

const idle = async (lanes: Lanes, marks: ReadMarks): Promise<void> => {
  await lanes.idle();
  await marks.idle();
};

export function createOutbox(deps: FlowDeps): Outbox {
  const lanes = createLanes();
  const slots = createSlots();
  const wakes = createWakes(deps);
  const marks = createReadMarks(deps);
  const laneDeps = { ...deps, pacing: createPacing(), marks };
  let stopped = false;
  const sendLane = async (place: Place): Promise<void> => {
    if (stopped) return;
    const wakeAt = await deliverLane(laneDeps, place.conversationId);
    if (wakeAt !== null && !stopped) wakes.set(place.conversationId, wakeAt, () => deliver(place));
  };
  const deliver = (place: Place): void => {
    const { conversationId, inboxId } = place;
    const atOnce = deps.channels.get(inboxId)?.capabilities.sendsAtOnce ?? null;
    wakes.cancel(conversationId);
    lanes
      // what waits for its slot holds nothing but its name
      .run(conversationId, () => slots.run(inboxId, atOnce, () => sendLane(place)))
      .catch((error: unknown) => deps.log.error({ conversationId, err: error }, 'sending failed; it is tried again'));
  };
  return {
    deliver,
    has: (conversationId) => lanes.has(conversationId),
    markRead: (conversation) => marks.mark(conversation),
    idle: () => idle(lanes, marks),
    stop() {
      stopped = true;
      wakes.stop();
    },
  };
}
