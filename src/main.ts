import { existsSync, readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { channelKinds } from '../channels/index.ts';
import { type CoreSettings, coreSettings, readSettings, SettingsError } from './config.ts';
import { ContentError } from './content/content-error.ts';
import { makeDataDirectory } from './data-directory.ts';
import { WaslError } from './errors.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { type GivenInbox, givenInboxes } from './inbox/given-inboxes.ts';
import { loadEnv } from './load-env.ts';
import { createLog } from './log.ts';
import { moveCommand } from './move-command.ts';
import { passwordCommand } from './password-command.ts';
import { oneOfSeveral } from './processes/one-of-several.ts';
import { stopOnSignals } from './stop-signals.ts';
import { StoreError } from './store/port.ts';

const root = resolve(import.meta.dirname, '..');
const stopWithinMs = 10_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** A fault that the operator can mend: sentences, no stack. */
const complain = (error: unknown): never => {
  const ours = error instanceof StoreError && error.code === 'failed' && error.cause;
  if (ours) process.stderr.write(`${format(error.cause)}\n`);
  const known = [SettingsError, StoreError, ContentError, WaslError].some((kind) => error instanceof kind);
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const sentence = busy ? `The port is in use: stop what listens on it, or set PORT to another.` : String(error);
  process.stderr.write(`${known && error instanceof Error ? error.message : busy ? sentence : format(error)}\n`);
  process.exit(1);
};

const format = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const announce = (gateway: Gateway, publicUrl: string | undefined, seconds: string): void => {
  const base = publicUrl ?? `http://localhost:${gateway.port()}`;
  say(`Wasl is ready in ${seconds} s`);
  say(`  Contact page and chat  ${base}/`);
  say(`  Console for staff      ${base}/console/`);
  say(`  API and its pages      ${base}/api/docs`);
};

/** Told by the process that made it, whichever of several that is. */
const tellPassword = ({ administrator: { email, generatedPassword } }: Gateway): void => {
  if (!generatedPassword) return;
  say('');
  say(`  First administrator    ${email}`);
  say(`  Password (shown once)  ${generatedPassword}`);
};

/** Gives back what reading and learning needed: V8 keeps it while a server is idle. Only where the start script allows it. */
const giveBackMemory = (): void => void globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });

const warnOfMissingPages = (): void => {
  if (['assets', 'widget', 'console'].every((name) => existsSync(join(root, 'dist', name)))) return;
  process.stderr.write('The pages are not built: run npm run build\n');
};

const serve = async (settings: CoreSettings, inboxes: readonly GivenInbox[]): Promise<void> => {
  const began = performance.now();
  const several = oneOfSeveral();
  makeDataDirectory(settings.DATA_DIR);
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string };
  const gateway = await createGateway({
    settings,
    root,
    kinds: channelKinds,
    inboxes,
    version,
    log: createLog(settings.LOG_LEVEL),
    ...(several ? { share: several.share } : {}),
  });
  giveBackMemory();
  await gateway.start();
  stopOnSignals(stopWithinMs, () => gateway.stop().then(() => 0, complain));
  several?.ready();
  if (several?.isFirst !== false) {
    warnOfMissingPages();
    announce(gateway, settings.PUBLIC_URL, ((performance.now() - began) / 1000).toFixed(1));
  }
  tellPassword(gateway);
  // now, not at the end, which a killed process does not reach; without a cache it does nothing
  flushCompileCache();
};

/** Reads both parts of the settings, and tells what is wrong in either in one go. */
function allFaultsAtOnce<A, B>(one: () => A, other: () => B): [A, B] {
  const faults: string[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  };
  const [a, b] = [attempt(one), attempt(other)];
  if (a === undefined || b === undefined) throw new SettingsError(faults);
  return [a, b];
}

const run = async ([command, ...words]: readonly string[]): Promise<void> => {
  // what is written is for the owner alone
  process.umask(0o077);
  loadEnv();
  const [settings, inboxes] = allFaultsAtOnce(
    () => readSettings(coreSettings, process.env),
    () => givenInboxes(channelKinds, process.env),
  );
  if (command === 'password') say(await passwordCommand(settings, words));
  else if (command === 'migrate-store') await moveCommand(settings, words, say);
  else await serve(settings, inboxes);
};

run(process.argv.slice(2)).catch(complain);
