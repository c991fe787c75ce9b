import type { Conversation } from '../conversation/conversation.ts';
import { type Delivery, deliveries } from '../message/message.ts';
import type { Change } from '../store/port.ts';
import { createBlocked } from './blocked.ts';
import { deliverLane, type LaneDeps } from './deliver.ts';
import type { FlowDeps } from './deps.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createPacing } from './pace.ts';
import { createReadMarks, type ReadMarks } from './read-marks.ts';
import { sharedAmong } from './share.ts';
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
  /** Goes on where sending failed, or stopped at what another process has; to be called every few seconds. */
  look(): void;
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

const atOnceOf = (deps: FlowDeps, inboxId: string): number | null => {
  const atOnce = deps.channels.get(inboxId)?.capabilities.sendsAtOnce ?? null;
  return atOnce === null ? null : Math.max(1, Math.floor(atOnce / sharedAmong(deps, inboxId)));
};

export function createOutbox(deps: FlowDeps): Outbox {
  const lanes = createLanes();
  const slots = createSlots();
  const wakes = createWakes(deps);
  const marks = createReadMarks(deps);
  const blocked = createBlocked();
  const failed = new Map<string, Place>();
  const ending = new AbortController();
  const stopping = ending.signal;
  const laneDeps: LaneDeps = { ...deps, pacing: createPacing(), marks, blocked, stopping };
  const wait = async (place: Place, waitsFor: Delivery): Promise<void> => {
    if (!blocked.add(place, waitsFor.id)) return;
    // it may have changed before anybody waited for it
    const now = await deps.store.get(deliveries, waitsFor.id);
    if (now?.version !== waitsFor.version) deliver(place);
  };
  const sendLane = async (place: Place): Promise<void> => {
    if (stopping.aborted) return;
    const { conversationId } = place;
    const { wakeAt, waitsFor } = await deliverLane(laneDeps, conversationId);
    if (stopping.aborted) return;
    if (wakeAt !== null) wakes.set(conversationId, wakeAt, () => deliver(place));
    if (waitsFor) await wait(place, waitsFor);
    else blocked.remove(conversationId);
  };
  const again = (place: Place, error: unknown): void => {
    if (stopping.aborted) return;
    failed.set(place.conversationId, place);
    const { conversationId } = place;
    deps.log.error({ conversationId, err: error }, 'sending failed; it is tried again');
  };
  const deliver = (place: Place): void => {
    const { conversationId, inboxId } = place;
    wakes.cancel(conversationId);
    failed.delete(conversationId);
    if (!deps.serves(inboxId)) {
      blocked.remove(conversationId);
      return;
    }
    lanes
      // what waits for its slot holds nothing but its name
      .run(conversationId, () => slots.run(inboxId, atOnceOf(deps, inboxId), () => sendLane(place)))
      .catch((error: unknown) => again(place, error));
  };
  const unless = (place: Place): void => {
    if (!lanes.has(place.conversationId)) deliver(place);
  };
  const changed = (changes: readonly Change[]): void => {
    for (const place of blocked.concernedBy(changes)) deliver(place);
  };
  const unwatch = deps.store.watch(changed);
  return {
    deliver,
    has: (conversationId) => lanes.has(conversationId),
    markRead(conversation) {
      if (deps.serves(conversation.inboxId)) marks.mark(conversation);
    },
    look() {
      for (const place of [...failed.values(), ...blocked.places()]) unless(place);
    },
    idle: () => idle(lanes, marks),
    stop() {
      ending.abort();
      unwatch();
      wakes.stop();
    },
  };
}
