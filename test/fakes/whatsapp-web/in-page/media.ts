import type { Link } from './link.ts';
import type { Fields } from './models.ts';

/** Bytes that the page hands around without looking into them. */
class OpaqueData {
  readonly blob: Blob;

  constructor(blob: Blob) {
    this.blob = blob;
  }
  static async createFromData(blob: Blob, _mimetype: string): Promise<OpaqueData> {
    return new OpaqueData(blob);
  }
  url(): string {
    return 'blob:fake';
  }
  autorelease(): void {}
  formData(): Blob {
    return this.blob;
  }
}

interface Wishes {
  asSticker?: boolean;
  isPtt?: boolean;
  asDocument?: boolean;
}

const kinds = ['image', 'video', 'audio'];

function kindOf(mimetype: string, { asSticker, isPtt, asDocument }: Wishes): string {
  if (asSticker) return 'sticker';
  const kind = mimetype.split('/')[0] ?? '';
  if (asDocument || !kinds.includes(kind)) return 'document';
  return kind === 'audio' && isPtt ? 'ptt' : kind;
}

const hashOf = async (blob: Blob): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
};

/** What goes out, as the page prepares it: data with a `set` and a `toJSON`, as its model has. */
class Prepared {
  [attribute: string]: unknown;

  constructor(attributes: Fields) {
    this.set(attributes);
  }
  set(attributes: Fields): void {
    Object.assign(this, attributes);
  }
  toJSON(): Fields {
    const { mediaBlob, ...rest } = this;
    return rest;
  }
}

async function prepare(opaque: OpaqueData, wishes: Wishes): Promise<Prepared> {
  const file = opaque.blob as File;
  const kind = kindOf(file.type, wishes);
  return new Prepared({
    type: kind,
    mimetype: file.type,
    filehash: await hashOf(file),
    mediaBlob: opaque,
    isGif: false,
    size: file.size,
    ...(kind === 'document' ? { filename: file.name } : {}),
  });
}

/** The modules through which files go out and come in. */
export function mediaModules(link: Link): Record<string, unknown> {
  const objects = new Map<string, Fields & { filehash: string }>();
  const objectOf = (filehash: string) => {
    const known = objects.get(filehash);
    if (known) return known;
    const made: Fields & { filehash: string } = { filehash, contentInfo: {} };
    made.consolidate = (data: Fields) => Object.assign(made, { type: data.type, size: data.size });
    objects.set(filehash, made);
    return made;
  };
  const blobs = new Map<string, Blob>();
  const prepRawMedia = (opaque: OpaqueData, wishes: Wishes) => ({
    waitForPrep: async () => {
      const prepared = await prepare(opaque, wishes);
      blobs.set(String(prepared.filehash), opaque.blob);
      return prepared;
    },
  });
  const uploadMedia = async ({ mediaObject }: { mediaObject: { filehash: string } }) => {
    const directPath = `/out/${mediaObject.filehash}`;
    const bytes = await blobs.get(mediaObject.filehash)?.arrayBuffer();
    if (bytes) await link.emitWithAck('upload', directPath, bytes);
    return {
      mediaEntry: { directPath, mmsUrl: directPath, mediaKey: 'key', mediaKeyTimestamp: 1, encFilehash: 'hash' },
    };
  };
  const downloadAndMaybeDecrypt = async ({ directPath }: { directPath: string }): Promise<ArrayBuffer> => {
    const bytes = await link.emitWithAck('download', directPath);
    if (bytes === null) throw Object.assign(new Error('MediaNotFoundError'), { status: 404 });
    return bytes;
  };
  return {
    WAWebMediaOpaqueData: OpaqueData,
    WAWebPrepRawMedia: { prepRawMedia },
    WAWebMediaStorage: { getOrCreateMediaObject: objectOf },
    WAWebMmsMediaTypes: { msgToMediaType: ({ type }: { type: string }) => type, castToV4: (type: string) => type },
    WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
    WAWebMediaMmsV4Upload: { uploadMedia },
    WAWebDownloadManager: { downloadManager: { downloadAndMaybeDecrypt } },
  };
}
