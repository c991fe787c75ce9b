import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../source-tree.ts';
import { removeStore, storeEnv } from '../support/store-env.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-start-'));
});
afterEach(() => removeStore(directory));

interface Ended {
  out: string;
  err: string;
  code: number | null;
}

/** Runs Wasl as an operator does, until it says that it is ready (then it is stopped) or ends by itself. */
async function start(env: Record<string, string>, from = root): Promise<Ended> {
  const flags = ['--preserve-symlinks', '--preserve-symlinks-main'];
  const child = spawn(process.execPath, [...flags, join(from, 'src/main.ts')], {
    cwd: directory,
    env: { PATH: process.env.PATH, ...storeEnv(join(directory, 'data')), PORT: '0', LOG_LEVEL: 'silent', ...env },
  });
  let [out, err] = ['', ''];
  child.stderr.on('data', (part) => {
    err += part;
  });
  child.stdout.on('data', (part) => {
    out += part;
    if (/api\/docs\n(\n.*\n.*\n)?$/.test(out)) child.kill('SIGTERM');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { out, err, code };
}

const bits = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('a first start', () => {
  it('that finds its port taken makes no administrator, so that the next one still shows the password', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const taken = await start({ PORT: String((other.address() as AddressInfo).port) });
    other.close();
    expect([taken.code, taken.out]).toEqual([1, '']);
    expect(taken.err).toBe('The port is in use: stop what listens on it, or set PORT to another.\n');
    const next = await start({});
    expect(next.out).toMatch(/Password \(shown once\) {2}\S{23}\n/);
    expect(next.code).toBe(0);
    expect((await start({})).out).not.toContain('Password');
  });

  it('keeps its data for its owner alone, and says where the pages are not built', async () => {
    const bare = join(directory, 'bare');
    mkdirSync(bare);
    for (const name of ['src', 'channels', 'knowledge-base', 'templates', 'package.json', 'node_modules'])
      symlinkSync(join(root, name), join(bare, name));
    const { err, code } = await start({}, bare);
    expect([err, code]).toEqual(['The pages are not built: run npm run build\n', 0]);
    expect(['', 'wasl.db', 'encryption.key'].map((name) => bits(join(directory, 'data', name)))).toEqual([
      '700',
      '600',
      '600',
    ]);
  });

  it('leaves the mode of a directory that is there as it is', async () => {
    mkdirSync(join(directory, 'data'), { mode: 0o750 });
    expect((await start({})).code).toBe(0);
    expect(['', 'wasl.db'].map((name) => bits(join(directory, 'data', name)))).toEqual(['750', '600']);
  });
});

describe('a start with settings that cannot be', () => {
  const inFile = () => join(directory, 'a-file');
  const cases: [string, () => Record<string, string>, RegExp][] = [
    ['a file as data directory', () => ({ DATA_DIR: inFile() }), /^DATA_DIR: .* is not a directory\n$/],
    ['a directory under a file', () => ({ DATA_DIR: join(inFile(), 'data') }), /^DATA_DIR: .* \(ENOTDIR\)\n$/],
    [
      'several bad values',
      () => ({ PORT: 'abc', TRUST_PROXY: 'maybe' }),
      /^PORT: must be .*\nTRUST_PROXY: must be .*\n$/,
    ],
  ];

  it.each(cases)('says so in a line each: %s', async (_name, env, sentence) => {
    writeFileSync(inFile(), '');
    const { out, err, code } = await start(env());
    expect([out, code]).toEqual(['', 1]);
    expect(err).toMatch(sentence);
  });
});
