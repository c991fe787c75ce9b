import type { Change } from '../port.ts';
import type { Native } from './connection.ts';
import { createFeedTail } from './feed-tail.ts';
import { plainForm } from './stored.ts';

/** A change before it has its place in the feed. */
export type Told = Omit<Change, 'cursor'>;

/** A document of `wasl.feed`: changes that were told together. Ids have no gap, so that who knows one number knows the next. */
export interface FeedBatch {
  _id: number;
  /** The opening of a store that told them. */
  by: string;
  /** Its number among those of that opening. */
  seq: number;
  /** When, in ms. */
  at: number;
  changes: Told[];
}

/** The change feed of the processes that share a database. */
export interface Feed {
  /** Puts changes into the feed; resolves when they can be read there. Tried again for as long as the server cannot be reached. */
  record(told: readonly Told[]): Promise<void>;
  /** Tells what has been recorded so far, and resolves when that is done. */
  publish(): Promise<void>;
  watch(listener: (changes: readonly Change[]) => void): () => void;
  changes(after: number, limit: number): Promise<Change[]>;
  /** Looks for what others told: for tests; watching does it by itself. */
  look(): Promise<void>;
  /** From now on nothing is tried again that the connection hinders: before closing. */
  hurry(): void;
  /** Ends looking, and puts there what is waiting, as far as the server can be reached. */
  close(): Promise<void>;
}

export interface FeedOptions {
  native: Native<FeedBatch>;
  /** Collections that have a feed. */
  isFed: (collection: string) => boolean;
  /** Names this opening of the store. */
  opening: string;
  now: () => number;
  warn: (message: string) => void;
  /** Between two looks, in ms. */
  lookMs?: number;
}

/** So many changes fit into a batch; a cursor is the batch's number times this, plus the change's place in it. */
const room = 4096;

export const cursorOf = (batch: number, place: number): number => batch * room + place;

/** The changes of a batch that come after a cursor. */
export function changesIn({ _id, changes }: FeedBatch, after = 0): Change[] {
  return changes
    .map(({ collection, id, kind }, place) => ({ cursor: cursorOf(_id, place), collection, id, kind }))
    .filter(({ cursor }) => cursor > after);
}

/** The feed of a database. Listeners are told in the order of cursors, own changes and those of others alike. */
export async function createFeed(options: FeedOptions): Promise<Feed> {
  const { native, isFed, warn, lookMs = 100 } = options;
  const listeners = new Set<(changes: readonly Change[]) => void>();
  const tell = (changes: readonly Change[]): void => {
    for (const listener of changes.length > 0 ? [...listeners] : []) tellOne(listener, changes, warn);
  };
  const tail = createFeedTail({ ...options, tell: (batch) => tell(changesIn(batch)) });
  await tail.skip();
  let timer: NodeJS.Timeout | undefined;
  let closing = false;

  const lookOn = (): void => {
    if (timer || closing || listeners.size === 0) return;
    timer = setTimeout(() => {
      const next = (): void => {
        timer = undefined;
        lookOn();
      };
      // a server that cannot be reached now is asked again
      tail.look().then(next, next);
    }, lookMs);
    timer.unref();
  };
  return {
    async record(told) {
      const fed = told.filter(({ collection }) => isFed(collection));
      const parts = Array.from({ length: Math.ceil(fed.length / room) }, (_, at) =>
        fed.slice(at * room, (at + 1) * room),
      );
      await Promise.all(parts.map(tail.add));
    },
    publish: tail.drain,
    watch(listener) {
      const own = (changes: readonly Change[]): void => listener(changes);
      if (listeners.size === 0) tail.skip().catch(() => undefined);
      listeners.add(own);
      lookOn();
      return () => listeners.delete(own);
    },
    async changes(after, limit) {
      await tail.drain();
      const first = Math.floor(after / room);
      const batches = native
        .find({ _id: { $gte: first } })
        .sort({ _id: 1 })
        .limit(limit + 1);
      const found = (await batches.toArray()).flatMap((batch) => changesIn(plainForm(batch) as FeedBatch, after));
      return found.slice(0, limit);
    },
    look: tail.look,
    hurry: tail.hurry,
    async close() {
      closing = true;
      clearTimeout(timer);
      await tail.close();
    },
  };
}

function tellOne(
  listener: (changes: readonly Change[]) => void,
  changes: readonly Change[],
  warn: (message: string) => void,
): void {
  try {
    listener(changes);
  } catch (error) {
    warn(`A listener of the change feed failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
