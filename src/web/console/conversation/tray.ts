import type { ApiError } from '../api/client.ts';
import type { KeptFile } from '../api/files.ts';
import type { Shelf } from './drafts.ts';

/** A code of the API, that the bytes are of a type that the channel does not take, or that the server has let go of it. */
export type FileFailure = ApiError['code'] | 'wrong-type' | 'gone';

/** A file for the next answer: on its way up, here, or not. */
export interface TrayFile {
  key: string;
  conversationId: string;
  name: string;
  /** As the browser says, later as the server found. */
  type: string;
  bytes: number;
  state: 'uploading' | 'here' | 'failed';
  /** How much has gone up, 0 to 1. */
  share: number;
  kept: KeptFile | null;
  reason: FileFailure | null;
  /** Its bytes are still in hand, so that it can be uploaded again. */
  canRetry: boolean;
}

export interface Tray {
  of(conversationId: string): readonly TrayFile[];
  /** Uploads files one after the other; `accepts` judges the type that the server finds in their bytes. */
  add(conversationId: string, files: readonly File[], accepts: (type: string) => boolean): void;
  retry(key: string): void;
  /** Takes a file out, also one on its way. */
  remove(key: string): void;
  /** Takes out all files of a conversation that are here, in their order, to be sent. */
  take(conversationId: string): KeptFile[];
  /** Puts files of an answer back that did not get through; with a reason where they cannot be sent as they are. */
  putBack(conversationId: string, files: readonly KeptFile[], reason: FileFailure | null): void;
  subscribe(listener: () => void): () => void;
}

export interface TrayDeps {
  shelf: Shelf;
  agentId: string;
  newKey(): string;
  now(): number;
  upload(given: { file: File; onShare(share: number): void; signal: AbortSignal }): Promise<KeptFile>;
  codeOf(error: unknown): FileFailure;
}

interface Source {
  file: File;
  accepts: (type: string) => boolean;
  abort: AbortController;
}

const shelfKey = (agentId: string): string => `wasl-tray:${agentId}`;

/** What was here before a reload, as long as the server keeps it. */
function readShelf({ shelf, agentId, now }: TrayDeps): TrayFile[] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(shelfKey(agentId)) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return (kept as TrayFile[]).filter(({ kept: file }) => Date.parse(file?.expiresAt ?? '') > now());
  } catch {
    return [];
  }
}

function writeShelf({ shelf, agentId }: TrayDeps, all: readonly TrayFile[]): void {
  const here = all.filter(({ state }) => state === 'here');
  try {
    if (here.length === 0) shelf.removeItem(shelfKey(agentId));
    else shelf.setItem(shelfKey(agentId), JSON.stringify(here));
  } catch {
    // Memory has them.
  }
}

/** All files of a desk, and who watches them. */
function createShown(deps: TrayDeps) {
  let all: readonly TrayFile[] = readShelf(deps);
  let views = new Map<string, readonly TrayFile[]>();
  const listeners = new Set<() => void>();
  const set = (next: readonly TrayFile[]): void => {
    all = next;
    views = new Map();
    writeShelf(deps, all);
    for (const listener of listeners) listener();
  };
  return {
    set,
    all: () => all,
    of(id: string): readonly TrayFile[] {
      const known = views.get(id) ?? all.filter(({ conversationId }) => conversationId === id);
      views.set(id, known);
      return known;
    },
    change(key: string, change: Partial<TrayFile>): void {
      set(all.map((one) => (one.key === key ? { ...one, ...change } : one)));
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Uploads one file after the other: a browser that sends many at once asks for nothing else meanwhile. */
function createUploads(deps: TrayDeps, shown: ReturnType<typeof createShown>) {
  const sources = new Map<string, Source>();
  let lane = Promise.resolve();
  const run = async (key: string): Promise<void> => {
    const source = sources.get(key);
    if (!source) return;
    const { file, accepts, abort } = source;
    const onShare = (share: number): void => shown.change(key, { share });
    try {
      const kept = await deps.upload({ file, onShare, signal: abort.signal });
      if (!accepts(kept.type)) return shown.change(key, { state: 'failed', reason: 'wrong-type', canRetry: false });
      sources.delete(key);
      shown.change(key, { state: 'here', share: 1, kept, type: kept.type, bytes: kept.bytes, canRetry: false });
    } catch (error) {
      shown.change(key, { state: 'failed', reason: deps.codeOf(error) });
    }
  };
  return {
    hold: (key: string, source: Omit<Source, 'abort'>): void =>
      void sources.set(key, { ...source, abort: new AbortController() }),
    queue(key: string): void {
      lane = lane.then(() => run(key));
    },
    drop(key: string): void {
      sources.get(key)?.abort.abort();
      sources.delete(key);
    },
  };
}

const begun = { state: 'uploading', share: 0, kept: null, reason: null, canRetry: true } as const;

/** The files that an agent puts in, by conversation: kept over a switch and, once uploaded, over a reload and a failed sending. */
export function createTray(deps: TrayDeps): Tray {
  const shown = createShown(deps);
  const uploads = createUploads(deps, shown);
  const without = (keys: ReadonlySet<string>): void => shown.set(shown.all().filter(({ key }) => !keys.has(key)));
  return {
    of: shown.of,
    subscribe: shown.subscribe,
    add(conversationId, files, accepts) {
      const put = files.map((file): TrayFile => {
        const { name, type, size: bytes } = file;
        const key = deps.newKey();
        uploads.hold(key, { file, accepts });
        return { ...begun, key, conversationId, name, type, bytes };
      });
      shown.set([...shown.all(), ...put]);
      for (const { key } of put) uploads.queue(key);
    },
    retry(key) {
      if (!shown.all().some((one) => one.key === key && one.state === 'failed' && one.canRetry)) return;
      shown.change(key, { state: 'uploading', share: 0, reason: null });
      uploads.queue(key);
    },
    remove(key) {
      uploads.drop(key);
      without(new Set([key]));
    },
    take(conversationId) {
      const here = shown.of(conversationId).filter(({ state }) => state === 'here');
      without(new Set(here.map(({ key }) => key)));
      return here.flatMap(({ kept }) => kept ?? []);
    },
    putBack(conversationId, files, reason) {
      const state = reason ? 'failed' : 'here';
      const back = files.map((kept): TrayFile => {
        const { name, type, bytes } = kept;
        const facts = { name, type, bytes, kept, reason, state } as const;
        return { ...facts, key: deps.newKey(), conversationId, share: 1, canRetry: false };
      });
      shown.set([...back, ...shown.all()]);
    },
  };
}
