import type { ClientOptions, WaClient, WaLibrary } from './client.ts';
import { giveIdsTheirOldName } from './guard.ts';

/** A page to load in place of WhatsApp's, for tests: `<directory>/<version>.html`. */
export interface StandInPage {
  directory: string;
  version: string;
}

/** The name of the profile's directory below the inbox's own: `session-<this>`. */
const clientId = 'wasl';

/** The directory of the browser's profile, which the library makes below the one it is given. */
export const profileOf = (directory: string): string => `${directory}/session-${clientId}`;

/** As root the browser needs --no-sandbox, and containers have little /dev/shm. The rest keeps it small and quiet. */
const flags = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
];

/** Members of the library's client that its declarations leave out. */
interface Inner {
  inject(): Promise<unknown>;
  initWebVersionCache(): Promise<unknown>;
  requestPairingCode(...given: unknown[]): Promise<unknown>;
  destroy(): Promise<unknown>;
  authStrategy: { logout(): Promise<unknown> };
}

const calm =
  <Given extends unknown[]>(work: (...given: Given) => Promise<unknown>) =>
  (...given: Given): Promise<unknown> =>
    work(...given).catch(() => undefined);

/**
 * The library starts some of its work and lets go of the promise: preparing the page again after a navigation, asking for
 * a pairing code, ending the browser. A rejection there would end the whole process,
 * so it ends here; the watchdogs (`life.ts`) notice what did not happen.
 */
function calmDown(client: Inner, hasPage: boolean): void {
  const prepare = client.inject.bind(client);
  let isFirst = true;
  client.inject = () => {
    const done = prepare();
    if (!isFirst) return done.catch(() => undefined);
    isFirst = false;
    return done;
  };
  client.requestPairingCode = calm(client.requestPairingCode.bind(client));
  client.destroy = calm(client.destroy.bind(client));
  // the session removes what it kept, once the browser has ended and if it is still its own
  client.authStrategy.logout = async () => undefined;
  // it would listen to every response in order to keep a copy of the page, which nobody asks for
  if (!hasPage) client.initWebVersionCache = async () => undefined;
}

/** Loads whatsapp-web.js, which takes a while and much memory, so only where an account is in use. */
export async function loadLibrary(page?: StandInPage): Promise<WaLibrary> {
  const { default: library } = await import('whatsapp-web.js');
  const version = page
    ? { webVersion: page.version, webVersionCache: { type: 'local' as const, path: page.directory, strict: true } }
    : { webVersionCache: { type: 'none' as const } };
  const createClient = ({ directory, browser, phone }: ClientOptions): WaClient => {
    const client = new library.Client({
      authStrategy: new library.LocalAuth({ clientId, dataPath: directory }),
      puppeteer: {
        executablePath: browser.path,
        headless: browser.headless,
        args: flags,
        ...(browser.env ? { env: browser.env } : {}),
        // it is ended by us, after what is in hand is done
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      },
      evalOnNewDoc: giveIdsTheirOldName,
      takeoverOnConflict: false,
      authTimeoutMs: 90_000,
      ...(phone ? { pairWithPhoneNumber: { phoneNumber: phone.slice(1), showNotification: true } } : {}),
      ...version,
    });
    calmDown(client as unknown as Inner, page !== undefined);
    return client as unknown as WaClient;
  };
  return {
    createClient,
    createMedia: ({ type, base64, name, bytes }) => new library.MessageMedia(type, base64, name, bytes),
  };
}
