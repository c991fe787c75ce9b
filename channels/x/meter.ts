import type { ChannelDeps, Sink, Usage } from '../../src/channel/channel.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { type Budget, createBudget } from './budget.ts';
import { createLedger } from './ledger.ts';
import type { Billed, Prices } from './prices.ts';

/** Counts what X bills, in a ledger of the month (UTC) that outlives the process, and knows when the budget ends. */
export interface Meter extends Pick<Budget, 'pace' | 'warning'> {
  /** Reads the ledger; nothing is counted before. */
  open(sink: Notes): Promise<void>;
  /** Keeps what is not kept yet. */
  close(): Promise<void>;
  /** Throws `config-invalid` where the budget is used up, or one more of these would go beyond it. */
  check(what: Billed): void;
  /** How many of these what is left can pay. */
  affordable(what: Billed): number;
  /** These came back: billed, unless they were read today already. */
  read(what: Billed, ids: readonly string[]): void;
  /** Counts one durably before it is asked for; `takeBack` where X certainly did not do it. `amount` in US dollars. */
  write(what: Billed): Promise<{ amount: number; takeBack(): void }>;
  usage(): Pick<Usage, 'budget' | 'lines'>;
}

export interface MeterOptions {
  inboxId: string;
  prices: Prices;
  /** US dollars in a month; null for none. */
  budget: number | null;
  deps: Pick<ChannelDeps, 'log' | 'clock' | 'count'>;
}

type Notes = Pick<Sink, 'recall' | 'remember'>;

/** A note that is kept: at once, or with all that changes within some time; one writing after the other. */
interface Kept {
  text(): string;
  note: string;
  /** How long a change may wait, in ms. */
  afterMs: number;
}

function createKeeper({ text, note, afterMs }: Kept, { inboxId, deps: { clock, log } }: MeterOptions) {
  let notes: Notes | null = null;
  let saving: Promise<void> = Promise.resolve();
  let cancel: (() => void) | null = null;
  const save = (): Promise<void> => {
    cancel?.();
    cancel = null;
    saving = saving.catch(() => undefined).then(() => notes?.remember(note, text()));
    return saving;
  };
  const failed = (err: unknown): void => log.error({ inboxId, err }, 'what X costs could not be kept');
  return {
    open(given: Notes): Promise<string | null> {
      notes = given;
      return given.recall(note);
    },
    save,
    saveSoon: (): void => {
      cancel ??= clock.after(afterMs, () => void save().catch(failed));
    },
    async close(): Promise<void> {
      await save().catch(failed);
      notes = null;
    },
  };
}

export function createMeter(options: MeterOptions): Meter {
  const { prices, deps } = options;
  const ledger = createLedger(prices, deps.clock.now);
  const budget = createBudget(options, ledger);
  const sums = createKeeper({ text: ledger.sums, note: 'x-ledger', afterMs: 2_000 }, options);
  const reads = createKeeper({ text: ledger.reads, note: 'x-read-today', afterMs: 15_000 }, options);

  const add = (what: Billed, pieces: number): void => {
    ledger.add(what, pieces);
    budget.tell();
  };

  return {
    pace: budget.pace,
    warning: budget.warning,
    async open(sink) {
      const [kept, read] = await Promise.all([sums.open(sink), reads.open(sink)]);
      ledger.load({ sums: kept, reads: read });
      budget.tell();
    },
    async close() {
      await Promise.all([sums.close(), reads.close()]);
    },
    check(what) {
      const says = budget.objection(prices[what]);
      if (says !== null) throw new SendError('config-invalid', says, { providerCode: 'budget' });
    },
    affordable: (what) => budget.affordable(prices[what]),
    read(what, ids) {
      if (ledger.addReads(what, ids) === 0) return;
      budget.tell();
      sums.saveSoon();
      reads.saveSoon();
    },
    async write(what) {
      add(what, 1);
      const month = ledger.month();
      await sums.save();
      const takeBack = (): void => {
        // what was counted in the month before stays there
        if (ledger.month() !== month) return;
        ledger.add(what, -1);
        sums.saveSoon();
      };
      return { amount: prices[what], takeBack };
    },
    usage: () => ({ budget: budget.state(), lines: ledger.lines() }),
  };
}
