import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileName = 'encryption.key';

/** The installation's master key: from the setting, else from DATA_DIR, where one is made at first start. */
export function masterKey(dataDirectory: string, setting: string | undefined): Buffer {
  if (setting) return Buffer.from(setting, 'hex');
  const file = join(dataDirectory, fileName);
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== 32)
    throw new Error(`${file} does not hold a key of 64 hexadecimal digits: put the right one back.`);
  return key;
}

/** A key for one purpose, derived from the master key, so that no two purposes share one. */
export const derive = (key: Buffer, purpose: string): Buffer => createHmac('sha256', key).update(purpose).digest();
