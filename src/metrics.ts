import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Usage } from './channel/channel.ts';
import type { DeliveryStatus } from './channel/inbound.ts';

/** What only the flow knows at the moment of asking. */
export interface FlowFigures {
  outboxOpen: number;
  outboxOldestAt: string | null;
  turnsWaiting: number;
  deadLetters: number;
  /** Posts of providers that are kept and not read yet, and since when the next of them waits. */
  arrivalsWaiting: number;
  arrivalsOldestAt: string | null;
  /** Posts that could not be read, or not all of them. */
  arrivalsOdd: number;
  /** Tickets to which time has brought something that is not done yet, and since when the first of them waits. */
  dutiesDue: number;
  dutiesOldestAt: string | null;
}

/** What an inbox used of what it may. */
export interface InboxUsage {
  id: string;
  usage: Usage | null;
}

/** What became of a post of a provider. */
export type PostOutcome = 'kept' | 'again' | 'taken' | 'odd' | 'put-off' | 'unsigned' | 'too-large' | 'failed';

/** The counters of one process, told by whoever does the work and read by `/metrics`. */
export interface Metrics {
  /** A message came in and is durable. */
  received(channel: string): void;
  /** A sending has reached this status (`accepted`, `failed`, ...). */
  sent(channel: string, status: DeliveryStatus): void;
  /** Milliseconds from taking up a turn to its decision being written. */
  decided(ms: number): void;
  /** Something that a channel counts, such as a bad signature. */
  channelEvent(channel: string, event: string): void;
  /** A post of a provider was kept or refused, and later read, put off or put aside. */
  arrival(channel: string, outcome: PostOutcome): void;
  /** A file that a message named is here, or will never come. */
  file(channel: string, state: string): void;
  /** Somebody was told of their ticket, or could not be: over which kind of channel. */
  notice(channel: string, state: 'told' | 'failed'): void;
  /** The knowledge bank asked for help: of which kind, what came of it, and how long it took. */
  help(kind: string, outcome: string, ms: number): void;
  /** A request was answered. `route` is the path's template, never the path itself. */
  answered(request: { method: string; route: string; status: number }, ms: number): void;
  /** All figures as Prometheus text; `figures` and `inboxes` are those of this moment, `now` in ms. */
  render(figures: FlowFigures, inboxes: readonly InboxUsage[], now: number): Promise<{ type: string; text: string }>;
}

const httpSeconds = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const decisionSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

const counters = (registry: Registry) => ({
  received: new Counter({
    name: 'wasl_messages_received_total',
    help: 'Messages that came in and are stored, by channel',
    labelNames: ['channel'],
    registers: [registry],
  }),
  sent: new Counter({
    name: 'wasl_deliveries_total',
    help: 'Sendings by channel and the status that they reached',
    labelNames: ['channel', 'status'],
    registers: [registry],
  }),
  arrivals: new Counter({
    name: 'wasl_webhook_posts_total',
    help: 'Posts of providers by channel and outcome: kept or refused when they come, later taken, put off or odd',
    labelNames: ['channel', 'outcome'],
    registers: [registry],
  }),
  files: new Counter({
    name: 'wasl_files_fetched_total',
    help: 'Files that messages named, by channel and whether they are here or missing for good',
    labelNames: ['channel', 'state'],
    registers: [registry],
  }),
  notices: new Counter({
    name: 'wasl_notices_total',
    help: 'Notices of tickets by the channel that they took, and whether they were given up',
    labelNames: ['channel', 'state'],
    registers: [registry],
  }),
  help: new Counter({
    name: 'wasl_knowledge_help_total',
    help: 'Questions put to the helpers of the knowledge bank, by kind and outcome: helped, nothing, timed-out, refused, failed, resting',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  }),
  channelEvents: new Counter({
    name: 'wasl_channel_events_total',
    help: 'Events that a channel counts, such as refused signatures or unknown payloads',
    labelNames: ['channel', 'event'],
    registers: [registry],
  }),
});

