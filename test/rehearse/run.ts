import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openRehearsal, type SmsProvider, smsProviders } from './rehearsal.ts';
import { createWasl, freePort } from './wasl.ts';

const help = `Rehearse WhatsApp, X and text messages with no account: a page in the browser to write on, the providers' side of all
three, and Wasl itself.

  npm run rehearse [-- options]

  --port <number>        Wasl's port; 8080, or a free one where it is taken
  --phone-port <number>  the page's port; 8090, or a free one where it is taken
  --sms <provider>       who sends text messages: twilio (the default; people can answer), unifonic, taqnyat, or log
  --data <directory>     keeps Wasl's data there; without it they are gone at the end
  --help                 this text

Ctrl-C ends everything.`;

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

const options = {
  port: { type: 'string' },
  'phone-port': { type: 'string' },
  sms: { type: 'string' },
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

const providerOf = (text: string): SmsProvider => {
  const found = smsProviders.find((one) => one === text);
  if (found) return found;
  throw new Error(`"${text}" is no provider of text messages: give ${smsProviders.join(', ')}`);
};

interface Asked {
  port?: string;
  'phone-port'?: string;
  sms?: string;
  data?: string;
}

/** What goes well is logged for the page's sake, unless the environment asks for it. */
const isUnasked = (line: string): boolean => process.env.LOG_LEVEL === undefined && line.startsWith('{"level":30,');

/** Wasl and the providers, not connected with each other yet. */
async function open(asked: Asked) {
  const sms = providerOf(asked.sms ?? 'twilio');
  const port = await freePort(portOf(asked.port ?? process.env.PORT ?? '8080'));
  const rehearsal = await openRehearsal({
    // by this name Wasl knows itself, and one provider signs the address that it posts to
    waslOrigin: `http://localhost:${port}`,
    port: await freePort(portOf(asked['phone-port'] ?? '8090')),
    sms,
    async restart(settings) {
      rehearsal.page.setConnected(false);
      await wasl.restart(settings);
      await rehearsal.connect();
    },
  });
  const data = dataDirectory(asked.data);
  const settings = { PORT: String(port), DATA_DIR: data.path, ...rehearsal.settings };
  const wasl = createWasl(settings, data.path, { isTold: sms === 'log' });
  wasl.onLine((line) => {
    if (!rehearsal.hear(line) && !isUnasked(line)) say(line);
  });
  const close = async (): Promise<void> => {
    await wasl.stop();
    await rehearsal.close();
    data.leave();
  };
  return { wasl, rehearsal, close };
}

const announce = (origin: string, complaints: readonly string[]): void => {
  say();
  say(`  The page to write on   ${origin}/`);
  for (const complaint of complaints) say(`  ${complaint}`);
  say('  Ctrl-C ends everything');
  say();
};

/** Runs until Ctrl-C or until Wasl ends; gives the exit code. */
async function rehearse(asked: Asked): Promise<number> {
  const interrupted = untilSignal();
  const { wasl, rehearsal, close } = await open(asked);
  try {
    if ((await Promise.race([wasl.start(), interrupted])) === 'interrupted') return 0;
    announce(rehearsal.origin, await rehearsal.connect());
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
