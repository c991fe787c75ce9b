import type { ChannelDeps, ChannelState } from '../../src/channel/channel.ts';
import { SendError } from '../../src/channel/send-error.ts';
import type { Notebook } from './notebook.ts';
import { type Balance, type Provider, Refusal } from './providers/provider.ts';
import type { SmsSettings } from './settings.ts';

type Well = Pick<ChannelState, 'state' | 'reason'>;

const well: Well = { state: 'connected', reason: null };

const hourMs = 3_600_000;
/** An account that did not answer is asked again soon. */
const soonMs = 60_000;
/** Below so many segments the balance is low. */
const lowSegments = 500;
/** Where no price is known. */
const lowAmount = 50;

/** What is left, as a sentence where it is little. */
export function judge(title: string, { left, currency }: Balance, segmentPrice: number | null): Well {
  if (left <= 0) return { state: 'reconnecting', reason: `The balance at ${title} is used up: nothing is sent.` };
  const low = segmentPrice ? lowSegments * segmentPrice : lowAmount;
  if (left >= low) return well;
  return { state: 'connected', reason: `The balance at ${title} is low: ${left} ${currency ?? ''}`.trim().concat('.') };
}

const trouble = (error: unknown): Well | null => {
  if (!(error instanceof Refusal) || !error.alarm) return null;
  const state = error.alarm === 'bad-credentials' ? 'bad-credentials' : 'reconnecting';
  return { state, reason: error.message };
};

/** What an account that did not tell its balance says by that; one that does not let itself be asked is not ill. */
const afterAsking = (error: unknown): Well => {
  const silent = error instanceof SendError && (error.code === 'unreachable' || error.code === 'timed-out');
  return trouble(error) ?? (silent ? { state: 'reconnecting', reason: error.message } : well);
};

/** Where nobody can be asked the next sending is the question: it is let through, and what was wrong stays told for a while. */
const letThrough = ({ state, reason }: Well): Well => (state === 'connected' ? well : { state: 'connected', reason });

/** An account at a provider: how it is, by what asking for its balance and sending told last. */
export interface Account {
  state(): ChannelState;
  /** Asks now and from then on; never rejects. */
  watch(notebook: Notebook): Promise<void>;
  /** A message was sent (null) or refused. */
  sent(error: unknown): void;
  stop(): void;
}

interface AccountOptions {
  inboxId: string;
  provider: Provider;
  settings: SmsSettings;
  deps: Pick<ChannelDeps, 'log' | 'clock'>;
}

const usageOf = (notebook: Notebook | null): ChannelState['usage'] => {
  if (!notebook) return null;
  const { messages, segments, amount } = notebook.spent();
  return {
    budget: null,
    lines: [
      { what: 'messages', count: messages, amount: 0 },
      { what: 'segments', count: segments, amount },
    ],
    limits: [],
  };
};

/** What a segment costs: as it is set, else as it was of late. */
const segmentPrice = ({ price }: SmsSettings, notebook: Notebook): number | null => {
  const { segments, amount } = notebook.spent();
  return price ?? (segments > 0 && amount > 0 ? amount / segments : null);
};

export function createAccount({ inboxId, provider, settings, deps: { log, clock } }: AccountOptions): Account {
  let asking: Well = well;
  let sending: Well = well;
  let notes: Notebook | null = null;
  let cancel = (): void => undefined;
  let stopping = new AbortController();

  /** How it is by what it says of its balance; null where it is not to be asked any more. */
  const asked = async (balance: NonNullable<Provider['balance']>, notebook: Notebook, signal: AbortSignal) => {
    try {
      return judge(provider.title, await balance(signal), segmentPrice(settings, notebook));
    } catch (error) {
      if (signal.aborted) return null;
      const code = error instanceof SendError ? (error.providerCode ?? error.code) : 'unknown';
      log.warn({ inboxId, code }, 'the balance of the SMS account is not known');
      return afterAsking(error);
    }
  };
  const ask = async (notebook: Notebook, signal: AbortSignal): Promise<void> => {
    if (!provider.balance) {
      sending = letThrough(sending);
      return;
    }
    const told = await asked(provider.balance, notebook, signal);
    if (told === null) return;
    asking = told;
    // what sending told is old then
    if (told.state === 'connected') sending = well;
    if (told.reason) log.warn({ inboxId, reason: told.reason }, 'the SMS account needs to be looked at');
  };
  const plan = (notebook: Notebook, signal: AbortSignal): void => {
    cancel();
    const isWell = asking.state === 'connected' && sending.state === 'connected';
    cancel = clock.after(isWell ? hourMs : soonMs, () => void look(notebook, signal));
  };
  const look = async (notebook: Notebook, signal: AbortSignal): Promise<void> => {
    await ask(notebook, signal);
    if (!signal.aborted) plan(notebook, signal);
  };

  return {
    state() {
      if (!notes) return { state: 'stopped', reason: null };
      const now = asking.state === 'connected' && sending.reason ? sending : asking;
      return { ...now, usage: usageOf(notes) };
    },
    watch(notebook) {
      notes = notebook;
      stopping = new AbortController();
      [asking, sending] = [well, well];
      return look(notebook, stopping.signal);
    },
    sent(error) {
      if (error === null) {
        sending = well;
        if (asking.state !== 'connected') asking = well;
        return;
      }
      const told = trouble(error);
      const isNew = told !== null && sending.state === 'connected';
      if (told) sending = told;
      if (isNew && notes) plan(notes, stopping.signal);
    },
    stop() {
      notes = null;
      stopping.abort();
      cancel();
    },
  };
}
