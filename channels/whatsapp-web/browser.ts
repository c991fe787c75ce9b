import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { arch, env, getuid, platform } from 'node:process';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import type { Browser } from './client.ts';

const run = promisify(execFile);

/** Where the packaged browser stands, compressed; null where the package is not installed. */
function packaged(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    return join(dirname(entry), '..', '..', 'bin');
  } catch {
    return null;
  }
}

const unbrotli = (from: string, to: string, mode: number): Promise<void> =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode }));

/** Unpacks under another name first, so that nobody starts half a browser. */
async function unpack(bin: string, to: string): Promise<void> {
  const half = await mkdtemp(`${to}-`);
  await unbrotli(join(bin, 'chromium.br'), join(half, 'chromium'), 0o700);
  await mkdir(join(half, 'libraries'));
  const archive = join(half, 'libraries.tar');
  await unbrotli(join(bin, 'al2023.tar.br'), archive, 0o600);
  await run('tar', ['-xf', archive, '-C', join(half, 'libraries')]);
  await rm(archive);
  await rename(half, to).catch(() => rm(half, { recursive: true, force: true }));
}

/** A directory that somebody else could have put there is not trusted with a program that we run. */
const isOurs = async (directory: string): Promise<boolean> => {
  const found = await lstat(directory).catch(() => null);
  return found?.isDirectory() === true && (getuid === undefined || found.uid === getuid());
};

const inherited = (): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));

/** Why it does not start; null where it does. */
const whyNot = (path: string, environment: Record<string, string>): Promise<string | null> =>
  run(path, ['--version'], { env: environment, timeout: 20_000 }).then(
    () => null,
    (error: Error) => error.message.split('\n')[1]?.trim() || error.message,
  );

async function unpackedBrowser(bin: string): Promise<Browser | string> {
  const directory = join(tmpdir(), `wasl-browser-${getuid?.() ?? 'own'}`);
  if (!(await isOurs(directory))) await unpack(bin, directory);
  if (!(await isOurs(directory))) return `${directory} belongs to somebody else`;
  const path = join(directory, 'chromium');
  const bare = inherited();
  const withLibraries = { ...bare, LD_LIBRARY_PATH: join(directory, 'libraries', 'lib') };
  let failure: string | null = null;
  for (const environment of [bare, withLibraries]) {
    failure = await whyNot(path, environment);
    if (failure === null) return { path, headless: 'shell', env: environment };
  }
  return failure ?? 'it does not start';
}

/**
 * The browser to open WhatsApp Web in: the given one (CHROMIUM_PATH), else the one that comes with the packages, unpacked
 * once for this user. A text tells why there is none.
 */
export async function findBrowser(given: string | undefined): Promise<Browser | string> {
  if (given) {
    const failure = await whyNot(given, inherited());
    return failure ?? { path: given, headless: true };
  }
  const bin = platform === 'linux' && arch === 'x64' ? packaged() : null;
  if (!bin) return `no browser comes with the packages on ${platform} ${arch}`;
  return unpackedBrowser(bin).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
}
