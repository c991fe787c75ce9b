/** Gives the ids of the page back the property that the library reads; runs in the page before anything else. */
export function nameIds(): void {
  type Named = Record<string, unknown> & { $1?: unknown };
  const own = (target: object, value: unknown) =>
    Object.defineProperty(target, '_serialized', { value, writable: true, enumerable: true, configurable: true });
  Object.defineProperty(Object.prototype, '_serialized', {
    configurable: true,
    get(this: Named) {
      return this === Object.prototype ? undefined : this.$1;
    },
    set(this: object, value: unknown) {
      own(this, value);
    },
  });
  const name = (value: unknown, depth = 0): unknown => {
    if (!value || typeof value !== 'object' || depth > 6 || ArrayBuffer.isView(value)) return value;
    if (!Array.isArray(value) && typeof (value as Named).$1 === 'string' && !Object.hasOwn(value, '_serialized'))
      own(value, (value as Named).$1);
    for (const one of Object.values(value)) name(one, depth + 1);
    return value;
  };
  const models = ['getMessageModel', 'getChatModel', 'getContactModel'];
  let library: object | undefined;
  const wrap =
    (call: (...all: unknown[]) => unknown) =>
    (...all: unknown[]) => {
      const made = call(...all);
      return made instanceof Promise ? made.then((value) => name(value)) : name(made);
    };
  Object.defineProperty(window, 'WWebJS', {
    configurable: true,
    get: () => library,
    set: (value: object) => {
      library = new Proxy(value, {
        set: (target, key, call) =>
          Reflect.set(target, key, models.includes(String(key)) && typeof call === 'function' ? wrap(call) : call),
      });
    },
  });
}
