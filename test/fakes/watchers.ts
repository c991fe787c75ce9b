/** Whoever watches a simulator, and what they are told. */
export function createWatchers<Event>() {
  const watchers = new Set<(event: Event) => void>();
  return {
    tell(event: Event): void {
      for (const see of watchers) see(event);
    },
    watch(see: (event: Event) => void): () => void {
      watchers.add(see);
      return () => watchers.delete(see);
    },
  };
}
