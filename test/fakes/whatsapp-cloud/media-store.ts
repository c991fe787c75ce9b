import { createHash } from 'node:crypto';
import type { Clock } from '../../../src/clock.ts';
import { newNumber } from './wire.ts';

const urlLivesMs = 5 * 60 * 1000;
const megabyte = 1024 * 1024;

/** A file at the provider. */
export interface StoredMedia {
  id: string;
  mime: string;
  bytes: Buffer;
  /** Hexadecimal, as `GET /{media id}` answers it. */
  sha256: string;
  expired: boolean;
  /** Where its address leads instead: another host at once, or by a redirect from the provider's own. */
  astray: 'no' | 'host' | 'redirect';
  /** What the answer claims instead of the truth. */
  lies: { file_size?: number; sha256?: string; mime_type?: string };
}

const kinds: { pattern: RegExp; most: number }[] = [
  { pattern: /^image\/(jpeg|png)$/, most: 5 * megabyte },
  { pattern: /^image\/webp$/, most: 500 * 1024 },
  { pattern: /^audio\/(aac|amr|mpeg|mp4|ogg)$/, most: 16 * megabyte },
  { pattern: /^video\/(3gpp|mp4)$/, most: 16 * megabyte },
  {
    pattern:
      /^(text\/plain|application\/(pdf|msword|vnd\.ms-(excel|powerpoint)|vnd\.openxmlformats-officedocument\.[\w.]+))$/,
    most: 100 * megabyte,
  },
];

/** The bytes that the provider takes of this type, or null where it takes none. Page "Media". */
export const mostBytes = (mime: string): number | null =>
  kinds.find(({ pattern }) => pattern.test(mime.split(';')[0] ?? ''))?.most ?? null;

/** Files by id, and addresses that live 5 minutes. */
export interface MediaStore {
  add(mime: string, bytes: Buffer, how?: { astray?: StoredMedia['astray']; lies?: StoredMedia['lies'] }): StoredMedia;
  get(id: string): StoredMedia | undefined;
  /** The id is as good as gone: 7 days after a webhook, 30 after an upload. */
  expire(id: string): void;
  /** A secret part of an address for this file. */
  ticketFor(id: string): string;
  /** The file of an address whose time is not over. */
  byTicket(ticket: string): StoredMedia | undefined;
}

export function createMediaStore(clock: Clock): MediaStore {
  const files = new Map<string, StoredMedia>();
  const tickets = new Map<string, { id: string; until: number }>();
  return {
    add(mime, bytes, { astray = 'no', lies = {} } = {}) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const file: StoredMedia = { id: newNumber(), mime, bytes, sha256, expired: false, astray, lies };
      files.set(file.id, file);
      return file;
    },
    get: (id) => files.get(id),
    expire(id) {
      const file = files.get(id);
      if (file) file.expired = true;
    },
    ticketFor(id) {
      const ticket = newNumber();
      tickets.set(ticket, { id, until: clock.now() + urlLivesMs });
      return ticket;
    },
    byTicket(ticket) {
      const found = tickets.get(ticket);
      return found && clock.now() < found.until ? files.get(found.id) : undefined;
    },
  };
}
