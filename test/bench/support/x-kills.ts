import { setTimeout as wait } from 'node:timers/promises';
import { killOnce } from './kill-once.ts';
import type { Running } from './server.ts';
import { seeded } from './story.ts';
import { mentionOf, openXRig, type XRig } from './x-rig.ts';

export interface XKillOptions {
  directory: string;
  kills: number;
  mentions: number;
  seed: number;
  /** Told after each kill. */
  progress?(done: number): void;
}

export interface XKilled {
  /** Every mention that was written; X keeps them, so none may be missing in the end. */
  written: string[];
  /** Public replies by the post that they answer. */
  answered: XRig['answered'];
  atStart: number;
  kills: number;
  errors: string[];
}

/** Ends once no answer comes for half a minute, which is two rounds of asking. */
async function settled({ answered }: XRig): Promise<void> {
  for (let [before, still] = [-1, 0]; still < 32; ) {
    still = answered.size === before ? still + 1 : 0;
    before = answered.size;
    await wait(1_000);
  }
}

/**
 * People mention the account without a pause while the gateway is killed again and again. Half of the mentions are told by
 * webhook (one in ten of those twice), the others are found by asking alone.
 */
export async function killWhileMentioned(options: XKillOptions): Promise<XKilled> {
  const { directory, kills, mentions, seed } = options;
  const random = seeded(seed);
  const rig = await openXRig(directory);
  const written: string[] = [];
  const errors: string[] = [];
  let atStart = 0;
  const write = (): void => {
    const post = mentionOf(rig.simulator, written.length);
    written.push(post.id);
    if (random() < 0.5) void rig.simulator.deliver(post, { as: 'xaa', times: random() < 0.1 ? 2 : 1 });
  };
  const flow = async (upTo: number): Promise<void> => {
    while (written.length < upTo) {
      write();
      await wait(random() * 30);
    }
  };
  let gateway: Running = rig.start();
  try {
    await gateway.ready;
    await rig.simulator.connect(rig.url);
    for (let kill = 0; kill < kills; kill += 1) {
      const flowing = flow(Math.ceil((mentions * (kill + 1)) / kills));
      if ((await killOnce(gateway, random)) === 'at start') atStart += 1;
      errors.push(gateway.errors());
      gateway = rig.start();
      await flowing;
      options.progress?.(kill + 1);
    }
    await gateway.ready;
    await settled(rig);
    await gateway.stop();
    errors.push(gateway.errors());
  } finally {
    await gateway.kill();
    await rig.stop();
  }
  return { written, answered: rig.answered, atStart, kills, errors: errors.filter((text) => text !== '') };
}
