import type { Received, Sink } from '../channel/channel.ts';
import type { GivenEvent, InboundMessage, OwnMessage } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import type { Lease } from '../cluster/leases.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { type Arrivals, createArrivals } from './arrivals.ts';
import { createKeeper, type Keeper } from './casework/keeper.ts';
import { createOutsideActions } from './casework/outside.ts';
import type { FlowDeps } from './deps.ts';
import { createDoors, type Doors } from './doors.ts';
import { createDueLanes, type DueLanes, farFuture } from './due-lanes.ts';
import { everyPage } from './every-page.ts';
import { createFileFetcher, type FileFetcher } from './fetch-files.ts';
import { figuresOf } from './figures.ts';
import type { Flow } from './flow.ts';
import { type Sender, whoIs } from './identity.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createOutage, type Outage } from './outage.ts';
import { createOutbox, type Outbox, type Place } from './outbox.ts';
import { isPublic, takeOwn } from './own.ts';
import { takeMessage } from './receive.ts';
import { changeAddress, changeOptOut, createSink, parseEvent } from './sink.ts';
import { type Aftermath, createStaffActions } from './staff.ts';
import { createTemplateSync, type TemplateSync } from './sync-templates.ts';
import { createTeller, type Teller } from './tell-due.ts';
import { conversationIdOf, threadOf } from './thread.ts';
import { track } from './track.ts';
import { decideTurn } from './turn.ts';
import { createTurnQueue, type TurnQueue } from './turn-queue.ts';

/** How often what is due is looked for, in ms: turns of a window that was lost, sendings to try again. */
const lookEveryMs = 2_000;
/** More of a person's messages than this are not answered one by one. */
const mostTurnsBehind = 8;

interface Work {
  deps: FlowDeps;
  /** Taking and deciding, one at a time in a conversation, so that they never compete within this process. */
  turns: Lanes;
  outbox: Outbox;
  lanes: DueLanes;
  outage: Outage;
  /** Turns that wait for the rest of what is being said: when they are due (ms), and how to call that off. */
  windows: Map<string, { dueMs: number; cancel(): void }>;
  letters: TurnQueue;
  doors: Doors;
  /** Turns that are put off while a flood of the same person waits, by the door. */
  late: Map<string, { place: Place; dueMs: number }>;
  arrivals: Arrivals;
  files: FileFetcher;
  templates: TemplateSync;
  notices: Teller;
  keeper: Keeper;
  /** Nothing new is begun any more; what waits is found in the store at the next start. */
  stopped: boolean;
}

/** Turns of letters that are decided at a time: enough to share what making them durable costs. */
const lettersAtOnce = 16;

const failed =
  ({ deps }: Work, what: string, conversationId: string) =>
  (error: unknown) =>
    deps.log.error({ conversationId, err: error }, `${what} failed; it is tried again`);

const deliver = (work: Work, place: Place): void => work.outbox.deliver(place);

const decideNow = (work: Work, place: Place): Promise<void> =>
  work.turns
    .run(place.conversationId, () => decideTurn(work.deps, place.conversationId, (one) => deliver(work, placeOf(one))))
    .then(() => deliver(work, place), failed(work, 'deciding', place.conversationId));

const isLetter = ({ deps }: Work, inboxId: string): boolean =>
  deps.channels.get(inboxId)?.capabilities.form === 'letter';

const decide = (work: Work, place: Place): void => {
  if (isLetter(work, place.inboxId)) work.letters.add(place.conversationId, () => decideNow(work, place));
  else void decideNow(work, place);
};

/** Decides a turn at its time; a nearer time takes the place of a later one. */
const decideAt = (work: Work, place: Place, dueMs: number): void => {
  const { conversationId } = place;
  const waiting = work.windows.get(conversationId);
  if (waiting && waiting.dueMs <= dueMs) return;
  waiting?.cancel();
  work.windows.delete(conversationId);
  const wait = dueMs - work.deps.clock.now();
  if (wait <= 0) {
    decide(work, place);
    return;
  }
  const cancel = work.deps.clock.after(wait, () => {
    work.windows.delete(conversationId);
    decide(work, place);
  });
  work.windows.set(conversationId, { dueMs, cancel });
};

const placeOf = ({ id, inboxId }: Pick<Conversation, 'id' | 'inboxId'>): Place => ({ conversationId: id, inboxId });

