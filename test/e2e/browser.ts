import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

const run = promisify(execFile);

/** Web security stays on, unlike in the package's own list of flags. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

const libraryFolder = join(tmpdir(), 'wasl-chromium-libraries');

/** NSS and expat as the package carries them, for machines that lack them. */
async function unpackLibraries(): Promise<void> {
  if (existsSync(join(libraryFolder, 'lib'))) return;
  const packed = join(
    dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')),
    '../../bin/al2023.tar.br',
  );
  const temporary = `${libraryFolder}-${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  writeFileSync(join(temporary, 'libraries.tar'), brotliDecompressSync(readFileSync(packed)));
  await run('tar', ['-xf', join(temporary, 'libraries.tar'), '-C', temporary]);
  rmSync(join(temporary, 'libraries.tar'));
  if (!existsSync(libraryFolder)) renameSync(temporary, libraryFolder);
}

const environment = (): Record<string, string> => {
  const own = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const libraries: [string, string][] = [['LD_LIBRARY_PATH', join(libraryFolder, 'lib')]];
  return Object.fromEntries(existsSync(join(libraryFolder, 'lib')) ? [...own, ...libraries] : own);
};

const failureOf = (path: string): Promise<string> =>
  run(path, ['--version'], { env: environment() }).then(
    () => '',
    (error: Error) => error.message || 'it does not start',
  );

/** Empty where the browser starts. Another process may be unpacking it just now, so a broken one is looked at again for a while. */
async function whyNot(path: string): Promise<string> {
  let failure = await failureOf(path);
  if (failure.includes('shared libraries')) {
    await unpackLibraries();
    failure = await failureOf(path);
  }
  for (let tries = 0; failure && tries < 15; tries += 1) {
    await pause(1000);
    failure = await failureOf(path);
  }
  return failure;
}

async function findBrowser(): Promise<{ path: string } | { reason: string }> {
  const given = process.env.CHROMIUM_PATH;
  if (!given && process.platform !== 'linux')
    return { reason: `no browser comes with the packages on ${process.platform}; set CHROMIUM_PATH` };
  const path = given || (await chromium.executablePath());
  const reason = await whyNot(path);
  return reason ? { reason } : { path };
}

/**
 * Starts the Chromium that comes with the packages (or the one of `CHROMIUM_PATH`), headless. Null, with the reason printed,
 * where none can run, so that browser tests can be skipped. Close it when done.
 */
export async function launchBrowser(): Promise<Browser | null> {
  try {
    const found = await findBrowser();
    if ('path' in found) {
      return await playwright.launch({ executablePath: found.path, args: flags, headless: true, env: environment() });
    }
    console.warn(`Browser tests are skipped: ${found.reason}`);
  } catch (error) {
    console.warn(`Browser tests are skipped: ${error instanceof Error ? error.message : String(error)}`);
  }
  return null;
}
