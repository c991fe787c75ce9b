import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SettingsError } from './config.ts';

/** Step by step: Node's own recursive making never ends under a file system that takes no directories, such as /proc. */
function make(directory: string): void {
  if (existsSync(directory)) return;
  make(dirname(directory));
  mkdirSync(directory, { mode: 0o700 });
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/**
 * Makes the data directory for its owner alone where it is missing; one that is there keeps its mode.
 * @throws SettingsError where it cannot be made, is no directory, or cannot be written to.
 */
export function makeDataDirectory(setting: string): void {
  const directory = resolve(setting);
  try {
    make(directory);
    if (!statSync(directory).isDirectory()) throw new SettingsError([`DATA_DIR: ${directory} is not a directory`]);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw new SettingsError([`DATA_DIR: ${directory} cannot be made or written to (${reasonOf(error)})`]);
  }
}

/** A directory of an inbox's own below the data directory, for its owner alone; made where it is missing. */
export function inboxDirectory(dataDirectory: string, inboxId: string): string {
  const directory = join(resolve(dataDirectory), 'inboxes', inboxId.replace(/[^\w-]/g, '_'));
  make(directory);
  return directory;
}
