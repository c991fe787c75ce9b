import { AsyncLocalStorage } from 'node:async_hooks';
import { IncomingMessage, Agent as PlainAgent } from 'node:http';
import { Agent } from 'node:https';
import type { IGetHttpRequestArgs, ITwitterApiClientPlugin, TwitterApi, TwitterApiv2 } from 'twitter-api-v2';
import { z } from 'zod';
import type { ChannelDeps } from '../../src/channel/channel.ts';
import { SendError } from '../../src/channel/send-error.ts';
import type { Endpoint, Limits } from './limits.ts';
import { Refusal, refusalOf, withoutAnswer } from './refusal.ts';
import type { XSettings } from './settings.ts';

/** The library's client of the second version of the interface. */
export type XApi = TwitterApiv2;

/** What is asked, so that limits, time and the account's health are kept for it. */
export interface Asked {
  endpoint: Endpoint;
  /** As the app itself, where X wants that; else as the account. */
  as?: 'app';
  signal?: AbortSignal | undefined;
  /** How long all of it may take, in ms; 20 s without it. */
  ms?: number;
  /** The longest answer that is read, in bytes. */
  mostBytes?: number;
}

/** The only door to X's interface. Every call rejects with a `SendError`, mostly a `Refusal`. */
export interface XClient {
  /** Runs calls of the library; asks nothing where X's limits or the account say no. */
  ask<T>(asked: Asked, work: (api: XApi) => Promise<T>): Promise<T>;
  /** Ends the connections; a later call opens new ones. */
  close(): void;
}

export interface ClientOptions {
  settings: XSettings;
  clock: ChannelDeps['clock'];
  limits: Limits;
  /** Throws while nothing may be asked at all. */
  check(): void;
  /** Hears how each call as the account ended: null where X answered well. */
  heard(endpoint: Endpoint, error: SendError | null): void;
}

/** Shorter than the core's own patience, so that a sending without an answer is told from one that was refused. */
const answerMs = 20_000;

/** Refusals there say nothing of the account: they are ways in beside the polling, and hosts of their own. */
const beside: ReadonlySet<Endpoint> = new Set(['webhooks', 'subscriptions', 'dmMedia']);

interface Call {
  endpoint: Endpoint;
  signal: AbortSignal;
  mostBytes: number | undefined;
  /** Ends it, as what it was found to be. */
  end(error: SendError): void;
}

/** Which call a request belongs to: the library hands on neither signal nor purpose. */
const calls = new AsyncLocalStorage<Call>();

const tooLong = (): SendError => new SendError('rejected', 'The file is larger than is fetched from X.');

const arriving = z.object({ res: z.custom<IncomingMessage>((value) => value instanceof IncomingMessage) });

/** Ends a call whose answer is longer than it may be, before it is in memory. */
function watchLength({
  mostBytes = Number.POSITIVE_INFINITY,
  end,
}: Call): IGetHttpRequestArgs['requestEventDebugHandler'] {
  return (event, data: unknown) => {
    const read = event === 'response' ? arriving.safeParse(data) : undefined;
    if (!read?.success) return;
    let seen = 0;
    if (Number(read.data.res.headers['content-length'] ?? 0) > mostBytes) end(tooLong());
    read.data.res.on('data', (chunk: Buffer) => {
      seen += chunk.length;
      if (seen > mostBytes) end(tooLong());
    });
  };
}

const itsOwn = /^https:\/\/(?:api|upload)\.x\.com(?=\/)/;

/** Directs requests to the address of the settings, lets them be ended, and notes what X says of its limits. */
const pluginOf = ({ settings, limits }: ClientOptions): ITwitterApiClientPlugin => ({
  onBeforeRequestConfig({ params }) {
    params.url = params.url.replace(itsOwn, settings.baseUrl);
    const call = calls.getStore();
    const handler = call?.mostBytes === undefined ? undefined : watchLength(call);
    if (handler) params.requestEventDebugHandler = handler;
  },
  async onBeforeRequest({ requestOptions }) {
    const call = calls.getStore();
    if (call) requestOptions.signal = call.signal;
  },
  onAfterRequest({ response }) {
    const call = calls.getStore();
    if (call) limits.note(call.endpoint, response.rateLimit);
  },
});

/** Connections are kept for what follows at once; one that X may have given up meanwhile would leave a request in doubt. */
const kept = { keepAlive: true, timeout: 10_000 } as const;

/** One client as the account and one as the app, over one set of kept connections. The library is loaded when it is needed. */
function createApis(options: ClientOptions) {
  const { appKey, appSecret, accessToken, accessSecret, bearerToken, baseUrl } = options.settings;
  const httpAgent = baseUrl.startsWith('http:') ? new PlainAgent(kept) : new Agent(kept);
  // compressed answers that are cut short would never end in this library
  const shared = { plugins: [pluginOf(options)], httpAgent, compression: false };
  let user: Promise<TwitterApi> | null = null;
  let app: Promise<TwitterApi> | null = null;
  const makeApp = async (): Promise<TwitterApi> => {
    const library = await import('twitter-api-v2');
    if (bearerToken) return new library.TwitterApi(bearerToken, shared);
    return new library.TwitterApi({ appKey, appSecret }, shared).appLogin();
  };
  return {
    async of(as: Asked['as']): Promise<XApi> {
      if (as === 'app') {
        app ??= makeApp();
        app.catch(() => {
          app = null;
        });
        return (await app).v2;
      }
      user ??= import('twitter-api-v2').then(
        ({ TwitterApi: Api }) => new Api({ appKey, appSecret, accessToken, accessSecret }, shared),
      );
      return (await user).v2;
    },
    close: (): void => httpAgent.destroy(),
  };
}

export function createClient(options: ClientOptions): XClient {
  const { clock, limits, check, heard } = options;
  const apis = createApis(options);

  /** Without headers a minute is waited, as X advises. */
  const waitMs = (endpoint: Endpoint): number => limits.waitMs(endpoint) || 60_000;

  /** Ends with the time or the given signal, whatever the library does then. */
  const inTime = async <T>(
    { endpoint, signal: given, ms = answerMs, mostBytes }: Asked,
    run: () => Promise<T>,
  ): Promise<T> => {
    if (given?.aborted) throw new Refusal({ code: 'timed-out', says: 'The time for it was over.' });
    const ending = new AbortController();
    const signal = given ? AbortSignal.any([given, ending.signal]) : ending.signal;
    const cancel = clock.after(ms, () => ending.abort());
    let leave = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason instanceof SendError ? signal.reason : withoutAnswer(signal.reason));
      signal.addEventListener('abort', leave, { once: true });
    });
    const call: Call = { endpoint, signal, mostBytes, end: (error) => ending.abort(error) };
    try {
      return await Promise.race([calls.run(call, run), late]);
    } finally {
      cancel();
      signal.removeEventListener('abort', leave);
    }
  };

  return {
    async ask(asked, work) {
      check();
      limits.check(asked.endpoint);
      const isHeard = asked.as !== 'app' && !beside.has(asked.endpoint);
      try {
        const result = await inTime(asked, async () => work(await apis.of(asked.as)));
        if (isHeard) heard(asked.endpoint, null);
        return result;
      } catch (error) {
        const refusal = refusalOf(error, asked.endpoint, (told) => {
          limits.note(asked.endpoint, told);
          return waitMs(asked.endpoint);
        });
        if (isHeard) heard(asked.endpoint, refusal);
        throw refusal;
      }
    },
    close: apis.close,
  };
}