const histograms = (registry: Registry) => ({
  decision: new Histogram({
    name: 'wasl_decision_seconds',
    help: 'From taking up a turn to its decision being written',
    buckets: decisionSeconds,
    registers: [registry],
  }),
  help: new Histogram({
    name: 'wasl_knowledge_help_seconds',
    help: 'Time that a helper of the knowledge bank took, or was waited for, by kind',
    labelNames: ['kind'],
    buckets: httpSeconds,
    registers: [registry],
  }),
  http: new Histogram({
    name: 'wasl_http_request_seconds',
    help: 'Time to answer an HTTP request, by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: httpSeconds,
    registers: [registry],
  }),
});

const gauges = (registry: Registry) => {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  return {
    open: gauge('wasl_outbox_open', 'Sendings that are still to be done'),
    age: gauge('wasl_outbox_oldest_seconds', 'Age of the oldest sending that is still to be done'),
    turns: gauge('wasl_turns_waiting', 'Turns that wait for their decision'),
    dead: gauge('wasl_dead_letters', 'Sendings that were given up'),
    arrivals: gauge('wasl_arrivals_waiting', 'Posts of providers that are kept and not read yet'),
    arrivalAge: gauge('wasl_arrivals_oldest_seconds', 'Age of the post that is to be read next'),
    duties: gauge('wasl_duties_due', 'Tickets to which time has brought something that is not done yet'),
    dutyAge: gauge('wasl_duties_oldest_seconds', 'Since when the first of them waits'),
    odd: gauge('wasl_arrivals_odd', 'Posts of providers that could not be read, or not all of them'),
  };
};

const usageGauges = (registry: Registry) => {
  const gauge = (name: string, help: string, labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const spent = gauge('wasl_inbox_budget_spent', 'Money spent this month', ['inbox', 'currency']);
  const limit = gauge('wasl_inbox_budget_limit', 'Money that may be spent in a month', ['inbox', 'currency']);
  const used = gauge('wasl_inbox_used', 'What was used this month, as its provider counts it', ['inbox', 'what']);
  const left = gauge('wasl_inbox_limit_left', 'What a provider still allows before its limit', ['inbox', 'what']);
  return (inboxes: readonly InboxUsage[]): void => {
    for (const each of [spent, limit, used, left]) each.reset();
    for (const { id: inbox, usage } of inboxes) {
      const { budget, lines = [], limits = [] } = usage ?? {};
      if (budget) {
        spent.set({ inbox, currency: budget.currency }, budget.spent);
        limit.set({ inbox, currency: budget.currency }, budget.limit);
      }
      for (const { what, count } of lines) used.set({ inbox, what }, count);
      for (const one of limits) left.set({ inbox, what: one.what }, one.left);
    }
  };
};

const secondsSince = (at: string | null, now: number): number =>
  at === null ? 0 : Math.max(0, now - Date.parse(at)) / 1000;

/** Fresh counters, with the process's own (event-loop lag, memory, processor time) beside them. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
  const { received, sent, arrivals, files, notices, channelEvents, help } = counters(registry);
  const { decision, http, help: helpSeconds } = histograms(registry);
  const show = gauges(registry);
  const showUsage = usageGauges(registry);
  return {
    received: (channel) => received.inc({ channel }),
    sent: (channel, status) => sent.inc({ channel, status }),
    arrival: (channel, outcome) => arrivals.inc({ channel, outcome }),
    notice: (channel, state) => notices.inc({ channel, state }),
    file: (channel, state) => files.inc({ channel, state }),
    help(kind, outcome, ms) {
      help.inc({ kind, outcome });
      if (outcome !== 'resting') helpSeconds.observe({ kind }, ms / 1000);
    },
    decided: (ms) => decision.observe(ms / 1000),
    channelEvent: (channel, event) => channelEvents.inc({ channel, event }),
    answered: ({ method, route, status }, ms) => http.observe({ method, route, status }, ms / 1000),
    async render(figures, inboxes, now) {
      showUsage(inboxes);
      show.open.set(figures.outboxOpen);
      show.age.set(secondsSince(figures.outboxOldestAt, now));
      show.turns.set(figures.turnsWaiting);
      show.dead.set(figures.deadLetters);
      show.arrivals.set(figures.arrivalsWaiting);
      show.arrivalAge.set(secondsSince(figures.arrivalsOldestAt, now));
      show.odd.set(figures.arrivalsOdd);
      show.duties.set(figures.dutiesDue);
      show.dutyAge.set(secondsSince(figures.dutiesOldestAt, now));
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
