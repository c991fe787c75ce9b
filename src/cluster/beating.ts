import type { Bus } from './bus.ts';
import type { Members } from './members.ts';
import { createMembership, type Membership, type MembershipOptions } from './membership.ts';
import { createPulse, type Pulse } from './pulse.ts';
import { shareOf } from './roll.ts';
import { createTrouble } from './trouble.ts';

export interface BeatingOptions extends MembershipOptions {
  bus: Bus;
}

/** The membership of this process while it beats. */
export interface Beating extends Members {
  /** Ms since the last beat that reached the store was begun. */
  silentMs(): number;
  /** Beats no more and takes itself off the list, so that the others know at once. */
  stop(): Promise<void>;
}

const beatEveryMs = 3000;
/** However long a beat took, the next does not follow it faster. */
const leastPauseMs = 500;
/** While the last beat was begun within this time, nobody can have taken this process for dead. */
export const freshMs = 8000;
/** Somebody came or went: worth a look before its time. */
const topic = 'members';

const stopped = (): Error => new Error('This process has left the others: nothing is begun any more.');

/** Runs one thing after another. */
function createTurns(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    last = last.then(work);
    return last;
  };
}

interface Heart {
  /** Beats before its time; one that waits to be done is enough. */
  beat(): Promise<void>;
  look(): Promise<void>;
  stop(): Promise<void>;
}

interface Body extends BeatingOptions {
  membership: Membership;
  pulse: Pulse;
  /** Told after each try, whether it reached the store or not. */
  tried: () => void;
}

/** Beats again and again. */
function startHeart({ clock, log, monotonic, membership, pulse, tried }: Body): Heart {
  const inTurn = createTurns();
  const trouble = createTrouble(log, {
    met: 'the store does not take this process’s beat: nothing that must be done once is begun until it does',
    over: 'the store takes this process’s beat again',
  });
  let waiting: Promise<void> | null = null;
  let isStopped = false;
  let cancel = (): void => undefined;

  const tryTo = async (work: () => Promise<void>): Promise<void> => {
    if (isStopped) return;
    try {
      await work();
      trouble.over();
    } catch (error) {
      membership.interrupt();
      trouble.met(error);
    }
  };
  const beatAndLook = async (): Promise<void> => {
    const began = pulse.now();
    await membership.beat();
    pulse.reached(began);
    await membership.look();
  };
  const schedule = (began: number): void => {
    if (isStopped) return;
    cancel();
    cancel = clock.after(Math.max(leastPauseMs, began + beatEveryMs - monotonic()), () => void beat());
  };
  const beat = (): Promise<void> => {
    waiting ??= inTurn(async () => {
      waiting = null;
      const began = monotonic();
      await tryTo(beatAndLook);
      schedule(began);
      tried();
    });
    return waiting;
  };
  schedule(monotonic());
  return {
    beat,
    look: () => inTurn(() => tryTo(membership.look)),
    async stop() {
      isStopped = true;
      cancel();
      await inTurn(async () => undefined);
    },
  };
}

interface Sureness {
  sure(): Promise<void>;
  /** A beat was tried. */
  recheck(): void;
  stop(): void;
}

function createSureness({ silentMs }: Pulse, beat: () => Promise<void>): Sureness {
  let isStopped = false;
  let waiters: PromiseWithResolvers<void>[] = [];
  const isFresh = (): boolean => silentMs() < freshMs;
  const wait = (): Promise<void> => {
    const waiter = Promise.withResolvers<void>();
    waiters.push(waiter);
    void beat();
    return waiter.promise;
  };
  return {
    async sure() {
      if (isStopped) throw stopped();
      if (!isFresh()) await wait();
    },
    recheck() {
      if (!isFresh()) return;
      const now = waiters;
      waiters = [];
      for (const waiter of now) waiter.resolve();
    },
    stop() {
      isStopped = true;
      for (const waiter of waiters) waiter.reject(stopped());
    },
  };
}

/** Puts this process on the list of members and has it beat. Rejects with a `StoreError` where the store cannot be reached. */
export async function startBeating(options: BeatingOptions): Promise<Beating> {
  const { bus, log } = options;
  const membership = createMembership(options);
  const { roll, owner } = membership;
  const pulse = createPulse(options.clock, options.monotonic);
  const began = pulse.now();
  await membership.enter();
  pulse.reached(began);
  const sureness = createSureness(pulse, () => heart.beat());
  const heart = startHeart({ ...options, membership, pulse, tried: sureness.recheck });
  await membership.look();
  bus.publish(topic, 'came');
  const deafen = bus.subscribe(topic, () => void heart.look());
  return {
    owner,
    isGone: membership.isGone,
    sure: sureness.sure,
    silentMs: pulse.silentMs,
    count: () => Math.max(1, roll.living().length),
    isMine: (key) => shareOf(key, roll.living()) === owner(),
    onGone: roll.onGone,
    async stop() {
      deafen();
      sureness.stop();
      await heart.stop();
      await membership.leave().catch((error: unknown) => {
        log.warn({ err: error }, 'this process could not take itself off the list: the others notice in a while');
      });
      bus.publish(topic, 'went');
    },
  };
}
