import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createWhatsappCloudSimulator } from '../fakes/whatsapp-cloud/simulator.ts';
import { addPhone } from './phone.ts';
import { freePort, startWasl } from './wasl.ts';

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

const untilSignal = (): Promise<'interrupted'> =>
  new Promise((end) => {
    process.once('SIGINT', () => end('interrupted'));
    process.once('SIGTERM', () => end('interrupted'));
  });

const portOf = (text: string): number => {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new Error(`"${text}" is no port: give a number from 0 to 65535`);
};

interface Asked {
  port?: string;
  'phone-port'?: string;
  data?: string;
}

/** Wasl and the provider, connected with each other. */
async function open(asked: Asked) {
  const port = await freePort(portOf(asked.port ?? process.env.PORT ?? '8080'));
  const simulator = createWhatsappCloudSimulator({
    port: await freePort(portOf(asked['phone-port'] ?? '8090')),
    receipts: { statuses: ['sent', 'delivered', 'read'], afterMs: [300, 900, 2000] },
    webhookTimeoutMs: 10_000,
    // by the letter of the provider's page two messages at once would silence the service for 12 seconds in every chat
    limits: { pairRate: 'bucket' },
  });
  const phone = addPhone(simulator);
  const { origin } = await simulator.start();
  simulator.connect(`http://127.0.0.1:${port}/webhooks/whatsapp`);
  const data = dataDirectory(asked.data);
  const wasl = startWasl({ PORT: String(port), DATA_DIR: data.path, ...simulator.settings() }, data.path);
  wasl.onLine((line) => say(line));
  const close = async (): Promise<void> => {
    phone.close();
    await wasl.stop();
    await simulator.stop();
    data.leave();
  };
  return { wasl, phone, simulator, origin, close };
}

const announce = (origin: string, status: number): void => {
  say();
  say(`  The phone              ${origin}/`);
  if (status !== 200) say(`  Wasl did not take the handshake of WhatsApp: it answered with ${status}`);
  say('  Ctrl-C ends everything');
  say();
};

/** Runs until Ctrl-C or until Wasl ends; gives the exit code. */
async function rehearse(asked: Asked): Promise<number> {
  const interrupted = untilSignal();
  const { wasl, phone, simulator, origin, close } = await open(asked);
  try {
    if ((await Promise.race([wasl.ready, interrupted])) === 'interrupted') return 0;
    const { status } = await simulator.handshake();
    phone.setConnected(status === 200);
    announce(origin, status);
    const ended = await Promise.race([wasl.ended, interrupted]);
    return ended === 'interrupted' ? 0 : (ended ?? 1);
  } finally {
    await close();
  }
}

const complain = (error: unknown): number => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
};

try {
  const { values } = parseArgs({ options });
  if (values.help) say(help);
  else process.exitCode = await rehearse(values);
} catch (error) {
  process.exitCode = complain(error);
}
