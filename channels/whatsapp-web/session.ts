import { rm } from 'node:fs/promises';
import type { ChannelDeps, ChannelState } from '../../src/channel/channel.ts';
import { pause, within } from '../../src/channel/wait.ts';
import type { Browser, WaClient, WaLibrary } from './client.ts';
import { type Ending, endingOf, type Life, openLife } from './life.ts';
import { freeProfile } from './locks.ts';
import { sayable } from './log-safely.ts';
import { reasons } from './reasons.ts';
import { keepLooking, restartDaily } from './tend.ts';

export interface SessionDeps {
  inboxId: string;
  clock: ChannelDeps['clock'];
  ids: ChannelDeps['ids'];
  log: ChannelDeps['log'];
  count: ChannelDeps['count'];
  /** The library, loaded when it is first needed. */
  library(): Promise<WaLibrary>;
  /** A browser, or why there is none. */
  browser(): Promise<Browser | string>;
  directory: string;
  profile: string;
  phone: string | null;
  /** Hour of the day at UTC+3 at which the browser is started afresh. */
  restartHour: number;
  /** A new client, before it begins. */
  attach(client: WaClient, library: WaLibrary): void;
  /** The account can be used; may come again. */
  ready(client: WaClient): void;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
  /** The account was unlinked on the phone; false where its session must stay all the same. */
  unlinked(): Promise<boolean>;
  /** Looked at from time to time while the account can be used; rejects where the page is not well. */
  look(client: WaClient): Promise<void>;
}

