import type { Usage } from '../../src/channel/channel.ts';
import { SendError } from '../../src/channel/send-error.ts';

/** What X counts by itself, named for people. */
export const endpoints = {
  me: 'account',
  mentions: 'mentions',
  search: 'search',
  posts: 'posts by id',
  ownPosts: 'own posts',
  dmEvents: 'direct messages (reading)',
  dmEventsWith: 'direct messages with one person (reading)',
  createPost: 'posts (writing)',
  sendDm: 'direct messages (writing)',
  media: 'files',
  dmMedia: 'files of direct messages',
  webhooks: 'webhooks',
  subscriptions: 'subscriptions',
} as const;
export type Endpoint = keyof typeof endpoints;

/** One window as X's headers tell it; `reset` in seconds since 1970. */
export interface Window {
  limit: number;
  remaining: number;
  reset: number;
}

/** What an answer says of the limits: the window of 15 minutes, and where X counts them, those of a day. */
export interface RateLimit extends Window {
  day?: Window | undefined;
  userDay?: Window | undefined;
}

/** The limits of one account, as X told them last. */
export interface Limits {
  note(endpoint: Endpoint, told: RateLimit | undefined): void;
  /** How long nothing may be asked there, in ms; 0 where it may. */
  waitMs(endpoint: Endpoint): number;
  /** What is left until the window ends, spread over it: how long to leave between two requests, in ms; 0 where it is unknown. */
  spacingMs(endpoint: Endpoint): number;
  /** Throws `throttled` where nothing may be asked there before a window ends. */
  check(endpoint: Endpoint): void;
  list(): Usage['limits'];
}

const dayMs = 86_400_000;
const quarterMs = 15 * 60_000;

interface Known {
  window: Window;
  name: string;
  /** No window is longer, whatever the other clock says. */
  mostMs: number;
}

const windowsOf = (endpoint: Endpoint, told: RateLimit): Known[] => {
  const name = endpoints[endpoint];
  const days = [told.userDay, told.day].flatMap((window) => (window ? [window] : []));
  // of two counts of a day only the fuller one is of interest
  const day = days.toSorted((a, b) => a.remaining - b.remaining)[0];
  return [
    { window: told, name: `${name}, 15 minutes`, mostMs: quarterMs },
    ...(day ? [{ window: day, name: `${name}, 24 hours`, mostMs: dayMs }] : []),
  ];
};

const isWhole = ({ limit, remaining, reset }: Window): boolean => [limit, remaining, reset].every(Number.isFinite);

/** What a refusal for going too fast is for a sending: it waits until the window ends, and all of the inbox with it. */
export const tooFast = (endpoint: Endpoint, retryAfterMs: number): SendError =>
  new SendError('throttled', `X allows no more of this for now (${endpoints[endpoint]}); it goes on by itself.`, {
    retryAfterMs,
    providerCode: '429',
    scope: 'inbox',
  });

export function createLimits(now: () => number): Limits {
  const known = new Map<Endpoint, { at: number; windows: Known[] }>();

  const open = (endpoint: Endpoint): Known[] =>
    (known.get(endpoint)?.windows ?? []).filter(({ window }) => window.reset * 1000 > now());

  const waitMs = (endpoint: Endpoint): number =>
    Math.max(
      0,
      ...open(endpoint)
        .filter(({ window }) => window.remaining <= 0)
        // one second more, since X tells whole seconds
        .map(({ window, mostMs }) => Math.min(window.reset * 1000 - now() + 1000, mostMs)),
    );

  const spacingMs = (endpoint: Endpoint): number =>
    Math.max(
      0,
      ...open(endpoint)
        .filter(({ window }) => window.remaining > 0)
        .map(({ window, mostMs }) => Math.min(window.reset * 1000 - now(), mostMs) / window.remaining),
    );

  return {
    note(endpoint, told) {
      if (told && isWhole(told)) known.set(endpoint, { at: now(), windows: windowsOf(endpoint, told) });
    },
    waitMs,
    spacingMs,
    check(endpoint) {
      const ms = waitMs(endpoint);
      if (ms > 0) throw tooFast(endpoint, ms);
    },
    list: () =>
      [...known.keys()].flatMap((endpoint) =>
        open(endpoint).map(({ name, window }) => ({
          what: name,
          left: Math.max(0, window.remaining),
          limit: window.limit,
          resetsAt: new Date(window.reset * 1000).toISOString(),
        })),
      ),
  };
}
