import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createWhatsappCloudSimulator } from '../fakes/whatsapp-cloud/simulator.ts';
import { addPhone } from './phone.ts';
import { buildPages, freePort, startWasl } from './wasl.ts';

const help = `Rehearse WhatsApp with no account: a phone in the browser, the provider's side of the Cloud API, and Wasl itself.

  npm run rehearse [-- options]

  --port <number>        Wasl's port; 8080, or a free one where it is taken
  --phone-port <number>  the phone's port; 8090, or a free one where it is taken
  --data <directory>     keeps Wasl's data there; without it they are gone at the end
  --help                 this text

Ctrl-C ends everything.`;

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

const options = {
  port: { type: 'string' },
  'phone-port': { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Wasl's data: those that were asked for, or a directory that goes away. */
const dataDirectory = (asked: string | undefined): { path: string; leave(): void } => {
  if (asked !== undefined) {
    const path = resolve(asked);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return { path, leave: () => {} };
  }
  const path = mkdtempSync(join(tmpdir(), 'wasl-rehearsal-'));
  return { path, leave: () => rmSync(path, { recursive: true, force: true }) };
};

const untilSignal = (): Promise<void> =>
  new Promise((end) => {
    process.once('SIGINT', () => end());
    process.once('SIGTERM', () => end());
  });

async function rehearse(given: { port?: string; 'phone-port'?: string; data?: string }): Promise<number> {
  await buildPages();
  const port = await freePort(Number(given.port ?? process.env.PORT ?? 8080));
  const simulator = createWhatsappCloudSimulator({
    port: await freePort(Number(given['phone-port'] ?? 8090)),
    receipts: { statuses: ['sent', 'delivered', 'read'], afterMs: [300, 900, 2000] },
    webhookTimeoutMs: 10_000,
  });
  const phone = addPhone(simulator);
  const { origin } = await simulator.start();
  simulator.connect(`http://127.0.0.1:${port}/webhooks/whatsapp`);
  const data = dataDirectory(given.data);
  const interrupted = untilSignal();
  const wasl = startWasl({ PORT: String(port), DATA_DIR: data.path, ...simulator.settings() }, data.path);
  const end = async (code: number): Promise<number> => {
    phone.close();
    await wasl.stop();
    await simulator.stop();
    data.leave();
    return code;
  };
  try {
    wasl.onLine((line) => say(line));
    await Promise.race([wasl.ready, interrupted]);
    const { status } = await simulator.handshake();
    phone.setConnected(status === 200);
    say();
    say(`  The phone              ${origin}/`);
    if (status !== 200) say(`  Wasl does not know the webhook of WhatsApp: it answered the handshake with ${status}`);
    say('  Ctrl-C ends everything');
    say();
    const code = await Promise.race([wasl.ended, interrupted.then(() => 0)]);
    return await end(code ?? 1);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return await end(1);
  }
}

const { values } = parseArgs({ options });
if (values.help) say(help);
else process.exitCode = await rehearse(values);
