import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditPosts } from './support/audit-posts.ts';
import { say, table } from './support/table.ts';
import { killWhileMentioned } from './support/x-kills.ts';

/** kill -9 at random moments while people mention the account: `x-crash [kills] [mentions] [seed]`. Fails where anything was lost or doubled. */
export async function run(args: readonly string[]): Promise<void> {
  const [kills = 30, mentions = kills * 60, seed = Date.now() % 100_000] = args.map(Number);
  const directory = mkdtempSync(join(tmpdir(), 'wasl-x-crash-'));
  const progress = (done: number): void => {
    if (done % 10 === 0) say(`${done} of ${kills} kills`);
  };
  try {
    const killed = await killWhileMentioned({ directory, kills, mentions, seed, progress });
    const { written, answered } = killed;
    const stored = await auditPosts(directory, written);
    const found = {
      ...stored,
      'never answered': written.filter((id) => !answered.has(id)).length,
      'answered twice in public': [...answered.values()].filter(({ times }) => times > 1).length,
    };
    say(`\n${kills} kills (${killed.atStart} while starting), seed ${seed}\n`);
    say(table(['under load', ''], Object.entries({ written: written.length, answered: answered.size })));
    say(`\n${table(['fault', 'found'], Object.entries(found))}`);
    for (const text of new Set(killed.errors)) say(`\nerror output of a gateway:\n${text.slice(0, 2_000)}`);
    if (Object.values(found).some((count) => count > 0)) process.exitCode = 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
