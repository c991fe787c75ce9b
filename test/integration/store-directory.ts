import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore, type SqliteOptions } from '../../src/store/sqlite/open.ts';
import { contractCollections } from '../contract/store-contract.ts';

const source = (path: string): string => new URL(path, import.meta.url).pathname;

/** A directory that is removed when the test ends. */
export function aDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A store of the contract's collections that is closed when the test ends. */
export async function openIn(directory: string, more: Partial<SqliteOptions> = {}): Promise<Store> {
  const store = await openSqliteStore({ directory, collections: contractCollections, ...more });
  onTestFinished(() => store.close());
  return store;
}

/** What a process printed until it ended. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a script of the project to its end. */
export function runScript(path: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [source(path), ...args], { env: { ...process.env, ...env } });
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => (ended.out += chunk));
  child.stderr.on('data', (chunk) => (ended.err += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })));
}

/** A process that has a store open; `lines` grows with what it prints. */
export interface Writer {
  child: ChildProcess;
  lines: string[];
  /** Resolves when it has printed so many lines. */
  printed(count: number): Promise<void>;
  /** Ends it as a power cut would, and resolves when it is gone. */
  kill(): Promise<void>;
}

export function startWriter(directory: string, name: string, mode: 'write' | 'hold' = 'write'): Writer {
  const child = spawn(process.execPath, [source('store-writer.ts'), directory, name, mode]);
  const lines: string[] = [];
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const gone = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const printed = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (lines.length < count) return;
        reader.off('line', look);
        resolve();
      };
      reader.on('line', look);
      child.once('close', () => reject(new Error(`the writer ended: ${errors}`)));
      look();
    });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  return { child, lines, printed, kill };
}
