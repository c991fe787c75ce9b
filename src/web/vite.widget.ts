import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { readFonts } from './vite.assets.ts';
import { modulesOf } from './vite.modules.ts';

const source = 'channels/web-chat/widget';

const shared = (root: string, output: string): InlineConfig => ({
  root: join(root, source),
  configFile: false,
  envDir: false,
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: output,
    emptyOutDir: false,
    target: 'es2020',
    cssTarget: 'safari15',
    modulePreload: false,
    reportCompressedSize: false,
  },
});

async function buildPanel(root: string, output: string): Promise<string[]> {
  const base = shared(root, output);
  const fonts = readFonts(root).map(({ url, weight, unicodeRange }) => ({ url, weight, unicodeRange }));
  const input = join(root, source, 'panel/main.tsx');
  const rolldownOptions: Rolldown.RolldownOptions = {
    input,
    preserveEntrySignatures: 'strict',
    output: { format: 'es', entryFileNames: 'panel-[hash].js' },
  };
  return modulesOf(
    await build({ ...base, define: { WASL_FONTS: JSON.stringify(fonts) }, build: { ...base.build, rolldownOptions } }),
  );
}

/** Built as a library, since Vite would wrap an application's import() in a loader that a classic script cannot have. */
async function buildLauncher(root: string, output: string, panel: string): Promise<string[]> {
  const base = shared(root, output);
  const entry = join(root, source, 'launcher.ts');
  const lib = { entry, formats: ['iife' as const], name: 'WaslLauncher', fileName: () => 'widget.js' };
  return modulesOf(
    await build({ ...base, define: { WASL_PANEL: JSON.stringify(panel) }, build: { ...base.build, lib } }),
  );
}

/**
 * The widget: `widget.js` (the launcher, one classic script) and the panel, a module that the launcher imports. The panel is
 * there twice: under the name that holds its hash, and as `panel.js` for launchers that were cached before it changed.
 */
export async function buildWidget(root: string, output: string): Promise<readonly string[]> {
  const used = await buildPanel(root, output);
  const panel = readdirSync(output).find((name) => /^panel-.*\.js$/.test(name));
  if (!panel) throw new Error('the bundler left no panel file.');
  copyFileSync(join(output, panel), join(output, 'panel.js'));
  return [...used, ...(await buildLauncher(root, output, panel))];
}
