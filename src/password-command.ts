import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { resetPassword } from './agent/reset-password.ts';
import { systemClock } from './clock.ts';
import { collections } from './collections.ts';
import { createIds } from './ids.ts';
import { StoreError } from './store/port.ts';
import { files } from './store/sqlite/names.ts';
import { openSqliteStore } from './store/sqlite/open.ts';

const usage = 'Use, while Wasl is stopped: npm run password -- <e-mail address of the agent>';

/**
 * The command for a forgotten password, on the data of a stopped server: gives the sentence to print.
 * @throws StoreError where the server runs or the directory holds no data; WaslError where the address is nobody's.
 */
export async function passwordCommand(dataDirectory: string, [email, ...more]: readonly string[]): Promise<string> {
  if (!email || more.length > 0) throw new StoreError('failed', usage);
  const directory = resolve(dataDirectory);
  if (!existsSync(join(directory, files.database)))
    throw new StoreError('failed', `${directory} holds no data of Wasl: set DATA_DIR.`);
  const store = await openSqliteStore({ directory, collections });
  try {
    const password = await resetPassword({ store, clock: systemClock, ids: createIds() }, email);
    return `New password (shown once)  ${password}`;
  } finally {
    await store.close();
  }
}
