import { setTimeout as wait } from 'node:timers/promises';
import { freePort, type Running, startWasl } from './server.ts';
import { seeded, story } from './story.ts';
import { createVisitor, type Visitor } from './visitor.ts';

export interface KillOptions {
  directory: string;
  kills: number;
  visitors: number;
  seed: number;
  /** Told after each kill. */
  progress?(done: number): void;
}

export interface Killed {
  visitors: Visitor[];
  /** Kills that fell while the server was still starting. */
  atStart: number;
  /** Kills at which at least one visitor waited for an acknowledgement. */
  underLoad: number;
  /** What the servers wrote to their error output. */
  errors: string[];
}

/** One person who writes on and on: mostly waits for the acknowledgement, sometimes writes two or three at once. */
async function writeOn(visitor: Visitor, random: () => number, isOver: () => boolean): Promise<void> {
  const lines = story(random);
  const said: Promise<string>[] = [];
  while (!isOver()) {
    const burst = random() < 0.15 ? 3 : 1;
    const batch = Array.from({ length: burst }, () => visitor.send(lines.next().value));
    said.push(...batch);
    await Promise.race([Promise.all(batch), wait(2_000)]);
    await wait(5 + random() * 60);
  }
  await Promise.all(said);
}

/** Kills a server at a random moment: mostly under load, now and then while it starts and recovers. */
async function killOnce(server: Running, random: () => number): Promise<'at start' | 'running'> {
  if (random() < 0.2) {
    await wait(100 + random() * 800);
    await server.kill();
    return 'at start';
  }
  await server.ready;
  await wait(100 + random() * 900);
  await server.kill();
  return 'running';
}

const quiet = async (visitors: readonly Visitor[]): Promise<void> => {
  const seen = (): number => visitors.reduce((sum, one) => sum + one.sights.length, 0);
  for (let before = -1; before !== seen(); ) {
    before = seen();
    await wait(1_500);
  }
};

/** Everybody loads the page again, and gets what never reached them. */
const collect = async (visitors: readonly Visitor[]): Promise<void> => {
  await quiet(visitors);
  for (const visitor of visitors) visitor.reconnect();
  await quiet(visitors);
};

/** Visitors write to a real server that is killed again and again; ends when everything was acknowledged and answered. */
export async function killAgainAndAgain(options: KillOptions): Promise<Killed> {
  const { directory, kills, visitors: count, seed } = options;
  const random = seeded(seed);
  const port = await freePort();
  const errors: string[] = [];
  let over = false;
  let [atStart, underLoad] = [0, 0];
  let server = startWasl(port, directory);
  await server.ready;
  const visitors = Array.from({ length: count }, () => createVisitor(`http://localhost:${port}`));
  await Promise.all(visitors.map((visitor) => visitor.connected()));
  const talks = visitors.map((visitor, at) => writeOn(visitor, seeded(seed * 1_000 + at), () => over));
  for (let kill = 0; kill < kills; kill++) {
    if ((await killOnce(server, random)) === 'at start') atStart += 1;
    if (visitors.some((visitor) => visitor.pending > 0)) underLoad += 1;
    errors.push(server.errors());
    server = startWasl(port, directory);
    options.progress?.(kill + 1);
  }
  await server.ready;
  over = true;
  await Promise.all(talks);
  await collect(visitors);
  for (const visitor of visitors) visitor.close();
  await server.stop();
  errors.push(server.errors());
  return { visitors, atStart, underLoad, errors: errors.filter((text) => text !== '') };
}
