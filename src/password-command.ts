import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { resetPassword } from './agent/reset-password.ts';
import { systemClock } from './clock.ts';
import { collections } from './collections.ts';
import { createIds } from './ids.ts';
import { openStore, type StoreSettings } from './store/open.ts';
import { StoreError } from './store/port.ts';
import { files } from './store/sqlite/names.ts';

const usage = 'Use, while Wasl is stopped: npm run password -- <e-mail address of the agent>';
const usageShared = 'Use, also while Wasl runs: npm run password -- <e-mail address of the agent>';

function refuseEmpty({ DATA_DIR, MONGODB_URL }: StoreSettings): void {
  if (MONGODB_URL || existsSync(join(resolve(DATA_DIR), files.database))) return;
  throw new StoreError('failed', `${resolve(DATA_DIR)} holds no data of Wasl: set DATA_DIR.`);
}

/**
 * The command for a forgotten password, on the store that the settings name: gives the sentence to print. A directory must
 * be that of a stopped server; a MongoDB may be in use.
 * @throws StoreError where the server runs or there are no data; WaslError where the address is nobody's.
 */
export async function passwordCommand(settings: StoreSettings, [email, ...more]: readonly string[]): Promise<string> {
  if (!email || more.length > 0) throw new StoreError('failed', settings.MONGODB_URL ? usageShared : usage);
  refuseEmpty(settings);
  const place = { ...settings, DATA_DIR: resolve(settings.DATA_DIR) };
  const warn = (message: string): void => process.emitWarning(message);
  const store = await openStore(place, { collections, now: systemClock.now, warn });
  try {
    const password = await resetPassword({ store, clock: systemClock, ids: createIds() }, email);
    return `New password (shown once)  ${password}`;
  } finally {
    await store.close();
  }
}
