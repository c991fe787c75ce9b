import { isDuplicate, isUnavailable } from './errors.ts';
import type { FeedBatch, FeedOptions, Told } from './feed.ts';
import { plainForm, safeForm } from './stored.ts';

/** The end of the feed: what is put there, and what is read from there, in turn. */
export interface FeedTail {
  /** Puts changes at the end, at most one batch of them; what is waiting goes together. */
  add(told: readonly Told[]): Promise<void>;
  /** Tells what others put there. */
  look(): Promise<void>;
  /** Leaves out what is there already. */
  skip(): Promise<void>;
  /** Resolves when what was added is there, or could not be put there. */
  drain(): Promise<void>;
  /** Puts there what is waiting, and tries nothing again any more. */
  close(): Promise<void>;
  /** Tries nothing again any more. */
  hurry(): void;
}

interface Options extends Pick<FeedOptions, 'native' | 'opening' | 'now'> {
  tell: (batch: FeedBatch) => void;
}

interface Waiting {
  told: readonly Told[];
  resolve(): void;
  reject(error: unknown): void;
}

const room = 4096;
const pageSize = 200;
const retryMs = 300;
/** The next number alone is found at once on every server; now and then everything later is asked for, past what was swept. */
const wideEvery = 50;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Work that is done one after another, whatever becomes of each. */
function createChain(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}

/** What goes into the next batch, taken from the front. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  let size = 0;
  const count = waiting.findIndex(({ told }) => {
    size += told.length;
    return size > room;
  });
  return waiting.splice(0, count === -1 ? waiting.length : Math.max(count, 1));
}

interface End {
  /** The number that was told last. */
  last(): number;
  /** Tells a batch, unless it is an own one that was told when it was put there. */
  pass(batch: FeedBatch): void;
  /** Tells all that is later. */
  readOn(): Promise<void>;
  isThereMore(): Promise<boolean>;
  skip(): Promise<void>;
  /** An own batch is on its way: whether it is there may be known from its answer, or from a page that shows it. */
  expect(seq: number): void;
  isExpecting(): boolean;
}

function createEnd({ native, opening, tell }: Options): End {
  let last = 0;
  let looks = 0;
  let unsure: number | null = null;
  const pass = (batch: FeedBatch): void => {
    last = batch._id;
    const isOwn = batch.by === opening;
    // own ones were told when they were put there
    if (isOwn && batch.seq !== unsure) return;
    if (isOwn) unsure = null;
    tell(batch);
  };
  const readOn = async (): Promise<void> => {
    for (;;) {
      const page = await native
        .find({ _id: { $gt: last } })
        .sort({ _id: 1 })
        .limit(pageSize)
        .toArray();
      for (const batch of page) pass(plainForm(batch) as FeedBatch);
      if (page.length < pageSize) return;
    }
  };
  const isThereMore = async (): Promise<boolean> => {
    looks += 1;
    return looks % wideEvery === 0 || (await native.findOne({ _id: last + 1 })) !== null;
  };

  return {
    last: () => last,
    pass,
    readOn,
    isThereMore,
    async skip() {
      const [newest] = await native.find({}, { sort: { _id: -1 }, limit: 1, projection: { _id: 1 } }).toArray();
      last = newest?._id ?? 0;
    },
    expect(seq) {
      unsure = seq;
    },
    isExpecting: () => unsure !== null,
  };
}

export function createFeedTail(options: Options): FeedTail {
  const { native, opening, now } = options;
  const inTurn = createChain();
  const waiting: Waiting[] = [];
  const end = createEnd(options);
  let seq = 0;
  let closing = false;

  /** One try to put a batch at the end, past what others put there meanwhile. */
  const tryToPut = async (batch: Omit<FeedBatch, '_id'>): Promise<void> => {
    const before = end.last();
    try {
      await native.insertOne(safeForm({ _id: before + 1, ...batch }));
      end.pass({ _id: before + 1, ...batch });
    } catch (error) {
      if (isUnavailable(error) && !closing) return sleep(retryMs);
      if (!isDuplicate(error)) throw error;
      await end.readOn();
      // what is in the way is not everywhere yet
      if (end.last() === before) await sleep(retryMs / 10);
    }
  };
  const put = async (changes: Told[]): Promise<void> => {
    seq += 1;
    end.expect(seq);
    const batch = { by: opening, seq, at: now(), changes };
    // where an answer was lost, the page that is read next shows whether the batch is there
    while (end.isExpecting()) await tryToPut(batch);
  };
  const putNext = async (): Promise<void> => {
    const batch = takeBatch(waiting);
    if (batch.length === 0) return;
    try {
      await put(batch.flatMap(({ told }) => [...told]));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const drain = (): Promise<void> => inTurn(putNext);

  return {
    add: (told) =>
      new Promise((resolve, reject) => {
        waiting.push({ told, resolve, reject });
        drain();
      }),
    look: () =>
      inTurn(async () => {
        if (await end.isThereMore()) await end.readOn();
      }),
    skip: () => inTurn(end.skip),
    drain,
    hurry() {
      closing = true;
    },
    async close() {
      closing = true;
      while (waiting.length > 0) await drain();
      await inTurn(async () => undefined);
    },
  };
}
