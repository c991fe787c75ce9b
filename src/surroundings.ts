import { AsyncLocalStorage } from 'node:async_hooks';

/** Something that all work done within a piece of work can ask for, however far away, without being handed it. */
export interface Surroundings<T> {
  /** What the calling work was put into; undefined where it was put into nothing. */
  now(): T | undefined;
  within<R>(value: T, work: () => R): R;
}

export function createSurroundings<T>(): Surroundings<T> {
  const current = new AsyncLocalStorage<T>();
  return { now: () => current.getStore(), within: (value, work) => current.run(value, work) };
}
