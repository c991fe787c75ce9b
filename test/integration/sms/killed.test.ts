import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Provider } from '../../fakes/sms/model.ts';
import { createSmsSimulator } from '../../fakes/sms/simulator.ts';

const person = '966500000001';
const messages = 40;
const kills = 6;

/** Lets a process send, and kills it at the very moment at which a message was taken and its answer not yet written. */
async function sendThroughKills(provider: Provider) {
  const simulator = createSmsSimulator({ reports: null });
  await simulator.start();
  const directory = mkdtempSync(join(tmpdir(), 'wasl-killed-'));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const run = (killAt: number | null): Promise<void> =>
    new Promise((resolve) => {
      const child = fork(join(import.meta.dirname, 'killed-sender.ts'), [directory, String(messages), person], {
        env: { ...process.env, ...simulator.settings(provider) },
        stdio: 'ignore',
      });
      let seen = 0;
      const leave = simulator.watch(({ kind }) => {
        seen += kind === 'sent' ? 1 : 0;
        if (seen === killAt) child.kill('SIGKILL');
      });
      child.on('exit', () => {
        leave();
        resolve();
      });
    });
  for (let kill = 1; kill <= kills; kill++) await run(kill);
  await run(null);
  const texts = simulator.sent.map(({ text }) => text);
  const ended = readFileSync(join(directory, 'ended.txt'), 'utf8').trim().split('\n');
  const count = (word: string): number => ended.filter((line) => line.endsWith(word)).length;
  return { texts, sent: count('sent'), failed: count('failed') };
}

it('loses no message and sends none twice by Unifonic, whenever the process is killed', async () => {
  const { texts, sent, failed } = await sendThroughKills('unifonic');
  expect([texts.length, new Set(texts).size, sent, failed]).toEqual([messages, messages, messages, 0]);
}, 60_000);

it('sends none twice by Taqnyat, whenever the process is killed', async () => {
  const { texts, sent, failed } = await sendThroughKills('taqnyat');
  expect([new Set(texts).size, sent + failed]).toEqual([texts.length, messages]);
  // those whose end nobody can know are given up: at each kill the one that was taken, at most the four under way
  expect(failed).toBeGreaterThanOrEqual(kills);
  expect(failed).toBeLessThanOrEqual(4 * kills);
}, 60_000);
