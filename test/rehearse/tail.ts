import type { Clock } from '../../src/clock.ts';

/** What is looked at for new elements, so often. */
const everyMs = 400;

/** Shows each element that is added to a list, for lists whose owner tells nobody. Gives a function that ends it. */
export function followList<One>(clock: Clock, list: readonly One[], see: (one: One) => void): () => void {
  let seen = list.length;
  let cancel = (): void => {};
  const look = (): void => {
    for (const one of list.slice(seen)) see(one);
    seen = list.length;
    cancel = clock.after(everyMs, look);
  };
  look();
  return () => cancel();
}
