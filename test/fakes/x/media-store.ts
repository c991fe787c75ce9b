import type { Clock } from '../../../src/clock.ts';
import type { Ids } from './ids.ts';

/** A file, on its way up or there. */
export interface StoredMedia {
  id: string;
  mediaKey: string;
  mime: string;
  category: string;
  bytes: Buffer;
  /** The name under which it is served. */
  name: string;
  announced: number;
  expiresAt: number;
  state: 'uploading' | 'processing' | 'ready';
  segments: Map<number, Buffer>;
}

/** The kinds that posts and messages carry, as `media.fields=type` has them. */
export type MediaType = 'photo' | 'video' | 'animated_gif';

/** Files that were sent up or that people attached. */
export interface MediaStore {
  /** Begins to take a file of ours. */
  begin(mime: string, category: string, announced: number): StoredMedia;
  /** A file that is there at once: what a person attaches. */
  add(mime: string, bytes: Buffer): StoredMedia;
  byId(id: string): StoredMedia | undefined;
  byKey(mediaKey: string): StoredMedia | undefined;
  byName(name: string): StoredMedia | undefined;
}

const megabyte = 1024 * 1024;
export const livesSeconds = 86_400;

/** The most bytes of a file. Page "Media best practices" of X: 5 MB, 15 MB, 512 MB. */
export const mostBytes = (mime: string): number =>
  mime === 'image/gif' ? 15 * megabyte : mime.startsWith('image/') ? 5 * megabyte : 512 * megabyte;

export const mediaTypeOf = (mime: string): MediaType =>
  mime === 'image/gif' ? 'animated_gif' : mime.startsWith('video/') ? 'video' : 'photo';

const prefixOf: Record<MediaType, number> = { photo: 3, video: 7, animated_gif: 16 };
const endingOf = (mime: string): string =>
  (mime.split('/')[1] ?? 'bin').replace('jpeg', 'jpg').replace('quicktime', 'mov');

export function createMediaStore(clock: Clock, ids: Ids): MediaStore {
  const files = new Map<string, StoredMedia>();
  const byKey = new Map<string, StoredMedia>();
  const byName = new Map<string, StoredMedia>();
  const begin = (mime: string, category: string, announced: number): StoredMedia => {
    const id = ids.next();
    const file: StoredMedia = {
      id,
      mediaKey: `${prefixOf[mediaTypeOf(mime)]}_${id}`,
      mime,
      category,
      bytes: Buffer.alloc(0),
      name: `${id}.${endingOf(mime)}`,
      announced,
      expiresAt: clock.now() + livesSeconds * 1000,
      state: 'uploading',
      segments: new Map(),
    };
    files.set(id, file);
    byKey.set(file.mediaKey, file);
    byName.set(file.name, file);
    return file;
  };
  return {
    begin,
    add(mime, bytes) {
      const file = begin(mime, '', bytes.length);
      return Object.assign(file, { bytes, state: 'ready' as const });
    },
    byId: (id) => files.get(id),
    byKey: (mediaKey) => byKey.get(mediaKey),
    byName: (name) => byName.get(name),
  };
}
