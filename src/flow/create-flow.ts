import type { Received } from '../channel/channel.ts';
import type { GivenEvent } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { deliveries } from '../message/message.ts';
import type { Document, Page } from '../store/port.ts';
import { deliverLane } from './deliver.ts';
import type { FlowDeps } from './deps.ts';
import type { Flow } from './flow.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { takeMessage } from './receive.ts';
import { changeAddress, createSink, parseEvent } from './sink.ts';
import { createSlots } from './slots.ts';
import { createStaffActions } from './staff.ts';
import { threadOf } from './thread.ts';
import { track } from './track.ts';
import { decideTurn } from './turn.ts';

/** How often what is due is looked for, in ms: turns of a window that was lost, sendings to try again. */
const lookEveryMs = 2_000;
const farFuture = '9999';

interface Work {
  deps: FlowDeps;
  /** Taking and deciding, one at a time in a conversation, so that they never compete within this process. */
  turns: Lanes;
  lanes: Lanes;
  /** Turns that wait for the rest of what is being said: when they are due (ms), and how to call that off. */
  windows: Map<string, { dueMs: number; cancel(): void }>;
}

const failed =
  ({ deps }: Work, what: string, conversationId: string) =>
  (error: unknown) =>
    deps.log.error({ conversationId, err: error }, `${what} failed; it is tried again`);

const deliver = (work: Work, conversationId: string): void => {
  work.lanes
    .run(conversationId, () => deliverLane(work.deps, conversationId))
    .catch(failed(work, 'sending', conversationId));
};

const decide = (work: Work, conversationId: string): void => {
  work.turns
    .run(conversationId, () => decideTurn(work.deps, conversationId))
    .then(() => deliver(work, conversationId), failed(work, 'deciding', conversationId));
};

/** Decides a turn at its time; a nearer time takes the place of a later one. */
const decideAt = (work: Work, conversationId: string, dueMs: number): void => {
  const waiting = work.windows.get(conversationId);
  if (waiting && waiting.dueMs <= dueMs) return;
  waiting?.cancel();
  work.windows.delete(conversationId);
  const wait = dueMs - work.deps.clock.now();
  if (wait <= 0) {
    decide(work, conversationId);
    return;
  }
  const cancel = work.deps.clock.after(wait, () => {
    work.windows.delete(conversationId);
    decide(work, conversationId);
  });
  work.windows.set(conversationId, { dueMs, cancel });
};

async function everyPage<T extends Document>(
  read: (cursor?: string) => Promise<Page<T>>,
  visit: (one: T) => void,
): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const page = await read(cursor);
    for (const one of page.items) visit(one);
    if (!page.nextCursor) return;
    cursor = page.nextCursor;
  }
}

/** Decides the turns that were due before the given time. */
const dueTurns = ({ deps }: Work, before: string, visit: (one: Conversation) => void): Promise<void> =>
  everyPage(
    (cursor) =>
      deps.store.find(conversations, {
        index: 'by-turn-due',
        where: { turnDueAt: { lte: before } },
        limit: 500,
        cursor,
      }),
    visit,
  );

/** Sends in the lanes that have something due before the given time. */
async function dueLanes(work: Work, before: string): Promise<void> {
  const lanes = new Set<string>();
  await everyPage(
    (cursor) =>
      work.deps.store.find(deliveries, { index: 'by-due', where: { dueAt: { lte: before } }, limit: 500, cursor }),
    (delivery) => lanes.add(delivery.conversationId),
  );
  for (const lane of lanes) deliver(work, lane);
}

/** What an earlier process left: every waiting turn is decided, every open sending is sent. */
async function recover(work: Work): Promise<void> {
  const { store, clock } = work.deps;
  const before = store.exclusive ? farFuture : iso(clock.now());
  await dueTurns(work, before, (one) => decideAt(work, one.id, Date.parse(one.turnDueAt ?? '') || 0));
  await dueLanes(work, before);
}

async function look(work: Work): Promise<void> {
  const { clock } = work.deps;
  await dueTurns(work, iso(clock.now() - lookEveryMs), (one) => decide(work, one.id));
  await dueLanes(work, iso(clock.now()));
}

async function receive(work: Work, raw: GivenEvent): Promise<Received> {
  const event = parseEvent(raw);
  if (event.event === 'message') {
    const lane = await threadOf(work.deps, event);
    const { turnDueMs, ...received } = await work.turns.run(lane, () => takeMessage(work.deps, event, lane));
    if (!received.duplicate) decideAt(work, received.conversationId, turnDueMs);
    return received;
  }
  if (event.event === 'receipt') {
    const delivery = await track(work.deps, event);
    return {
      messageId: delivery?.messageId ?? '',
      conversationId: delivery?.conversationId ?? '',
      duplicate: !delivery,
    };
  }
  if (event.event === 'address-change') await changeAddress(work.deps, event);
  return { messageId: '', conversationId: '', duplicate: false };
}

const figures = async ({ deps: { store } }: Work) => {
  const oldest = await store.find(deliveries, { index: 'by-due', where: {}, order: 'asc', limit: 1 });
  return {
    outboxOpen: await store.count(deliveries, { index: 'by-due', where: {} }),
    outboxOldestAt: oldest.items[0]?.at ?? null,
    turnsWaiting: await store.count(conversations, { index: 'by-turn-due', where: {} }),
    deadLetters: await store.count(deliveries, { index: 'by-status', where: { status: 'failed' } }),
  };
};

const tellHandler = (deps: FlowDeps) => (conversation: Conversation) => {
  const { address, handledBy: by, inboxId } = conversation;
  deps.channels.get(inboxId)?.handled?.({ address, by });
};

/** Wires the path of a message: receive, respond, perform, deliver, track. Start it once the channels exist. */
export function createFlow(given: Omit<FlowDeps, 'slots'>): Flow {
  const deps: FlowDeps = { ...given, slots: createSlots() };
  const work: Work = { deps, turns: createLanes(), lanes: createLanes(), windows: new Map() };
  const listeners: ((event: { conversationId: string; on: boolean }) => void)[] = [];
  let ticking: (() => void) | null = null;
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();
  const idle = async (): Promise<void> => {
    await looking;
    await work.turns.idle();
    await work.lanes.idle();
  };
  const tick = (): void => {
    if (stopped) return;
    ticking = deps.clock.after(lookEveryMs, () => {
      looking = look(work)
        .catch((error: unknown) => deps.log.error({ err: error }, 'looking for what is due failed'))
        .finally(tick);
    });
  };
  return {
    receive: (event) => receive(work, event),
    sink: (inboxId) =>
      createSink(deps, inboxId, {
        receive: (event) => receive(work, event),
        typing: (conversationId, on) => {
          for (const listener of listeners) listener({ conversationId, on });
        },
      }),
    staff: createStaffActions(deps, { deliver: (id) => deliver(work, id), handled: tellHandler(deps) }),
    async start() {
      await recover(work);
      tick();
    },
    async stop() {
      stopped = true;
      ticking?.();
      for (const { cancel } of work.windows.values()) cancel();
      await idle();
    },
    idle,
    figures: () => figures(work),
    onTyping: (listener) => listeners.push(listener),
  };
}
