import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from './server.ts';

/** Kills the gateway at a random moment: mostly while work flows in, now and then while it starts and recovers. */
export async function killOnce(
  gateway: Pick<Running, 'ready' | 'kill'>,
  random: () => number,
): Promise<'at start' | 'running'> {
  if (random() < 0.25) {
    await wait(200 + random() * 1_000);
    await gateway.kill();
    return 'at start';
  }
  await gateway.ready;
  await wait(50 + random() * 1_500);
  await gateway.kill();
  return 'running';
}