/** The account: opened, watched, and opened again whatever happens to it. */
export interface Session {
  state(): ChannelState;
  /** The client, while the account can be used. */
  client(): WaClient | null;
  /** Told of every call that failed: where the page is gone, it is opened again. */
  failed(error: unknown): void;
  /** Begins; resolves once it is known how the account is, or after a moment. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const firstPauseMs = 5_000;
const longestPauseMs = 300_000;
const healthyMs = 600_000;
const closeMs = 10_000;
/** The library gives a browser 30 s to start. */
const launchMs = 35_000;
const launchStepMs = 100;
const settleMs = 1_500;

/** 5 s, 10 s, 20 s … at most 5 min, a fifth more or less by chance. `tries` counts from 1. */
export function pauseBefore(tries: number, token: string): number {
  const chance = (token.charCodeAt(0) + token.charCodeAt(1)) % 41;
  return Math.round(Math.min(firstPauseMs * 2 ** (tries - 1), longestPauseMs) * (0.8 + chance / 100));
}

/** These are no failures of opening: the next try needs no patience. */
const harmless: ReadonlySet<Ending['reason']> = new Set(['dailyRestart', 'loggedOut']);
/** While nobody links the account the browser need not start again all the time, yet a code should be there soon. */
const idleTries = 4;

/** How many tries in a row have failed. */
function triesAfter(tries: number, { reason, usedMs }: Outcome): number {
  if (usedMs >= healthyMs || harmless.has(reason)) return 1;
  return reason === 'qrIdle' ? Math.min(tries + 1, idleTries) : tries + 1;
}

/** Ends a client and its browser, which may both hang. One that is just being started can be ended once it is there. */
async function close({ clock }: SessionDeps, { client, isOpened }: Life): Promise<void> {
  for (let waited = 0; !client.pupBrowser && !isOpened() && waited < launchMs; waited += launchStepMs)
    await pause(clock, launchStepMs);
  await within(clock, closeMs, client.destroy()).catch(() => undefined);
  const process = client.pupBrowser?.process?.();
  if (process && process.exitCode === null && process.signalCode === null) process.kill('SIGKILL');
}

/** How a life is followed by its session. */
interface Following {
  signal: AbortSignal;
  tell(state: ChannelState): void;
  began(life: Life): void;
  over(ending: Ending): void;
}

interface Outcome {
  reason: Ending['reason'];
  /** How long the account could be used. */
  usedMs: number;
}

/** One client from start to end. */
async function live(
  deps: SessionDeps,
  { signal, tell, began, over }: Following,
  { browser, library }: { browser: Browser; library: WaLibrary },
): Promise<Outcome> {
  const { clock, directory, phone, profile } = deps;
  await freeProfile(profile);
  const client = library.createClient({ directory, browser, phone });
  deps.attach(client, library);
  let readyAt: number | null = null;
  const ready = (): void => {
    readyAt ??= clock.now();
    deps.ready(client);
  };
  const life = openLife({ client, clock, tell, ready });
  began(life);
  const untend = [keepLooking(deps, life), restartDaily(deps, life)];
  const stop = (): void => life.end({ reason: 'stopped' });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ending = await life.ended;
  signal.removeEventListener('abort', stop);
  for (const one of untend) one();
  over(ending);
  await close(deps, life);
  if (ending.unlinked && (await deps.unlinked())) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  return { reason: ending.reason, usedMs: readyAt === null ? 0 : clock.now() - readyAt };
}

const endingState = (reason: keyof typeof reasons): ChannelState => {
  const needsPerson = reason === 'loggedOut' || reason === 'refused';
  return { state: needsPerson ? 'needs-login' : 'reconnecting', reason: reasons[reason], login: null };
};

/** Opens the account once, if there is a browser and the library. */
async function tryOnce(deps: SessionDeps, following: Following): Promise<Outcome> {
  const browser = await deps.browser();
  if (typeof browser === 'string') {
    following.tell({ state: 'reconnecting', reason: `${reasons.noBrowser} ${browser}` });
    return { reason: 'noBrowser', usedMs: 0 };
  }
  const library = await deps.library().catch((error: unknown) => {
    deps.log.error({ inboxId: deps.inboxId, error: sayable(error) }, 'the library for WhatsApp Web cannot be loaded');
    return null;
  });
  if (library) return live(deps, following, { browser, library });
  following.tell(endingState('noLibrary'));
  return { reason: 'noLibrary', usedMs: 0 };
}

/** Opens the account again and again, with pauses that grow while it does not stay open. */
async function run(deps: SessionDeps, following: Following): Promise<void> {
  const { clock, ids, inboxId, log } = deps;
  for (let tries = 0; !following.signal.aborted; ) {
    const outcome = await tryOnce(deps, following).catch((error: unknown): Outcome => {
      log.error({ inboxId, error: sayable(error) }, 'WhatsApp Web could not be opened');
      following.tell(endingState('openFailed'));
      return { reason: 'openFailed', usedMs: 0 };
    });
    tries = triesAfter(tries, outcome);
    await pause(clock, pauseBefore(tries, ids.token()), following.signal);
  }
}

/** Keeps one account open. Nothing happens before `start`. */
export function createSession(deps: SessionDeps): Session {
  const { log, count, inboxId } = deps;
  let shown: ChannelState = { state: 'stopped', reason: null };
  let life: Life | null = null;
  let running: { ended: Promise<void>; stop(): void } | null = null;
  let settled: () => void = () => undefined;

  const tell = (state: ChannelState): void => {
    shown = state;
    if (state.state !== 'starting') settled();
  };
  const over = ({ reason, error }: Ending): void => {
    life = null;
    if (reason === 'stopped') return;
    count('restart');
    const why = error === undefined ? {} : { error: sayable(error) };
    log.warn({ inboxId, reason, ...why }, 'WhatsApp Web is opened again');
    tell(endingState(reason));
  };
  const begin = (): void => {
    const stopping = new AbortController();
    const began = (opened: Life): void => {
      life = opened;
    };
    const ended = run(deps, { signal: stopping.signal, tell, began, over });
    running = { ended, stop: () => stopping.abort() };
  };

  return {
    state: () => shown,
    client: () => (life?.isReady() ? life.client : null),
    failed(error) {
      const ending = endingOf(error);
      if (ending) life?.end(ending);
    },
    async start() {
      if (running) return;
      tell({ state: 'starting', reason: reasons.starting });
      const known = new Promise<void>((resolve) => {
        settled = resolve;
      });
      begin();
      await within(deps.clock, settleMs, known).catch(() => undefined);
    },
    async stop() {
      const ending = running;
      running = null;
      ending?.stop();
      await ending?.ended;
      shown = { state: 'stopped', reason: null };
    },
  };
}
