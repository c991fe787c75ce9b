import type { ChannelDeps, ChannelState, Login } from '../../src/channel/channel.ts';
import type { WaClient } from './client.ts';
import { readWid } from './parse.ts';
import { isPageGone, type Reason, reasonOfDisconnection, reasonOfFailure, reasons } from './reasons.ts';

/** Why a client's life ended. */
export interface Ending {
  reason: Reason | 'stopped';
  /** What was thrown, where something was. */
  error?: unknown;
  /** The phone unlinked the account: the stored session is worth nothing. */
  unlinked?: boolean;
}

/** A client from its start to its end. */
export interface Life {
  client: WaClient;
  ended: Promise<Ending>;
  end(ending: Ending): void;
  isReady(): boolean;
  /** The library has come to the end of opening, well or not. */
  isOpened(): boolean;
}

export interface LifeDeps {
  client: WaClient;
  clock: ChannelDeps['clock'];
  /** How the inbox is from now on. */
  tell(state: ChannelState): void;
  /** The account can be used; may come again after the page was loaded again. */
  ready(): void;
}

/** The silent failures, and how long is waited before each is taken for one (channel-facts 1.2). */
const patience = {
  openLate: 120_000,
  readyLate: 120_000,
  qrIdle: 90_000,
  codeIdle: 240_000,
  offline: 600_000,
} as const;

/** Watchdogs by the reason that they end a life for. */
function createWatchdogs(clock: ChannelDeps['clock'], bite: (reason: Reason) => void) {
  const waiting = new Map<Reason, () => void>();
  const rest = (reason: Reason): void => {
    waiting.get(reason)?.();
    waiting.delete(reason);
  };
  return {
    rest,
    watch(reason: Reason, ms: number): void {
      rest(reason);
      waiting.set(
        reason,
        clock.after(ms, () => bite(reason)),
      );
    },
    restAll: (): void => [...waiting.keys()].forEach(rest),
  };
}

/** The number of the account (E.164); null where the library does not tell. */
export function ownNumber(info: unknown): string | null {
  const wid = readWid((info as { wid?: unknown } | null | undefined)?.wid);
  const digits = /^(\d{7,15})@c\.us$/.exec(wid)?.[1];
  return digits ? `+${digits}` : null;
}

const phoneless: ReadonlySet<unknown> = new Set(['OPENING', 'PAIRING', 'TIMEOUT']);

/** A browser that dies tells the library nothing; it is asked itself (channel-facts 1.2). */
function watchBrowser({ pupBrowser, pupPage }: WaClient, end: Life['end']): void {
  pupBrowser?.on('disconnected', () => end({ reason: 'browserGone' }));
  pupPage?.on('error', () => end({ reason: 'pageCrashed' }));
  pupPage?.on('close', () => end({ reason: 'pageClosed' }));
  if (pupBrowser?.isConnected?.() === false) end({ reason: 'browserGone' });
}

const connectedAs = ({ info }: WaClient): ChannelState => ({
  state: 'connected',
  reason: null,
  phone: ownNumber(info),
});

type Shown = Pick<Login, 'qr' | 'code'>;

const loginWith = (login: Shown, now: number): ChannelState => ({
  state: 'needs-login',
  reason: login.qr === null ? reasons.enterCode : reasons.scan,
  login: { ...login, at: new Date(now).toISOString() },
});

/** Begins to open WhatsApp Web with a fresh client, and watches it until it ends. */
export function openLife({ client, clock, tell, ready }: LifeDeps): Life {
  let isReady = false;
  let isOpened = false;
  let isOver = false;
  let loginShown = false;
  let settle: (ending: Ending) => void = () => undefined;
  const ended = new Promise<Ending>((resolve) => {
    settle = resolve;
  });
  const end = (ending: Ending): void => {
    dogs.restAll();
    isReady = false;
    isOver = true;
    settle(ending);
  };
  const dogs = createWatchdogs(clock, (reason) => end({ reason }));

  const showLogin = (login: Shown): void => {
    // a page that asks to be linked while it was in use has lost the account, whatever it said of that
    if (isReady) {
      end({ reason: 'loggedOut' });
      return;
    }
    dogs.rest('readyLate');
    dogs.watch('qrIdle', login.qr === null ? patience.codeIdle : patience.qrIdle);
    tell(loginWith(login, clock.now()));
    loginShown = true;
  };

  const load = (): void => {
    if (isReady) return;
    dogs.rest('qrIdle');
    dogs.watch('readyLate', patience.readyLate);
    tell({ state: 'starting', reason: reasons.loading });
  };

  const opened = (): void => {
    isOpened = true;
    if (isOver) return;
    dogs.rest('openLate');
    watchBrowser(client, end);
    if (!isReady && !loginShown) dogs.watch('readyLate', patience.readyLate);
  };
  const changed = (state: unknown): void => {
    if (!isReady) return;
    if (state === 'CONNECTED') {
      dogs.rest('disconnected');
      tell(connectedAs(client));
    } else if (phoneless.has(state)) {
      dogs.watch('disconnected', patience.offline);
      tell({ state: 'reconnecting', reason: reasons.offline, phone: ownNumber(client.info) });
    }
  };

  /** A client that is being ended may still talk. */
  const hear = (event: string, act: (...given: unknown[]) => void): void =>
    void client.on(event, (...given) => (isOver ? undefined : act(...given)));
  hear('qr', (qr) => showLogin({ qr: String(qr), code: null }));
  hear('code', (code) => showLogin({ qr: null, code: String(code) }));
  hear('loading_screen', load);
  hear('authenticated', load);
  hear('auth_failure', () => end({ reason: 'refused' }));
  hear('change_state', changed);
  hear('disconnected', (said) => end({ reason: reasonOfDisconnection(said), unlinked: said === 'LOGOUT' }));
  hear('ready', () => {
    dogs.restAll();
    isReady = true;
    tell(connectedAs(client));
    ready();
  });

  tell({ state: 'starting', reason: reasons.starting });
  dogs.watch('openLate', patience.openLate);
  const failed = (error: unknown): void => {
    isOpened = true;
    end({ reason: reasonOfFailure(error), error });
  };
  client.initialize().then(opened, failed);
  return { client, ended, end, isReady: () => isReady, isOpened: () => isOpened };
}

/** What an error of a call says of the page: gone for good, or nothing. */
export const endingOf = (error: unknown): Ending | null => (isPageGone(error) ? { reason: 'frameGone', error } : null);
