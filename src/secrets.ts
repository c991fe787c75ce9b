import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, constants, copyFileSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSame } from './agent/secret.ts';
import { SettingsError } from './config.ts';
import { settings } from './organisation/settings.ts';
import type { Store } from './store/port.ts';

const fileName = 'encryption.key';

/** Under this id stands what only the right key gives, so that a wrong one is noticed before anything is done with it. */
const checkId = 'encryption-key-check';

/** Gives a whole file its name, unless that is taken. */
function giveName(part: string, file: string): void {
  try {
    linkSync(part, file);
  } catch (error) {
    // some file systems know no second name for a file; one that is taken is refused by both
    if (systemCode(error) !== 'EEXIST') copyFileSync(part, file, constants.COPYFILE_EXCL);
  }
}

/** Makes the key where another process has not made it meanwhile: whole and durable under its name, or not there. */
function makeKeyFile(file: string): void {
  const part = `${file}.${randomUUID()}`;
  try {
    writeFileSync(part, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    chmodSync(part, 0o600);
    giveName(part, file);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(part, { force: true });
  }
}

const systemCode = (error: unknown): unknown => (error instanceof Error ? Reflect.get(error, 'code') : null);

function readKeyFile(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length === 32) return key;
  throw new SettingsError([`${file} does not hold a key of 64 hexadecimal digits: put the right one back`]);
}

const shareIt = 'processes that share a store all need the same ENCRYPTION_KEY';

/** Where the key is to be found, and the key. */
interface Found {
  key: Buffer;
  source: string;
  /** It was made now. */
  isNew: boolean;
}

function keyOf(dataDirectory: string, setting: string | undefined, hasData: boolean): Found {
  if (setting) return { key: Buffer.from(setting, 'hex'), source: 'ENCRYPTION_KEY', isNew: false };
  const file = join(dataDirectory, fileName);
  if (existsSync(file)) return { key: readKeyFile(file), source: file, isNew: false };
  if (hasData) {
    throw new SettingsError([
      `${file} is missing, and the data was written under its key: put the file back from the backup, or give the key as ENCRYPTION_KEY (${shareIt})`,
    ]);
  }
  makeKeyFile(file);
  return { key: readKeyFile(file), source: file, isNew: true };
}

/** The check value that the store keeps: this one, unless another process was first. */
async function keepCheck(store: Store, value: string): Promise<string> {
  const document = { id: checkId, version: 1, value };
  const result = await store.write([{ op: 'insert', in: settings, document, onDuplicate: 'keep' }]);
  const kept = result.ok ? result.documents[0] : null;
  return String(kept && Reflect.get(kept, 'value'));
}

/**
 * The installation's master key: from the setting, else from DATA_DIR, where one is made at first start. The store
 * keeps a check value of it. Of several processes that begin at once on an empty store with different keys, one goes on.
 * @throws SettingsError where the key is not the one that the data was written under, or is lost.
 */
export async function masterKey(store: Store, dataDirectory: string, setting: string | undefined): Promise<Buffer> {
  const stored = await store.get(settings, checkId);
  const { key, source, isNew } = keyOf(dataDirectory, setting, stored !== null);
  const value = derive(key, checkId).toString('base64url');
  const kept = stored ? String(stored.value) : await keepCheck(store, value);
  if (isSame(value, kept)) return key;
  if (isNew) rmSync(source, { force: true });
  throw new SettingsError([
    `${source}: is not the key that the data was written under; put the former one back (${shareIt})`,
  ]);
}

/** A key for one purpose, derived from the master key, so that no two purposes share one. */
export const derive = (key: Buffer, purpose: string): Buffer => createHmac('sha256', key).update(purpose).digest();
