import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditMails, killWhileMailsFlow } from './support/email-kills.ts';
import { openMailHouse } from './support/email-rig.ts';
import { say, table } from './support/table.ts';

/** kill -9 at random moments while mails flow in: `email-crash [kills] [mails] [seed]`. Fails where anything was lost or doubled. */
export async function run(args: readonly string[]): Promise<void> {
  const [kills = 40, mails = kills * 60, seed = Date.now() % 100_000] = args.map(Number);
  const directory = mkdtempSync(join(tmpdir(), 'wasl-email-crash-'));
  const house = await openMailHouse();
  const progress = (done: number): void => {
    if (done % 10 === 0) say(`${done} of ${kills} kills`);
  };
  try {
    const killed = await killWhileMailsFlow({ house, directory, kills, mails, seed, progress });
    const { size, faults } = await auditMails(directory, killed);
    say(`\nmail server: ${house.name}`);
    say(`${kills} kills (${killed.underLoad} with work in hand, ${killed.atStart} while starting), seed ${seed}\n`);
    say(table(['under load', ''], Object.entries(size)));
    say();
    say(table(['fault', 'found'], Object.entries(faults)));
    for (const text of new Set(killed.errors)) say(`\nerror output of a gateway:\n${text.slice(0, 2_000)}`);
    if (Object.values(faults).some((count) => count > 0)) process.exitCode = 1;
  } finally {
    await house.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
