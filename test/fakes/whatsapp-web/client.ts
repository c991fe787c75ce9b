import { once } from 'node:events';
import wweb, { type Client } from 'whatsapp-web.js';
import type { BrowserOptions, FakeWhatsapp } from './open-whatsapp.ts';

/** The library itself on a page of the fake, with nothing of ours between. */
export interface Clients {
  /** A client that has not begun. */
  make(more?: object): Client;
  /** A client that is ready, by the QR code where the browser's profile is not linked. */
  ready(): Promise<Client>;
  /** Ends all of them. */
  close(): Promise<void>;
}

/**
 * The library prepares the page again after each navigation and lets go of the promise: when the browser closes meanwhile, nobody
 * would hear of the failure but the process, which ends by it.
 */
function calmInject(client: Client): void {
  const whole = client as Client & { inject(): Promise<void> };
  const inject = whole.inject.bind(client);
  let isFirst = true;
  whole.inject = () => {
    const done = inject();
    if (!isFirst) return done.catch(() => undefined);
    isFirst = false;
    return done;
  };
}

/** Clients of the library; `guard` runs in the page before its own scripts. */
export function makeClients(whatsapp: FakeWhatsapp, browser: BrowserOptions, guard?: () => void): Clients {
  const clients: Client[] = [];
  const make = (more: object = {}): Client => {
    const client = new wweb.Client({
      authStrategy: new wweb.LocalAuth({ clientId: 'one', dataPath: whatsapp.profiles }),
      puppeteer: { ...browser },
      webVersion: whatsapp.page.version,
      webVersionCache: { type: 'local', path: whatsapp.page.directory, strict: true },
      ...(guard ? { evalOnNewDoc: guard } : {}),
      ...more,
    });
    clients.push(client);
    calmInject(client);
    return client;
  };
  const ready = async (): Promise<Client> => {
    const client = make();
    const isReady = next(client, 'ready');
    client.once('qr', () => void whatsapp.phone.scan());
    await client.initialize();
    await isReady;
    return client;
  };
  const close = async (): Promise<void> => {
    for (const client of clients) await client.destroy().catch(() => undefined);
  };
  return { make, ready, close };
}

/** What the client says next under that name. */
export async function next<T extends unknown[]>(client: Client, event: string): Promise<T> {
  return (await once(client, event, { signal: AbortSignal.timeout(15_000) })) as T;
}
