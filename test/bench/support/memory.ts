import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Megabytes that are held after collecting what is not: objects and typed arrays of this thread. */
export const heldMegabytes = async (): Promise<number> => {
  // what typed arrays held is given back a turn later
  for (let turn = 0; turn < 3; turn += 1) {
    if (typeof collect === 'function') collect();
    await setImmediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
};
