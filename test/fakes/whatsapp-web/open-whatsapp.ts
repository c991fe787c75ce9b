import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { launchBrowser } from '../../e2e/browser.ts';
import type { Person } from './account.ts';
import { writeWhatsappPage } from './page.ts';
import { startPhone, type WhatsappPhone } from './phone.ts';
import type { Shape } from './wire.ts';

const version = '2.3000.1043220887';
const libraries = join(tmpdir(), 'wasl-chromium-libraries', 'lib');

/** What puppeteer starts a browser with. */
export interface BrowserOptions {
  executablePath: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/** Null where no browser starts here; the reason is printed. */
export async function findBrowser(): Promise<BrowserOptions | null> {
  const browser = await launchBrowser();
  if (!browser) return null;
  await browser.close();
  const executablePath = process.env.CHROMIUM_PATH || (await chromium.executablePath());
  const env = existsSync(libraries) ? { ...process.env, LD_LIBRARY_PATH: libraries } : process.env;
  return { executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'], env };
}

/** A WhatsApp of one account in a folder of its own. */
export interface FakeWhatsapp {
  phone: WhatsappPhone;
  /** Where the page stands: `webVersionCache.path` and `webVersion` of the client. */
  page: { directory: string; version: string };
  /** Where the client keeps its session: `dataPath` of `LocalAuth`. */
  profiles: string;
  /** Removes the folder; end the clients first. */
  close(): Promise<void>;
}

/** Opens one. `profiles` is where the browser has its profile, when that is not in the folder of the fake. */
export async function openWhatsapp(
  shape: Shape,
  { profiles, people = [] }: { profiles?: string; people?: Person[] } = {},
): Promise<FakeWhatsapp> {
  const directory = await mkdtemp(join(tmpdir(), 'wasl-whatsapp-web-'));
  const place = profiles ?? join(directory, 'profiles');
  const phone = await startPhone({ profiles: place });
  const path = join(directory, 'page');
  await writeWhatsappPage({ directory: path, version, shape, url: phone.url });
  for (const person of people) await phone.addPerson(person);
  const close = async (): Promise<void> => {
    await phone.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  return { phone, page: { directory: path, version }, profiles: place, close };
}
