import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Shape } from './wire.ts';

interface PageOptions {
  /** The folder that is `webVersionCache.path`. */
  directory: string;
  /** As in `webVersion`, e.g. `2.3000.1043220887`. */
  version: string;
  shape: Shape;
  /** The phone's address, see `startPhone`. */
  url: string;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const entry = fileURLToPath(new URL('in-page/main.ts', import.meta.url));

async function bundle(): Promise<string> {
  const lib = { entry, formats: ['iife' as const], name: 'fakeWhatsapp' };
  const made = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    build: { write: false, minify: false, target: 'chrome120', lib },
  });
  const [first] = Array.isArray(made) ? made : [made];
  if (!first || !('output' in first)) throw new Error('the page was not built');
  return first.output[0].code;
}

let script: Promise<string> | undefined;

/**
 * Writes the page that whatsapp-web.js loads instead of WhatsApp's, as `<directory>/<version>.html`. Give the client
 * `webVersion: version, webVersionCache: { type: 'local', path: directory, strict: true }`. Resolves to the path of the file.
 */
export async function writeWhatsappPage({ directory, version, shape, url }: PageOptions): Promise<string> {
  script ??= bundle();
  const settings = JSON.stringify({ url, shape, version });
  const code = `window.fake = ${settings};\n${await script}`.replaceAll('</script', '<\\/script');
  const path = join(directory, `${version}.html`);
  await mkdir(directory, { recursive: true });
  await writeFile(
    path,
    `<!doctype html><meta charset="utf-8"><title>WhatsApp</title><body><script>\n${code}\n</script>`,
  );
  return path;
}
