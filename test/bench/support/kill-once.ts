import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from './server.ts';

/** What goes on while a gateway is killed. */
export interface Load {
  /** Called when work is to flow in. */
  begin(): void;
  /** Something is on its way at this moment. */
  isBusy(): boolean;
}

const none: Load = { begin: () => undefined, isBusy: () => true };

/** A kill is to fall into work: so many times it is waited for some, for a few ms. */
const looks = 100;

/** Kills the gateway at a random moment: mostly while work flows in, now and then while it starts and recovers. */
export async function killOnce(
  gateway: Pick<Running, 'ready' | 'kill'>,
  random: () => number,
  { begin, isBusy }: Load = none,
): Promise<'at start' | 'running'> {
  if (random() < 0.25) {
    begin();
    await wait(200 + random() * 1_000);
    await gateway.kill();
    return 'at start';
  }
  await gateway.ready;
  begin();
  await wait(50 + random() * 1_500);
  for (let look = 0; look < looks && !isBusy(); look += 1) await wait(2);
  await gateway.kill();
  return 'running';
}
