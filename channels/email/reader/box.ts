import { closeSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where large files are written: a directory, and the beginning of their names there. */
export interface Spool {
  directory: string;
  prefix: string;
}

/** The bytes of one file: small ones in memory, larger ones in the spool, those over the limit only counted. */
export interface Box {
  add(piece: Uint8Array): void;
  close(): void;
  remove(): void;
  /** How many bytes came, kept or not. */
  size(): number;
  isTooLarge(): boolean;
  /** Where it lies in the spool; null while it is in memory. */
  path(): string | null;
  /** All of it where it is in memory, else its beginning. */
  bytes(): Buffer;
}

/** A file costs more than it carries below this (measured: a quarter of the time of a mail with a small picture). */
const small = 64 * 1024;

/** A box that takes pieces as they come, of at most `most` bytes. */
export function emptyBox(spool: Spool, name: string, most: number): Box {
  const path = join(spool.directory, `${spool.prefix}-${name}`);
  let pieces: Uint8Array[] = [];
  let [held, size] = [0, 0];
  let file: number | null = null;
  let [isSpooled, isGone] = [false, false];
  const close = (): void => {
    if (file !== null) closeSync(file);
    file = null;
  };
  const remove = (): void => {
    close();
    if (isSpooled) rmSync(path, { force: true });
    [isSpooled, isGone] = [false, true];
    pieces = [];
  };
  const spill = (): void => {
    file = openSync(path, 'w', 0o600);
    isSpooled = true;
    const all = Buffer.concat(pieces);
    writeFileSync(file, all);
    pieces = [Buffer.from(all.subarray(0, small))];
  };
  const hold = (piece: Uint8Array): void => {
    pieces.push(piece);
    held += piece.byteLength;
    if (held >= small) spill();
  };
  const add = (piece: Uint8Array): void => {
    size += piece.byteLength;
    if (size > most) remove();
    if (isGone) return;
    if (file === null) hold(piece);
    else writeFileSync(file, piece);
  };
  return {
    add,
    close,
    remove,
    size: () => size,
    isTooLarge: () => size > most,
    path: () => (isSpooled ? path : null),
    bytes: () => Buffer.concat(pieces),
  };
}

/** A box around bytes that are at hand. */
export function boxOf(spool: Spool, name: string, content: Uint8Array, most: number): Box {
  const box = emptyBox(spool, name, most);
  box.add(content);
  box.close();
  return box;
}

/** Removes whatever lies in the spool under this prefix. */
export function emptySpool({ directory, prefix }: Spool): void {
  for (const name of readdirSync(directory))
    if (name.startsWith(`${prefix}-`)) rmSync(join(directory, name), { force: true });
}
