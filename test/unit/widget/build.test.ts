import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb } from '../../../src/web/build.ts';
import { importedFrom } from '../../../src/web/build-stamp.ts';

const project = resolve(import.meta.dirname, '../../..');

describe('the build of what the browser needs', () => {
  let root: string;
  const build = (force = false): Promise<string[]> =>
    buildWeb({ root, force, only: ['assets'], report: () => undefined });
  const list = (): { style: string } => JSON.parse(readFileSync(join(root, 'dist/assets/assets.json'), 'utf8'));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'wasl-build-'));
    mkdirSync(join(root, 'src/web'), { recursive: true });
    for (const part of ['contact', 'outside'])
      cpSync(join(project, 'src/web', part), join(root, 'src/web', part), { recursive: true });
    writeFileSync(join(root, 'package-lock.json'), '{}');
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is done once, and again only when it is told to', async () => {
    expect(await build()).toEqual(['assets']);
    expect(await build()).toEqual([]);
    expect(await build(true)).toEqual(['assets']);
  });

  it('is done again when a source or the lock file has changed, under a new name', async () => {
    await build();
    const before = list().style;
    writeFileSync(join(root, 'src/web/contact/styles/frame.css'), 'p{color:#123}');
    expect(await build()).toEqual(['assets']);
    expect(list().style).not.toBe(before);
    writeFileSync(join(root, 'package-lock.json'), '{"changed":true}');
    expect(await build()).toEqual(['assets']);
  });

  it('is done again when what it left is not whole', async () => {
    await build();
    truncateSync(join(root, 'dist/assets/assets.json'), 4);
    expect(await build()).toEqual(['assets']);
    expect(list().style).toMatch(/^\/assets\/contact-/);
    writeFileSync(join(root, 'dist/.built.json'), '{"targets":{"assets":');
    expect(await build()).toEqual(['assets']);
  });

  it('that fails names what failed, leaves the old files, and is not taken for a good one', async () => {
    await build();
    const before = list().style;
    rmSync(join(root, 'src/web/contact/icon.svg'));
    await expect(build()).rejects.toThrow(/^The assets could not be built: .*icon\.svg/);
    expect(list().style).toBe(before);
    await expect(build()).rejects.toThrow();
    cpSync(join(project, 'src/web/contact/icon.svg'), join(root, 'src/web/contact/icon.svg'));
    rmSync(join(root, 'dist/.built.json'));
    expect(await build()).toEqual(['assets']);
  });

  it('clears away what a broken-off one has left', async () => {
    const leftover = join(root, 'dist/.building-assets-1');
    mkdirSync(leftover, { recursive: true });
    await build();
    expect(existsSync(leftover)).toBe(false);
  });

  it('watches the files of its own that the bundler took from elsewhere', () => {
    const [inside, outside] = [join(root, 'src/web/contact/html.ts'), join(root, 'package-lock.json')];
    const modules = [`${inside}?inline`, outside, join(root, 'node_modules/preact/package.json'), '\0virtual'];
    expect(importedFrom(root, modules, [join(root, 'src/web/contact')])).toEqual(['package-lock.json']);
  });
});
