import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/config.ts';
import { settings } from '../../src/organisation/settings.ts';
import { masterKey } from '../../src/secrets.ts';
import type { Store } from '../../src/store/port.ts';
import { openStoreOf, removeStore } from '../support/store-env.ts';

let directory: string;
let store: Store;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-key-'));
  store = await openStoreOf(directory);
});
afterEach(async () => {
  await store.close();
  await removeStore(directory);
});

const file = () => join(directory, 'encryption.key');
const [one, other] = ['ab'.repeat(32), 'cd'.repeat(32)];

describe('the master key', () => {
  it('is made at first start and is the same at every later one', async () => {
    const first = await masterKey(store, directory, undefined);
    expect(first).toHaveLength(32);
    expect(await masterKey(store, directory, undefined)).toEqual(first);
  });

  it('is not made anew where the data was written under one that is lost', async () => {
    await masterKey(store, directory, undefined);
    const kept = readFileSync(file());
    rmSync(file());
    await expect(masterKey(store, directory, undefined)).rejects.toThrow(
      /is missing.*put the file back from the backup/,
    );
    writeFileSync(file(), kept);
    await expect(masterKey(store, directory, undefined)).resolves.toHaveLength(32);
  });

  it('is refused where it is another one, in the setting as in the file', async () => {
    await masterKey(store, directory, one);
    await expect(masterKey(store, directory, other)).rejects.toThrow(SettingsError);
    await expect(masterKey(store, directory, other)).rejects.toThrow(/^ENCRYPTION_KEY: is not the key/);
    writeFileSync(file(), other);
    await expect(masterKey(store, directory, undefined)).rejects.toThrow(/encryption\.key: is not the key/);
    writeFileSync(file(), 'short');
    await expect(masterKey(store, directory, undefined)).rejects.toThrow(/64 hexadecimal digits/);
    expect(await masterKey(store, directory, one)).toEqual(Buffer.from(one, 'hex'));
  });

  it('is one key for processes that begin at once in one directory', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => masterKey(store, directory, undefined)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(readdirSync(directory).filter((name) => name.startsWith('encryption.key'))).toEqual(['encryption.key']);
  });

  it('lets one of several processes go on that begin at once with directories of their own, and tells the others why', async () => {
    const own = Array.from({ length: 4 }, () => mkdtempSync(join(directory, 'own-')));
    const blind: Store = { ...store, get: async () => null };
    const all = await Promise.allSettled(own.map((place) => masterKey(blind, place, undefined)));
    const refused = all.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.message)] : []));
    expect(refused).toHaveLength(3);
    for (const sentence of refused)
      expect(sentence).toMatch(/processes that share a store all need the same ENCRYPTION_KEY/);
    const withKey = own.filter((place) => existsSync(join(place, 'encryption.key')));
    expect(withKey).toHaveLength(1);
    for (const place of own.filter((one) => !withKey.includes(one)))
      await expect(masterKey(store, place, undefined)).rejects.toThrow(/is missing.*the same ENCRYPTION_KEY/);
    await expect(masterKey(store, withKey[0] ?? '', undefined)).resolves.toHaveLength(32);
  });

  it('does not stand in the store', async () => {
    await masterKey(store, directory, one);
    const [kept] = await store.getMany(settings, ['encryption-key-check']);
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${one}|${Buffer.from(one, 'hex').toString('base64url')}`));
  });
});
