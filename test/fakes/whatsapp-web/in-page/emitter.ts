type Listener = (...args: never[]) => unknown;

/** Events as the page's own models have them: several names in one word list, `change:attribute` among them. */
export class Emitter {
  readonly #listeners = new Map<string, Listener[]>();
  readonly #waiting = new Map<string, (() => void)[]>();

  on(names: string, listener: Listener): this {
    for (const name of names.split(' ')) {
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
      for (const go of this.#waiting.get(name) ?? []) go();
      this.#waiting.delete(name);
    }
    return this;
  }

  off(name: string, listener: Listener): this {
    this.#listeners.set(
      name,
      (this.#listeners.get(name) ?? []).filter((one) => one !== listener),
    );
    return this;
  }

  once(name: string, listener: Listener): this {
    const single = (...args: never[]): void => {
      this.off(name, single);
      listener(...args);
    };
    return this.on(name, single);
  }

  trigger(name: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as (...all: unknown[]) => unknown)(...args);
  }

  /** Resolves as soon as somebody listens to it. */
  whenHeard(name: string): Promise<void> {
    if (this.#listeners.get(name)?.length) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), resolve]);
    });
  }
}
