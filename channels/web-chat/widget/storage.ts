/** What the widget keeps in the visitor's browser, under one prefix, seen by all tabs of the site. */
export interface Storage {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** The keys that begin with `start`, without the prefix. */
  keys(start: string): string[];
  /** Tells of what other tabs change: the value is undefined where it was removed. */
  onChange(listener: (key: string, value: string | undefined) => void): () => void;
}

type Backing = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const memoryBacking = (): Backing => {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
};

/** The browser's localStorage where it may be used (a page may be forbidden to, and private windows may be full), else nothing. */
function usableStorage(): Backing | undefined {
  try {
    const probe = 'wasl:probe';
    localStorage.setItem(probe, '1');
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return undefined;
  }
}

const quietly = (write: () => void): void => {
  try {
    write();
  } catch {
    // A full store costs the visitor only what would have outlived the page.
  }
};

/** Opens the browser's storage, or memory where the browser refuses it. */
export function openStorage(prefix: string, backing: Backing = usableStorage() ?? memoryBacking()): Storage {
  return {
    get: (key) => backing.getItem(prefix + key) ?? undefined,
    set: (key, value) => quietly(() => backing.setItem(prefix + key, value)),
    remove: (key) => quietly(() => backing.removeItem(prefix + key)),
    keys(start) {
      const all = Array.from({ length: backing.length }, (_, index) => backing.key(index) ?? '');
      return all.filter((key) => key.startsWith(prefix + start)).map((key) => key.slice(prefix.length));
    },
    onChange(listener) {
      const heard = (event: StorageEvent): void => {
        if (event.key?.startsWith(prefix)) listener(event.key.slice(prefix.length), event.newValue ?? undefined);
      };
      addEventListener('storage', heard);
      return () => removeEventListener('storage', heard);
    },
  };
}
