type Loose = Record<string, unknown>;

/**
 * Runs in the page before its own scripts. Since July 2026 the ids of WhatsApp Web carry their text in `$1`, where the
 * library looks for `_serialized` (wwebjs/whatsapp-web.js#201833, #201852). It gives every object that has `$1` the old
 * name as well: for reading inside the page by a getter, and in what leaves the page, where getters do not go along, as a
 * property of its own. It must hold no reference to anything outside itself, since it travels as text.
 */
export function giveIdsTheirOldName(): void {
  const deepest = 6;
  const own = (target: object, value: unknown): void => {
    const property = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(target, '_serialized', property);
  };
  Object.defineProperty(Object.prototype, '_serialized', {
    configurable: true,
    get(this: Loose) {
      return this === Object.prototype ? undefined : this.$1;
    },
    set(this: object, value: unknown) {
      own(this, value);
    },
  });
  const mend = <T>(given: T, depth = 0): T => {
    if (!given || typeof given !== 'object' || depth > deepest || ArrayBuffer.isView(given)) return given;
    const target = given as Loose;
    if (typeof target.$1 === 'string' && !Object.hasOwn(target, '_serialized')) own(target, target.$1);
    for (const name of Object.keys(target)) mend(target[name], depth + 1);
    return given;
  };
  const leaving = new Set(['getMessageModel', 'getChatModel', 'getContactModel']);
  const mending =
    (make: (...given: unknown[]) => unknown) =>
    (...given: unknown[]): unknown => {
      const made = make(...given);
      return made instanceof Promise ? made.then((one: unknown) => mend(one)) : mend(made);
    };
  let held: object | undefined;
  Object.defineProperty(window, 'WWebJS', {
    configurable: true,
    get: () => held,
    set: (functions: object) => {
      held = new Proxy(functions, {
        set: (target, name, value) =>
          Reflect.set(target, name, leaving.has(String(name)) && typeof value === 'function' ? mending(value) : value),
      });
    },
  });
}
