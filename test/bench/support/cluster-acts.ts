import { setTimeout as wait } from 'node:timers/promises';
import type { MongoServer } from '../../servers/mongo-server.ts';
import type { Cut } from '../../servers/tcp-proxy.ts';
import { allServe, type House, type Place, type Trouble } from './cluster-house.ts';

/** The shortest and the longest that an act lasts, in ms. */
export interface Lengths {
  pause: readonly [number, number];
  cut: readonly [number, number];
  /** From a kill until the process is started again. */
  away: readonly [number, number];
  /** From one act to the next. */
  between: readonly [number, number];
}

export const fullLengths: Lengths = {
  pause: [3_000, 40_000],
  cut: [5_000, 60_000],
  away: [0, 25_000],
  between: [500, 6_000],
};

export interface ActOptions {
  house: House;
  acts: number;
  lengths: Lengths;
  random(): number;
  /** The database's server where it is ours to restart; null: its line alone is cut. */
  server: MongoServer | null;
  /** Told right after each kill. */
  killed?(places: readonly Place[], at: number): void;
  progress?(done: number, what: string): void;
}

type Kind = 'kill' | 'pause' | 'two' | 'line' | 'database';

interface Stage extends ActOptions {
  /** Acts that are not over yet. */
  open: Set<Promise<void>>;
  isDatabaseAway: boolean;
}

const within = ([from, to]: readonly [number, number], random: () => number): number => from + random() * (to - from);

const note = ({ house }: ActOptions, what: Trouble['what'], process: number | null): Trouble => {
  const trouble: Trouble = { what, process, from: performance.now(), to: Number.POSITIVE_INFINITY };
  house.troubles.push(trouble);
  return trouble;
};

/** One that serves; now and then one that is starting. */
function choose({ house, random }: Stage): Place | null {
  const wanted = house.places.filter(({ state }) => state === 'up' || (state === 'starting' && random() < 0.15));
  return wanted[Math.floor(random() * wanted.length)] ?? null;
}

/** Begins at once; what is left of it is in `over`. */
function kill(stage: Stage, place: Place): Promise<void> {
  const trouble = note(stage, 'kill', place.index);
  const { running } = place;
  Object.assign(place, { state: 'down', since: performance.now() });
  running?.child.kill('SIGKILL');
  const again = async (): Promise<void> => {
    await running?.gone;
    await wait(within(stage.lengths.away, stage.random));
    trouble.to = performance.now();
    place.start();
  };
  return again();
}

function pause(stage: Stage, place: Place): Promise<void> {
  const trouble = note(stage, 'pause', place.index);
  const { running, state } = place;
  Object.assign(place, { state: 'paused', since: performance.now() });
  running?.child.kill('SIGSTOP');
  const wake = async (): Promise<void> => {
    await wait(within(stage.lengths.pause, stage.random));
    running?.child.kill('SIGCONT');
    trouble.to = performance.now();
    Object.assign(place, { state, since: performance.now() });
    if (state !== 'starting') return;
    await running?.ready.then(
      () => place.state === 'starting' && Object.assign(place, { state: 'up', since: performance.now() }),
      () => undefined,
    );
  };
  return wake();
}

const cuts: readonly Cut[] = ['drop', 'refuse', 'hang'];

async function cut(stage: Stage): Promise<void> {
  const trouble = note(stage, 'line', null);
  stage.isDatabaseAway = true;
  await stage.house.line.cut(cuts[Math.floor(stage.random() * cuts.length)] ?? 'drop');
  await wait(within(stage.lengths.cut, stage.random));
  await stage.house.line.restore();
  trouble.to = performance.now();
  stage.isDatabaseAway = false;
}

async function restart(stage: Stage, server: MongoServer): Promise<void> {
  const trouble = note(stage, 'database', null);
  stage.isDatabaseAway = true;
  await server.stop();
  await server.start();
  trouble.to = performance.now();
  stage.isDatabaseAway = false;
}

function draw({ random, server, isDatabaseAway }: Stage): Kind {
  const lot = random();
  if (lot < 0.36) return 'kill';
  if (lot < 0.68) return 'pause';
  if (lot < 0.84 || isDatabaseAway) return 'two';
  return lot < 0.94 || !server ? 'line' : 'database';
}

/** On one process, or on two at once; gives when it is over. */
function strike(stage: Stage, kind: Kind, first: Place): Promise<unknown> {
  const killed: Place[] = [];
  const one = (place: Place): Promise<void> => {
    const isKill = kind === 'kill' || (kind === 'two' && stage.random() < 0.6);
    if (isKill) killed.push(place);
    return isKill ? kill(stage, place) : pause(stage, place);
  };
  const over = [one(first)];
  const second = kind === 'two' ? choose(stage) : null;
  if (second) over.push(one(second));
  if (killed.length > 0) stage.killed?.(killed, performance.now());
  return Promise.all(over);
}

async function someone(stage: Stage): Promise<Place> {
  for (;;) {
    const place = choose(stage);
    if (place) return place;
    await wait(100);
  }
}

async function begin(stage: Stage): Promise<string> {
  const kind = draw(stage);
  const { server } = stage;
  const first = kind === 'line' || kind === 'database' ? null : await someone(stage);
  const over = first ? strike(stage, kind, first) : kind === 'database' && server ? restart(stage, server) : cut(stage);
  const whole = over.then(() => void stage.open.delete(whole));
  stage.open.add(whole);
  return kind;
}

/** One act after the other, mostly before the one before is over; resolves once all are and every process serves. */
export async function play(options: ActOptions): Promise<void> {
  const stage: Stage = { ...options, open: new Set(), isDatabaseAway: false };
  const { random, lengths, house } = options;
  for (let done = 1; done <= options.acts; done += 1) {
    await wait(within(lengths.between, random));
    options.progress?.(done, await begin(stage));
  }
  await Promise.all(stage.open);
  await allServe(house);
}

/** The process that has the mailbox open, once one has and all serve. */
async function holderOf({ house }: ActOptions): Promise<Place> {
  for (;;) {
    const holding = new Set(
      house.listenings.filter(({ to }) => to === Number.POSITIVE_INFINITY).map((one) => one.process),
    );
    const place = house.places.find(({ index }) => holding.has(index));
    if (place && house.places.every(({ state }) => state === 'up')) return place;
    await wait(100);
  }
}

const takenOverWithinMs = 120_000;

/** Kills the process that serves the lone inbox, so many times, each once another has taken it over; nothing else happens. */
export async function killHolders(options: ActOptions, times: number): Promise<void> {
  const { house } = options;
  const stage: Stage = {
    ...options,
    lengths: { ...options.lengths, away: [0, 2_000] },
    open: new Set(),
    isDatabaseAway: false,
  };
  for (let time = 0; time < times; time += 1) {
    const place = await holderOf(options);
    const before = house.listenings.length;
    const over = kill(stage, place);
    const began = performance.now();
    options.killed?.([place], began);
    while (house.listenings.length === before && performance.now() - began < takenOverWithinMs) await wait(100);
    await over;
    await allServe(house);
  }
}
