import { createServer, type Server } from 'node:http';
import express from 'express';
import { systemClock } from '../../src/clock.ts';
import { createSmsSimulator, type SmsSimulator } from '../fakes/sms/simulator.ts';
import { createWhatsappCloudSimulator, type WhatsappCloudSimulator } from '../fakes/whatsapp-cloud/simulator.ts';
import { createXSimulator, type XSimulator } from '../fakes/x/simulator.ts';
import { createCast } from './cast.ts';
import { watchHealth } from './health.ts';
import { addPage, type Page } from './page.ts';
import { createStage, type Place } from './place.ts';
import { createSmsPlace } from './places/sms.ts';
import { createSmsLogPlace } from './places/sms-log.ts';
import { createWhatsappPlace } from './places/whatsapp.ts';
import { createXPlace } from './places/x.ts';

export const smsProviders = ['log', 'unifonic', 'taqnyat', 'twilio'] as const;
export type SmsProvider = (typeof smsProviders)[number];

export interface RehearsalOptions {
  /** Where Wasl is, or will be. */
  waslOrigin: string;
  /** The page's port; 0: any. */
  port: number;
  sms: SmsProvider;
  /** Called where Wasl is to begin anew with these settings besides the others. */
  restart(settings: Record<string, string>): Promise<void>;
}

/** The providers' side of all channels, and the page with their places. */
export interface Rehearsal {
  /** Where the page is. */
  origin: string;
  /** What Wasl has to be started with. */
  settings: Record<string, string>;
  whatsapp: WhatsappCloudSimulator;
  x: XSimulator;
  sms: SmsSimulator;
  page: Page;
  /** Tells the providers where Wasl is, once it is there; gives sentences on what it did not take. */
  connect(): Promise<string[]>;
  /** A line that Wasl printed; whether it is shown on the page. */
  hear(line: string): boolean;
  close(): Promise<void>;
}

/** US dollars of a month at X: enough for days of rehearsing. */
const xBudget = 10;

const listening = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`);
    });
  });

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const simulators = () => ({
  whatsapp: createWhatsappCloudSimulator({
    receipts: { statuses: ['sent', 'delivered', 'read'], afterMs: [300, 900, 2000] },
    webhookTimeoutMs: 10_000,
    // by the letter of the provider's page two messages at once would silence the service for 12 seconds in every chat
    limits: { pairRate: 'bucket' },
  }),
  x: createXSimulator(),
  sms: createSmsSimulator(),
});

type Simulators = ReturnType<typeof simulators>;

const smsSettings = (sms: SmsSimulator, provider: SmsProvider): Record<string, string> =>
  provider === 'log' ? { SMS_PROVIDER: 'log' } : sms.settings(provider);

/** What Wasl itself has counted as spent at X this month; it tells its figures to this machine alone. */
const countedAt = async (waslOrigin: string): Promise<number> => {
  const figures = await (await fetch(`${waslOrigin}/metrics`)).text();
  return Number(/^wasl_inbox_budget_spent\{inbox="x",.*\} (\S+)$/m.exec(figures)?.[1] ?? 0);
};

const placesOf = (all: Simulators, { sms: provider, waslOrigin, restart }: RehearsalOptions) => {
  const [cast, stage] = [createCast(), createStage()];
  const log = createSmsLogPlace({ cast, stage });
  const set = (usd: number): Promise<void> => restart({ X_MONTHLY_BUDGET_USD: String(usd) });
  const places: Place[] = [
    createWhatsappPlace({ simulator: all.whatsapp, cast, stage }),
    createXPlace({
      simulator: all.x,
      cast,
      stage,
      clock: systemClock,
      budget: { usd: xBudget, counted: () => countedAt(waslOrigin), set },
    }),
    provider === 'log' ? log : createSmsPlace({ simulator: all.sms, provider, cast, stage, clock: systemClock }),
  ];
  return { cast, stage, places, log };
};

/** Wasl may have told X by itself where it is. */
const connectX = async (x: XSimulator, url: string): Promise<boolean> =>
  x.webhooks.all().some(({ valid }) => valid) || (await x.connect(url)).valid;

/** Starts the providers' side and the page. Wasl is started by whoever asks, with `settings`. */
export async function openRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const all = simulators();
  const { whatsapp, x, sms } = all;
  await Promise.all([whatsapp.start(), x.start(), sms.start()]);
  whatsapp.connect(`${options.waslOrigin}/webhooks/whatsapp`);
  sms.connect(`${options.waslOrigin}/webhooks/sms`);
  const { cast, stage, places, log } = placesOf(all, options);
  const app = express().disable('x-powered-by');
  const health = watchHealth(options.waslOrigin, stage, systemClock);
  const page = addPage(app, { cast, stage, places, health: health.news });
  const server = createServer(app);
  const origin = await listening(server, options.port);
  return {
    ...all,
    origin,
    page,
    settings: {
      ...whatsapp.settings(),
      ...x.settings(),
      ...smsSettings(sms, options.sms),
      X_POLL_SECONDS: '15',
      X_WEBHOOK: 'activity',
      X_MONTHLY_BUDGET_USD: String(xBudget),
    },
    async connect() {
      const { status } = await whatsapp.handshake();
      const isTold = await connectX(x, `${options.waslOrigin}/webhooks/x`);
      page.setConnected(status === 200);
      return [
        ...(status === 200 ? [] : [`Wasl did not take the handshake of WhatsApp: it answered with ${status}`]),
        ...(isTold ? [] : ['Wasl did not take the challenge of X: it hears of posts by asking, every 15 seconds']),
      ];
    },
    hear: (line) => options.sms === 'log' && log.hear(line),
    async close() {
      health.stop();
      page.close();
      await Promise.all([closed(server), whatsapp.stop(), x.stop(), sms.stop()]);
    },
  };
}
