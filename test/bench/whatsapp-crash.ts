import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditPosts } from './support/audit-posts.ts';
import { auditSent, killWhilePostsFlow } from './support/post-kills.ts';
import { say, table } from './support/table.ts';

/** kill -9 at random moments while a provider posts: `whatsapp-crash [kills] [messages] [seed]`. Fails where anything was lost or doubled. */
export async function run(args: readonly string[]): Promise<void> {
  const [kills = 40, messages = kills * 60, seed = Date.now() % 100_000] = args.map(Number);
  const directory = mkdtempSync(join(tmpdir(), 'wasl-whatsapp-crash-'));
  const progress = (done: number): void => {
    if (done % 10 === 0) say(`${done} of ${kills} kills`);
  };
  try {
    const killed = await killWhilePostsFlow({ directory, kills, messages, seed, progress });
    const stored = await auditPosts(directory, killed.acknowledged);
    const { size, faults } = auditSent(killed);
    const found = { ...stored, ...faults };
    say(
      `\n${kills} kills (${killed.underLoad} with posts on their way, ${killed.atStart} while starting), seed ${seed}\n`,
    );
    say(table(['under load', ''], Object.entries({ acknowledged: killed.acknowledged.length, ...size })));
    say();
    say(table(['fault', 'found'], Object.entries(found)));
    for (const text of new Set(killed.errors)) say(`\nerror output of a gateway:\n${text.slice(0, 2_000)}`);
    if (Object.values(found).some((count) => count > 0)) process.exitCode = 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
