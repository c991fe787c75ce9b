/** A map that forgets its oldest entries beyond `most`. */
export class BoundedMap<Value> extends Map<string, Value> {
  readonly #most: number;
  constructor(most: number) {
    super();
    this.#most = most;
  }
  override set(key: string, value: Value): this {
    this.delete(key);
    super.set(key, value);
    const oldest = this.size > this.#most ? this.keys().next() : null;
    if (oldest && !oldest.done) this.delete(oldest.value);
    return this;
  }
}
