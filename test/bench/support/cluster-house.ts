import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startImapServer } from '../../fakes/email/imap-server.ts';
import { type FakeSmtpServer, startSmtpServer } from '../../fakes/email/smtp-server.ts';
import { createWhatsappCloudSimulator, type WhatsappCloudSimulator } from '../../fakes/whatsapp-cloud/simulator.ts';
import { createTcpProxy, type TcpProxy } from '../../servers/tcp-proxy.ts';
import { type Accepted, type Front, openFront, openProviderFront } from './cluster-fronts.ts';
import type { Account } from './posts.ts';
import { freePort, type Running, startWasl } from './server.ts';

export const careAddress = 'care@example.org';
/** The inbox that only one process may serve. */
export const loneInbox = 'email';

/** A stretch of time in which something was done to a process, or to the database (`process: null`). Ms of this process. */
export interface Trouble {
  what: 'kill' | 'pause' | 'line' | 'database';
  process: number | null;
  from: number;
  /** When it was over; Infinity as long as it is not. */
  to: number;
}

/** A connection of a process to the mailbox. */
export interface Listening {
  process: number;
  from: number;
  to: number;
}

/** One process and the ways by which it alone reaches the outside, so that it is known who did what. */
export interface Place {
  index: number;
  port: number;
  running: Running | null;
  state: 'up' | 'starting' | 'paused' | 'down';
  /** Since when it is in that state. */
  since: number;
  start(): Running;
  close(): Promise<void>;
}

/** Several processes of Wasl on one store, what they speak with, and a door that spreads who comes over those that live. */
export interface House {
  places: readonly Place[];
  /** The address behind which all of them answer. */
  port: number;
  line: TcpProxy;
  simulator: WhatsappCloudSimulator;
  account: Account;
  smtp: FakeSmtpServer;
  /** When each letter in `smtp.received` came. */
  letterTimes: readonly number[];
  deliverMail(raw: string): void;
  accepted: readonly Accepted[];
  listenings: readonly Listening[];
  troubles: Trouble[];
  /** Error output of processes that have ended. */
  errors: string[];
  close(): Promise<void>;
}

export interface HouseOptions {
  directory: string;
  processes: number;
  /** The port of the database's server; the processes reach it by a line that can be cut. */
  databasePort: number;
  random(): number;
}

/** So long a balancer takes to see that one of its servers answers no more. */
const seenAfterMs = 2_000;
const providerTakesMs = 250;

const isOpen = ({ state, since }: Place): boolean =>
  state === 'up' || (state === 'paused' && performance.now() - since < seenAfterMs);

interface World extends Pick<HouseOptions, 'directory' | 'random'> {
  simulator: WhatsappCloudSimulator;
  origin: string;
  imapPort: number;
  smtpPort: number;
  accepted: Accepted[];
  listenings: Listening[];
  errors: string[];
}

async function openFronts(index: number, world: World): Promise<{ provider: Front; mailbox: Front }> {
  const { origin, imapPort, random, accepted, listenings } = world;
  const open: Listening[] = [];
  const mailbox = await openFront({
    target: () => imapPort,
    opened() {
      const one = { process: index, from: performance.now(), to: Number.POSITIVE_INFINITY };
      open.push(one);
      listenings.push(one);
    },
    // which of its own connections ends first does not matter
    closed: () => void Object.assign(open.shift() ?? {}, { to: performance.now() }),
  });
  const provider = await openProviderFront({
    process: index,
    origin,
    answersAfter: () => random() * providerTakesMs,
    accepted: (one) => void accepted.push(one),
  });
  return { provider, mailbox };
}

/** What a process logs, for whoever wants to know why: BENCH_LOGS names a directory. */
function keepLog({ child }: Running, index: number): void {
  const directory = process.env.BENCH_LOGS;
  if (directory) child.stdout?.pipe(createWriteStream(join(directory, `process-${index}.log`), { flags: 'a' }));
}

const againAfterMs = 1_000;

const isPassing = /cannot be reached|port is in use/;

/** One that finds no database ends, and whoever watches over it starts it again. Somebody may have taken its port meanwhile. */
async function againSoon(place: Place, isWanted: () => boolean): Promise<void> {
  await wait(againAfterMs);
  place.port = await freePort();
  if (isWanted() && place.state === 'starting') place.start();
}

