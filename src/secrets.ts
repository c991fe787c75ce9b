import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSame } from './agent/secret.ts';
import { SettingsError } from './config.ts';
import { settings } from './organisation/settings.ts';
import type { Store } from './store/port.ts';

const fileName = 'encryption.key';

/** Under this id stands what only the right key gives, so that a wrong one is noticed before anything is done with it. */
const checkId = 'encryption-key-check';

function makeKeyFile(file: string): void {
  writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
}

function readKeyFile(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length === 32) return key;
  throw new SettingsError([`${file} does not hold a key of 64 hexadecimal digits: put the right one back`]);
}

function keyOf(dataDirectory: string, setting: string | undefined, hasData: boolean): Buffer {
  if (setting) return Buffer.from(setting, 'hex');
  const file = join(dataDirectory, fileName);
  if (existsSync(file)) return readKeyFile(file);
  if (hasData) {
    throw new SettingsError([
      `${file} is missing, and the data here was written under its key: put the file back from the backup, or give the key as ENCRYPTION_KEY`,
    ]);
  }
  makeKeyFile(file);
  return readKeyFile(file);
}

/**
 * The installation's master key: from the setting, else from DATA_DIR, where one is made at first start. The store
 * keeps a check value of it.
 * @throws SettingsError where the key is not the one that the data was written under, or is lost.
 */
export async function masterKey(store: Store, dataDirectory: string, setting: string | undefined): Promise<Buffer> {
  const stored = await store.get(settings, checkId);
  const key = keyOf(dataDirectory, setting, stored !== null);
  const value = derive(key, checkId).toString('base64url');
  if (!stored) {
    const document = { id: checkId, version: 1, value };
    await store.write([{ op: 'insert', in: settings, document, onDuplicate: 'keep' }]);
    return key;
  }
  if (isSame(value, String(stored.value))) return key;
  const source = setting ? 'ENCRYPTION_KEY' : join(dataDirectory, fileName);
  throw new SettingsError([`${source}: is not the key that the data here was written under; put the former one back`]);
}

/** A key for one purpose, derived from the master key, so that no two purposes share one. */
export const derive = (key: Buffer, purpose: string): Buffer => createHmac('sha256', key).update(purpose).digest();