/** The turns that were due before the given time and fall to this process. */
const dueTurns = ({ deps }: Work, before: string, visit: (one: Conversation) => void): Promise<void> =>
  everyPage(
    (cursor) =>
      deps.store.find(conversations, {
        index: 'by-turn-due',
        where: { turnDueAt: { lte: before } },
        limit: 500,
        cursor,
      }),
    (one) => {
      if (deps.members.isMine(one.id)) visit(one);
    },
  );

/** What an earlier process left: every waiting turn is decided, every open sending is sent. */
async function recover(work: Work): Promise<void> {
  const { members, clock } = work.deps;
  // the window of a turn is kept by the process that opened it, as long as that lives
  const before = members.count() === 1 ? farFuture : iso(clock.now());
  await dueTurns(work, before, (one) => decideAt(work, placeOf(one), Date.parse(one.turnDueAt ?? '') || 0));
  await work.lanes.recover();
}

async function look(work: Work): Promise<void> {
  const { clock } = work.deps;
  // while letters wait their turn, they are what would be found
  if (work.letters.size === 0)
    await dueTurns(work, iso(clock.now() - lookEveryMs), (one) => decide(work, placeOf(one)));
  await work.lanes.look();
  work.arrivals.look();
  work.notices.look();
  work.keeper.look();
  await work.files.look();
  work.outage.over();
}

/** The event with the key of the conversation that its sender has, by whatever address they write from; what is public has its own. */
const atItsPlace = async <T extends Sender & Pick<OwnMessage, 'visibility'>>({ deps }: Work, event: T): Promise<T> =>
  'thread' in event || (await isPublic(deps, event))
    ? event
    : { ...event, conversationKey: (await whoIs(deps.store, event)).key };

const doorOf = ({ inboxId, identity, address }: Sender): string => `${inboxId} ${identity ?? address}`;

/**
 * So much of the same person's waits that a turn for each would come too late to be of use: the last of them decide on
 * all, and what is due for long is found by looking.
 */
const isFlood = ({ doors }: Work, door: string): boolean => doors.waiting(door) > mostTurnsBehind;

/** The last ones may be none that bring a turn of their own. */
function afterFlood(work: Work, door: string): void {
  const late = work.late.get(door);
  if (!late || isFlood(work, door)) return;
  work.late.delete(door);
  decideAt(work, late.place, late.dueMs);
}

async function receiveMessage(work: Work, given: InboundMessage): Promise<Received> {
  const event = await atItsPlace(work, given);
  const thread = await threadOf(work.deps, event);
  const take = () => takeMessage(work.deps, event, thread);
  const { turnDueMs, ...received } = await work.turns.run(thread.conversationId, take);
  if (received.duplicate) return received;
  if (event.letter) work.letters.stored();
  work.files.stored(received.messageId, event);
  const place = { conversationId: received.conversationId, inboxId: event.inboxId };
  if (isFlood(work, doorOf(event))) work.late.set(doorOf(event), { place, dueMs: turnDueMs });
  else decideAt(work, place, turnDueMs);
  return received;
}

async function receiveOwn(work: Work, given: OwnMessage): Promise<Received> {
  const event = await atItsPlace(work, given);
  const conversationId = conversationIdOf(event.inboxId, event.conversationKey);
  const received = await work.turns.run(conversationId, () => takeOwn(work.deps, event));
  if (!received.duplicate) work.files.stored(received.messageId, event);
  return received;
}

/** One at a time for each sender, in the order of the calls; letters have no order. */
const throughDoor = <T>(work: Work, sender: Sender, take: () => Promise<T>): Promise<T> => {
  const door = doorOf(sender);
  const { outage } = work;
  const before = outage.reason();
  const enter = (): Promise<T> => {
    // whoever stood there while the store went away is not let wait for it once more
    const reason = outage.reason();
    return reason === null || reason === before ? take().catch(heardOf(work)) : Promise.reject(reason);
  };
  return work.doors.run(door, () => enter().finally(() => afterFlood(work, door)));
};

const heardOf =
  ({ outage }: Work) =>
  (error: unknown): never => {
    outage.met(error);
    throw error;
  };

async function receive(work: Work, raw: GivenEvent): Promise<Received> {
  const given = parseEvent(raw);
  if (given.event === 'message' && given.thread) return receiveMessage(work, given);
  if (given.event === 'message') return throughDoor(work, given, () => receiveMessage(work, given));
  if (given.event === 'own-message') return throughDoor(work, given, () => receiveOwn(work, given));
  if (given.event === 'receipt') {
    const delivery = await track(work.deps, given);
    return {
      messageId: delivery?.messageId ?? '',
      conversationId: delivery?.conversationId ?? '',
      duplicate: !delivery,
    };
  }
  if (given.event === 'address-change') await changeAddress(work.deps, given);
  if (given.event === 'opt-out') await changeOptOut(work.deps, given);
  return { messageId: '', conversationId: '', duplicate: false };
}

