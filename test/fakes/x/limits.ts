const quarter = 15 * 60 * 1000;
const day = 24 * 60 * 60 * 1000;

/** So many requests in so long. */
export interface Rate {
  most: number;
  inMs: number;
}

/** Who a rate counts for: each user, or the application. */
export interface EndpointLimits {
  user: readonly Rate[];
  app: readonly Rate[];
}

const in15 = (most: number): Rate => ({ most, inMs: quarter });
const in24 = (most: number): Rate => ({ most, inMs: day });
const both = (app: readonly Rate[], user: readonly Rate[]): EndpointLimits => ({ app, user });
const appOnly = (most: number): EndpointLimits => both([in15(most)], [in15(most)]);

/** Page "Rate limits" of X. What it does not list (Account Activity, file downloads) has 500 in 15 minutes, assumed. */
export const documentedLimits = {
  me: both([], [in15(75)]),
  user: both([in15(300)], [in15(900)]),
  username: both([in15(300)], [in15(900)]),
  mentions: both([in15(450)], [in15(300)]),
  userPosts: both([in15(10_000)], [in15(900)]),
  search: both([in15(450)], [in15(300)]),
  posts: both([in15(3500)], [in15(5000)]),
  post: both([in15(450)], [in15(900)]),
  createPost: both([in24(10_000)], [in15(100)]),
  deletePost: both([], [in15(50)]),
  dmEvents: both([], [in15(15)]),
  dmEventsWith: both([], [in15(15)]),
  sendDm: both([in24(1440)], [in15(15), in24(1440)]),
  mediaInitialize: both([in24(180_000)], [in15(1875)]),
  mediaAppend: both([in24(180_000)], [in15(1875)]),
  mediaFinalize: both([in24(180_000)], [in15(1875)]),
  mediaStatus: both([in24(100_000)], [in15(1000)]),
  dmMedia: appOnly(500),
  webhooks: appOnly(450),
  replay: appOnly(100),
  subscriptions: appOnly(500),
  accountActivity: appOnly(500),
  usage: appOnly(50),
} satisfies Record<string, EndpointLimits>;

export type EndpointName = keyof typeof documentedLimits;
export type Limits = Record<EndpointName, EndpointLimits>;

/** What the headers of an answer say of one rate. */
export interface RateState {
  limit: number;
  remaining: number;
  /** Seconds since 1970. */
  reset: number;
  scope: 'window' | 'userDay' | 'appDay';
}

/** Counts requests by endpoint and user. */
export interface Counts {
  /** Counts one more, or says that it is one too many. */
  admit(name: EndpointName, who: string, now: number): { allowed: boolean; states: RateState[] };
}

const scopeOf = (rate: Rate, isApp: boolean): RateState['scope'] =>
  rate.inMs === quarter ? 'window' : isApp ? 'appDay' : 'userDay';

export function createCounts(limits: Limits): Counts {
  const windows = new Map<string, { from: number; used: number }>();
  const windowOf = (key: string, rate: Rate, now: number): { from: number; used: number } => {
    const known = windows.get(key);
    if (known && now < known.from + rate.inMs && now >= known.from) return known;
    const fresh = { from: now, used: 0 };
    windows.set(key, fresh);
    return fresh;
  };
  return {
    admit(name, who, now) {
      const { user, app } = limits[name];
      // a request of a user counts for the user, and for the application only where that is counted by the day
      const rates =
        who === 'app'
          ? app.map((rate) => ({ rate, of: 'app' }))
          : [
              ...user.map((rate) => ({ rate, of: who })),
              ...app.filter(({ inMs }) => inMs === day).map((rate) => ({ rate, of: 'app' })),
            ];
      const counted = rates.map(({ rate, of }) => ({
        rate,
        of,
        window: windowOf(`${name} ${of} ${rate.inMs}`, rate, now),
      }));
      const allowed = counted.every(({ rate, window }) => window.used < rate.most);
      if (allowed) for (const { window } of counted) window.used += 1;
      const states = counted.map(({ rate, of, window }) => ({
        limit: rate.most,
        remaining: Math.max(0, rate.most - window.used),
        reset: Math.ceil((window.from + rate.inMs) / 1000),
        scope: scopeOf(rate, of === 'app'),
      }));
      return { allowed, states };
    },
  };
}

const prefixes: Record<RateState['scope'], string> = {
  window: 'x-rate-limit',
  userDay: 'x-user-limit-24hour',
  appDay: 'x-app-limit-24hour',
};

/** The headers of an answer. X sends no `retry-after`. */
export const headersOf = (states: readonly RateState[]): Record<string, string> => {
  // the client reads the others only beside the first
  const whole = states.some(({ scope }) => scope === 'window')
    ? states
    : states.slice(0, 1).flatMap((state): RateState[] => [{ ...state, scope: 'window' }, state]);
  return Object.fromEntries(
    whole.flatMap(({ scope, limit, remaining, reset }) => [
      [`${prefixes[scope]}-limit`, String(limit)],
      [`${prefixes[scope]}-remaining`, String(remaining)],
      [`${prefixes[scope]}-reset`, String(reset)],
    ]),
  );
};
