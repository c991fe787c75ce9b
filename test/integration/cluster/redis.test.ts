import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Process, type Several, several } from './several.ts';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.log('The bus over Redis is not tried: redis-server is not installed.');

interface Redis {
  url: string;
  start(): void;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** A Redis of the test's own that can be stopped and started; it keeps nothing. */
async function aRedis(): Promise<Redis> {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    if (!child) return;
    const gone = new Promise((resolve) => child?.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
    child = null;
  };
  const start = (): void => {
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      directory,
    ];
    child = spawn('redis-server', args, { stdio: 'ignore' });
  };
  onTestFinished(async () => {
    await stop();
    rmSync(directory, { recursive: true, force: true });
  });
  start();
  return { url: `redis://127.0.0.1:${port}`, start, stop };
}

const heardBy = ({ cluster }: Process): unknown[] => {
  const heard: unknown[] = [];
  cluster.bus.subscribe('typing', (payload) => heard.push(payload));
  return heard;
};

async function startOn({ url }: Redis, count: number): Promise<Several> {
  const all = await several(0);
  await Promise.all(Array.from({ length: count }, () => all.start({ redisUrl: url })));
  return all;
}

describe.runIf(hasRedis)('the bus over Redis', () => {
  it('tells all other processes what one says, in order, and itself nothing; nothing of it goes through the store', async () => {
    const redis = await aRedis();
    const { processes, shared } = await startOn(redis, 3);
    const heard = processes.map(heardBy);
    const said = Array.from({ length: 500 }, (_, n) => ({ n }));
    for (const one of said) {
      processes[0]?.cluster.bus.publish('typing', one);
      if (one.n % 50 === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await expect.poll(() => heard.map(({ length }) => length), { timeout: 5000 }).toEqual([0, 500, 500]);
    expect(heard).toEqual([[], said, said]);
    expect(await shared.store.changes(0, 1000)).toEqual([]);
  });

  it('keeps apart two stores that use one Redis', async () => {
    const redis = await aRedis();
    const [one, another] = [await startOn(redis, 2), await startOn(redis, 2)];
    const heard = [...one.processes, ...another.processes].map(heardBy);
    one.processes[0]?.cluster.bus.publish('typing', 'here');
    another.processes[0]?.cluster.bus.publish('typing', 'there');
    await expect.poll(() => heard).toEqual([[], ['here'], [], ['there']]);
  });

  it('says it through the store while Redis is away, and over Redis again by itself', async () => {
    const redis = await aRedis();
    const { processes } = await startOn(redis, 2);
    const [first, second] = processes as [Process, Process];
    const heard = heardBy(second);
    await redis.stop();
    await expect.poll(() => first.lines.some(({ message }) => message.includes('Redis cannot be reached'))).toBe(true);
    first.cluster.bus.publish('typing', 'without Redis');
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['without Redis']);
    redis.start();
    await expect
      .poll(() => first.lines.some(({ message }) => message.includes('can be reached')), {
        timeout: 10_000,
      })
      .toBe(true);
    first.cluster.bus.publish('typing', 'back');
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['without Redis', 'back']);
  });

  it('starts without Redis, and speaks once it is there', async () => {
    const redis = await aRedis();
    await redis.stop();
    const { processes } = await startOn(redis, 2);
    const [first, second] = processes as [Process, Process];
    expect(first.cluster.members.count()).toBeGreaterThanOrEqual(1);
    const heard = heardBy(second);
    redis.start();
    await expect
      .poll(
        () => {
          first.cluster.bus.publish('typing', 'at last');
          return heard.at(-1);
        },
        { timeout: 10_000, interval: 100 },
      )
      .toBe('at last');
  });
});
