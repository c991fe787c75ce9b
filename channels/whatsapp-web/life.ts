import type { ChannelDeps, ChannelState } from '../../src/channel/channel.ts';
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

/** Begins to open WhatsApp Web with a fresh client, and watches it until it ends. */
export function openLife({ client, clock, tell, ready }: LifeDeps): Life {
  let isReady = false;
  let settle: (ending: Ending) => void = () => undefined;
  const ended = new Promise<Ending>((resolve) => {
    settle = resolve;
  });
  const end = (ending: Ending): void => {
    dogs.restAll();
    isReady = false;
    settle(ending);
  };
  const dogs = createWatchdogs(clock, (reason) => end({ reason }));

  const showLogin = (login: { qr: string | null; code: string | null }): void => {
    if (isReady) return;
    dogs.rest('readyLate');
    dogs.watch('qrIdle', login.qr === null ? patience.codeIdle : patience.qrIdle);
    const at = new Date(clock.now()).toISOString();
    const reason = login.qr === null ? reasons.enterCode : reasons.scan;
    tell({ state: 'needs-login', reason, login: { ...login, at } });
    loginShown = true;
  };
  let loginShown = false;

  const load = (): void => {
    if (isReady) return;
    dogs.rest('qrIdle');
    dogs.watch('readyLate', patience.readyLate);
    tell({ state: 'starting', reason: reasons.loading });
  };
  const connected = (): void => tell({ state: 'connected', reason: null, phone: ownNumber(client.info) });

  const watchBrowser = (): void => {
    client.pupBrowser?.on('disconnected', () => end({ reason: 'browserGone' }));
    client.pupPage?.on('error', () => end({ reason: 'pageCrashed' }));
    client.pupPage?.on('close', () => end({ reason: 'pageClosed' }));
    if (client.pupBrowser?.isConnected?.() === false) end({ reason: 'browserGone' });
  };
  const opened = (): void => {
    dogs.rest('openLate');
    watchBrowser();
    if (!isReady && !loginShown) dogs.watch('readyLate', patience.readyLate);
  };
  const changed = (state: unknown): void => {
    if (!isReady) return;
    if (state === 'CONNECTED') {
      dogs.rest('disconnected');
      connected();
    } else if (phoneless.has(state)) {
      dogs.watch('disconnected', patience.offline);
      tell({ state: 'reconnecting', reason: reasons.offline, phone: ownNumber(client.info) });
    }
  };

  client.on('qr', (qr) => showLogin({ qr: String(qr), code: null }));
  client.on('code', (code) => showLogin({ qr: null, code: String(code) }));
  client.on('loading_screen', load);
  client.on('authenticated', load);
  client.on('auth_failure', () => end({ reason: 'refused' }));
  client.on('change_state', changed);
  client.on('disconnected', (said) => end({ reason: reasonOfDisconnection(said), unlinked: said === 'LOGOUT' }));
  client.on('ready', () => {
    dogs.restAll();
    isReady = true;
    connected();
    ready();
  });

  tell({ state: 'starting', reason: reasons.starting });
  dogs.watch('openLate', patience.openLate);
  client.initialize().then(opened, (error: unknown) => end({ reason: reasonOfFailure(error), error }));
  return { client, ended, end, isReady: () => isReady };
}

/** What an error of a call says of the page: gone for good, or nothing. */
export const endingOf = (error: unknown): Ending | null => (isPageGone(error) ? { reason: 'frameGone', error } : null);