const tellHandler =
  ({ deps, outbox }: Work) =>
  (conversation: Conversation) => {
    const { address, handledBy: by, inboxId } = conversation;
    if (deps.serves(inboxId)) deps.channels.get(inboxId)?.handled?.({ address, by });
    if (by === 'agent') outbox.markRead(conversation);
  };

type Typing = { conversationId: string; on: boolean };

/** The door of an inbox that starts. One that starts anew may have other templates. */
function sinkOf(work: Work, inboxId: string, typing: (event: Typing) => void, lease?: Lease): Sink {
  work.templates.soon(inboxId);
  const take = {
    receive: (event: GivenEvent) => receive(work, event),
    typing: (conversationId: string, on: boolean) => typing({ conversationId, on }),
    changed: () => work.templates.changed(inboxId),
  };
  return createSink(work.deps, inboxId, take, lease);
}

function createWork(given: FlowDeps): Work {
  const outage = createOutage(given.log);
  const deps = { ...given, log: outage.log };
  const outbox = createOutbox(deps);
  return {
    deps,
    turns: createLanes(),
    outbox,
    outage,
    lanes: createDueLanes(deps, outbox),
    windows: new Map(),
    letters: createTurnQueue({ atOnce: lettersAtOnce, clock: deps.clock }),
    doors: createDoors(),
    late: new Map(),
    arrivals: createArrivals(deps),
    files: createFileFetcher(deps),
    templates: createTemplateSync(deps),
    notices: createTeller(deps, (one) => outbox.deliver(placeOf(one))),
    keeper: createKeeper(deps, (one) => outbox.deliver(placeOf(one))),
    stopped: false,
  };
}

/** Resolves when nothing is in hand any more; what is told may have to be told by another way. */
async function idleOf(work: Work): Promise<void> {
  await work.arrivals.idle();
  await work.files.idle();
  await work.lanes.idle();
  await work.doors.idle();
  await work.letters.idle();
  await work.turns.idle();
  do {
    await work.notices.idle();
    await work.keeper.idle();
    await work.outbox.idle();
  } while (work.notices.busy() || work.keeper.busy());
  await work.templates.idle();
}

/** Wires the path of a message: receive, respond, perform, deliver, track. Start it once the channels exist. */
export function createFlow(given: FlowDeps): Flow {
  const work = createWork(given);
  const { deps } = work;
  const listeners: ((event: Typing) => void)[] = [];
  let ticking: (() => void) | null = null;
  let looking: Promise<void> = Promise.resolve();
  const closeIntake = async (): Promise<void> => {
    await Promise.all([work.arrivals.stop(), work.files.stop()]);
  };
  const idle = async (): Promise<void> => {
    await looking;
    await idleOf(work);
  };
  const tick = (): void => {
    if (work.stopped) return;
    ticking = deps.clock.after(lookEveryMs, () => {
      looking = look(work)
        .catch((error: unknown) => deps.log.error({ err: error }, 'looking for what is due failed'))
        .finally(tick);
    });
  };
  const after: Aftermath = { deliver: (one) => deliver(work, placeOf(one)), handled: tellHandler(work) };
  return {
    receive: (event) => receive(work, event),
    sink(inboxId, lease) {
      const tell = (event: Typing): void => {
        for (const listener of listeners) listener(event);
      };
      return sinkOf(work, inboxId, tell, lease);
    },
    syncTemplates: work.templates.now,
    staff: createStaffActions(deps, after),
    outside: createOutsideActions(deps, after),
    arrive: work.arrivals.arrive,
    readAgain: work.arrivals.readAgain,
    closeIntake,
    async start() {
      await recover(work);
      work.notices.look();
      work.keeper.look();
      await work.arrivals.start();
      await work.files.look();
      tick();
    },
    async stop() {
      work.stopped = true;
      work.lanes.stop();
      work.outbox.stop();
      work.notices.stop();
      work.keeper.stop();
      work.templates.stop();
      await closeIntake();
      work.letters.close();
      ticking?.();
      for (const { cancel } of work.windows.values()) cancel();
      await idle();
    },
    idle,
    figures: () => figuresOf(deps.store, deps.clock.now()),
    onTyping: (listener) => listeners.push(listener),
  };
}
