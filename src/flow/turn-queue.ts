/**
 * Turns of letters, for which nobody sits and waits: a backlog is stored first and answered then, a few at a time, so that
 * what is not stored yet comes first, and memory does not grow with what waits.
 */
export interface TurnQueue {
  /** Puts a conversation at the end, unless it waits already. `decide` must not reject. */
  add(conversationId: string, decide: () => Promise<void>): void;
  /** A letter was just stored: many of them in a short time are a backlog, and hold up what waits. */
  stored(): void;
  /** How many wait. */
  readonly size: number;
  /** Forgets what waits: it is found in the store at the next start. */
  close(): void;
  idle(): Promise<void>;
}

export interface TurnQueueOptions {
  /** How many are decided at a time. */
  atOnce: number;
  clock: { now(): number; after(ms: number, run: () => void): () => void };
}

/** So many letters within so many ms are a backlog; it is over when none was stored for as long. */
const backlog = { letters: 12, withinMs: 400 };
/** Nothing is held up for longer than this, in ms. */
const patienceMs = 60_000;

export function createTurnQueue({ atOnce, clock }: TurnQueueOptions): TurnQueue {
  const waiting = new Map<string, () => Promise<void>>();
  const times: number[] = [];
  let running = 0;
  /** Since when what waits is held up, in ms; null where it is not. */
  let heldSince: number | null = null;
  let timer: (() => void) | null = null;
  let settled: (() => void)[] = [];

  const isBacklog = (): boolean => {
    const [first = 0] = times;
    return times.length === backlog.letters && clock.now() - first < backlog.withinMs;
  };
  const hold = (): boolean => {
    if (!isBacklog()) heldSince = null;
    else heldSince ??= clock.now();
    return heldSince !== null && clock.now() - heldSince < patienceMs;
  };
  const later = (): void => {
    timer ??= clock.after(backlog.withinMs, () => {
      timer = null;
      pump();
    });
  };
  const one = async (decide: () => Promise<void>): Promise<void> => {
    running += 1;
    await decide();
    running -= 1;
    pump();
  };
  const pump = (): void => {
    for (const [id, decide] of waiting) {
      if (running >= atOnce) return;
      if (hold()) {
        later();
        return;
      }
      waiting.delete(id);
      void one(decide);
    }
    if (running > 0) return;
    for (const resolve of settled) resolve();
    settled = [];
  };

  return {
    add(conversationId, decide) {
      if (!waiting.has(conversationId)) waiting.set(conversationId, decide);
      pump();
    },
    stored() {
      times.push(clock.now());
      if (times.length > backlog.letters) times.shift();
    },
    get size() {
      return waiting.size;
    },
    close() {
      waiting.clear();
      timer?.();
      pump();
    },
    idle: () => (waiting.size + running === 0 ? Promise.resolve() : new Promise((resolve) => settled.push(resolve))),
  };
}
