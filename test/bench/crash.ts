import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Audit, audit } from './support/audit.ts';
import { killAgainAndAgain } from './support/kill-rounds.ts';
import { say, table } from './support/table.ts';

const report = ({ size, faults, again }: Audit): void => {
  say(table(['under load', ''], Object.entries(size)));
  say();
  say(table(['fault', 'found'], Object.entries(faults)));
  say();
  say(table(['the same answer delivered again, and why', ''], Object.entries(again)));
};

/** kill -9 at random moments while visitors write: `crash [kills] [visitors] [seed]`. Fails where anything was lost or doubled. */
export async function run(args: readonly string[]): Promise<void> {
  const [kills = 100, visitors = 20, seed = Date.now() % 100_000] = args.map(Number);
  const directory = mkdtempSync(join(tmpdir(), 'wasl-crash-'));
  const progress = (done: number): void => {
    if (done % 10 === 0) say(`${done} of ${kills} kills`);
  };
  try {
    const killed = await killAgainAndAgain({ directory, kills, visitors, seed, progress });
    const found = await audit(directory, killed.visitors);
    say(
      `\n${kills} kills (${killed.underLoad} with messages on the way, ${killed.atStart} while starting), ${visitors} visitors, seed ${seed}\n`,
    );
    report(found);
    for (const text of new Set(killed.errors)) say(`\nerror output of a server:\n${text.slice(0, 2_000)}`);
    if (Object.values(found.faults).some((count) => count > 0)) process.exitCode = 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
