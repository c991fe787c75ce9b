/** A value that tells its listeners when it changes. */
export interface State<T> {
  get(): T;
  /** Changes some fields; listeners hear of it once, after the change. */
  set(change: Partial<T>): void;
  subscribe(listener: () => void): () => void;
}

export function createState<T extends object>(initial: T): State<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(change) {
      value = { ...value, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
