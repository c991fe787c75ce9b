/** The part of a browser's storage that is needed. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What an agent has begun to write, by conversation: kept over a switch, an error, a reload and a new sign-in. */
export interface Drafts {
  read(conversationId: string): string;
  write(conversationId: string, text: string): void;
  subscribe(listener: () => void): () => void;
}

/** Drafts of one agent. A full or forbidden storage costs only the reload: memory always has them. */
export function createDrafts(shelf: Shelf, agentId: string): Drafts {
  const memory = new Map<string, string>();
  const listeners = new Set<() => void>();
  const keyOf = (id: string): string => `wasl-draft:${agentId}:${id}`;
  return {
    read(id) {
      const known = memory.get(id);
      if (known !== undefined) return known;
      try {
        return shelf.getItem(keyOf(id)) ?? '';
      } catch {
        return '';
      }
    },
    write(id, text) {
      memory.set(id, text);
      for (const listener of listeners) listener();
      try {
        if (text) shelf.setItem(keyOf(id), text);
        else shelf.removeItem(keyOf(id));
      } catch {
        // Memory has it.
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
