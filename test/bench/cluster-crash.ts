import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lackOf, startMongoServer } from '../servers/mongo-server.ts';
import { fullLengths } from './support/cluster-acts.ts';
import { type ClusterProved, provoke } from './support/cluster-rounds.ts';
import { percentile, say, sorted, table } from './support/table.ts';

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

const timesRow = (name: string, times: readonly number[]): (string | number)[] => {
  const all = sorted(times);
  if (all.length === 0) return [name, 0, '-', '-'];
  return [name, all.length, seconds(percentile(all, 0.5)), seconds(all.at(-1) ?? 0)];
};

function report({ size, faults, again, takeovers, troubles, settledAfterMs, errors }: ClusterProved): void {
  const acts = Object.entries(Object.groupBy(troubles, ({ what }) => what)).map(([what, list]) => [
    what,
    list?.length ?? 0,
  ]);
  say(table(['what was done', 'times'], acts as [string, number][]));
  say(`\n${table(['under load', ''], Object.entries(size))}`);
  say(`\n${table(['fault', 'found'], Object.entries(faults))}`);
  say(`\n${table(['delivered again, and why', ''], Object.entries(again))}`);
  const rows = [
    timesRow('another process has the lone inbox', takeovers.lease),
    timesRow('what a dead process had in hand is sent', takeovers.sendings),
    timesRow('either, while the database was away too', takeovers.whileAway),
  ];
  say(`\n${table(['from a kill, in seconds, until', 'times', 'p50', 'max'], rows)}`);
  say(`\neverything done ${seconds(settledAfterMs)} s after the last word`);
  for (const text of new Set(errors)) say(`\nerror output of a process:\n${text.slice(0, 2_000)}`);
}

const server = 'mongo-java-server-h2';
const lingersMs = 5_000;

/**
 * Three processes on one store, of which at random moments one or two are killed or held still, and the database is cut off
 * or restarted: `cluster-crash [acts] [visitors] [messages] [seed]`. Fails where anything was lost, doubled or reordered.
 */
export async function run(args: readonly string[]): Promise<void> {
  const [acts = 50, visitors = 10, messages = acts * 40, seed = Date.now() % 100_000] = args.map(Number);
  const lack = await lackOf(server);
  if (lack) return say(lack);
  const directory = mkdtempSync(join(tmpdir(), 'wasl-cluster-crash-'));
  const database = await startMongoServer(server);
  try {
    const proved = await provoke({
      directory,
      processes: 3,
      acts,
      takeovers: 6,
      lengths: fullLengths,
      databaseUrl: database.url,
      server: database,
      visitors,
      senders: visitors * 2,
      messages,
      seed,
      pauseMs: 500,
      settleMs: 180_000,
      progress: (done, what) => {
        if (done % 10 === 0 || process.env.BENCH_LOGS)
          say(`${new Date().toISOString()} ${done} of ${acts} acts: ${what}`);
      },
    });
    say(
      `\n${acts} acts on 3 processes and ${server} (restarted by a clean stop), ${visitors} visitors, seed ${seed}\n`,
    );
    report(proved);
    if (Object.values(proved.faults).some((count) => count > 0)) process.exitCode = 1;
  } finally {
    await database.remove();
    // all is closed: no timer of a fake that was forgotten keeps the bench from ending
    setTimeout(() => process.exit(), lingersMs).unref();
    rmSync(directory, { recursive: true, force: true });
  }
}
