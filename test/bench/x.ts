import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { auditPosts } from './support/audit-posts.ts';
import { processorMs, type Running, residentBytes } from './support/server.ts';
import { megabytes, ms, percentile, say, sorted, table } from './support/table.ts';
import { mentionOf, openXRig, type XRig } from './support/x-rig.ts';

interface Told {
  ids: string[];
  /** From the post at X until the webhook's 200, which is given once it is durable. */
  stored: number[];
  refused: number;
  /** When each was written, by its id. */
  began: Map<string, number>;
}

/** Mentions of as many people, each told by webhook as it is written. */
async function mentions(
  rig: XRig,
  { from, perSecond, secondsLong }: { from: number; perSecond: number; secondsLong: number },
) {
  const told: Told = { ids: [], stored: [], refused: 0, began: new Map() };
  const open: Promise<void>[] = [];
  const start = performance.now();
  for (let at = 0; at < perSecond * secondsLong; at += 1) {
    const began = performance.now();
    const post = mentionOf(rig.simulator, from + at);
    told.ids.push(post.id);
    told.began.set(post.id, began);
    open.push(
      rig.simulator.deliver(post, { as: 'xaa' }).then((answers) => {
        told.stored.push(performance.now() - began);
        if (answers.some(({ status }) => status !== 200)) told.refused += 1;
      }),
    );
    const early = start + ((at + 1) * 1000) / perSecond - performance.now();
    if (early > 1) await wait(early);
  }
  await Promise.all(open);
  return told;
}

/** Waits until nobody's answer has come for some seconds, at most a minute. */
async function settled({ answered }: XRig): Promise<void> {
  for (let [before, still] = [-1, 0]; still < 4; ) {
    still = answered.size === before ? still + 1 : 0;
    before = answered.size;
    await wait(1_000);
  }
}

const row = (name: string, times: readonly number[]): (string | number)[] => {
  const all = sorted([...times]);
  return [name, all.length, ms(percentile(all, 0.5)), ms(percentile(all, 0.99)), ms(all.at(-1) ?? 0)];
};

async function measureRate(rig: XRig, wasl: Running, wanted: { perSecond: number; secondsLong: number }) {
  const warm = await mentions(rig, { from: 0, perSecond: wanted.perSecond, secondsLong: 3 });
  const before = processorMs(wasl.child.pid);
  const told = await mentions(rig, { from: 1_000_000, ...wanted });
  const busy = (processorMs(wasl.child.pid) - before) / (wanted.secondsLong * 10);
  await settled(rig);
  const answers = told.ids.flatMap((id) => {
    const at = rig.answered.get(id)?.at;
    return at === undefined ? [] : [at - (told.began.get(id) ?? 0)];
  });
  say(`${wanted.perSecond} mentions a second of as many people for ${wanted.secondsLong} s, told by webhook\n`);
  say(
    table(
      ['from the mention', 'count', 'p50 ms', 'p99 ms', 'longest'],
      [row('until durable (200)', told.stored), row('until our public reply is at X', answers)],
    ),
  );
  say(
    `\nrefused ${told.refused}; ${busy.toFixed(0)} % of a core; memory ${megabytes(residentBytes(wasl.child.pid))} MB`,
  );
  return [...warm.ids, ...told.ids];
}

/** What was written while Wasl was down is read by asking alone. */
async function measureCatchUp(rig: XRig, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, at) => mentionOf(rig.simulator, 2_000_000 + at).id);
  const began = performance.now();
  const wasl = rig.start();
  await wasl.ready;
  const isDone = (): boolean => ids.every((id) => rig.answered.has(id));
  while (!isDone() && performance.now() - began < 300_000) await wait(100);
  const seconds = (performance.now() - began) / 1000;
  const answered = ids.filter((id) => rig.answered.has(id)).length;
  say(`\n${count} mentions written while Wasl was down: ${answered} answered ${seconds.toFixed(1)} s after its start`);
  await settled(rig);
  await wasl.stop();
  return ids;
}

/**
 * Mentions at X until they are durable and answered in public: `x [per second] [seconds] [while down]`. The simulator has no
 * limits here: those of an account (100 posts in 15 minutes) would come long before those of Wasl.
 */
export async function run(args: readonly string[]): Promise<void> {
  const [perSecond = 50, secondsLong = 60, whileDown = 1_000] = args.map(Number);
  const directory = mkdtempSync(join(tmpdir(), 'wasl-x-'));
  const rig = await openXRig(directory);
  const wasl = rig.start();
  try {
    await wasl.ready;
    await rig.simulator.connect(rig.url);
    const told = await measureRate(rig, wasl, { perSecond, secondsLong });
    await wasl.stop();
    const missed = await measureCatchUp(rig, whileDown);
    const faults = {
      ...(await auditPosts(directory, [...told, ...missed])),
      'answered twice': [...rig.answered.values()].filter(({ times }) => times > 1).length,
      'never answered': [...told, ...missed].filter((id) => !rig.answered.has(id)).length,
    };
    say(`\n${table(['fault', 'found'], Object.entries(faults))}`);
    if (Object.values(faults).some((found) => found > 0)) process.exitCode = 1;
  } finally {
    await wasl.kill();
    await rig.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
