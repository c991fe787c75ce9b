const lockName = (tab: string): string => `wasl-tab-${tab}`;

/** Which tabs of the site have the chat loaded: a lock held for as long as the tab lives. Where the browser has no locks, nobody knows. */
export interface Tabs {
  /** This tab's name. */
  own: string;
  /** The tabs that are alive among those named; only this one where it cannot be known. */
  alive(tabs: readonly string[]): Promise<ReadonlySet<string>>;
}

export function joinTabs(own: string): Tabs {
  const locks = 'locks' in navigator ? navigator.locks : undefined;
  void locks?.request(lockName(own), () => new Promise(() => undefined)).catch(() => undefined);
  return {
    own,
    async alive(tabs) {
      const held = (await locks?.query().catch(() => undefined))?.held ?? [];
      const names = new Set(held.map((lock) => lock.name));
      return new Set([own, ...tabs.filter((tab) => names.has(lockName(tab)))]);
    },
  };
}