async function openPlace(index: number, world: World): Promise<Place> {
  const { provider, mailbox } = await openFronts(index, world);
  const { simulator, directory, smtpPort } = world;
  const baseUrl = simulator.settings().WHATSAPP_CLOUD_BASE_URL?.replace(/^https?:\/\/[^/]+/, '') ?? '';
  const env = {
    ...simulator.settings(),
    WHATSAPP_CLOUD_BASE_URL: `http://127.0.0.1:${provider.port}${baseUrl}`,
    WHATSAPP_CLOUD_PER_SECOND: '1000',
    EMAIL_IMAP_URL: `imap://care:right@127.0.0.1:${mailbox.port}`,
    EMAIL_SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    EMAIL_ADDRESS: careAddress,
  };
  const place: Place = {
    index,
    port: await freePort(),
    running: null,
    state: 'down',
    since: performance.now(),
    start() {
      const running = startWasl(place.port, directory, { env });
      keepLog(running, index);
      const isThis = (): boolean => place.running === running;
      Object.assign(place, { running, state: 'starting', since: performance.now() });
      running.ready.then(
        () => isThis() && place.state === 'starting' && Object.assign(place, { state: 'up', since: performance.now() }),
        () => undefined,
      );
      running.gone.then(async (code) => {
        const said = running.errors();
        if (code === 1 && isPassing.test(said)) return againSoon(place, isThis);
        if (said !== '') world.errors.push(said);
      });
      return running;
    },
    async close() {
      await place.running?.kill();
      await Promise.all([provider.close(), mailbox.close()]);
    },
  };
  return place;
}

const accountOf = (simulator: WhatsappCloudSimulator): Account => {
  const env = simulator.settings();
  return {
    phoneNumberId: env.WHATSAPP_CLOUD_PHONE_NUMBER_ID ?? '',
    businessAccountId: env.WHATSAPP_CLOUD_WABA_ID ?? '',
    appSecret: env.WHATSAPP_CLOUD_APP_SECRET ?? '',
  };
};

/** Notes when a letter came; a letter is seen at most this late. */
const lookAtLettersMs = 10;

function noteLetters(smtp: FakeSmtpServer): { times: number[]; end(): void } {
  const times: number[] = [];
  const timer = setInterval(() => {
    while (times.length < smtp.received.length) times.push(performance.now());
  }, lookAtLettersMs);
  return { times, end: () => clearInterval(timer) };
}

/** Gives connections to those that live, in turn. */
const inTurn = (places: readonly Place[]) => {
  let next = 0;
  return (): number | null => {
    const living = places.filter(isOpen);
    next += 1;
    return living[next % living.length]?.port ?? null;
  };
};

const serveWithinMs = 120_000;

/** Resolves once every process serves. */
export async function allServe({ places, errors }: Pick<House, 'places' | 'errors'>): Promise<void> {
  const began = performance.now();
  while (places.some(({ state }) => state !== 'up')) {
    if (performance.now() - began > serveWithinMs)
      throw new Error(`not all processes came to serve: ${errors.join('')}`);
    await wait(100);
  }
}

/** Opens everything and starts all processes; resolves once they serve. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const limits = { window: 'off', pairRate: false, throughput: false } as const;
  const simulator = createWhatsappCloudSimulator({ limits, receipts: null });
  const { origin } = await simulator.start();
  const [imap, smtp] = [await startImapServer(), await startSmtpServer()];
  const line = await createTcpProxy(options.databasePort);
  process.env.MONGODB_URL = `mongodb://127.0.0.1:${line.port}/`;
  const kept = { accepted: [] as Accepted[], listenings: [] as Listening[], errors: [] as string[] };
  const world: World = { ...options, ...kept, simulator, origin, imapPort: imap.port, smtpPort: smtp.port };
  const places: Place[] = [];
  for (let index = 0; index < options.processes; index += 1) places.push(await openPlace(index, world));
  const door = await openFront({ target: inTurn(places) });
  const letters = noteLetters(smtp);
  const house: House = {
    ...kept,
    places,
    port: door.port,
    line,
    simulator,
    account: accountOf(simulator),
    smtp,
    letterTimes: letters.times,
    deliverMail: (raw) => void imap.deliver(raw),
    troubles: [],
    async close() {
      letters.end();
      await Promise.all(places.map((place) => place.close()));
      await Promise.all([door.close(), line.close(), imap.stop(), smtp.close(), simulator.stop()]);
    },
  };
  try {
    for (const place of places) place.start();
    await allServe(house);
    return house;
  } catch (error) {
    await house.close();
    throw error;
  }
}
